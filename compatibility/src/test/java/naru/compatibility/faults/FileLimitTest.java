package naru.compatibility.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.util.List;
import naru.compatibility.Broker;
import naru.compatibility.RawClient;
import naru.compatibility.Reply;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// What the system refuses of a disk that needs nobody's help.
final class FileLimitTest {
  @BeforeAll
  static void onlyNaru() {
    assumeFalse(Broker.isPeer());
  }

  /// The system takes a part of a record, and refuses the rest: files may have 100 KB.
  @Test
  void aRecordTakenInPartIsCutOffAtTheNextStart() {
    try (Broker broker =
        Broker.startThrough(
            _ -> List.of("sh", "-c", "ulimit -f 200 && exec \"$0\" \"$@\""), List.of())) {
      List<Pusher> pushers = Pusher.start(3, broker, 1000, Integer.MAX_VALUE);
      assertThat(broker.end()).as("exit code").isEqualTo(1);
      assertThat(broker.output())
          .contains("the log can no longer be written, so nothing is acknowledged: stopping");
      pushers.forEach(Pusher::await);
      broker.restart();
      assertThat(broker.output()).contains("was half written");
      try (RawClient client = RawClient.to(broker)) {
        for (Pusher pusher : pushers) {
          assertThat(pusher.acknowledged()).isPositive();
          pusher.check(client);
        }
      }
    }
  }

  /// With a reserve that no disk has, the disk is full; without it, it has room.
  @Test
  void whatIsRefusedForWantOfRoomIsNotThereAndWhatIsReadIsAnswered() {
    try (Broker broker = Broker.start()) {
      Pusher before = Pusher.start(broker, "list", 0, 20).await();
      try (RawClient client = RawClient.to(broker)) {
        assertThat(client.call("CONFIG", "SET", "disk-reserve", "900000gb").text()).isEqualTo("OK");
        assertThat(client.call("RPUSH", "list", "refused").text())
            .startsWith("-MISCONF The disk of the log is full");
        assertThat(client.call("LINDEX", "list", "-1").text()).isEqualTo("19");
        assertThat(client.call("INFO", "persistence").text()).contains("aof_last_write_status:err");
        assertThat(client.call("SAVE")).isInstanceOf(Reply.Problem.class);
        assertThat(client.call("CONFIG", "SET", "disk-reserve", "1mb").text()).isEqualTo("OK");
        assertThat(client.call("RPUSH", "list", "taken").whole()).isEqualTo(21);
        assertThat(client.call("SAVE").text()).isEqualTo("OK");
      }
      broker.kill9();
      broker.restart();
      try (RawClient client = RawClient.to(broker)) {
        assertThat(client.call("RPOP", "list").text()).isEqualTo("taken");
        before.check(client);
      }
    }
  }
}
