package naru.compatibility.replication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import naru.compatibility.Broker;
import naru.compatibility.Contents;
import naru.compatibility.Eventually;
import naru.compatibility.RawClient;
import naru.compatibility.differential.RedisServer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A redis-server follows the broker.
///
/// Each run has a seed of its own, which a failure names; `-Dreplication.seed=N` runs one again.
class FollowedByRedisTest {
  private static final int CLIENTS = 3;
  private static final long WRITES = 1500;

  @TempDir Path folder;

  private final long seed = Long.getLong("replication.seed", System.nanoTime());

  @BeforeEach
  void needsBothServers() {
    assumeThat(RedisServer.isInstalled()).isTrue();
    assumeThat(Broker.isPeer()).isFalse();
  }

  private static void awaitWrites(Load load, long count) throws Exception {
    long enough = load.acknowledged() + count;
    Eventually.get(load::acknowledged, now -> now >= enough);
  }

  private RedisServer redis(String name) throws Exception {
    return RedisServer.start(
        Files.createDirectory(folder.resolve(name)),
        "--repl-diskless-sync-delay",
        "0",
        "--enable-debug-command",
        "yes");
  }

  private static void follow(RawClient there, int port) {
    there.call("REPLICAOF", "127.0.0.1", Integer.toString(port));
  }

  private static long number(RawClient client, String field) {
    return Long.parseLong(FollowingRedisTest.info(client, field));
  }

  private static void awaitOnline(RawClient here) throws Exception {
    Eventually.get(
        () -> FollowingRedisTest.info(here, "slave0"), line -> line.contains("state=online"));
  }

