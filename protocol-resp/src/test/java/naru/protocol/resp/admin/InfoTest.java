package naru.protocol.resp.admin;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
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

  /// The names that Prometheus' exporter for Redis, Spring and Sidekiq look for.
  @Test
  void fieldsOfRedisThatAreKnownHereAreThere() {
    String info = one.run("INFO everything");
    List<String> fields =
        List.of(
            "used_memory_peak_perc used_memory_lua_human number_of_cached_scripts",
            "number_of_functions mem_fragmentation_bytes mem_clients_normal mem_clients_slaves",
            "mem_replication_backlog mem_not_counted_for_evict lazyfreed_objects",
            "rdb_last_bgsave_time_sec rdb_current_bgsave_time_sec rdb_last_cow_size",
            "aof_last_rewrite_time_sec aof_current_rewrite_time_sec aof_last_cow_size",
            "total_net_input_bytes total_net_output_bytes instantaneous_input_kbps",
            "instantaneous_output_kbps total_reads_processed total_writes_processed",
            "tracking_total_keys active_defrag_hits unexpected_error_replies",
            "slave_expires_tracked_keys migrate_cached_sockets uptime_in_days",
            "used_memory_human used_memory_peak_human mem_fragmentation_ratio repl_backlog_size");
    for (String field : String.join(" ", fields).split(" ")) {
      assertThat(info).contains("\r\n" + field + ":");
    }
  }

  @Test
  void bytesThatCameAndWentAreCounted() {
    one.run("INFO stats");
    long in = figure("total_net_input_bytes");
    long out = figure("total_net_output_bytes");
    long reads = figure("total_reads_processed");
    Bench.Connection other = bench.connect();
    other.sendRaw("PING\r\n".getBytes(StandardCharsets.US_ASCII));
    String asked = "*2\r\n$4\r\nINFO\r\n$5\r\nstats\r\n";
    assertThat(figure("total_net_input_bytes") - in).isEqualTo(6 + 3L * asked.length());
    assertThat(figure("total_reads_processed") - reads).isEqualTo(3);
    assertThat(figure("total_net_output_bytes") - out).isGreaterThan(7 + 3000);
  }

  private long figure(String name) {
    String info = one.run("INFO stats");
    int start = info.indexOf(name + ":") + name.length() + 1;
    return Long.parseLong(info.substring(start, info.indexOf('\r', start)));
  }

  @Test
  void theAverageTimeToLiveIsThatOfTheKeysThatExpire() {
    one.run("SET a 1 PX 1000");
    one.run("SET b 1 PX 3000");
    one.run("SET c 1");
    assertThat(one.run("INFO keyspace")).contains("db0:keys=3,expires=2,avg_ttl=2000");
    one.run("SET b 1 PXAT " + (Long.MAX_VALUE - 1));
    assertThat(one.run("INFO keyspace")).contains("avg_ttl=4611");
  }

  @Test
  void hashesWithFieldsThatExpireAreCounted() {
    one.run("HSET a f 1 g 2");
    one.run("HSET b f 1");
    one.run("HSET c f 1");
    one.run("HEXPIRE a 100 FIELDS 2 f g");
    one.run("HEXPIRE b 100 FIELDS 1 f");
    one.run("EXPIRE b 1000");
    assertThat(subexpiry()).isEqualTo("2");
    one.run("HPERSIST a FIELDS 1 f");
    one.run("RENAME a d");
    one.run("COPY d e");
    assertThat(subexpiry()).isEqualTo("3");
    one.run("HSET d g 3");
    one.run("HDEL e g");
    assertThat(subexpiry()).isEqualTo("1");
    one.run("SWAPDB 0 1");
    assertThat(one.run("INFO keyspace")).contains("db1:keys=4,expires=1,", "subexpiry=1");
    one.run("SWAPDB 0 1");
    one.run("SET b 1");
    assertThat(subexpiry()).isEqualTo("0");
    one.run("HEXPIRE c 100 FIELDS 1 f");
    one.run("FLUSHDB");
    one.run("SET a 1");
    assertThat(subexpiry()).isEqualTo("0");
  }

  private String subexpiry() {
    return one.run("INFO keyspace").replaceAll("(?s).*subexpiry=(\\d+).*", "$1");
  }

  @Test
  void theOffsetIsTheOneOfRole() {
    one.run("SET a 1");
    String offset = one.run("ROLE").replaceAll("\\D", "");
    assertThat(one.run("INFO replication")).contains("master_repl_offset:" + offset + "\r\n");
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

  @Test
  void thePercentilesOfTheTimesOfCommandsAreThoseThatWereAskedFor() {
    one.run("PING");
    assertThat(one.run("INFO latencystats"))
        .containsPattern(
            "_usec_ping:p50=[0-9]+\\.[0-9]{3},p99=[0-9]+\\.[0-9]{3},p99\\.9=[0-9]+\\.[0-9]{3}");
    one.run("CONFIG", "SET", "latency-tracking-info-percentiles", "50.0  99.123 0");
    assertThat(one.run("CONFIG GET latency-tracking-info-percentiles"))
        .isEqualTo("[\"latency-tracking-info-percentiles\", \"50 99.123 0\"]");
    assertThat(one.run("INFO latencystats"))
        .containsPattern("_usec_ping:p50=[0-9.]+,p99\\.123=[0-9.]+,p0=[0-9.]+");
    one.run("CONFIG", "SET", "latency-tracking-info-percentiles", "");
    assertThat(one.run("INFO latencystats")).containsPattern("_usec_ping:\\R?");
  }

  @Test
  void percentilesThatAreNoneAreRefused() {
    String begin =
        "-ERR CONFIG SET failed (possibly related to argument 'latency-tracking-info-percentiles')"
            + " - ";
    for (String outside : List.of("101", "50 -1")) {
      assertThat(one.run("CONFIG", "SET", "latency-tracking-info-percentiles", outside))
          .isEqualTo(
              begin
                  + "latency-tracking-info-percentiles parameters should sit between [0.0,100.0]");
    }
    for (String nonsense : List.of("x", "1,2", "nan", "1 2f")) {
      assertThat(one.run("CONFIG", "SET", "latency-tracking-info-percentiles", nonsense))
          .isEqualTo(begin + "Invalid latency-tracking-info-percentiles parameters");
    }
  }

  @Test
  void timesOfCommandsAreNotCountedWhenThatIsOff() {
    one.run("CONFIG SET latency-tracking no");
    one.run("PING");
    assertThat(one.run("INFO latencystats")).doesNotContain("latency_percentiles");
    assertThat(one.run("LATENCY HISTOGRAM ping")).isIn("{}", "[]");
    assertThat(one.run("INFO commandstats")).contains("cmdstat_ping:calls=1,");
    one.run("CONFIG SET latency-tracking yes");
    assertThat(one.run("INFO latencystats")).doesNotContain("_usec_ping:");
  }
}
