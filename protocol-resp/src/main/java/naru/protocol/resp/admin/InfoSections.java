package naru.protocol.resp.admin;

import java.util.Locale;
import naru.engine.Keyspace;
import naru.engine.State;
import naru.protocol.resp.acl.Denial.Reason;
import naru.protocol.resp.connection.Handshake;
import naru.protocol.resp.replication.Followers;
import naru.protocol.resp.replication.FollowersStatus;
import naru.protocol.resp.replication.Replication;
import naru.protocol.resp.server.Client;
import naru.protocol.resp.server.ProcessFigures;
import naru.protocol.resp.server.RespServer;
import naru.protocol.resp.server.Subscriptions.Kind;
import naru.protocol.resp.statistics.CommandStatistics;
import naru.protocol.resp.statistics.Histogram;
import naru.protocol.resp.statistics.Percentiles;
import naru.protocol.resp.verb.Call;
import naru.protocol.resp.verb.Verb;
import naru.reactor.Shard;
import naru.reactor.Snapshots;
import naru.reactor.StreamStorage;
import naru.reactor.Traffic;

/// The sections of [BrokerStatus], one method each.
final class InfoSections {
  private InfoSections() {}

  static void server(Call call, InfoText text) {
    RespServer server = call.server();
    ProcessFigures process = server.process();
    long uptimeS = (call.nowMs() - server.startedMs()) / 1000;
    text.field("redis_version", Handshake.REDIS_VERSION)
        .field("redis_git_sha1", "00000000")
        .field("redis_git_dirty", 0)
        .field("redis_build_id", "0")
        .field("redis_mode", server.settings().clusterEnabled.value() ? "cluster" : "standalone")
        .field("os", process.operatingSystem())
        .field("arch_bits", 64)
        .field("monotonic_clock", "POSIX clock_gettime")
        .field("multiplexing_api", process.transport())
        .field("process_id", process.processId())
        .field("process_supervised", "no")
        .field("run_id", server.runId())
        .field("tcp_port", server.settings().port.text())
        .field("server_time_usec", call.moment().wallUs())
        .field("uptime_in_seconds", uptimeS)
        .field("uptime_in_days", uptimeS / 86_400)
        .field("hz", 10)
        .field("configured_hz", 10)
        .field("lru_clock", (call.nowMs() / 1000) & 0xFFFFFF)
        .field("executable", "naru")
        .field("config_file", "")
        .field("io_threads_active", 0)
        .field("server_name", "naru")
        .field("naru_version", process.version());
  }

  static void clients(Call call, InfoText text) {
    RespServer server = call.server();
    Shard shard = server.shard();
    long listening = server.clients().stream().filter(Client::isListening).count();
    long watching = server.clients().stream().filter(client -> client.watch().size() > 0).count();
    long replicas = server.clients().stream().filter(Client::isReplica).count();
    text.field("connected_clients", server.clients().size() - replicas + server.otherClients())
        .field("memcached_clients", server.otherClients())
        .field("cluster_connections", 0)
        .field("maxclients", server.settings().maxclients.text())
        .field("client_recent_max_input_buffer", 0)
        .field("client_recent_max_output_buffer", 0)
        .field("blocked_clients", shard.waiting())
        .field("tracking_clients", server.tracking().clients())
        .field("pubsub_clients", listening)
        .field("watching_clients", watching)
        .field("clients_in_timeout_table", shard.waiting())
        .field("total_watched_keys", shard.watches().keys())
        .field("total_blocking_keys", shard.keysWaitedFor())
        .field("total_blocking_keys_on_nokey", 0);
  }

