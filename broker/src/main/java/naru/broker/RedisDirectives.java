package naru.broker;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// What a `redis.conf` may say that is no setting here: another name for an option, or something
/// that makes no difference, because it steers how Redis works inside, or asks for what is so
/// anyway.
///
/// Whatever would make a difference and is not here is refused: a broker that starts without it is
/// not the one that was asked for.
final class RedisDirectives {
  /// Names of options, under their Redis names.
  private static final Map<String, String> OPTIONS =
      Map.of("port", "resp-port", "appendfsync", "fsync");

  /// Without effect, whatever they say.
  private static final Set<String> IDLE =
      words(
          """
          activerehashing active-defrag-cycle-max active-defrag-cycle-min
          active-defrag-ignore-bytes active-defrag-max-scan-fields active-defrag-threshold-lower
          active-defrag-threshold-upper active-expire-effort activedefrag always-show-logo
          aof-disable-auto-gc aof-rewrite-incremental-fsync aof-timestamp-enabled
          aof-use-rdb-preamble aof_rewrite_cpulist appenddirname appendfilename bgsave_cpulist
          bio_cpulist crash-log-enabled crash-memcheck-enabled dbfilename disable-thp dynamic-hz hz
          ignore-warnings io-threads io-threads-do-reads jemalloc-bg-thread
          lazyfree-lazy-eviction lazyfree-lazy-expire lazyfree-lazy-server-del
          lazyfree-lazy-user-del lazyfree-lazy-user-flush lua-enable-insecure-api
          no-appendfsync-on-rewrite oom-score-adj oom-score-adj-values pidfile proc-title-template
          rdb-del-sync-files rdb-save-incremental-fsync rdbchecksum rdbcompression
          replica-lazy-flush sanitize-dump-payload save server_cpulist set-proc-title
          shutdown-timeout slave-lazy-flush stop-writes-on-bgsave-error supervised tcp-backlog
          tcp-keepalive tls-client-cert-file tls-client-key-file tls-client-key-file-pass
          tls-dh-params-file loglevel logfile repl-disable-tcp-nodelay
          repl-diskless-load repl-diskless-sync repl-diskless-sync-delay
          repl-diskless-sync-max-replicas replica-announced
          replica-ignore-disk-write-errors replica-ignore-maxmemory slave-ignore-maxmemory
          replica-priority slave-priority\
          """);

  /// Without effect as long as they say this.
  private static final Map<String, String> SO_ANYWAY = soAnyway();

  private RedisDirectives() {}

  private static Map<String, String> soAnyway() {
    Map<String, String> values = new HashMap<>();
    values.put("aof-load-truncated", "yes");
    values.put("daemonize", "no");
    values.put("enable-debug-command", "yes");
    values.put("enable-module-command", "no");
    values.put("enable-protected-configs", "no");
    values.put("syslog-enabled", "no");
    values.put("tls-cluster", "no");
    values.put("tls-replication", "no");
    values.put("propagation-error-behavior", "ignore");
    return values;
  }

  private static Set<String> words(String text) {
    return Arrays.stream(text.split("\\s+")).collect(Collectors.toUnmodifiableSet());
  }

  /// The option of `naru server` that a directive stands for, else its own name.
  static String option(String name) {
    return OPTIONS.getOrDefault(name, name);
  }

  /// Whether it makes no difference to leave that out.
  static boolean isWithoutEffect(String name, String value) {
    return IDLE.contains(name) || value.equalsIgnoreCase(SO_ANYWAY.get(name));
  }
}
