package naru.protocol.resp.setting;

import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import naru.engine.Frequency;
import naru.engine.PackedLimits;
import naru.protocol.resp.statistics.Percentiles;
import org.jspecify.annotations.Nullable;

/// Every setting there is, under its Redis name, declared once: read by the code that it steers, by
/// `CONFIG`, and by the reference page.
public final class Settings {
  private static final long HOURS_MAX_S = Integer.MAX_VALUE;

  private final TreeMap<String, Setting> byName = new TreeMap<>();
  private final TreeMap<String, Setting> aliases = new TreeMap<>();
  private final OutputLimits outputLimits = new OutputLimits();

  public final TextSetting requirepass =
      text("requirepass", "", "any text", "Password that clients have to give; none if empty.");

  public final TextSetting aclfile =
      fixed(
          new TextSetting(
              "aclfile", "", "a file", "Where users are kept: ACL LOAD and ACL SAVE. --aclfile."));

  public final ChoiceSetting aclPubsubDefault =
      add(
          new ChoiceSetting(
              "acl-pubsub-default",
              List.of("resetchannels", "allchannels"),
              "Whether new users may use no channel or all of them."));

  public final NumberSetting acllogMaxLen =
      number("acllog-max-len", 128, 0, Long.MAX_VALUE, "How many refusals ACL LOG keeps.");

  public final NumberSetting authFailureDelayMs =
      number(
          "auth-failure-delay-ms",
          100,
          0,
          60_000,
          "How long the answer to a wrong password waits, from the fourth of an address on; each"
              + " further one twice as long, up to 32 times; 0: not at all.");

  public final BoolSetting protectedMode =
      add(
          new BoolSetting(
              "protected-mode",
              true,
              "Whether others than this machine are turned away while no password is needed."));

  public final NumberSetting maxclients =
      number("maxclients", 10_000, 1, 1_000_000, "How many clients may be connected at a time.");

  public final NumberSetting timeout =
      number(
          "timeout", 0, 0, HOURS_MAX_S, "Seconds after which an idle client is closed; 0: never.");

  public final MemorySetting protoMaxBulkLen =
      memory(
          "proto-max-bulk-len",
          512L << 20,
          1L << 20,
          Integer.MAX_VALUE - (1L << 20),
          "The longest string that a request may hold.");

  public final MemorySetting clientQueryBufferLimit =
      memory(
          "client-query-buffer-limit",
          1L << 30,
          1L << 20,
          Integer.MAX_VALUE - (1L << 20),
          "How much of a request that is not complete is kept for a client.");

  public final MemorySetting diskReserve =
      memory(
          "disk-reserve",
          64L << 20,
          0,
          1L << 50,
          "With less room than this on the disk of the log, commands that write are refused.");

  public final TextSetting clientOutputBufferLimit =
      text(
              "client-output-buffer-limit",
              OutputLimits.INITIAL,
              "class hard soft seconds ...",
              "How much a client may leave unread before it is closed, by class of client.")
          .checkedBy(OutputLimits::refusal)
          .shownBy(
              text -> {
                outputLimits.take(text);
                return outputLimits.text();
              });

  public final TextSetting notifyKeyspaceEvents =
      text(
              "notify-keyspace-events",
              "",
              "letters of K E g $ l s h z x e t d m n o c A S T I V",
              "Which events of keys are published, and (S T I V) of fields of hashes; none if"
                  + " empty. Arrays, and so their letter a, are not here.")
          .checkedBy(
              text ->
                  EventLetters.isValid(text)
                      ? null
                      : "Invalid event class character. Use 'Ag$lshzxeKEtmdnocSTIV'.")
          .shownBy(text -> EventLetters.of(text).text());

  public final NumberSetting slowlogLogSlowerThan =
      number(
          "slowlog-log-slower-than",
          10_000,
          -1,
          Long.MAX_VALUE,
          "Microseconds from which on a command is kept in the slow log; 0: all, -1: none.");

  public final NumberSetting slowlogMaxLen =
      number("slowlog-max-len", 128, 0, 1_000_000, "How many commands the slow log keeps.");

  public final NumberSetting latencyMonitorThreshold =
      number(
          "latency-monitor-threshold",
          0,
          0,
          Long.MAX_VALUE,
          "Milliseconds from which on an event is kept by LATENCY; 0: none.");

  public final BoolSetting latencyTracking =
      add(
          new BoolSetting(
              "latency-tracking",
              true,
              "Whether the times that commands take are counted for LATENCY HISTOGRAM and INFO"
                  + " latencystats."));

