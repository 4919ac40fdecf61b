package naru.protocol.resp.pubsub;

import static org.assertj.core.api.Assertions.assertThat;

import naru.protocol.resp.Bench;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PubSubTest {
  private final Bench bench = new Bench();
  private final Bench.Connection publisher = bench.connect();
  private final Bench.Connection listener = bench.connect();

  @AfterEach
  void close() {
    bench.close();
  }

  @Test
  void aMessageGoesToAllWhoListen() {
    Bench.Connection other = bench.connect3();
    other.receive();
    listener.run("SUBSCRIBE news");
    other.run("SUBSCRIBE news");
    assertThat(publisher.run("PUBLISH news hello")).isEqualTo(":2");
    assertThat(listener.receive()).isEqualTo("[\"message\", \"news\", \"hello\"]");
    assertThat(other.receive()).isEqualTo(">[\"message\", \"news\", \"hello\"]");
  }

  @Test
  void whoListensByNameAndByPatternGetsBoth() {
    listener.run("SUBSCRIBE news.a");
    listener.run("PSUBSCRIBE news.*");
    assertThat(publisher.run("PUBLISH news.a x")).isEqualTo(":2");
    assertThat(listener.receive())
        .isEqualTo(
            "[\"message\", \"news.a\", \"x\"] [\"pmessage\", \"news.*\", \"news.a\", \"x\"]");
  }

  @Test
  void eachSubscriptionIsConfirmedWithTheCount() {
    assertThat(listener.run("SUBSCRIBE a b a"))
        .isEqualTo(
            "[\"subscribe\", \"a\", :1] [\"subscribe\", \"b\", :2] [\"subscribe\", \"a\", :2]");
    assertThat(listener.run("UNSUBSCRIBE a")).isEqualTo("[\"unsubscribe\", \"a\", :1]");
    assertThat(listener.run("UNSUBSCRIBE")).isEqualTo("[\"unsubscribe\", \"b\", :0]");
    assertThat(listener.run("UNSUBSCRIBE")).isEqualTo("[\"unsubscribe\", nil, :0]");
  }

  @Test
  void aResp2SubscriberMayDoLittleElse() {
    listener.run("SUBSCRIBE a");
    assertThat(listener.run("GET k"))
        .isEqualTo(
            "-ERR Can't execute 'get': only (P|S)SUBSCRIBE / (P|S)UNSUBSCRIBE / PING / QUIT /"
                + " RESET are allowed in this context");
    assertThat(listener.run("PING")).isEqualTo("[\"pong\", \"\"]");
    assertThat(listener.run("PING hi")).isEqualTo("[\"pong\", \"hi\"]");
  }

  @Test
  void aResp3SubscriberMayDoEverything() {
    Bench.Connection three = bench.connect3();
    three.run("SUBSCRIBE a");
    assertThat(three.run("SET k v")).isEqualTo("OK");
    assertThat(three.run("PUBLISH a x")).isEqualTo(":1 >[\"message\", \"a\", \"x\"]");
  }

  @Test
  void shardedChannelsAreAWorldOfTheirOwn() {
    assertThat(listener.run("SSUBSCRIBE a")).isEqualTo("[\"ssubscribe\", \"a\", :1]");
    assertThat(publisher.run("PUBLISH a x")).isEqualTo(":0");
    assertThat(publisher.run("SPUBLISH a x")).isEqualTo(":1");
    assertThat(listener.receive()).isEqualTo("[\"smessage\", \"a\", \"x\"]");
    assertThat(publisher.run("PUBSUB SHARDNUMSUB a b")).isEqualTo("[\"a\", :1, \"b\", :0]");
  }

  @Test
  void whoIsGoneListensNoMore() {
    listener.run("SUBSCRIBE a");
    listener.run("PSUBSCRIBE a*");
    assertThat(publisher.run("PUBSUB NUMPAT")).isEqualTo(":1");
    listener.close();
    assertThat(publisher.run("PUBLISH a x")).isEqualTo(":0");
    assertThat(publisher.run("PUBSUB CHANNELS")).isEqualTo("[]");
    assertThat(publisher.run("PUBSUB NUMPAT")).isEqualTo(":0");
  }

  @Test
  void whoDoesNotReadIsClosedAndNobodyElseIsHarmed() {
    listener.run("SUBSCRIBE a");
    listener.client().windowBytes(1000);
    Bench.Connection reader = bench.connect();
    reader.run("SUBSCRIBE a");
    String large = "x".repeat(1 << 20);
    for (int i = 0; i < 40; i++) {
      publisher.run("PUBLISH", "a", large);
      reader.receiveRaw();
    }
    assertThat(listener.isClosed()).isTrue();
    assertThat(publisher.run("PUBLISH a x")).isEqualTo(":1");
    assertThat(reader.receive()).isEqualTo("[\"message\", \"a\", \"x\"]");
  }

  @Test
  void resetEndsEverything() {
    listener.run("SUBSCRIBE a");
    assertThat(listener.run("RESET")).isEqualTo("RESET");
    assertThat(publisher.run("PUBLISH a x")).isEqualTo(":0");
  }
}
