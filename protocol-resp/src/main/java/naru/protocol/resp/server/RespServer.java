package naru.protocol.resp.server;

import java.security.MessageDigest;
import java.util.Collection;
import java.util.Collections;
import java.util.TreeMap;
import naru.bytes.Bytes;
import naru.reactor.OutputLimit;
import naru.reactor.Reactor;
import naru.reactor.Shard;
import org.jspecify.annotations.Nullable;

/// What the Redis connections of one broker share.
public final class RespServer {
  /// The one user there is.
  public static final Bytes DEFAULT_USER = Bytes.of("default");

  private final Reactor reactor;
  private final TreeMap<Long, Client> clients = new TreeMap<>();
  private final Settings settings = new Settings();
  private final Subscriptions subscriptions = new Subscriptions();
  private final KeyspaceNotifications notifications = new KeyspaceNotifications(subscriptions);
  private final CommandStatistics statistics = new CommandStatistics();
  private final SlowLog slowLog = new SlowLog(settings);
  private final Pause pause;
  private final long startedMs;
  private Bytes password = Bytes.EMPTY;
  private long connectionsReceived;
  private long connectionsRejected;
  private long keyHits;
  private long keyMisses;

  public RespServer(Reactor reactor) {
    this.reactor = reactor;
    this.pause = new Pause(reactor);
    this.startedMs = reactor.shard().nowMs();
    settings.requirepass.onChange(() -> password = Bytes.of(settings.requirepass.text()));
    settings.notifyKeyspaceEvents.onChange(
        () -> notifications.configure(settings.notifyKeyspaceEvents.text()));
    settings.clientOutputBufferLimit.onChange(
        () -> clients.values().forEach(Client::listeningChanged));
    reactor.shard().listen(notifications);
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

  public CommandStatistics statistics() {
    return statistics;
  }

  public SlowLog slowLog() {
    return slowLog;
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

  /// Forgets a client whose connection is gone, with all that it watched and listened to.
  public void remove(Client client) {
    clients.remove(client.id());
    client.endTransaction();
    subscriptions.removeAll(client);
  }

  /// Counts that a command looked for a key.
  public void looked(boolean reads, boolean found) {
    if (reads && found) {
      keyHits++;
    } else if (reads) {
      keyMisses++;
    }
  }

  /// Whether clients have to give a password before anything else.
  public boolean needsPassword() {
    return !password.isEmpty();
  }

  /// How many keys were looked for by reading commands, and found.
  public long keyHits() {
    return keyHits;
  }

  /// How many keys were looked for by reading commands, and not found.
  public long keyMisses() {
    return keyMisses;
  }

  /// Whether `user` and `candidate` are who may enter. Takes as long whether they are or not.
  public boolean admits(Bytes user, Bytes candidate) {
    boolean right = MessageDigest.isEqual(password.toArray(), candidate.toArray());
    return (right || password.isEmpty()) && user.equals(DEFAULT_USER);
  }
}
