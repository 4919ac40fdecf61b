package naru.compatibility.replication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The broker follows a redis-server.
///
/// Each run has a seed of its own, which a failure names; `-Dreplication.seed=N` runs one again.
class FollowingRedisTest {
  private static final int CLIENTS = 3;
  private static final long WRITES = 1500;

  @TempDir Path folder;

  private final long seed = Long.getLong("replication.seed", System.nanoTime());

  @BeforeEach
  void needsBothServers() {
    assumeThat(RedisServer.isInstalled()).isTrue();
    assumeThat(Broker.isPeer()).isFalse();
  }

  private RedisServer redis(String... more) throws Exception {
    List<String> options =
        new ArrayList<>(List.of("--repl-diskless-sync-delay", "0", "--hz", "50"));
    options.addAll(List.of(more));
    return RedisServer.start(folder, options.toArray(String[]::new));
  }

  static String info(RawClient client, String field) {
    return client
        .call("INFO", "everything")
        .text()
        .lines()
        .filter(line -> line.startsWith(field + ":"))
        .map(line -> line.substring(field.length() + 1).strip())
        .findFirst()
        .orElse("");
  }

  private static void awaitLink(RawClient here) throws Exception {
    Eventually.get(() -> info(here, "master_link_status"), "up"::equals);
  }

  /// Until the follower has all that the other has done.
  private static void awaitCaughtUp(RawClient there, RawClient here) throws Exception {
    Eventually.get(
        () ->
            Long.parseLong(info(here, "slave_safe_repl_offset"))
                - Long.parseLong(info(there, "master_repl_offset")),
        behind -> behind >= 0);
  }

  private static void awaitWrites(Load load, long count) throws Exception {
    long enough = load.acknowledged() + count;
    Eventually.get(load::acknowledged, now -> now >= enough);
  }

  private void follow(RawClient here, int port) {
    assertThat(here.call("REPLICAOF", "127.0.0.1", Integer.toString(port)).text()).isEqualTo("OK");
  }

