package naru.protocol.resp.admin;

import static org.assertj.core.api.Assertions.assertThat;

import naru.protocol.resp.Bench;
import org.junit.jupiter.api.Test;

class InfoTest {
  private final Bench bench = new Bench();
  private final Bench.Connection one = bench.connect();

  @Test
  void sectionsHaveAHeadingAndAreParted() {
    assertThat(one.run("INFO cluster keyspace"))
        .isEqualTo("\"# Cluster\r\ncluster_enabled:0\r\n\r\n# Keyspace\r\n\"");
    assertThat(one.run("INFO CPU")).startsWith("\"# CPU\r\nused_cpu_sys:");
    assertThat(one.run("INFO nosuch")).isEqualTo("\"\"");
  }

  @Test
  void byDefaultCommandsAreLeftOut() {
    assertThat(one.run("INFO"))
        .contains("# Server", "# Clients", "# Memory", "# Persistence", "# Stats")
        .contains("# Replication", "# CPU", "# Errorstats", "# Cluster", "# Keyspace")
        .doesNotContain("# Commandstats");
    assertThat(one.run("INFO default")).doesNotContain("# Commandstats");
    assertThat(one.run("INFO all")).contains("# Commandstats", "# Latencystats");
    assertThat(one.run("INFO everything")).contains("# Commandstats");
  }

  @Test
  void whatExportersReadIsThere() {
    assertThat(one.run("INFO"))
        .contains("redis_version:", "redis_mode:standalone", "run_id:", "tcp_port:", "os:")
        .contains("uptime_in_seconds:", "connected_clients:1\r\n", "blocked_clients:0\r\n")
        .contains("maxclients:10000", "used_memory:", "used_memory_rss:", "maxmemory:0")
        .contains("maxmemory_policy:noeviction", "mem_fragmentation_ratio:", "loading:0")
        .contains("rdb_last_save_time:", "rdb_changes_since_last_save:", "aof_enabled:")
        .contains("total_connections_received:1\r\n", "total_commands_processed:")
        .contains("instantaneous_ops_per_sec:", "rejected_connections:0", "expired_keys:0")
        .contains("evicted_keys:0", "keyspace_hits:0", "keyspace_misses:0")
        .contains("pubsub_channels:0", "pubsub_patterns:0", "role:master", "connected_slaves:0")
        .contains("master_repl_offset:", "used_cpu_sys:", "used_cpu_user:", "cluster_enabled:0");
  }

  @Test
  void keysAreCountedByDatabase() {
    one.run("SET a 1");
    one.run("SET b 1 EX 100");
    one.run("SELECT 3");
    one.run("SET c 1");
    assertThat(one.run("INFO keyspace"))
        .contains("db0:keys=2,expires=1,avg_ttl=100000")
        .contains("db3:keys=1,expires=0,avg_ttl=0")
        .doesNotContain("db1:");
  }

  @Test
  void hitsMissesAndExpiriesAreCounted() {
    one.run("SET a 1 PX 10");
    one.run("GET a");
    one.run("GET b");
    one.run("GET b");
    bench.sleepMs(11);
    one.run("GET a");
    assertThat(one.run("INFO stats"))
        .contains("keyspace_hits:1\r\n", "keyspace_misses:3\r\n", "expired_keys:1\r\n");
  }

  @Test
  void waitersListenersAndWatchersAreCounted() {
    bench.connect().send("BLPOP", "l", "m", "0");
    bench.connect().run("SUBSCRIBE c");
    bench.connect().run("WATCH a b");
    assertThat(one.run("INFO clients"))
        .contains("connected_clients:4\r\n", "blocked_clients:1\r\n", "pubsub_clients:1\r\n")
        .contains("watching_clients:1\r\n", "total_watched_keys:2\r\n")
        .contains("total_blocking_keys:2\r\n");
    assertThat(one.run("INFO stats")).contains("pubsub_channels:1\r\n");
  }

  @Test
  void callsFailuresAndRejectionsAreCountedByCommand() {
    one.run("RPUSH l 1");
    one.run("GET l");
    one.run("GET a");
    one.run("GET");
    one.run("CLIENT ID");
    assertThat(one.run("INFO commandstats"))
        .contains("cmdstat_get:calls=2,", ",rejected_calls=1,failed_calls=1\r\n")
        .contains("cmdstat_client|id:calls=1,")
        .doesNotContain("cmdstat_set:");
    assertThat(one.run("INFO errorstats"))
        .contains("errorstat_ERR:count=1\r\n", "errorstat_WRONGTYPE:count=1\r\n");
    assertThat(one.run("INFO stats")).contains("total_error_replies:2\r\n");
  }
}
