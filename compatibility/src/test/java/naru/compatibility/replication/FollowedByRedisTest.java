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

  @Test
  void aCopyGoesAndThenAllThatHappensAlsoAfterACut() throws Exception {
    try (Broker broker = Broker.start();
        CuttingProxy proxy = new CuttingProxy(broker.port());
        RedisServer redis = RedisServer.start(folder);
        RawClient here = RawClient.to(broker);
        RawClient there = RawClient.to(redis.port())) {
      try (Load load = new Load(broker.port(), CLIENTS, seed)) {
        awaitWrites(load, WRITES);
        there.call("REPLICAOF", "127.0.0.1", Integer.toString(proxy.port()));
        awaitOnline(here);
        awaitWrites(load, WRITES);
        proxy.cut();
        awaitWrites(load, WRITES / 3);
        awaitOnline(here);
        awaitWrites(load, WRITES / 3);
      }
      Eventually.get(
          () ->
              Long.parseLong(FollowingRedisTest.info(there, "slave_repl_offset"))
                  - Long.parseLong(FollowingRedisTest.info(here, "master_repl_offset")),
          behind -> behind >= 0);
      // Keys of the load that expire do so within a second; those that stay do for far longer.
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1100));
      assertThat(Contents.of(there)).as("seed %d", seed).isEqualTo(Contents.of(here));
      try (var files = Files.list(folder)) {
        for (Path log : files.filter(file -> file.toString().endsWith(".log")).toList()) {
          assertThat(Files.readString(log)).doesNotContain("CRITICAL");
        }
      }
    }
  }

  private static void awaitOnline(RawClient here) throws Exception {
    Eventually.get(
        () -> FollowingRedisTest.info(here, "slave0"), line -> line.contains("state=online"));
  }
}