  static void persistence(Call call, InfoText text) {
    RespServer server = call.server();
    boolean log = server.settings().appendonly.value();
    Snapshots snapshots = server.reactor().snapshots();
    int isSaving = snapshots.isUnderWay() ? 1 : 0;
    boolean hasRoom = server.reactor().log().hasRoom();
    String status = snapshots.lastWasGood() && hasRoom ? "ok" : "err";
    long tailBytes = server.reactor().log().tailBytes();
    text.field("loading", 0)
        .field("async_loading", 0)
        .field("current_cow_peak", 0)
        .field("current_cow_size", 0)
        .field("current_cow_size_age", 0)
        .field("current_fork_perc", "0.00")
        .field("current_save_keys_processed", snapshots.entriesTold())
        .field("current_save_keys_total", isSaving == 0 ? 0 : server.shard().state().keys())
        .field("rdb_changes_since_last_save", snapshots.changesSince())
        .field("rdb_bgsave_in_progress", isSaving)
        .field("rdb_last_save_time", Math.floorDiv(snapshots.savedMs(), 1000L))
        .field("rdb_last_bgsave_status", status)
        .field("rdb_last_bgsave_time_sec", wholeSeconds(snapshots.lastTookMs()))
        .field("rdb_current_bgsave_time_sec", wholeSeconds(snapshots.underWayMs()))
        .field("rdb_saves", snapshots.taken())
        .field("rdb_last_cow_size", 0)
        .field("rdb_last_load_keys_expired", 0)
        .field("rdb_last_load_keys_loaded", 0)
        .field("aof_enabled", log ? 1 : 0)
        .field("aof_rewrite_in_progress", isSaving)
        .field("aof_rewrite_scheduled", snapshots.isWanted() ? 1 : 0)
        .field("aof_last_rewrite_time_sec", wholeSeconds(snapshots.lastTookMs()))
        .field("aof_current_rewrite_time_sec", wholeSeconds(snapshots.underWayMs()))
        .field("aof_last_bgrewrite_status", status)
        .field("aof_rewrites", snapshots.taken())
        .field("aof_rewrites_consecutive_failures", 0)
        .field("aof_last_write_status", hasRoom ? "ok" : "err")
        .field("aof_last_cow_size", 0)
        .field("module_fork_in_progress", 0)
        .field("module_fork_last_cow_size", 0)
        .field("aof_current_size", server.reactor().log().snapshotBytes() + tailBytes)
        .field("aof_base_size", server.reactor().log().snapshotBytes())
        .field("log_position", server.reactor().log().position())
        .field("log_safe_position", server.reactor().log().safePosition())
        .field("log_synced_position", server.reactor().log().syncedPosition());
    streamBlocks(server, text);
  }

  /// Where the full blocks of streams are, and what their files take.
  private static void streamBlocks(RespServer server, InfoText text) {
    State state = server.shard().state();
    StreamStorage storage = server.reactor().streamStorage();
    text.field("stream_blocks_memory_bytes", state.streamMemoryBytes())
        .field("stream_blocks_filed_bytes", state.streamFiledBytes())
        .field("stream_blocks_read", state.shelf().reads())
        .field("stream_files", storage.files())
        .field("stream_files_bytes", storage.fileBytes());
  }

  /// Whole seconds, -1 for what is not.
  private static long wholeSeconds(long ms) {
    return Math.floorDiv(ms, 1000L);
  }

  static void stats(Call call, InfoText text) {
    RespServer server = call.server();
    CommandStatistics statistics = server.statistics();
    Traffic traffic = server.reactor().traffic();
    Followers followers = server.followers();
    text.field("total_connections_received", server.connectionsReceived())
        .field("total_commands_processed", statistics.total())
        .field("instantaneous_ops_per_sec", server.operationsPerSecond())
        .field("total_net_input_bytes", traffic.inputBytes())
        .field("total_net_output_bytes", traffic.outputBytes())
        .field("total_net_repl_input_bytes", server.replication().receivedBytes())
        .field("total_net_repl_output_bytes", followers.toldBytes())
        .field("instantaneous_input_kbps", decimal(server.inputKilobytesPerSecond()))
        .field("instantaneous_output_kbps", decimal(server.outputKilobytesPerSecond()))
        .field("instantaneous_input_repl_kbps", "0.00")
        .field("instantaneous_output_repl_kbps", "0.00")
        .field("rejected_connections", server.connectionsRejected())
        .field("sync_full", followers.fullCopies())
        .field("sync_partial_ok", followers.goneOn())
        .field("sync_partial_err", followers.notGoneOn())
        .field("expired_keys", server.shard().expiredKeys())
        .field("evicted_keys", server.shard().eviction().evictedKeys())
        .field("evicted_clients", server.evictedClients())
        .field("total_eviction_exceeded_time", server.shard().eviction().exceededMs())
        .field("current_eviction_exceeded_time", server.shard().eviction().currentExceededMs())
        .field("keyspace_hits", server.keyHits())
        .field("keyspace_misses", server.keyMisses())
        .field("pubsub_channels", server.subscriptions().names(Kind.CHANNEL).size())
        .field("pubsub_patterns", server.subscriptions().names(Kind.PATTERN).size())
        .field("pubsubshard_channels", server.subscriptions().names(Kind.SHARD_CHANNEL).size())
        .field("latest_fork_usec", 0)
        .field("total_forks", 0)
        .field("migrate_cached_sockets", 0)
        .field("slave_expires_tracked_keys", 0)
        .field("active_defrag_hits", 0)
        .field("active_defrag_misses", 0)
        .field("active_defrag_key_hits", 0)
        .field("active_defrag_key_misses", 0)
        .field("total_active_defrag_time", 0)
        .field("current_active_defrag_time", 0)
        .field("tracking_total_keys", server.tracking().keys())
        .field("tracking_total_items", server.tracking().items())
        .field("tracking_total_prefixes", server.tracking().prefixes())
        .field("unexpected_error_replies", 0)
        .field("acl_access_denied_auth", server.access().denied(Reason.AUTH))
        .field("acl_access_denied_cmd", server.access().denied(Reason.COMMAND))
        .field("acl_access_denied_key", server.access().denied(Reason.KEY))
        .field("acl_access_denied_channel", server.access().denied(Reason.CHANNEL))
        .field("total_error_replies", statistics.errorsTotal())
        .field("dump_payload_sanitizations", 0)
        .field("total_reads_processed", traffic.reads())
        .field("total_writes_processed", traffic.writes())
        .field("io_threaded_reads_processed", 0)
        .field("io_threaded_writes_processed", 0)
        .field("client_output_buffer_limit_disconnections", server.reactor().closedAtLimit());
  }

