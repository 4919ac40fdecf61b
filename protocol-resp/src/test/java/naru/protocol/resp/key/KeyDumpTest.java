package naru.protocol.resp.key;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import naru.bytes.ByteWriter;
import naru.protocol.resp.Bench;
import naru.protocol.resp.Bench.Connection;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KeyDumpTest {
  private final Bench bench = new Bench();
  private final Connection client = bench.connect();

  @AfterEach
  void theLogSaysTheSame() {
    bench.close();
  }

  private void send(Object... words) {
    ByteWriter out = new ByteWriter(64);
    out.writeAscii("*" + words.length + "\r\n");
    for (Object word : words) {
      byte[] bytes =
          word instanceof byte[] raw ? raw : word.toString().getBytes(StandardCharsets.UTF_8);
      out.writeAscii("$" + bytes.length + "\r\n");
      out.write(bytes);
      out.writeAscii("\r\n");
    }
    client.sendRaw(out.toArray());
  }

  private String run(Object... words) {
    send(words);
    return client.receive();
  }

  private byte[] dump(String key) {
    send("DUMP", key);
    byte[] reply = client.receiveRaw();
    int from = new String(reply, StandardCharsets.ISO_8859_1).indexOf('\n') + 1;
    return Arrays.copyOfRange(reply, from, reply.length - 2);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SET k hello",
        "SET k 12345",
        "RPUSH k a b 3 d",
        "SADD k 1 2 70000",
        "SADD k a b c",
        "ZADD k 1 a 2.5 b inf c",
        "HSET k f v g w",
        "XADD k 5-1 f v g w",
        "HSETEX k PX 100000 FIELDS 2 f v g w",
        "XADD k IDMP p m * f v"
      })
  void whatIsDumpedIsRestored(String command) {
    client.run(command);
    String type = client.run("TYPE k");
    byte[] payload = dump("k");
    assertThat(run("RESTORE", "twin", "0", payload)).isEqualTo("OK");
    assertThat(client.run("TYPE twin")).isEqualTo(type);
    assertThat(client.run("OBJECT ENCODING twin")).isEqualTo(client.run("OBJECT ENCODING k"));
    assertThat(dump("twin")).isEqualTo(payload);
    assertThat(bench.contents().get(0).substring(3))
        .isEqualTo(bench.contents().get(1).substring(6));
  }

  @Test
  void aPayloadOfRedisIsRestoredToTheSameBytes() {
    // DUMP of the string "hello", by Redis 7.0.15.
    client.run("SET k hello");
    assertThat(dump("k")).startsWith(0, 5, 'h', 'e', 'l', 'l', 'o', 10, 0).hasSize(1 + 6 + 10);
  }

  @Test
  void entriesGivenBackKeepTheirPlaceInLine() {
    client.run("XADD s 1-1 f v");
    client.run("XADD s 2-1 f v");
    client.run("XADD s 3-1 f v");
    client.run("XGROUP CREATE s g 0");
    client.run("XREADGROUP GROUP g c COUNT 9 STREAMS s >");
    client.run("XNACK s g SILENT IDS 1 2-1");
    client.run("XNACK s g SILENT IDS 1 1-1");
    assertThat(run("RESTORE", "t", "0", dump("s"))).isEqualTo("OK");
    assertThat(client.run("XPENDING t g")).isEqualTo(client.run("XPENDING s g"));
    assertThat(client.run("XINFO STREAM t FULL")).isEqualTo(client.run("XINFO STREAM s FULL"));
  }

  @Test
  void aKeyThatIsNotThereHasNoPayload() {
    assertThat(client.run("DUMP none")).isEqualTo("nil");
  }

  @Test
  void anExistingKeyIsReplacedOnlyWhenAsked() {
    client.run("SET k old");
    client.run("RPUSH l a b");
    byte[] payload = dump("l");
    assertThat(run("RESTORE", "k", "0", payload))
        .isEqualTo("-BUSYKEY Target key name already exists.");
    assertThat(run("RESTORE", "k", "0", payload, "REPLACE")).isEqualTo("OK");
    assertThat(client.run("LRANGE k 0 -1")).isEqualTo("[\"a\", \"b\"]");
  }

  @Test
  void aTimeToLiveCountsFromNowOrIsATime() {
    client.run("SET k v");
    byte[] payload = dump("k");
    run("RESTORE", "a", "1000", payload);
    run("RESTORE", "b", Long.toString(bench.nowMs() + 700), payload, "ABSTTL");
    assertThat(client.run("PTTL a")).isEqualTo(":1000");
    assertThat(client.run("PTTL b")).isEqualTo(":700");
    assertThat(run("RESTORE", "a", "1", payload, "ABSTTL", "REPLACE")).isEqualTo("OK");
    assertThat(client.run("EXISTS a")).isEqualTo(":0");
  }

  @Test
  void theIdleTimeOfARestoredKeyIsTheOneNamed() {
    client.run("SET k v");
    byte[] payload = dump("k");
    assertThat(run("RESTORE", "idle", "0", payload, "IDLETIME", "1000")).isEqualTo("OK");
    assertThat(client.run("OBJECT IDLETIME idle")).isEqualTo(":1000");
    assertThat(run("RESTORE", "k", "0", payload, "IDLETIME", "77", "REPLACE")).isEqualTo("OK");
    assertThat(client.run("OBJECT IDLETIME k")).isEqualTo(":77");
    client.run("GET k");
    assertThat(client.run("OBJECT IDLETIME k")).isEqualTo(":0");
    run("RESTORE", "never", "0", payload, "IDLETIME", Long.toString(Long.MAX_VALUE));
    assertThat(client.run("OBJECT IDLETIME never")).isEqualTo(":134217728");
  }

  @Test
  void theFrequencyOfARestoredKeyIsTheOneNamed() {
    client.run("SET k v");
    byte[] payload = dump("k");
    run("RESTORE", "early", "0", payload, "FREQ", "200");
    assertThat(client.run("OBJECT IDLETIME early")).isEqualTo(":0");
    client.run("CONFIG SET maxmemory-policy allkeys-lfu");
    assertThat(run("RESTORE", "often", "0", payload, "FREQ", "200")).isEqualTo("OK");
    assertThat(client.run("OBJECT FREQ often")).isEqualTo(":200");
    run("RESTORE", "idle", "0", payload, "IDLETIME", "1000");
    assertThat(client.run("OBJECT FREQ idle")).isEqualTo(":5");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0 PAYLOAD WHAT | -ERR syntax error",
        "0 PAYLOAD IDLETIME | -ERR syntax error",
        "0 PAYLOAD IDLETIME 1 FREQ 1 | -ERR syntax error",
        "0 PAYLOAD IDLETIME -1 | -ERR Invalid IDLETIME value, must be >= 0",
        "0 PAYLOAD FREQ 256 | -ERR Invalid FREQ value, must be >= 0 and <= 255",
        "-1 PAYLOAD | -ERR Invalid TTL value, must be >= 0",
        "x PAYLOAD | -ERR value is not an integer or out of range",
        "0 nonsense | -ERR DUMP payload version or checksum are wrong",
        "0 PAYLOAD FREQ 255 REPLACE | OK"
      })
  void optionsAreRefusedAsRedisRefusesThem(String words, String reply) {
    client.run("SET v value");
    byte[] payload = dump("v");
    Object[] call =
        Arrays.stream(("RESTORE k " + words).split(" "))
            .map(word -> word.equals("PAYLOAD") ? (Object) payload : word)
            .toArray();
    assertThat(run(call)).isEqualTo(reply);
  }

  @Test
  void aPayloadWithoutChecksumThatMeansNothingIsBadData() {
    byte[] unknownType = {99, 0, 10, 0, 0, 0, 0, 0, 0, 0, 0, 0};
    assertThat(run("RESTORE", "k", "0", unknownType)).isEqualTo("-ERR Bad data format");
    byte[] emptyList = {1, 0, 10, 0, 0, 0, 0, 0, 0, 0, 0, 0};
    assertThat(run("RESTORE", "k", "0", emptyList)).isEqualTo("-ERR Bad data format");
    byte[] newer = {0, 0, 99, 0, 0, 0, 0, 0, 0, 0, 0, 0};
    assertThat(run("RESTORE", "k", "0", newer))
        .isEqualTo("-ERR DUMP payload version or checksum are wrong");
    byte[] more = {0, 0, 0, 10, 0, 0, 0, 0, 0, 0, 0, 0, 0};
    assertThat(run("RESTORE", "k", "0", more)).isEqualTo("-ERR Bad data format");
  }

  @Test
  void whoeverWaitsForAListGetsWhatIsRestored() {
    client.run("RPUSH l a");
    byte[] payload = dump("l");
    Connection waiting = bench.connect();
    waiting.send("BLPOP", "k", "0");
    run("RESTORE", "k", "0", payload);
    assertThat(waiting.receive()).isEqualTo("[\"k\", \"a\"]");
  }
}
