package naru.protocol.resp.admin;

import java.util.Locale;
import naru.engine.Keyspace;
import naru.engine.State;
import naru.protocol.resp.server.ProcessFigures;
import naru.protocol.resp.server.RespServer;
import naru.protocol.resp.setting.Settings;
import naru.protocol.resp.verb.Call;
import naru.protocol.resp.verb.RespReply;
import naru.protocol.resp.wire.RespWriter;
import naru.reactor.MemoryUse;
import org.jspecify.annotations.Nullable;

/// What memory is used for, as `INFO memory`, `MEMORY STATS` and `MEMORY DOCTOR` tell it.
///
/// *Used* is what data, buffers and the like take, reckoned as it changes: that is what `maxmemory`
/// limits. What the virtual machine has in use stands beside it; its heap holds garbage as well.
final class MemoryStatus {
  private static final long LITTLE_BYTES = 5L << 20;
  private static final double FAR_ABOVE = 1.5;
  private static final double NEARLY = 0.9;

  private final RespServer server;
  private final State state;
  private final MemoryUse use;
  private final ProcessFigures.Memory machine;
  private final long used;
  private final long peak;
  private final long resident;
  private final long tables;

  private MemoryStatus(Call call) {
    server = call.server();
    state = call.state();
    use = server.reactor().memory();
    machine = server.process().memory();
    used = use.usedBytes();
    peak = use.peakBytes();
    resident = server.process().residentBytes();
    long tableBytes = 0;
    for (int i = 0; i < State.DATABASES; i++) {
      tableBytes += state.database(i).tableBytes();
    }
    tables = tableBytes;
  }

  private long overhead() {
    return tables + used - use.stateBytes();
  }

  private long dataset() {
    return used - overhead();
  }

  private long backlog() {
    return server.followers().backlogBytes();
  }

  private long replicas() {
    return server.followers().waitingBytes();
  }

  private long clients() {
    return Math.max(0, use.inputBytes() + use.outputBytes() - replicas());
  }

  static void info(Call call, InfoText text) {
    new MemoryStatus(call).write(text);
  }

  private void write(InfoText text) {
    Settings settings = server.settings();
    size(text, "used_memory", used);
    size(text, "used_memory_rss", resident);
    size(text, "used_memory_peak", peak);
    text.field("used_memory_peak_perc", percent(used, peak))
        .field("used_memory_overhead", overhead())
        .field("used_memory_startup", 0)
        .field("used_memory_dataset", dataset())
        .field("used_memory_dataset_perc", percent(dataset(), used))
        .field("allocator_allocated", machine.heapUsed())
        .field("allocator_active", machine.heapCommitted())
        .field("allocator_resident", machine.heapCommitted());
    size(text, "total_system_memory", server.process().systemBytes());
    size(text, "used_memory_lua", server.scripts().sizeBytes());
    text.field("used_memory_vm_eval", 0)
        .field("used_memory_scripts_eval", server.scripts().sizeBytes())
        .field("number_of_cached_scripts", server.scripts().count())
        .field("number_of_functions", server.scripts().functions(server).functionCount())
        .field("number_of_libraries", server.scripts().functions(server).count())
        .field("used_memory_vm_functions", 0);
    size(text, "used_memory_vm_total", 0);
    text.field("used_memory_functions", server.scripts().functions(server).textBytes());
    size(text, "used_memory_scripts", server.scripts().sizeBytes());
    size(text, "maxmemory", settings.maxmemory.bytes());
    text.field("maxmemory_policy", settings.maxmemoryPolicy.text())
        .field("maxmemory_effective", server.shard().eviction().effectiveLimitBytes())
        .field("allocator_frag_ratio", "1.00")
        .field("allocator_frag_bytes", 0)
        .field("allocator_rss_ratio", "1.00")
        .field("allocator_rss_bytes", 0)
        .field("rss_overhead_ratio", ratio(resident, machine.heapCommitted()))
        .field("rss_overhead_bytes", resident - machine.heapCommitted())
        .field("mem_fragmentation_ratio", ratio(resident, used))
        .field("mem_fragmentation_bytes", resident - used)
        .field("mem_not_counted_for_evict", use.logBytes() + use.exemptBytes())
        .field("mem_replication_backlog", backlog())
        .field("mem_total_replication_buffers", backlog() + replicas())
        .field("mem_clients_slaves", replicas())
        .field("mem_clients_normal", clients())
        .field("mem_clients_input", use.inputBytes())
        .field("mem_clients_output", use.outputBytes())
        .field("mem_cluster_links", 0)
        .field("mem_aof_buffer", use.logBytes())
        .field("mem_allocator", "jvm")
        .field("mem_overhead_db_hashtable_rehashing", 0)
        .field("active_defrag_running", 0)
        .field("lazyfree_pending_objects", 0)
        .field("lazyfreed_objects", 0)
        .field("heap_used", machine.heapUsed())
        .field("heap_committed", machine.heapCommitted())
        .field("heap_max", machine.heapMax())
        .field("offheap_direct", machine.directBuffers())
        .field("offheap_mapped", machine.mappedFiles())
        .field("offheap_code", machine.code());
  }