  private static String decimal(double value) {
    return String.format(Locale.ROOT, "%.2f", value);
  }

  static void replication(Call call, InfoText text) {
    Replication replication = call.server().replication();
    text.field("role", replication.isReplica() ? "slave" : "master");
    replication.describe(text::field);
    FollowersStatus.describe(call.server(), text::field);
  }

  static void cpu(Call call, InfoText text) {
    ProcessFigures process = call.server().process();
    long systemNs = process.systemNs();
    text.field("used_cpu_sys", seconds(systemNs))
        .field("used_cpu_user", seconds(Math.max(0, process.processorNs() - systemNs)))
        .field("used_cpu_sys_children", "0.000000")
        .field("used_cpu_user_children", "0.000000");
  }

  private static String seconds(long ns) {
    return String.format(Locale.ROOT, "%.6f", ns / 1e9);
  }

  static void commandStatistics(Call call, InfoText text) {
    CommandStatistics statistics = call.server().statistics();
    call.commands()
        .callable()
        .forEach(
            command -> {
              Verb verb = command.verb();
              if (verb != null) {
                commandLine(verb, statistics, text);
              }
            });
  }

  private static void commandLine(Verb verb, CommandStatistics statistics, InfoText text) {
    int number = verb.number();
    long calls = statistics.calls(number);
    if (calls + statistics.rejections(number) == 0) {
      return;
    }
    long us = statistics.ns(number) / 1000;
    double perCall = calls == 0 ? 0 : statistics.ns(number) / 1000.0 / calls;
    text.field(
        "cmdstat_" + verb.name(),
        String.format(
            Locale.ROOT,
            "calls=%d,usec=%d,usec_per_call=%.2f,rejected_calls=%d,failed_calls=%d",
            calls,
            us,
            perCall,
            statistics.rejections(number),
            statistics.failures(number)));
  }

  static void latencyStatistics(Call call, InfoText text) {
    if (!call.server().settings().latencyTracking.value()) {
      return;
    }
    Percentiles percentiles =
        Percentiles.of(call.server().settings().latencyTrackingInfoPercentiles.text());
    CommandStatistics statistics = call.server().statistics();
    call.commands()
        .callable()
        .forEach(
            command -> {
              Verb verb = command.verb();
              Histogram histogram = verb == null ? null : statistics.histogram(verb.number());
              if (histogram != null) {
                text.field("latency_percentiles_usec_" + command.name(), percentiles.of(histogram));
              }
            });
  }

  static void errorStatistics(Call call, InfoText text) {
    call.server()
        .statistics()
        .errors()
        .forEach((code, count) -> text.field("errorstat_" + code, "count=" + count));
  }

  static void keyspace(Call call, InfoText text) {
    for (int i = 0; i < State.DATABASES; i++) {
      Keyspace keys = call.state().database(i);
      if (keys.size() > 0) {
        text.field(
            "db" + i,
            "keys="
                + keys.size()
                + ",expires="
                + keys.expiring()
                + ",avg_ttl="
                + keys.averageTimeToLiveMs(call.nowMs())
                + ",subexpiry="
                + keys.partlyExpiring());
      }
    }
  }
}
