package naru.compatibility.memcached;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import naru.compatibility.OneBroker;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Clients that break the rules: the others do not notice, and memory stays bounded.
@DisabledIfSystemProperty(
    named = "naru.peer",
    matches = "redis",
    disabledReason = "redis-server does not speak memcached")
final class HostileTest {
  @RegisterExtension
  static final OneBroker shared = new OneBroker("--memcached-port", "auto", "--log", "off");

  private static TextClient connect() {
    return new TextClient(shared.broker().memcachedPort());
  }

  @AfterEach
  void othersAreServed() {
    try (TextClient client = connect()) {
      assertThat(client.ask("set a 0 0 1\r\nx\r\nget a\r\n"))
          .isEqualTo("STORED\r\nVALUE a 0 1\r\nx\r\nEND\r\n");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "set a 0 0 2147483646\r\n",
        "set a 0 0 2000000000\r\n",
        "ms a 2147483645\r\n",
        "append a 0 0 1100000000\r\n"
      })
  void whatIsAnnouncedIsNotBelieved(String line) {
    long before = shared.broker().residentBytes();
    List<TextClient> clients = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      clients.add(connect().send(line).send("x".repeat(100_000)));
    }
    try (TextClient client = connect()) {
      assertThat(client.ask("get none\r\n")).isEqualTo("END\r\n");
    }
    assertThat(shared.broker().residentBytes() - before).isLessThan(200L << 20);
    clients.forEach(TextClient::close);
  }

  @Test
  void aLineWithoutEndIsCutOff() {
    try (TextClient client = connect()) {
      try {
        client.send("x".repeat(1 << 20));
      } catch (java.io.UncheckedIOException e) {
        // Cut off before all of it was sent.
      }
      assertThat(client.readUntilClosed()).isIn("", "CLIENT_ERROR line too long\r\n");
    }
  }

  @Test
  void manyKeysWithoutEndAreCutOff() {
    try (TextClient client = connect()) {
      try {
        String keys = " key".repeat(1 << 18);
        client.send("get");
        for (int i = 0; i < 16; i++) {
          client.send(keys);
        }
      } catch (java.io.UncheckedIOException e) {
        // Cut off before all of it was sent.
      }
      assertThat(client.readUntilClosed()).isIn("", "CLIENT_ERROR line too long\r\n");
    }
  }

  @Test
  void noiseHarmsNobody() {
    Random random = new Random(5);
    for (int i = 0; i < 100; i++) {
      byte[] noise = new byte[1 + random.nextInt(4000)];
      random.nextBytes(noise);
      try (TextClient client = connect()) {
        client.send(noise).send("\r\nquit\r\n");
      } catch (java.io.UncheckedIOException e) {
        // It may be cut off at any time.
      }
    }
  }

  @Test
  void theBinaryProtocolIsCutOff() {
    try (TextClient client = connect()) {
      client.send("\u0080\u000b".getBytes(ISO_8859_1)).send(new byte[22]);
      assertThat(client.readUntilClosed()).isEmpty();
    }
  }

  @Test
  void whoSendsByteByByteIsServed() {
    try (TextClient client = connect()) {
      for (byte b : "set slow 0 0 5\r\nhe\r\no\r\n".getBytes(ISO_8859_1)) {
        client.send(new byte[] {b});
      }
      assertThat(client.ask("get slow\r\n"))
          .isEqualTo("STORED\r\nVALUE slow 0 5\r\nhe\r\no\r\nEND\r\n");
    }
  }

  @Test
  void whoDoesNotReadIsNotAnsweredForEver() {
    long before = shared.broker().residentBytes();
    try (TextClient setter = connect();
        TextClient client = connect()) {
      String value = "x".repeat(1_000_000);
      assertThat(setter.ask("set large 0 0 1000000\r\n" + value + "\r\n")).isEqualTo("STORED\r\n");
      client.send("get" + " large".repeat(5000) + "\r\n");
      assertThat(setter.ask("get none\r\n")).isEqualTo("END\r\n");
      assertThat(shared.broker().residentBytes() - before).isLessThan(400L << 20);
    }
  }
}