  private void assertSame(RawClient there, RawClient here) {
    // Keys of the load that expire do so within a second; those that stay do for far longer.
    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1100));
    assertThat(Contents.of(here)).as("seed %d", seed).isEqualTo(Contents.of(there));
    assertThat(info(here, "slave_command_errors")).isIn("0", "");
  }

  @ParameterizedTest
  @ValueSource(strings = {"yes", "no"})
  void aWholeCopyComesAndThenEachCommand(String diskless) throws Exception {
    try (RedisServer redis = redis("--repl-diskless-sync", diskless);
        Broker broker = Broker.start();
        RawClient there = RawClient.to(redis.port());
        RawClient here = RawClient.to(broker)) {
      here.call("SET", "old", "gone when the copy is here");
      there.call("FUNCTION", "LOAD", "#!lua name=l\nredis.register_function('f', function() end)");
      try (Load load = new Load(redis.port(), CLIENTS, seed)) {
        awaitWrites(load, WRITES);
        follow(here, redis.port());
        awaitLink(here);
        awaitWrites(load, WRITES);
      }
      awaitCaughtUp(there, here);
      assertSame(there, here);
      assertThat(here.call("SET", "a", "b").text())
          .isEqualTo("-READONLY You can't write against a read only replica.");
      assertThat(here.call("ROLE").texts()).contains("slave", "connected");
      assertThat(there.call("WAIT", "1", "5000").text()).isEqualTo("1");
    }
  }

  @Test
  void aCutLinkGoesOnWhereItWasAndNothingAcknowledgedIsLostByTheMove() throws Exception {
    try (RedisServer redis = redis("--repl-backlog-size", "64mb");
        CuttingProxy proxy = new CuttingProxy(redis.port());
        Broker broker = Broker.start();
        RawClient there = RawClient.to(redis.port());
        RawClient here = RawClient.to(broker)) {
      try (Load load = new Load(redis.port(), CLIENTS, seed)) {
        follow(here, proxy.port());
        awaitLink(here);
        for (int i = 0; i < 4; i++) {
          awaitWrites(load, WRITES / 2);
          proxy.cut();
          Eventually.get(() -> info(there, "sync_partial_ok"), Integer.toString(i + 1)::equals);
        }
        awaitLink(here);
        awaitWrites(load, WRITES / 2);
      }
      assertThat(info(there, "sync_full")).isEqualTo("1");
      awaitCaughtUp(there, here);
      assertSame(there, here);
      assertThat(here.call("REPLICAOF", "NO", "ONE").text()).isEqualTo("OK");
      assertThat(here.call("SET", "mine", "now").text()).isEqualTo("OK");
      broker.kill9();
      broker.restart();
      try (RawClient again = RawClient.to(broker)) {
        assertThat(again.call("GET", "mine").text()).isEqualTo("now");
        again.call("DEL", "mine");
        assertThat(again.call("ROLE").texts()).startsWith("master");
        assertSame(there, again);
      }
    }
  }

  @Test
  void killedInTheMiddleItGoesOnWithoutLosingOrDoingAnythingTwice() throws Exception {
    try (RedisServer redis = redis("--repl-backlog-size", "64mb");
        Broker broker = Broker.start();
        RawClient there = RawClient.to(redis.port())) {
      try (RawClient here = RawClient.to(broker);
          Load load = new Load(redis.port(), CLIENTS, seed)) {
        follow(here, redis.port());
        awaitLink(here);
        for (int i = 0; i < 3; i++) {
          awaitWrites(load, WRITES / 2);
          broker.kill9();
          awaitWrites(load, WRITES / 4);
          broker.restart();
          try (RawClient again = RawClient.to(broker)) {
            awaitLink(again);
          }
        }
      }
      assertThat(info(there, "sync_full")).isEqualTo("1");
      try (RawClient again = RawClient.to(broker)) {
        awaitCaughtUp(there, again);
        assertSame(there, again);
      }
    }
  }

  @Test
  void whoWasToldToFollowAtTheStartDoesNotDoSoAgainAfterTheMove() throws Exception {
    try (RedisServer redis = redis()) {
      try (RawClient there = RawClient.to(redis.port())) {
        there.call("CONFIG", "SET", "requirepass", "secret");
      }
      String server = "127.0.0.1 " + redis.port();
      try (Broker broker = Broker.start(List.of("--replicaof", server, "--masterauth", "secret"));
          RawClient there = RawClient.to(redis.port())) {
        there.call("AUTH", "secret");
        there.call("SET", "k", "v");
        try (RawClient here = RawClient.to(broker)) {
          awaitLink(here);
          assertThat(here.call("GET", "k").text()).isEqualTo("v");
          assertThat(here.call("REPLICAOF", "NO", "ONE").text()).isEqualTo("OK");
          assertThat(here.call("SET", "k", "mine").text()).isEqualTo("OK");
        }
        broker.kill9();
        broker.restart();
        try (RawClient here = RawClient.to(broker)) {
          assertThat(here.call("GET", "k").text()).isEqualTo("mine");
          assertThat(here.call("ROLE").texts()).startsWith("master");
        }
      }
    }
  }

  @Test
  void aKeyWhoseTimeHasComeIsGoneForReadersAndStaysForTheOther() throws Exception {
    try (RedisServer redis = redis();
        CuttingProxy proxy = new CuttingProxy(redis.port());
        Broker broker = Broker.start();
        RawClient there = RawClient.to(redis.port());
        RawClient here = RawClient.to(broker)) {
      follow(here, proxy.port());
      awaitLink(here);
      there.call("SET", "kept", "v", "PX", "3000");
      there.call("SET", "gone", "v", "PX", "3000");
      awaitCaughtUp(there, here);
      proxy.end();
      there.call("PERSIST", "kept");
      Eventually.get(() -> here.call("GET", "kept").text(), "(nil)"::equals);
      assertThat(here.call("EXISTS", "kept", "gone").text()).isEqualTo("0");
      assertThat(here.call("TTL", "kept").text()).isEqualTo("-2");
      follow(here, redis.port());
      Eventually.get(() -> here.call("GET", "kept").text(), "v"::equals);
      assertThat(here.call("GET", "gone").text()).isEqualTo("(nil)");
      assertThat(info(there, "sync_partial_ok")).isEqualTo("1");
    }
  }
}
