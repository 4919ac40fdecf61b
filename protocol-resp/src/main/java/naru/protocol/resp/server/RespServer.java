package naru.protocol.resp.server;

import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.IntSupplier;
import naru.bytes.Bytes;
import naru.engine.Draws;
import naru.engine.Frequency;
import naru.engine.State;
import naru.protocol.resp.Catalog;
import naru.protocol.resp.acl.AccessControl;
import naru.protocol.resp.acl.User;
import naru.protocol.resp.acl.Users;
import naru.protocol.resp.replication.Followers;
import naru.protocol.resp.replication.Replication;
import naru.protocol.resp.scripting.ScriptEngine;
import naru.protocol.resp.setting.ConfigFile;
import naru.protocol.resp.setting.EventLetters;
import naru.protocol.resp.setting.EvictionWords;
import naru.protocol.resp.setting.Setting;
import naru.protocol.resp.setting.Settings;
import naru.protocol.resp.statistics.CommandStatistics;
import naru.protocol.resp.statistics.LatencyMonitor;
import naru.reactor.Eviction;
import naru.reactor.OutputLimit;
import naru.reactor.Peer;
import naru.reactor.Reactor;
import naru.reactor.Shard;
import naru.world.Randomness;
import naru.world.WorldFailure;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What the Redis connections of one broker share.
public final class RespServer {
  private static final Logger LOG = LoggerFactory.getLogger(RespServer.class);
  private static final long ATTACK_NOTED_EACH_MS = 60_000;

  private final Reactor reactor;
  private final TreeMap<Long, Client> clients = new TreeMap<>();
  private final Set<Client> backups = new HashSet<>();
  private final Settings settings;
  private final Subscriptions subscriptions = new Subscriptions();
  private final KeyspaceNotifications notifications = new KeyspaceNotifications(subscriptions);
  private final CommandStatistics statistics = new CommandStatistics();
  private final SlowLog slowLog;
  private final LatencyMonitor latency;
  private final Pause pause;
  private final long startedMs;
  private final Tracking tracking = new Tracking(this);
  private final Monitors monitors = new Monitors();
  private final KeysAhead keysAhead = new KeysAhead();
  private @Nullable Client performing;
  private final String runId;
  private final ScriptEngine scripts = new ScriptEngine();
  private final AccessControl access;
  private final Replication replication;
  private final Followers followers;
  private Randomness secrets;
  private ProcessFigures process = ProcessFigures.UNKNOWN;
  private long countedNs;
  private long countedTotal;
  private long operationsPerSecond;
  private long countedInput;
  private long countedOutput;
  private double inputKilobytesPerSecond;
  private double outputKilobytesPerSecond;
  private @Nullable ConfigFile configFile;
  private long connectionsReceived;
  private long connectionsRejected;
  private long keyHits;
  private long keyMisses;
  private boolean outOfMemory;
  private long queuedBytes;
  private final ClientEviction clientEviction;
  private IntSupplier otherClients = () -> 0;
  private long attackNotedMs;

  public RespServer(Reactor reactor) {
    this(reactor, new Settings());
  }

  /// With settings that may have been changed already.
  public RespServer(Reactor reactor, Settings settings) {
    this(reactor, settings, newUsers(settings));
  }