  private static void size(InfoText text, String name, long bytes) {
    text.field(name, bytes).field(name + "_human", InfoText.human(bytes));
  }

  private static String percent(long part, long whole) {
    return String.format(Locale.ROOT, "%.2f%%", whole == 0 ? 0.0 : 100.0 * part / whole);
  }

  private static String ratio(long part, long whole) {
    return String.format(Locale.ROOT, "%.2f", quotient(part, whole));
  }

  private static double quotient(long part, long whole) {
    return whole == 0 ? 0.0 : (double) part / whole;
  }

  /// The map of `MEMORY STATS`.
  static RespReply statistics(Call call) {
    MemoryStatus status = new MemoryStatus(call);
    return out -> {
      status.writeStatistics(null);
      out.map(status.fields);
      status.writeStatistics(out);
    };
  }

  private int fields;

  /// Writes the fields or, without a writer, counts them.
  private void writeStatistics(@Nullable RespWriter out) {
    fields = 0;
    number(out, "peak.allocated", peak);
    number(out, "total.allocated", used);
    number(out, "startup.allocated", 0);
    number(out, "replication.backlog", backlog());
    number(out, "clients.slaves", replicas());
    number(out, "clients.normal", clients());
    number(out, "cluster.links", 0);
    number(out, "aof.buffer", use.logBytes());
    number(out, "lua.caches", server.scripts().sizeBytes());
    number(out, "functions.caches", 0);
    for (int i = 0; i < State.DATABASES; i++) {
      database(out, i);
    }
    number(out, "overhead.total", overhead());
    number(out, "keys.count", state.keys());
    number(out, "keys.bytes-per-key", state.keys() == 0 ? 0 : dataset() / state.keys());
    number(out, "dataset.bytes", dataset());
    fraction(out, "dataset.percentage", 100 * quotient(dataset(), used));
    fraction(out, "peak.percentage", 100 * quotient(used, peak));
    number(out, "allocator.allocated", machine.heapUsed());
    number(out, "allocator.active", machine.heapCommitted());
    number(out, "allocator.resident", machine.heapCommitted());
    fraction(out, "allocator-fragmentation.ratio", 1);
    number(out, "allocator-fragmentation.bytes", 0);
    fraction(out, "allocator-rss.ratio", 1);
    number(out, "allocator-rss.bytes", 0);
    fraction(out, "rss-overhead.ratio", quotient(resident, machine.heapCommitted()));
    number(out, "rss-overhead.bytes", resident - machine.heapCommitted());
    fraction(out, "fragmentation", quotient(resident, used));
    number(out, "fragmentation.bytes", resident - used);
  }

  private void number(@Nullable RespWriter out, String name, long value) {
    fields++;
    if (out != null) {
      out.bulk(name);
      out.integer(value);
    }
  }

  private void fraction(@Nullable RespWriter out, String name, double value) {
    fields++;
    if (out != null) {
      out.bulk(name);
      out.number(value);
    }
  }

  private void database(@Nullable RespWriter out, int index) {
    Keyspace keys = state.database(index);
    if (keys.size() == 0) {
      return;
    }
    fields++;
    if (out != null) {
      out.bulk("db." + index);
      out.map(2);
      out.bulk("overhead.hashtable.main");
      out.integer(keys.tableBytes() - keys.dueBytes());
      out.bulk("overhead.hashtable.expires");
      out.integer(keys.dueBytes());
    }
  }

  /// What is worth to be looked at, for people.
  static String report(Call call) {
    MemoryStatus status = new MemoryStatus(call);
    if (status.used < LITTLE_BYTES) {
      return "So little memory is in use that there is nothing to say of it yet.\n";
    }
    StringBuilder found = new StringBuilder();
    if (status.quotientOfPeak() > FAR_ABOVE) {
      found.append(
          " * At its peak this broker used more than one and a half times as much as now. The"
              + " virtual machine may have kept that: see heap_committed in INFO memory.\n");
    }
    long limit = status.server.shard().eviction().effectiveLimitBytes();
    if (limit > 0 && status.used > NEARLY * limit) {
      found.append(
          " * Nine tenths of what may be used are: soon keys are evicted, or commands refused, as"
              + " maxmemory-policy says.\n");
    }
    if (status.use.outputBytes() > status.used / 4) {
      found.append(
          " * More than a quarter of what is used waits for clients that do not read. CLIENT LIST"
              + " shows which; client-output-buffer-limit closes them.\n");
    }
    return found.isEmpty()
        ? "Nothing about this broker's memory is out of the ordinary.\n"
        : "Worth a look:\n\n" + found;
  }

  private double quotientOfPeak() {
    return quotient(peak, used);
  }
}