  public final TextSetting latencyTrackingInfoPercentiles =
      text(
              "latency-tracking-info-percentiles",
              "50 99 99.9",
              "numbers from 0 to 100",
              "Which percentiles of the times of commands INFO latencystats shows.")
          .checkedBy(Percentiles::refusal)
          .shownBy(text -> Percentiles.of(text).text());

  public final NumberSetting busyReplyThreshold =
      number(
          "busy-reply-threshold",
          5000,
          1,
          Integer.MAX_VALUE,
          "Milliseconds after which, while a script runs, others are answered BUSY; SCRIPT KILL"
              + " ends one that has not written.");

  public final NumberSetting trackingTableMaxKeys =
      number(
          "tracking-table-max-keys",
          1_000_000,
          0,
          Long.MAX_VALUE,
          "How many keys are remembered for CLIENT TRACKING; 0: without limit.");

  public final NumberSetting scriptLimitMs =
      number(
          "script-limit-ms",
          0,
          0,
          Integer.MAX_VALUE,
          "Milliseconds after which a script is ended, whatever it has done; 0: never, as in"
              + " Redis.");

  public final NumberSetting hashMaxListpackEntries =
      number(
          "hash-max-listpack-entries",
          PackedLimits.DEFAULT.hashFields(),
          0,
          Long.MAX_VALUE,
          "How many fields a hash may have and be kept packed.");

  public final MemorySetting hashMaxListpackValue =
      memory(
          "hash-max-listpack-value",
          PackedLimits.DEFAULT.hashBytes(),
          0,
          Long.MAX_VALUE,
          "How long a field of a packed hash may be, its name and its value each.");

  public final MemorySetting hllSparseMaxBytes =
      memory(
          "hll-sparse-max-bytes",
          3000,
          0,
          Long.MAX_VALUE,
          "From more bytes than that on, header included, a HyperLogLog is dense.");

  public final NumberSetting listMaxListpackSize =
      number(
          "list-max-listpack-size",
          PackedLimits.DEFAULT.listSize(),
          Integer.MIN_VALUE,
          Integer.MAX_VALUE,
          "Up to how many elements or, from -1 to -5, up to 4, 8, 16, 32 or 64 KB, OBJECT ENCODING"
              + " calls a list packed. It is kept in the same way before and after.");

  public final NumberSetting listCompressDepth =
      number(
          "list-compress-depth",
          0,
          0,
          Integer.MAX_VALUE,
          "Accepted; the inner part of a list is not compressed.");

  public final NumberSetting setMaxIntsetEntries =
      number(
          "set-max-intset-entries",
          PackedLimits.DEFAULT.setNumbers(),
          0,
          Long.MAX_VALUE,
          "How many members a set of whole numbers may have and be kept sorted in an array.");

  public final NumberSetting setMaxListpackEntries =
      number(
          "set-max-listpack-entries",
          PackedLimits.DEFAULT.setMembers(),
          0,
          Long.MAX_VALUE,
          "How many members another set may have and be kept packed.");

  public final NumberSetting setMaxListpackValue =
      number(
          "set-max-listpack-value",
          PackedLimits.DEFAULT.setBytes(),
          0,
          Long.MAX_VALUE,
          "How long a member of a packed set may be.");

  public final NumberSetting zsetMaxListpackEntries =
      number(
          "zset-max-listpack-entries",
          PackedLimits.DEFAULT.sortedSetMembers(),
          0,
          Long.MAX_VALUE,
          "How many members a sorted set may have and be kept packed.");

  public final MemorySetting zsetMaxListpackValue =
      memory(
          "zset-max-listpack-value",
          PackedLimits.DEFAULT.sortedSetBytes(),
          0,
          Long.MAX_VALUE,
          "How long a member of a packed sorted set may be.");

  public final MemorySetting streamNodeMaxBytes =
      memory(
          "stream-node-max-bytes",
          4096,
          0,
          Long.MAX_VALUE,
          "How large a block of a stream may grow, as Redis counts; 0: no limit.");

  public final NumberSetting streamNodeMaxEntries =
      number(
          "stream-node-max-entries",
          100,
          0,
          Long.MAX_VALUE,
          "How many entries a block of a stream may have; 0: no limit.");

  public final MemorySetting streamMemory =
      memory(
          "stream-memory",
          0,
          0,
          Long.MAX_VALUE,
          "How much of the full blocks of all streams is kept in memory; what is more moves to"
              + " files. 0: a quarter of the heap. Without a log all is kept in memory.");

