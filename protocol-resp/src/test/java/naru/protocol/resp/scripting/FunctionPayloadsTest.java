package naru.protocol.resp.scripting;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import naru.bytes.ByteWriter;
import naru.bytes.Bytes;
import naru.engine.library.LibraryOp;
import naru.protocol.resp.Bench;
import naru.rdb.LibrariesPayload;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FunctionPayloadsTest {
  private static final String ONE =
      "#!lua name=one\nredis.register_function('a', function() return 'a' end)";
  private static final String TWO =
      "#!lua name=two\nredis.register_function('b', function() return 'b' end)";
  private static final String TWO_AGAIN =
      "#!lua name=other\nredis.register_function('b', function() return 'c' end)";

  private final Bench bench = new Bench();
  private final Bench.Connection client = bench.connect();

  @AfterEach
  void close() {
    bench.close();
  }

  private static byte[] payload(String... texts) {
    ByteWriter out = new ByteWriter(64);
    LibrariesPayload.write(List.of(texts).stream().map(Bytes::of).toList(), out);
    return out.toArray();
  }

  private String restore(byte[] payload, String... words) {
    ByteWriter out = new ByteWriter(64);
    out.writeAscii("*" + (3 + words.length) + "\r\n$8\r\nFUNCTION\r\n$7\r\nRESTORE\r\n");
    out.writeAscii("$" + payload.length + "\r\n");
    out.write(payload);
    out.writeAscii("\r\n");
    for (String word : words) {
      out.writeAscii("$" + word.length() + "\r\n" + word + "\r\n");
    }
    client.sendRaw(out.toArray());
    return client.receive();
  }

  @Test
  void whatWasDumpedIsRestored() {
    client.run("FUNCTION", "LOAD", ONE);
    client.run("FUNCTION", "LOAD", TWO);
    client.send("FUNCTION", "DUMP");
    byte[] reply = client.receiveRaw();
    byte[] expected = payload(ONE, TWO);
    assertThat(new String(reply, ISO_8859_1)).contains(new String(expected, ISO_8859_1));
    client.run("FUNCTION", "FLUSH");
    assertThat(restore(expected)).isEqualTo("OK");
    assertThat(client.run("FCALL", "a", "0")).isEqualTo("\"a\"");
    assertThat(client.run("FCALL", "b", "0")).isEqualTo("\"b\"");
  }

  @Test
  void whatIsThereAlreadyIsKeptReplacedOrFlushed() {
    client.run("FUNCTION", "LOAD", ONE);
    byte[] both = payload(ONE, TWO);
    assertThat(restore(both)).isEqualTo("-ERR Library one already exists");
    assertThat(restore(both, "append")).isEqualTo("-ERR Library one already exists");
    assertThat(client.run("FCALL", "b", "0")).isEqualTo("-ERR Function not found");
    assertThat(restore(both, "REPLACE")).isEqualTo("OK");
    assertThat(restore(payload(TWO_AGAIN), "REPLACE")).isEqualTo("-ERR Function b already exists");
    assertThat(restore(payload(TWO_AGAIN), "FLUSH")).isEqualTo("OK");
    assertThat(client.run("FCALL", "b", "0")).isEqualTo("\"c\"");
    assertThat(client.run("FCALL", "a", "0")).isEqualTo("-ERR Function not found");
  }

  @Test
  void aPayloadThatIsNotOneIsRefused() {
    assertThat(restore(new byte[3])).isEqualTo("-ERR DUMP payload version or checksum are wrong");
    assertThat(restore(payload(ONE), "NOPE"))
        .isEqualTo(
            "-ERR Wrong restore policy given, value should be either FLUSH, APPEND or REPLACE.");
    assertThat(restore(payload(ONE, ONE))).isEqualTo("-ERR Library 'one' already exists");
    assertThat(restore(payload(TWO, TWO_AGAIN))).isEqualTo("-ERR Function b already exists");
    assertThat(restore(payload("nothing"))).isEqualTo("-ERR Missing library metadata");
    client.run("SET", "k", "v");
    client.send("DUMP", "k");
    assertThat(client.receiveRaw()).isNotEmpty();
    assertThat(client.run("FUNCTION", "LIST")).isEqualTo("[]");
  }

  @Test
  void aLibraryThatCannotBeLoadedAnyMoreHidesNoOther() {
    client.run("FUNCTION", "LOAD", ONE);
    bench
        .reactor()
        .shard()
        .state()
        .apply(new LibraryOp.Loaded(Bytes.of("bad"), Bytes.of("#!js name=bad\nx")));
    assertThat(client.run("FUNCTION", "LIST")).contains("one").doesNotContain("bad");
    assertThat(client.run("FCALL", "a", "0")).isEqualTo("\"a\"");
    bench.reactor().shard().state().apply(new LibraryOp.Deleted(Bytes.of("bad")));
  }
}