  /// With settings and users that may have been changed already.
  public RespServer(Reactor reactor, Settings settings, Users users) {
    this.reactor = reactor;
    this.access = new AccessControl(this, users);
    Draws draws = reactor.shard().moment().draws();
    this.secrets = draws::next;
    this.settings = settings;
    this.slowLog = new SlowLog(settings);
    this.latency = new LatencyMonitor(settings);
    this.pause = new Pause(reactor);
    this.replication = new Replication(this);
    this.followers = new Followers(this);
    this.runId = runId(reactor.shard().moment().draws());
    this.startedMs = reactor.shard().nowMs();
    settings.requirepass.onChange(() -> users.defaultPassword(settings.requirepass.text()));
    follow(
        settings.notifyKeyspaceEvents,
        () -> notifications.configure(EventLetters.of(settings.notifyKeyspaceEvents.text())));
    follow(
        settings.latencyTracking,
        () -> statistics.keepHistograms(settings.latencyTracking.value()));
    follow(settings.autoAofRewritePercentage, this::configureSnapshots);
    follow(settings.autoAofRewriteMinSize, this::configureSnapshots);
    follow(
        settings.streamMemory, () -> reactor.streamStorage().limit(settings.streamMemory.bytes()));
    settings.onPackedLimitsChange(
        () -> reactor.shard().state().packedLimits(settings.packedLimits()));
    for (Setting setting : settings.memorySettings()) {
      setting.onChange(this::configureMemory);
    }
    configureMemory();
    settings.diskReserve.onChange(() -> reactor.log().reserve(settings.diskReserve.bytes()));
    settings.clientOutputBufferLimit.onChange(
        () -> clients.values().forEach(Client::listeningChanged));
    reactor.shard().listen(notifications);
    reactor.eachTick(this::countMemory);
    reactor.eachTurn(tracking::endTurn);
    reactor.eachTick(this::closeIdle);
    reactor.eachTick(this::countOperations);
    this.clientEviction = new ClientEviction(this);
  }

  /// Has a state note of keys what the settings have evicted by: to be called before it is filled.
  public static void noteUse(Settings settings, State state) {
    state.usageClock(
        EvictionWords.policy(settings.maxmemoryPolicy.text()).clock(), frequency(settings));
  }

  private static Frequency frequency(Settings settings) {
    return new Frequency((int) settings.lfuLogFactor.value(), (int) settings.lfuDecayTime.value());
  }

  private void configureMemory() {
    Eviction eviction = shard().eviction();
    eviction.choose(
        EvictionWords.policy(settings.maxmemoryPolicy.text()),
        (int) settings.maxmemorySamples.value(),
        (int) settings.maxmemoryEvictionTenacity.value(),
        frequency(settings));
    long reserve = settings.heapReserve.value();
    eviction.guard(reserve == 0 ? 0 : Runtime.getRuntime().maxMemory() / 100 * (100 - reserve));
    eviction.limit(settings.maxmemory.bytes());
  }

  /// Makes room for a command, as far as there is any: to be called before each.
  public void makeRoom() {
    outOfMemory = !shard().makeRoom();
  }

  /// Whether there was no room before the command at hand.
  public boolean isOutOfMemory() {
    return outOfMemory;
  }

  /// What is used beside the state and the buffers, roughly.
  private void countMemory() {
    reactor
        .memory()
        .otherBytes(
            clientBytes() + scripts.sizeBytes() + followers.backlogBytes() + followers.heldBytes());
  }

  /// What clients take beside their buffers, roughly.
  public long clientBytes() {
    return clients.size() * Client.OBJECT_BYTES + subscriptions.sizeBytes() + queuedBytes;
  }

  /// Transactions that are put together take so much more memory, or less.
  void queuedChanged(long bytes) {
    queuedBytes += bytes;
  }

  /// How many clients were closed because all together took too much memory.
  public long evictedClients() {
    return clientEviction.evictedClients();
  }

  private void configureSnapshots() {
    reactor
        .snapshots()
        .takeByItself(
            settings.autoAofRewritePercentage.value(), settings.autoAofRewriteMinSize.bytes());
  }

  /// Does now, and after each change of a setting, what follows from it.
  private static void follow(Setting setting, Runnable action) {
    setting.onChange(action);
    action.run();
  }

  private static String runId(Draws draws) {
    StringBuilder id = new StringBuilder();
    while (id.length() < 40) {
      id.append(HexFormat.of().toHexDigits(draws.next()));
    }
    return id.substring(0, 40);
  }

  /// The users that there are before anyone has changed anything: the default one, with the
  /// password of the settings.
  public static Users newUsers(Settings settings) {
    Users users =
        new Users(Catalog.commands(), () -> settings.aclPubsubDefault.text().equals("allchannels"));
    users.defaultPassword(settings.requirepass.text());
    return users;
  }

  /// Who may do what.
  public AccessControl access() {
    return access;
  }

  /// Where numbers come from that nobody may foresee.
  public Randomness secrets() {
    return secrets;
  }

  public void secrets(Randomness source) {
    secrets = source;
  }

  public Settings settings() {
    return settings;
  }

  public Reactor reactor() {
    return reactor;
  }