  public final NumberSetting streamIdmpDuration =
      number(
          "stream-idmp-duration",
          100,
          1,
          86_400,
          "Seconds for which a new stream remembers producers' messages.");

  public final NumberSetting streamIdmpMaxsize =
      number(
          "stream-idmp-maxsize",
          100,
          1,
          10_000,
          "How many messages of each producer a new stream remembers.");

  public final NumberSetting autoAofRewritePercentage =
      number(
          "auto-aof-rewrite-percentage",
          100,
          0,
          Integer.MAX_VALUE,
          "A snapshot is taken when the log behind the last one has grown to so many percent of"
              + " it; 0 for never.");

  public final MemorySetting autoAofRewriteMinSize =
      memory(
          "auto-aof-rewrite-min-size",
          64L << 20,
          0,
          Long.MAX_VALUE,
          "No snapshot is taken by itself before the last one and the log behind it are so large.");

  public final ChoiceSetting appendfsync =
      fixed(
          new ChoiceSetting(
              "appendfsync",
              List.of("always", "everysec", "no"),
              "When a write counts as safe and is answered. Set by --fsync."));

  public final BoolSetting appendonly =
      fixed(new BoolSetting("appendonly", true, "Whether there is a log. Set by --log."));

  public final TextSetting dir =
      fixed(new TextSetting("dir", "", "a directory", "Where everything is kept. Set by --dir."));

  public final TextSetting bind =
      fixed(
          new TextSetting(
              "bind", "127.0.0.1", "an address", "What is listened on. Set by --bind."));

  public final NumberSetting port =
      fixed(new NumberSetting("port", 6379, 0, 65_535, "Port for Redis clients. --resp-port."));

  public final NumberSetting databases =
      fixed(new NumberSetting("databases", 16, 16, 16, "How many databases there are."));

  public final BoolSetting clusterEnabled =
      fixed(
          new BoolSetting(
              "cluster-enabled",
              false,
              "Whether clients see a cluster: of one node, which owns all slots."));

  public final TextSetting clusterAnnounceIp =
      text(
          "cluster-announce-ip",
          "",
          "an address",
          "Where clients of the cluster find the node; if empty, where they have connected to.");

  public final NumberSetting clusterAnnouncePort =
      number(
          "cluster-announce-port",
          0,
          0,
          65_535,
          "The port at which clients of the cluster find the node; 0: the one that is listened"
              + " on.");

  public final TextSetting save =
      fixed(new TextSetting("save", "", "empty", "Empty: the log keeps everything as it happens."));

  public final MemorySetting maxmemory =
      memory(
              "maxmemory",
              0,
              0,
              Long.MAX_VALUE,
              "With more memory used than this, keys are evicted or commands refused; 0: the heap"
                  + " is the limit.")
          .orShareOf(Runtime.getRuntime().maxMemory());

  public final MemorySetting maxmemoryClients =
      memory(
              "maxmemory-clients",
              0,
              0,
              Long.MAX_VALUE,
              "With more memory used for all clients than this, at least 128kb, those that use most"
                  + " are closed; 0: no limit.")
          .orPercent();

  public final ChoiceSetting maxmemoryPolicy =
      add(
          new ChoiceSetting(
              "maxmemory-policy",
              EvictionWords.WORDS,
              "Which keys are evicted when more memory is used than may be."));

  public final NumberSetting maxmemorySamples =
      number(
          "maxmemory-samples", 5, 1, 64, "How many keys are looked at for each that is evicted.");

  public final NumberSetting maxmemoryEvictionTenacity =
      number(
          "maxmemory-eviction-tenacity",
          10,
          0,
          100,
          "How long eviction may hold up a command: 10 for half a millisecond, 100 without end.");

  public final NumberSetting lfuLogFactor =
      number(
          "lfu-log-factor",
          Frequency.DEFAULT.logFactor(),
          0,
          Integer.MAX_VALUE,
          "The larger, the more uses it takes until a key counts as used most frequently.");

  public final NumberSetting lfuDecayTime =
      number(
          "lfu-decay-time",
          Frequency.DEFAULT.decayMinutes(),
          0,
          Integer.MAX_VALUE,
          "After how many minutes the counter of a key loses one; 0: never.");

  public final NumberSetting heapReserve =
      number(
          "heap-reserve",
          20,
          0,
          90,
          "How many percent of the heap are kept free whatever maxmemory says: with less, commands"
              + " that need memory are refused.");