  /// Until there is nothing that `there` has not done of what `here` has.
  private static void awaitCaughtUp(RawClient here, RawClient there) throws Exception {
    Eventually.get(
        () -> number(there, "slave_repl_offset") - number(here, "master_repl_offset"),
        behind -> behind >= 0);
    // Keys of the load that expire do so within a second; those that stay do for far longer.
    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1100));
  }

  private void assertSame(RawClient here, RawClient there) throws Exception {
    awaitCaughtUp(here, there);
    assertThat(Contents.of(there)).as("seed %d", seed).isEqualTo(Contents.of(here));
    try (var files = Files.walk(folder)) {
      for (Path log : files.filter(file -> file.toString().endsWith(".log")).toList()) {
        assertThat(Files.readString(log)).doesNotContain("CRITICAL");
      }
    }
  }

  @Test
  void aCopyGoesAndThenAllThatHappensAndAfterEachCutWhatIsMissing() throws Exception {
    try (Broker broker = Broker.start();
        CuttingProxy proxy = new CuttingProxy(broker.port());
        RedisServer redis = redis("one");
        RawClient here = RawClient.to(broker);
        RawClient there = RawClient.to(redis.port())) {
      here.call("CONFIG", "SET", "repl-backlog-size", "64mb");
      try (Load load = new Load(broker.port(), CLIENTS, seed)) {
        awaitWrites(load, WRITES);
        follow(there, proxy.port());
        awaitOnline(here);
        for (int i = 0; i < 4; i++) {
          awaitWrites(load, WRITES / 3);
          if (i % 2 == 0) {
            proxy.cut();
          } else {
            assertThat(here.call("CLIENT", "KILL", "TYPE", "replica").whole()).isEqualTo(1);
          }
          Eventually.get(() -> number(here, "sync_partial_ok"), Long.valueOf(i + 1)::equals);
        }
        awaitWrites(load, WRITES / 3);
      }
      assertThat(number(here, "sync_full")).isEqualTo(1);
      assertSame(here, there);
      assertThat(here.call("WAIT", "1", "5000").whole()).isEqualTo(1);
    }
  }

  @Test
  void whatIsNotKeptAnyMoreComesAsACopy() throws Exception {
    try (Broker broker = Broker.start();
        CuttingProxy proxy = new CuttingProxy(broker.port());
        RedisServer redis = redis("one");
        RawClient here = RawClient.to(broker);
        RawClient there = RawClient.to(redis.port())) {
      here.call("CONFIG", "SET", "repl-backlog-size", "16kb");
      follow(there, proxy.port());
      awaitOnline(here);
      there.call("CONFIG", "SET", "masterauth", "x");
      proxy.cut();
      for (int i = 0; i < 10; i++) {
        here.call("SET", "k" + i, "x".repeat(10_000));
      }
      there.call("CONFIG", "SET", "masterauth", "");
      Eventually.get(() -> number(here, "sync_full"), Long.valueOf(2)::equals);
      awaitOnline(here);
      assertSame(here, there);
    }
  }

  @Test
  void whoIsTooSlowIsCutOffAndComesBack() throws Exception {
    try (Broker broker = Broker.start();
        RedisServer redis = redis("one");
        RawClient here = RawClient.to(broker);
        RawClient there = RawClient.to(redis.port())) {
      here.call("CONFIG", "SET", "client-output-buffer-limit", "replica 4mb 0 0");
      follow(there, broker.port());
      awaitOnline(here);
      there.send("DEBUG", "SLEEP", "1.5");
      for (int i = 0; i < 30; i++) {
        here.call("SET", "k" + i, "x".repeat(1_000_000));
      }
      assertThat(number(here, "client_output_buffer_limit_disconnections")).isEqualTo(1);
      there.read();
      awaitOnline(here);
      assertSame(here, there);
    }
  }

  @Test
  void whatIsHeardIsPassedOnUnchangedAndGoesOnAfterAPromotion() throws Exception {
    try (RedisServer top = redis("top");
        Broker broker = Broker.start();
        CuttingProxy proxy = new CuttingProxy(broker.port());
        RedisServer below = redis("below");
        RedisServer beside = redis("beside");
        RawClient first = RawClient.to(top.port());
        RawClient here = RawClient.to(broker);
        RawClient there = RawClient.to(below.port());
        RawClient other = RawClient.to(beside.port())) {
      here.call("CONFIG", "SET", "repl-backlog-size", "64mb");
      try (Load load = new Load(top.port(), CLIENTS, seed)) {
        here.call("REPLICAOF", "127.0.0.1", Integer.toString(top.port()));
        follow(other, top.port());
        Eventually.get(() -> FollowingRedisTest.info(here, "master_link_status"), "up"::equals);
        follow(there, proxy.port());
        awaitOnline(here);
        awaitWrites(load, WRITES / 3);
        proxy.cut();
        awaitWrites(load, WRITES / 3);
        Eventually.get(() -> number(here, "sync_partial_ok"), Long.valueOf(1)::equals);
      }
      awaitCaughtUp(first, here);
      assertSame(first, there);
      assertThat(Contents.of(there)).isEqualTo(Contents.of(here));
      assertThat(here.call("WAIT", "0", "0").text()).startsWith("-ERR WAIT cannot be used with");
      awaitCaughtUp(first, other);
      other.call("REPLICAOF", "NO", "ONE");
      here.call("REPLICAOF", "NO", "ONE");
      here.call("SET", "mine", "now");
      Eventually.get(() -> there.call("GET", "mine").text(), "now"::equals);
      assertThat(number(here, "sync_full")).isEqualTo(1);
      assertThat(number(here, "sync_partial_ok")).isEqualTo(2);
      assertThat(FollowingRedisTest.info(there, "master_replid"))
          .isEqualTo(FollowingRedisTest.info(here, "master_replid"));
      assertSame(here, there);
    }
  }

  @Test
  void killedBetweenTwoOthersNobodyHasMoreThanTheFirst() throws Exception {
    try (RedisServer top = redis("top");
        Broker broker = Broker.start();
        RedisServer below = redis("below");
        RawClient first = RawClient.to(top.port());
        RawClient there = RawClient.to(below.port())) {
      first.call("CONFIG", "SET", "repl-backlog-size", "64mb");
      try (Load load = new Load(top.port(), CLIENTS, seed)) {
        try (RawClient here = RawClient.to(broker)) {
          here.call("REPLICAOF", "127.0.0.1", Integer.toString(top.port()));
          Eventually.get(() -> FollowingRedisTest.info(here, "master_link_status"), "up"::equals);
          follow(there, broker.port());
          awaitOnline(here);
        }
        for (int i = 0; i < 2; i++) {
          awaitWrites(load, WRITES / 3);
          broker.kill9();
          awaitWrites(load, WRITES / 3);
          broker.restart();
          try (RawClient here = RawClient.to(broker)) {
            awaitOnline(here);
          }
        }
      }
      try (RawClient here = RawClient.to(broker)) {
        awaitCaughtUp(first, here);
        assertThat(Contents.of(here)).as("seed %d", seed).isEqualTo(Contents.of(first));
      }
      assertSame(first, there);
    }
  }

  @Test
  void oneThatFollowedTheSameServerGoesOnWithWhoTakesItsPlace() throws Exception {
    try (RedisServer top = redis("top");
        Broker broker = Broker.start();
        RedisServer beside = redis("beside");
        RawClient first = RawClient.to(top.port());
        RawClient here = RawClient.to(broker);
        RawClient other = RawClient.to(beside.port())) {
      here.call("REPLICAOF", "127.0.0.1", Integer.toString(top.port()));
      follow(other, top.port());
      Eventually.get(() -> FollowingRedisTest.info(here, "master_link_status"), "up"::equals);
      Eventually.get(() -> FollowingRedisTest.info(other, "master_link_status"), "up"::equals);
      first.call("SET", "both", "know");
      awaitCaughtUp(first, here);
      awaitCaughtUp(first, other);
      first.send("SHUTDOWN", "NOSAVE").readUntilClosed();
      here.call("REPLICAOF", "NO", "ONE");
      here.call("SET", "more", "now");
      follow(other, broker.port());
      Eventually.get(() -> other.call("GET", "more").text(), "now"::equals);
      assertThat(number(here, "sync_full")).isZero();
      assertThat(number(here, "sync_partial_ok")).isEqualTo(1);
      assertSame(here, other);
    }
  }
}