  public Shard shard() {
    return reactor.shard();
  }

  /// The file that the settings came from, for `CONFIG REWRITE`.
  public void configFile(ConfigFile file) {
    configFile = file;
  }

  public boolean hasConfigFile() {
    return configFile != null;
  }

  /// Writes the settings to their file; returns why that failed, null if it did not.
  public @Nullable String rewriteConfigFile() {
    if (configFile == null) {
      return "there is none";
    }
    try {
      configFile.rewrite(settings, usersForFile());
      return null;
    } catch (ConfigFile.Malformed | WorldFailure failure) {
      return failure.getMessage();
    }
  }

  /// By name. The default user is left out while it is what the other settings make of it.
  private Map<String, String> usersForFile() {
    if (access.hasFile()) {
      return Map.of();
    }
    Map<String, String> rules = access.users().rules();
    User usual = newUsers(settings).defaultUser();
    if (usual.line().equals(access.users().defaultUser().line())) {
      rules.remove(usual.name().toString());
    }
    return rules;
  }

  /// Forgets what was counted, as `CONFIG RESETSTAT` asks.
  public void resetStatistics() {
    statistics.clear();
    access.resetStatistics();
    clientEviction.resetStatistics();
    keyHits = 0;
    keyMisses = 0;
    connectionsReceived = 0;
    connectionsRejected = 0;
  }

  /// What the process says of itself.
  public ProcessFigures process() {
    return process;
  }

  public void process(ProcessFigures figures) {
    process = figures;
  }

  /// Forty hexadecimal digits, new at every start.
  public String runId() {
    return runId;
  }

  /// Commands a second, over the last tick.
  public long operationsPerSecond() {
    return operationsPerSecond;
  }

  /// What clients sent, over the last tick.
  public double inputKilobytesPerSecond() {
    return inputKilobytesPerSecond;
  }

  /// What clients were sent, over the last tick.
  public double outputKilobytesPerSecond() {
    return outputKilobytesPerSecond;
  }

  private void countOperations() {
    long sinceNs = reactor.nowNs() - countedNs;
    if (sinceNs > 0) {
      double perSecond = 1e9 / 1024 / sinceNs;
      inputKilobytesPerSecond = (reactor.traffic().inputBytes() - countedInput) * perSecond;
      outputKilobytesPerSecond = (reactor.traffic().outputBytes() - countedOutput) * perSecond;
      countedInput = reactor.traffic().inputBytes();
      countedOutput = reactor.traffic().outputBytes();
      operationsPerSecond = (statistics.total() - countedTotal) * 1_000_000_000 / sinceNs;
      countedTotal = statistics.total();
      countedNs = reactor.nowNs();
    }
  }

  public CommandStatistics statistics() {
    return statistics;
  }

  public SlowLog slowLog() {
    return slowLog;
  }

  public LatencyMonitor latency() {
    return latency;
  }

  public ScriptEngine scripts() {
    return scripts;
  }

  /// Whom this broker follows.
  public Replication replication() {
    return replication;
  }

  /// Who follows this broker.
  public Followers followers() {
    return followers;
  }

  /// How much of it a replica may leave unread: what is sent at once to one that comes back, too.
  public OutputLimit replicaOutputLimit() {
    OutputLimit limit = settings.outputLimits().replica();
    long backlogBytes = settings.replication.backlogSize.bytes();
    return limit.hardBytes() == 0 || limit.hardBytes() >= backlogBytes
        ? limit
        : new OutputLimit(backlogBytes, limit.softBytes(), limit.softMs());
  }

  /// Who is told that keys have changed.
  public Tracking tracking() {
    return tracking;
  }

  public KeysAhead keysAhead() {
    return keysAhead;
  }

  /// Who is shown all commands.
  public Monitors monitors() {
    return monitors;
  }

  /// Whose command is carried out; null if what happens is nobody's.
  public @Nullable Client performing() {
    return performing;
  }

  void performing(@Nullable Client client) {
    performing = client;
  }

  public Pause pause() {
    return pause;
  }

  /// When it began, wall clock.
  public long startedMs() {
    return startedMs;
  }

  /// How many connections were accepted since the start.
  public long connectionsReceived() {
    return connectionsReceived;
  }