  public final ReplicationSettings replication = new ReplicationSettings(this);

  public final TlsSettings tls = new TlsSettings(this);

  private final Map<Setting, Supplier<@Nullable String>> appliers = new HashMap<>();

  public Settings() {
    alias("lua-time-limit", busyReplyThreshold);
    alias("hash-max-ziplist-entries", hashMaxListpackEntries);
    alias("hash-max-ziplist-value", hashMaxListpackValue);
    alias("list-max-ziplist-size", listMaxListpackSize);
    alias("zset-max-ziplist-entries", zsetMaxListpackEntries);
    alias("zset-max-ziplist-value", zsetMaxListpackValue);
  }

  /// The setting of that name, which may be an older one, in any case; null if there is none.
  public @Nullable Setting find(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    Setting setting = byName.get(lower);
    return setting == null ? aliases.get(lower) : setting;
  }

  /// All settings, by name.
  public Collection<Setting> all() {
    return Collections.unmodifiableCollection(byName.values());
  }

  /// Older names of settings, each with the setting that it names now.
  public NavigableMap<String, Setting> aliases() {
    return Collections.unmodifiableNavigableMap(aliases);
  }

  /// Up to which size values are kept packed.
  public PackedLimits packedLimits() {
    return new PackedLimits(
        hashMaxListpackEntries.value(),
        hashMaxListpackValue.bytes(),
        setMaxIntsetEntries.value(),
        setMaxListpackEntries.value(),
        setMaxListpackValue.value(),
        zsetMaxListpackEntries.value(),
        zsetMaxListpackValue.bytes(),
        listMaxListpackSize.value());
  }

  /// Those that say how much memory may be used, and what goes when it is more.
  public List<Setting> memorySettings() {
    return List.of(
        maxmemory,
        maxmemoryPolicy,
        maxmemorySamples,
        maxmemoryEvictionTenacity,
        lfuLogFactor,
        lfuDecayTime,
        heapReserve);
  }

  /// Runs `action` after each change of [#packedLimits].
  public void onPackedLimitsChange(Runnable action) {
    List.of(
            hashMaxListpackEntries,
            hashMaxListpackValue,
            setMaxIntsetEntries,
            setMaxListpackEntries,
            setMaxListpackValue,
            zsetMaxListpackEntries,
            zsetMaxListpackValue,
            listMaxListpackSize)
        .forEach(setting -> setting.onChange(action));
  }

  /// After a change of any of `group`, `applier` is asked once to put them all to work; it says why
  /// it cannot, null if it can.
  public void applyTogether(List<Setting> group, Supplier<@Nullable String> applier) {
    group.forEach(setting -> appliers.put(setting, applier));
  }

  /// Takes values that were not refused: all of them, or none. Returns why none, null for all.
  public @Nullable String takeAll(Map<Setting, String> values) {
    Map<Setting, String> before = new LinkedHashMap<>();
    values.keySet().forEach(setting -> before.put(setting, setting.text()));
    values.forEach(Setting::take);
    Set<Supplier<@Nullable String>> due = new LinkedHashSet<>();
    for (Setting setting : values.keySet()) {
      Supplier<@Nullable String> applier = appliers.get(setting);
      if (applier != null) {
        due.add(applier);
      }
    }
    for (Supplier<@Nullable String> applier : due) {
      String failure = applier.get();
      if (failure != null) {
        before.forEach(Setting::take);
        return failure;
      }
    }
    return null;
  }

  /// The limits that [#clientOutputBufferLimit] says.
  public OutputLimits outputLimits() {
    return outputLimits;
  }

  TextSetting text(String name, String initial, String range, String sentence) {
    return add(new TextSetting(name, initial, range, sentence));
  }

  NumberSetting number(String name, long initial, long least, long most, String sentence) {
    return add(new NumberSetting(name, initial, least, most, sentence));
  }

  MemorySetting memory(String name, long initial, long least, long most, String sentence) {
    return add(new MemorySetting(name, initial, least, most, sentence));
  }

  void alias(String name, Setting setting) {
    aliases.put(name, setting);
  }

  <S extends Setting> S fixed(S setting) {
    setting.fix();
    return add(setting);
  }

  <S extends Setting> S add(S setting) {
    if (byName.put(setting.name(), setting) != null) {
      throw new IllegalStateException("declared twice: " + setting.name());
    }
    return setting;
  }
}
