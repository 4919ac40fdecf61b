package naru.compatibility.replication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import naru.compatibility.Broker;
import naru.compatibility.Contents;
import naru.compatibility.Eventually;
import naru.compatibility.RawClient;
import naru.compatibility.differential.RedisServer;
import naru.compatibility.script.Tour;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The guide to moving does what it shows, there and back again: its blocks are fenced with `
/// ```tour `, Redis is at port 6379, the broker at 6380.
class MovingTest {
  private static final String GUIDE = "docs/guide/moving.md";
  private static final int CLIENTS = 2;
  private static final long WRITES = 300;

  @TempDir Path folder;

  private final long seed = Long.getLong("replication.seed", System.nanoTime());

  @Test
  void whatIsTypedMovesThereAndBackWithoutLoss() throws Exception {
    assumeThat(RedisServer.isInstalled()).isTrue();
    assumeThat(Broker.isPeer()).isFalse();
    List<Tour.Block> blocks = Tour.blocks(GUIDE);
    assertThat(blocks).as("following, cutting over, and back").hasSize(3);
    try (RedisServer redis = RedisServer.start(folder, "--repl-diskless-sync-delay", "0");
        Broker broker = Broker.start();
        RawClient there = RawClient.to(redis.port());
        RawClient here = RawClient.to(broker)) {
      write(redis.port());
      type(blocks.get(0), redis, broker);
      write(redis.port());
      type(blocks.get(1), redis, broker);
      assertThat(here.call("ROLE").texts()).startsWith("master");
      assertSame(there, here);
      write(broker.port());
      there.call("SET", "lost", "if this were kept");
      awaitFollowed(here, there);
      assertSame(there, here);
      assertThat(FollowingRedisTest.info(here, "sync_full")).as("no copy goes back").isEqualTo("0");
      type(blocks.get(2), redis, broker);
      assertThat(there.call("ROLE").texts()).startsWith("master");
      write(redis.port());
      awaitFollowed(there, here);
      assertSame(there, here);
    }
  }

  private void write(int port) throws Exception {
    try (Load load = new Load(port, CLIENTS, seed)) {
      Eventually.get(load::acknowledged, now -> now >= WRITES);
    }
  }

  private static void awaitFollowed(RawClient master, RawClient replica) throws Exception {
    Eventually.get(() -> FollowingRedisTest.info(replica, "master_link_status"), "up"::equals);
    Eventually.get(
        () ->
            Long.parseLong(FollowingRedisTest.info(replica, "slave_repl_offset"))
                - Long.parseLong(FollowingRedisTest.info(master, "master_repl_offset")),
        behind -> behind >= 0);
  }

  private void assertSame(RawClient there, RawClient here) {
    // Keys of the load that expire do so within a second; those that stay do for far longer.
    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1100));
    assertThat(Contents.of(here)).as("seed %d", seed).isEqualTo(Contents.of(there));
  }

  private static void type(Tour.Block block, RedisServer redis, Broker broker) throws IOException {
    for (Tour.Step step : block.steps()) {
      String command =
          step.command()
              .replaceAll("\\b6379\\b", "REDIS")
              .replaceAll("\\b6380\\b", Integer.toString(broker.port()))
              .replace("REDIS", Integer.toString(redis.port()));
      Process shell =
          new ProcessBuilder("timeout", "20", "bash", "-c", command)
              .redirectErrorStream(true)
              .start();
      shell.getOutputStream().close();
      String shown = new String(shell.getInputStream().readAllBytes()).replace("\r", "");
      step.check(shown.replace("port=" + broker.port(), "port=6380").stripTrailing());
    }
  }
}