  /// How many connections were closed because there were too many.
  public long connectionsRejected() {
    return connectionsRejected;
  }

  public Subscriptions subscriptions() {
    return subscriptions;
  }

  /// How much a client may leave unread: `client-output-buffer-limit`.
  public OutputLimit outputLimit(boolean listens) {
    return listens ? settings.outputLimits().pubSub() : settings.outputLimits().normal();
  }

  /// All clients, by id.
  public Collection<Client> clients() {
    return Collections.unmodifiableCollection(clients.values());
  }

  /// How many are connected by other protocols.
  public int otherClients() {
    return otherClients.getAsInt();
  }

  /// Who knows how many those are.
  public void otherClients(IntSupplier counted) {
    otherClients = counted;
  }

  public @Nullable Client client(long id) {
    return clients.get(id);
  }

  /// Takes a new client; false if there are too many.
  public boolean add(Client client) {
    connectionsReceived++;
    if (clients.size() >= settings.maxclients.value()) {
      connectionsRejected++;
      return false;
    }
    clients.put(client.id(), client);
    return true;
  }

  /// Whether a connection comes from elsewhere while no password is needed, and is not wanted then.
  public boolean turnsAway(Peer peer) {
    boolean away = turnsAway(peer.remoteAddress());
    if (away) {
      connectionsReceived++;
      connectionsRejected++;
    }
    return away;
  }

  /// As [#turnsAway(Peer)], whatever it speaks.
  public boolean turnsAway(String address) {
    return settings.protectedMode.value()
        && access.users().defaultUser().isOpen()
        && !isLocal(address);
  }

  private static boolean isLocal(String address) {
    return address.startsWith("127.") || address.startsWith("[::1]") || address.startsWith("::1");
  }

  /// Somebody makes a browser, say, send requests here: told once a minute.
  public void noteAttack(String address) {
    long nowMs = shard().nowMs();
    if (nowMs - attackNotedMs < ATTACK_NOTED_EACH_MS) {
      return;
    }
    attackNotedMs = nowMs;
    LOG.warn(
        "Possible SECURITY ATTACK detected. It looks like somebody is sending POST or Host:"
            + " commands to Redis. This is likely due to an attacker attempting to use Cross"
            + " Protocol Scripting to compromise your Redis instance. Connection from {} aborted.",
        address);
  }

  /// Forgets a client whose connection is gone, with all that it watched and listened to.
  public void remove(Client client) {
    clients.remove(client.id());
    followers.remove(client);
    endBackup(client);
    client.endTransaction();
    tracking.end(client);
    monitors.remove(client);
    subscriptions.removeAll(client);
  }

  /// Whether files of the log are held for a client.
  public boolean isBackingUp(Client client) {
    return backups.contains(client);
  }

  /// Files of the log are held for a client, until [#endBackup] or its end.
  public void backsUp(Client client) {
    backups.add(client);
  }

  /// Lets go what is held for a client; false if nothing is.
  public boolean endBackup(Client client) {
    boolean wasHeld = backups.remove(client);
    if (wasHeld) {
      reactor.log().letGo();
    }
    return wasHeld;
  }

  /// Counts that a reading command looked for a key, and tells those who listen if it is not there.
  public void looked(int database, Bytes key, boolean found) {
    looked(found);
    if (!found) {
      notifications.missed(database, key);
    }
  }

  /// Counts that a reading command looked for a key.
  public void looked(boolean found) {
    if (found) {
      keyHits++;
    } else {
      keyMisses++;
    }
  }

  /// Closes who has been silent for longer than the setting `timeout`; who waits or listens may.
  private void closeIdle() {
    long idleMs = settings.timeout.value() * 1000;
    if (idleMs == 0) {
      return;
    }
    long nowMs = shard().nowMs();
    for (Client client : clients.values()) {
      boolean excused = client.peer().isWaiting() || client.isListening() || client.isReplica();
      if (!excused && nowMs - client.lastCommandMs() > idleMs) {
        client.peer().close();
      }
    }
  }

  /// How many keys were looked for by reading commands, and found.
  public long keyHits() {
    return keyHits;
  }

  /// How many keys were looked for by reading commands, and not found.
  public long keyMisses() {
    return keyMisses;
  }
}
