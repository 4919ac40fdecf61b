package naru.protocol.memcached;

import naru.bytes.ByteWriter;
import naru.bytes.Bytes;
import naru.engine.Keyspace;
import naru.protocol.memcached.wire.Line;
import naru.reactor.EvictionPolicy;

/// `stats` and what it can be asked for.
final class Figures {
  /// The version of memcached whose commands are spoken.
  static final String VERSION = "1.6.18";

  private final Client client;

  Figures(Client client) {
    this.client = client;
  }

  void run(Line line) {
    Permission permission =
        line.is(1, "reset") ? Permission.RESET_STATISTICS : Permission.STATISTICS;
    if (!client.demand(permission, Bytes.EMPTY)) {
      return;
    }
    if (line.count() == 1) {
      general();
    } else if (line.is(1, "settings")) {
      settings();
    } else if (line.is(1, "items")) {
      items();
    } else if (line.is(1, "slabs")) {
      slabs();
    } else if (line.is(1, "sizes")) {
      stat("sizes_status", "disabled");
    } else if (line.is(1, "conns")) {
      client.complain("END");
      return;
    } else if (line.is(1, "reset")) {
      client.statistics().clear();
      client.complain("RESET");
      return;
    } else if (line.is(1, "detail")) {
      detail(line);
      return;
    } else if (line.is(1, "cachedump")) {
      client.complain("CLIENT_ERROR stats cachedump not allowed");
      return;
    } else {
      client.complain("ERROR");
      return;
    }
    client.complain("END");
  }

  private void detail(Line line) {
    if (line.is(2, "dump")) {
      client.complain("END");
    } else if (line.is(2, "on") || line.is(2, "off")) {
      client.complain("OK");
    } else {
      client.complain("CLIENT_ERROR usage: stats detail on|off|dump");
    }
  }

  private Keyspace keys() {
    return client.server().reactor().shard().state().database(Command.DATABASE);
  }

  private void general() {
    MemcachedServer server = client.server();
    Statistics counted = server.statistics();
    long nowMs = server.reactor().shard().nowMs();
    stat("pid", server.processId());
    stat("uptime", (nowMs - server.startedMs()) / 1000);
    stat("time", nowMs / 1000);
    stat("version", VERSION);
    stat("pointer_size", 64);
    stat("max_connections", server.settings().connectionsMax());
    stat("curr_connections", server.connections());
    stat("total_connections", counted.connections);
    stat("rejected_connections", counted.rejectedConnections);
    stat("cmd_get", counted.gets);
    stat("cmd_set", counted.sets);
    stat("cmd_flush", counted.flushes);
    stat("cmd_touch", counted.touches);
    stat("cmd_meta", counted.metas);
    stat("get_hits", counted.getHits);
    stat("get_misses", counted.gets - counted.getHits);
    stat("get_expired", 0);
    stat("get_flushed", 0);
    changes(counted);
    stat("store_too_large", counted.tooLarge);
    stat("store_no_memory", counted.noMemory);
    stat("auth_cmds", counted.logins);
    stat("auth_errors", counted.loginErrors);
    stat("bytes_read", server.reactor().traffic().inputBytes());
    stat("bytes_written", server.reactor().traffic().outputBytes());
    stat("limit_maxbytes", server.reactor().shard().eviction().effectiveLimitBytes());
    stat("accepting_conns", 1);
    stat("listen_disabled_num", 0);
    stat("time_in_listen_disabled_us", 0);
    stat("threads", 1);
    stat("conn_yields", 0);
    stat("curr_items", keys().size());
    stat("total_items", counted.sets);
    stat("expired_unfetched", 0);
    stat("evicted_unfetched", 0);
    stat("evictions", server.reactor().shard().eviction().evictedKeys());
    stat("reclaimed", server.reactor().shard().expiredKeys());
  }

  private void changes(Statistics counted) {
    stat("delete_misses", counted.deleteMisses);
    stat("delete_hits", counted.deleteHits);
    stat("incr_misses", counted.incrMisses);
    stat("incr_hits", counted.incrHits);
    stat("decr_misses", counted.decrMisses);
    stat("decr_hits", counted.decrHits);
    stat("cas_misses", counted.casMisses);
    stat("cas_hits", counted.casHits);
    stat("cas_badval", counted.casMismatches);
    stat("touch_hits", counted.touchHits);
    stat("touch_misses", counted.touches - counted.touchHits);
  }

  private void settings() {
    MemcachedServer server = client.server();
    stat("maxbytes", server.reactor().shard().eviction().effectiveLimitBytes());
    stat("maxconns", server.settings().connectionsMax());
    stat("tcpport", server.port());
    stat("udpport", 0);
    stat("verbosity", 0);
    boolean evicts = server.reactor().shard().eviction().policy() != EvictionPolicy.NO_EVICTION;
    stat("evictions", evicts ? "on" : "off");
    stat("shutdown_command", "no");
    stat("num_threads", 1);
    stat("detail_enabled", "no");
    stat("cas_enabled", "yes");
    stat("auth_enabled_sasl", "no");
    stat("auth_enabled_ascii", server.admission().newcomer() == null ? "yes" : "no");
    stat("binding_protocol", "ascii");
    stat("item_size_max", server.settings().itemMaxBytes());
    stat("maxconns_fast", "yes");
    stat("lru_crawler", "no");
    stat("flush_enabled", "yes");
    stat("dump_enabled", "no");
    stat("watch_enabled", "no");
  }

  /// There are no slabs: all items are said to be of the first class.
  private void items() {
    int count = keys().size();
    if (count > 0) {
      stat("items:1:number", count);
      stat("items:1:age", 0);
      stat("items:1:evicted", 0);
      stat("items:1:outofmemory", 0);
      stat("items:1:reclaimed", client.server().reactor().shard().expiredKeys());
    }
  }

  private void slabs() {
    int count = keys().size();
    if (count > 0) {
      stat("1:used_chunks", count);
      stat("1:free_chunks", 0);
    }
    stat("active_slabs", count > 0 ? 1 : 0);
    stat("total_malloced", 0);
  }

  private void stat(String name, long value) {
    ByteWriter out = begin(name);
    out.writeDecimal(value);
    out.writeAscii("\r\n");
  }

  private void stat(String name, String value) {
    ByteWriter out = begin(name);
    out.writeAscii(value);
    out.writeAscii("\r\n");
  }

  private ByteWriter begin(String name) {
    ByteWriter out = client.output();
    out.writeAscii("STAT ");
    out.writeAscii(name);
    out.writeByte(' ');
    return out;
  }
}
