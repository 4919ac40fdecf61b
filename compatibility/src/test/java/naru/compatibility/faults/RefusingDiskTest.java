package naru.compatibility.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;
import naru.compatibility.Broker;
import naru.compatibility.RawClient;
import naru.compatibility.Reply;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What a disk refuses is refused by the real system, in the calls of the packed broker.
final class RefusingDiskTest {
  private static final String LOG = "log-00000000000000000001.naru";
  private static final List<String> STREAMS_IN_FILES = List.of("--stream-memory", "1");
  private static final int WRITERS = 3;
  private static final int FOR_EVER = Integer.MAX_VALUE;

  @BeforeAll
  static void faultsArePossible() {
    assumeFalse(Broker.isPeer());
    Strace.assumePermitted();
  }

  /// After a failed sync nobody knows what the disk has: also if the next one would go well.
  @ParameterizedTest
  @CsvSource({
    "always, fdatasync:error=EIO:when=20",
    "always, pwrite64:error=EIO:when=20",
    "everysec, fdatasync:error=EIO:when=2+"
  })
  void aRefusalOfTheDiskEndsTheBrokerAndNothingAcknowledgedIsLost(String fsync, String fault) {
    try (Broker broker =
        Broker.startThrough(Strace.with(List.of(LOG), fault), List.of("--fsync", fsync))) {
      List<Pusher> pushers = Pusher.start(WRITERS, broker, 0, FOR_EVER);
      assertThat(broker.end()).as("exit code").isEqualTo(1);
      assertThat(broker.output())
          .contains("the log can no longer be written, so nothing is acknowledged: stopping")
          .contains(LOG + ": Input/output error");
      pushers.forEach(Pusher::await);
      broker.restart();
      checkAndGoOn(broker, pushers);
    }
  }

  private static void checkAndGoOn(Broker broker, List<Pusher> pushers) {
    try (RawClient client = RawClient.to(broker)) {
      for (Pusher pusher : pushers) {
        assertThat(pusher.acknowledged()).isPositive();
        pusher.check(client);
      }
      assertThat(client.call("SET", "later", "too").text()).isEqualTo("OK");
    }
  }

  @Test
  void aFullDiskIsWaitedForAndNothingIsLost() {
    try (Broker broker =
        Broker.startThrough(
            Strace.with(List.of(LOG), "pwrite64:error=ENOSPC:when=20..25"), List.of())) {
      List<Pusher> pushers = Pusher.start(WRITERS, broker, 0, 50);
      pushers.forEach(Pusher::await);
      assertThat(pushers).allMatch(pusher -> pusher.acknowledged() == 50);
      assertThat(broker.output())
          .contains("the disk of the log is full: commands that write are refused")
          .contains("the disk of the log has room again: writing goes on");
      broker.kill9();
      broker.restart();
      checkAndGoOn(broker, pushers);
    }
  }

  /// Each sync takes a tenth of a second; many share one.
  @Test
  void aSlowDiskIsSharedAndNothingIsLost() {
    int writers = 16;
    int enough = 10;
    try (Broker broker =
        Broker.startThrough(Strace.with(List.of(LOG), "fdatasync:delay_enter=100000"), List.of())) {
      long startNs = System.nanoTime();
      List<Pusher> pushers = Pusher.start(writers, broker, 0, enough);
      pushers.forEach(Pusher::await);
      long syncsAtMost = (System.nanoTime() - startNs) / 100_000_000;
      assertThat(syncsAtMost).isLessThan(writers * enough / 2);
      Pusher cutOff = Pusher.start(broker, "another", 0, FOR_EVER);
      pushers.add(Pusher.start(broker, "last", 0, 3).await());
      broker.kill9();
      pushers.add(cutOff.await());
      broker.restart();
      checkAndGoOn(broker, pushers);
    }
  }

  @Test
  void aLogThatCannotBeReadIsNamedAndLeftAlone() throws IOException {
    try (Broker broker = Broker.start()) {
      List<Pusher> pushers = Pusher.start(WRITERS, broker, 0, 20);
      pushers.forEach(Pusher::await);
      broker.kill9();
      TreeMap<String, String> before = content(broker.directory());
      int code = broker.refusedStartThrough(Strace.with(List.of(LOG), "pread64:error=EIO:when=1+"));
      assertThat(code).isEqualTo(2);
      assertThat(broker.output()).contains("cannot read ", LOG + " at 0: Input/output error");
      assertThat(content(broker.directory())).isEqualTo(before);
      broker.restart();
      checkAndGoOn(broker, pushers);
    }
  }

