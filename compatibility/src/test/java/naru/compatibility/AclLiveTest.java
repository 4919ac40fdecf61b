package naru.compatibility;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What a user is told that it may no longer do, its connections may not do from then on, whatever
/// they are in the middle of.
final class AclLiveTest {
  private static final String NO_KEY = "-NOPERM No permissions to access a key";

  @RegisterExtension static final OneBroker shared = new OneBroker();

  private static void tell(String rules) {
    try (RawClient admin = shared.connect()) {
      assertThat(admin.call(("ACL SETUSER worker " + rules).split(" ")).text()).isEqualTo("OK");
    }
  }

  private static RawClient worker() {
    RawClient client = shared.connect();
    assertThat(client.call("AUTH", "worker", "secret").text()).isEqualTo("OK");
    return client;
  }

  private static void awaitBlocked(int count) throws Exception {
    try (RawClient admin = shared.connect()) {
      Eventually.get(
          () -> admin.call("INFO", "clients").text(),
          it -> it.contains("blocked_clients:" + count + "\r\n"));
    }
  }

  @BeforeEach
  void aWorkerMayDoEverything() {
    tell("reset on >secret ~* &* +@all");
  }

  @ParameterizedTest
  @ValueSource(strings = {"SUBSCRIBE news", "PSUBSCRIBE new*", "SSUBSCRIBE news"})
  void aSubscriptionThatIsForbiddenIsCutAndOthersAreNot(String subscribe) {
    try (RawClient listener = worker();
        RawClient lasting = worker();
        RawClient admin = shared.connect()) {
      listener.call(subscribe.split(" "));
      lasting.call("SUBSCRIBE", "weather");
      tell("resetchannels &weather");
      assertThat(listener.readUntilClosed()).isEmpty();
      assertThat(admin.call("PUBLISH", "weather", "rain").whole()).isEqualTo(1);
      assertThat(lasting.read().texts()).containsExactly("message", "weather", "rain");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "BLPOP jobs 0",
        "BLMOVE jobs other LEFT RIGHT 0",
        "BRPOPLPUSH jobs other 0",
        "BLMPOP 0 1 jobs LEFT"
      })
  void aPopThatWaitsIsNotServedWithAKeyTakenAway(String pop) throws Exception {
    try (RawClient waiting = worker();
        RawClient admin = shared.connect()) {
      waiting.send(pop.split(" "));
      awaitBlocked(1);
      tell("resetkeys ~other");
      admin.call("RPUSH", "jobs", "one");
      assertThat(waiting.read().text()).isEqualTo(NO_KEY);
      assertThat(admin.call("LRANGE", "jobs", "0", "-1").texts()).containsExactly("one");
      assertThat(admin.call("EXISTS", "other").whole()).isZero();
    }
  }

  @Test
  void aPopThatWaitsIsNotServedWhenItsCommandIsTakenAway() throws Exception {
    try (RawClient waiting = worker();
        RawClient next = shared.connect();
        RawClient admin = shared.connect()) {
      waiting.send("BZPOPMIN", "ranks", "0");
      awaitBlocked(1);
      next.send("BZPOPMIN", "ranks", "0");
      awaitBlocked(2);
      tell("-bzpopmin");
      admin.call("ZADD", "ranks", "1", "anna");
      assertThat(waiting.read().text())
          .isEqualTo("-NOPERM User worker has no permissions to run the 'bzpopmin' command");
      assertThat(next.read().texts()).as("who waited behind").containsExactly("ranks", "anna", "1");
    }
  }

  @Test
  void anEntryIsNotDeliveredToAGroupReaderThatMayNoLongerRead() throws Exception {
    try (RawClient waiting = worker();
        RawClient admin = shared.connect()) {
      admin.call("XGROUP", "CREATE", "events", "group", "$", "MKSTREAM");
      waiting.send("XREADGROUP", "GROUP", "group", "me", "BLOCK", "0", "STREAMS", "events", ">");
      awaitBlocked(1);
      tell("resetkeys ~other");
      admin.call("XADD", "events", "*", "field", "value");
      assertThat(waiting.read().text()).isEqualTo(NO_KEY);
      assertThat(admin.call("XPENDING", "events", "group").items().getFirst().whole()).isZero();
      assertThat(admin.call("XREADGROUP", "GROUP", "group", "you", "STREAMS", "events", ">").text())
          .contains("field, value");
    }
  }

