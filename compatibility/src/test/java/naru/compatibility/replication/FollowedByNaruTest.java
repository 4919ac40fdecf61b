package naru.compatibility.replication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import naru.compatibility.Broker;
import naru.compatibility.Contents;
import naru.compatibility.Eventually;
import naru.compatibility.RawClient;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A broker follows another one.
class FollowedByNaruTest {
  private static final int CLIENTS = 3;
  private static final long WRITES = 500;

  private final long seed = Long.getLong("replication.seed", System.nanoTime());

  @BeforeEach
  void needsTwoBrokers() {
    assumeThat(Broker.isPeer()).isFalse();
  }

  private static void awaitWrites(Load load, long count) throws Exception {
    long enough = load.acknowledged() + count;
    Eventually.get(load::acknowledged, now -> now >= enough);
  }

  private static void awaitLink(RawClient there) throws Exception {
    Eventually.get(() -> FollowingRedisTest.info(there, "master_link_status"), "up"::equals);
  }

  @Test
  void cutsAndKillsLoseNothingAndWhatWasWaitedForIsOnBothDisks() throws Exception {
    try (Broker one = Broker.start();
        CuttingProxy proxy = new CuttingProxy(one.port());
        Broker other = Broker.start();
        RawClient here = RawClient.to(one)) {
      here.call("CONFIG", "SET", "repl-backlog-size", "64mb");
      try (RawClient there = RawClient.to(other);
          Load load = new Load(one.port(), CLIENTS, seed)) {
        awaitWrites(load, WRITES);
        there.call("REPLICAOF", "127.0.0.1", Integer.toString(proxy.port()));
        awaitLink(there);
        awaitWrites(load, WRITES);
        proxy.cut();
        Eventually.get(() -> FollowingRedisTest.info(here, "sync_partial_ok"), "1"::equals);
        awaitWrites(load, WRITES);
        other.kill9();
        awaitWrites(load, WRITES / 2);
        other.restart();
        Eventually.get(() -> FollowingRedisTest.info(here, "sync_partial_ok"), "2"::equals);
      }
      assertThat(FollowingRedisTest.info(here, "sync_full")).isEqualTo("1");
      here.call("SET", "waited", "for");
      assertThat(here.call("WAITAOF", "1", "1", "10000").text()).isEqualTo("[1, 1]");
      other.kill9();
      other.restart();
      try (RawClient there = RawClient.to(other)) {
        awaitLink(there);
        // Keys of the load that expire do so within a second; those that stay do for far longer.
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1100));
        assertThat(Contents.of(there)).as("seed %d", seed).isEqualTo(Contents.of(here));
        assertThat(FollowingRedisTest.info(there, "slave_command_errors")).isEqualTo("0");
      }
    }
  }

  @Test
  void whileTheLinkIsDownNothingStaleIsReadIfThatIsAskedFor() throws Exception {
    try (Broker one = Broker.start();
        CuttingProxy proxy = new CuttingProxy(one.port());
        Broker other = Broker.start();
        RawClient here = RawClient.to(one);
        RawClient there = RawClient.to(other)) {
      here.call("SET", "k", "v");
      there.call("CONFIG", "SET", "replica-serve-stale-data", "no");
      there.call("REPLICAOF", "127.0.0.1", Integer.toString(proxy.port()));
      Eventually.get(() -> there.call("GET", "k").text(), "v"::equals);
      proxy.end();
      String stale =
          "MASTERDOWN Link with MASTER is down and replica-serve-stale-data is set to 'no'.";
      Eventually.get(() -> there.call("GET", "k").text(), ("-" + stale)::equals);
      assertThat(there.call("PING").text()).isEqualTo("-" + stale);
      assertThat(there.call("INFO").text()).contains("master_link_status:down");
      there.call("MULTI");
      assertThat(there.call("GET", "k").text()).isEqualTo("-" + stale);
      assertThat(there.call("EXEC").text())
          .isEqualTo("-EXECABORT Transaction discarded because of previous errors.");
      assertThat(there.call("EVAL", "return 1", "0").text()).isEqualTo("-" + stale);
      assertThat(there.call("EVAL", "#!lua flags=allow-stale,no-writes\nreturn 1", "0").text())
          .isEqualTo("1");
      there.call("CONFIG", "SET", "replica-serve-stale-data", "yes");
      there.call("REPLCONF", "capa", "eof");
      assertThat(there.call("PSYNC", "?", "-1").text())
          .isEqualTo("-NOMASTERLINK Can't SYNC while not connected with my master");
      assertThat(there.call("GET", "k").text()).isEqualTo("v");
    }
  }
}