  private static TreeMap<String, String> content(Path folder) throws IOException {
    TreeMap<String, String> content = new TreeMap<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.filter(each -> each.toString().endsWith(".naru")).toList()) {
        content.put("" + file.getFileName(), Arrays.toString(Files.readAllBytes(file)));
      }
    }
    return content;
  }

  /// Each try comes one step further. Two threads write, and strace counts the calls of each by
  /// itself. The directory was synced once for the first file of the log.
  @Test
  void aRefusedSnapshotIsGivenUpAndTheLogGoesOn() {
    List<String> files = List.of("", part(10), part(20), part(30), part(40), part(50), part(60));
    Function<Path, List<String>> strace =
        Strace.with(
            files,
            "pwrite64:error=EIO:when=2",
            "fdatasync:error=EIO:when=1",
            "pread64:error=EIO:when=1",
            "rename:error=EIO:when=1",
            "fsync:error=EIO:when=2");
    try (Broker broker = Broker.startThrough(strace, List.of())) {
      try (RawClient client = RawClient.to(broker)) {
        for (int i = 10; i <= 60; i += 10) {
          push(client, i - 9, i);
          assertThat(client.call("SAVE")).isInstanceOf(Reply.Problem.class);
          assertThat(client.call("INFO", "persistence").text())
              .contains("rdb_last_bgsave_status:err", "aof_last_write_status:ok");
        }
        push(client, 61, 70);
        assertThat(client.call("SAVE").text()).as(broker.output()).isEqualTo("OK");
        push(client, 71, 80);
      }
      assertThat(broker.output())
          .contains("cannot write to", "cannot sync", "cannot read", "cannot rename")
          .contains("cannot sync " + broker.directory());
      broker.kill9();
      broker.restart();
      try (RawClient client = RawClient.to(broker)) {
        assertThat(client.call("LLEN", "list").whole()).isEqualTo(80);
        assertThat(client.call("LINDEX", "list", "-1").text()).isEqualTo("80");
      }
    }
  }

  private static String part(int position) {
    return "snapshot-000000000000000000" + position + ".part";
  }

  private static void push(RawClient client, int from, int to) {
    for (int i = from; i <= to; i++) {
      assertThat(client.call("RPUSH", "list", "" + i).whole()).isEqualTo(i);
    }
  }

  /// The first is the header.
  @Test
  void blocksOfStreamsThatTheDiskDoesNotTakeStayInMemory() {
    Function<Path, List<String>> strace =
        Strace.with(List.of(blocks(1)), "pwrite64:error=EIO:when=2");
    try (Broker broker = Broker.startThrough(strace, STREAMS_IN_FILES)) {
      try (RawClient client = RawClient.to(broker)) {
        add(client);
        entriesAreThere(client);
        assertThat(client.call("SAVE").text()).isEqualTo("OK");
      }
      assertThat(broker.output()).contains("blocks of streams stay in memory for now");
      broker.kill9();
      broker.restart();
      try (RawClient client = RawClient.to(broker)) {
        entriesAreThere(client);
      }
    }
  }

  /// Three times they cannot be read, then not be synced: the next snapshot has them elsewhere.
  @Test
  void blocksOfStreamsThatTheDiskDoesNotGiveBackAreRefusedToWhoAsksForThemAlone() {
    Function<Path, List<String>> strace =
        Strace.with(
            List.of(blocks(1)), "pread64:error=EIO:when=1..3", "fdatasync:error=EIO:when=1");
    try (Broker broker = Broker.startThrough(strace, STREAMS_IN_FILES)) {
      try (RawClient client = RawClient.to(broker)) {
        add(client);
        for (int i = 0; i < 3; i++) {
          assertThat(client.call("XRANGE", "stream", "-", "+").text())
              .startsWith("-ERR cannot read ")
              .contains(blocks(1), "Input/output error");
          assertThat(client.call("GET", "other").text()).isEqualTo("works");
        }
        entriesAreThere(client);
        assertThat(client.call("SAVE")).isInstanceOf(Reply.Problem.class);
        assertThat(client.call("SAVE").text()).isEqualTo("OK");
        entriesAreThere(client);
      }
      assertThat(broker.directory().resolve(blocks(2))).exists();
      broker.kill9();
      broker.restart();
      try (RawClient client = RawClient.to(broker)) {
        entriesAreThere(client);
      }
    }
  }

  private static String blocks(int number) {
    return "blocks-0000000000000000000" + number + ".naru";
  }

  private static void add(RawClient client) {
    for (int i = 1; i <= 10; i++) {
      client.call("XADD", "stream", i + "-0", "body", i + "b".repeat(20_000));
    }
    assertThat(client.call("SET", "other", "works").text()).isEqualTo("OK");
  }

  private static void entriesAreThere(RawClient client) {
    Reply entries = client.call("XRANGE", "stream", "-", "+");
    assertThat(entries).isInstanceOf(Reply.Sequence.class);
    for (int i = 1; i <= 10; i++) {
      assertThat(entries.text()).contains(i + "b".repeat(20_000));
    }
    assertThat(client.call("GET", "other").text()).isEqualTo("works");
  }
}