  @Test
  void whatWasQueuedIsAskedAgainAtExec() {
    try (RawClient client = worker();
        RawClient admin = shared.connect()) {
      client.call("MULTI");
      assertThat(client.call("SET", "jobs", "1").text()).isEqualTo("QUEUED");
      assertThat(client.call("SET", "other", "1").text()).isEqualTo("QUEUED");
      tell("resetkeys ~other");
      assertThat(client.call("EXEC").texts())
          .satisfiesExactly(
              refused -> assertThat(refused).startsWith("-NOPERM "),
              done -> assertThat(done).isEqualTo("OK"));
      assertThat(admin.call("EXISTS", "jobs", "other").whole()).isEqualTo(1);
      client.call("MULTI");
      client.call("SET", "other", "2");
      tell("-exec");
      assertThat(client.call("EXEC").text())
          .startsWith("-EXECABORT Transaction discarded because of: NOPERM ");
      assertThat(admin.call("GET", "other").text()).isEqualTo("1");
    }
  }

  @Test
  void aScriptMayNoMoreThanWhoRunsIt() {
    String script = "redis.call('SET', 'other', '1') return redis.call('SET', 'jobs', '1')";
    try (RawClient client = worker();
        RawClient admin = shared.connect()) {
      assertThat(client.call("EVAL", script, "0").text()).isEqualTo("OK");
      admin.call("FLUSHALL");
      tell("resetkeys ~other");
      assertThat(client.call("EVAL", script, "0").text())
          .contains("No permissions to access a key");
      assertThat(admin.call("EXISTS", "jobs", "other").whole()).isEqualTo(1);
      assertThat(client.call("EVAL", "return redis.pcall('GET', 'jobs')", "0").text())
          .contains("No permissions to access a key");
      tell("-set");
      assertThat(client.call("EVAL", script, "0").text()).startsWith("-").contains("'set' command");
    }
  }

  @Test
  void whoIsDeletedIsDisconnected() throws Exception {
    try (RawClient idle = worker();
        RawClient listening = worker();
        RawClient blocked = worker();
        RawClient admin = shared.connect()) {
      listening.call("SUBSCRIBE", "news");
      blocked.send("BLPOP", "jobs", "0");
      awaitBlocked(1);
      assertThat(admin.call("ACL", "DELUSER", "worker").whole()).isEqualTo(1);
      assertThat(idle.readUntilClosed()).isEmpty();
      assertThat(listening.readUntilClosed()).isEmpty();
      assertThat(blocked.readUntilClosed()).isEmpty();
      admin.call("RPUSH", "jobs", "one");
      assertThat(admin.call("LLEN", "jobs").whole()).isEqualTo(1);
      assertThat(admin.call("AUTH", "worker", "secret").text()).startsWith("-WRONGPASS ");
    }
  }

  /// All in one write, so that the next command comes before the connection is really closed.
  @ParameterizedTest
  @ValueSource(strings = {"ACL DELUSER worker", "CLIENT KILL USER worker"})
  void nothingIsHandedToAPopWhoseConnectionWasJustCutOff(String cut) throws Exception {
    try (RawClient blocked = worker();
        RawClient reader = worker();
        RawClient admin = shared.connect()) {
      admin.call("XGROUP", "CREATE", "events", "group", "$", "MKSTREAM");
      blocked.send("BLPOP", "jobs", "0");
      reader.send("XREADGROUP", "GROUP", "group", "me", "BLOCK", "0", "STREAMS", "events", ">");
      awaitBlocked(2);
      List<Reply> replies =
          admin.pipeline(
              List.of(
                  cut.split(" "),
                  "RPUSH jobs one".split(" "),
                  "XADD events * field value".split(" "),
                  "LRANGE jobs 0 -1".split(" "),
                  "XPENDING events group".split(" ")));
      assertThat(blocked.readUntilClosed()).isEmpty();
      assertThat(reader.readUntilClosed()).isEmpty();
      assertThat(replies.get(3).texts()).containsExactly("one");
      assertThat(replies.get(4).items().getFirst().whole()).isZero();
    }
  }

  @Test
  void whoIsSwitchedOffStaysButDoesNotComeAgain() {
    try (RawClient present = worker();
        RawClient late = shared.connect()) {
      tell("off");
      assertThat(present.call("PING").text()).isEqualTo("PONG");
      assertThat(late.call("AUTH", "worker", "secret").text()).startsWith("-WRONGPASS ");
    }
  }
}
