package naru.protocol.resp.server;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import naru.bytes.ByteWriter;
import naru.bytes.Bytes;
import naru.engine.Request;
import naru.protocol.resp.acl.User;
import naru.protocol.resp.server.Subscriptions.Kind;
import naru.protocol.resp.wire.RespWriter;
import naru.reactor.Peer;
import naru.reactor.Watch;
import org.jspecify.annotations.Nullable;

/// What is known of one client, for as long as its connection lasts.
public final class Client {
  /// What becomes of the replies to this client's commands.
  public enum Replies {
    ON,
    OFF,
    /// The next command's reply is left out.
    SKIP_NEXT,
    /// This command's reply is left out.
    SKIP
  }

  /// With all its objects, its buffers not counted.
  static final long OBJECT_BYTES = 4096;

  /// A request that is queued, its words not counted.
  private static final int QUEUED_BYTES = 256;

  private static final int WATCHED_BYTES = 160;

  private final RespServer server;
  private final Peer peer;
  private final RespWriter writer;
  private final RespWriter discarded;
  private final ByteWriter discardedBytes = new ByteWriter(64);
  private final long createdMs;
  private int protocolVersion = 2;
  private int database;
  private Bytes name = Bytes.EMPTY;
  private User user;
  private boolean authenticated;
  private long guessedWrongAt = -1;
  private Bytes libraryName = Bytes.EMPTY;
  private Bytes libraryVersion = Bytes.EMPTY;
  private Replies replies = Replies.ON;
  private boolean touchesKeys = true;
  private boolean evictable = true;
  private boolean readsReplicas;
  private String lastCommand = "NULL";
  private long lastCommandMs;
  private long commands;

  // What it listens to, and what was pushed to it while its own command was carried out.
  private final Map<Kind, Set<Bytes>> listening = new EnumMap<>(Kind.class);
  private final List<byte[]> pushedMeanwhile = new ArrayList<>();
  private boolean listens;
  private boolean inCommand;

  // A transaction being put together.
  private @Nullable List<Request> queued;
  private boolean queueBroken;
  private boolean queueWrites;
  private boolean queueNeedsMemory;
  private boolean queueRunsLong;
  private long queuedBytes;
  private final Watch watch = new Watch();

  private boolean master;
  private boolean replica;
  private @Nullable ClientTracking tracking;

  private final Map<Bytes, List<Bytes>> fieldsets = new HashMap<>(0);

  public Client(RespServer server, Peer peer) {
    this.server = server;
    this.peer = peer;
    this.createdMs = server.shard().nowMs();
    this.lastCommandMs = createdMs;
    this.writer = new RespWriter(discardedBytes, 2);
    this.discarded = new RespWriter(discardedBytes, 2);
    this.user = server.access().users().defaultUser();
    this.authenticated = user.isOpen();
  }

  public RespServer server() {
    return server;
  }

  public Peer peer() {
    return peer;
  }

  public long id() {
    return peer.id();
  }

  /// 2 or 3.
  public int protocolVersion() {
    return protocolVersion;
  }

  public void protocolVersion(int version) {
    protocolVersion = version;
  }

  public int database() {
    return database;
  }

  public void database(int index) {
    database = index;
  }

  public Bytes name() {
    return name;
  }

  public void name(Bytes newName) {
    name = newName.owned();
  }

  /// When it connected, wall clock.
  public long createdMs() {
    return createdMs;
  }

  /// The full name of the command it sent last, `NULL` before the first.
  public String lastCommand() {
    return lastCommand;
  }

  public void lastCommand(String command) {
    lastCommand = command;
  }

  /// When it sent its last command, wall clock.
  public long lastCommandMs() {
    return lastCommandMs;
  }

  /// How many commands it has sent.
  public long commands() {
    return commands;
  }

  public Bytes libraryName() {
    return libraryName;
  }

  public void libraryName(Bytes newName) {
    libraryName = newName.owned();
  }

  public Bytes libraryVersion() {
    return libraryVersion;
  }

  public void libraryVersion(Bytes newVersion) {
    libraryVersion = newVersion.owned();
  }

  /// Whether its commands count as use of the keys that they look at.
  public boolean touchesKeys() {
    return touchesKeys;
  }

  public void touchesKeys(boolean on) {
    touchesKeys = on;
  }

  /// Whether it may be closed to save memory.
  public boolean isEvictable() {
    return evictable;
  }

  public void evictable(boolean on) {
    evictable = on;
  }

  /// Whether it has said, as clients of clusters do, that a replica may answer it.
  public boolean readsReplicas() {
    return readsReplicas;
  }

  public void readsReplicas(boolean on) {
    readsReplicas = on;
  }

  /// Whom it acts for.
  public User user() {
    return user;
  }

  /// It acts for that user from now on, who has let it in.
  public void becomes(User newUser) {
    user = newUser;
    authenticated = true;
  }

  /// It has to say anew who it is.
  public void becomesStranger() {
    user = server.access().users().defaultUser();
    authenticated = false;
  }

  /// Whether it is the server that this one follows: nothing that it does is refused.
  public boolean isMaster() {
    return master;
  }

  public void becomesMaster() {
    master = true;
  }

  /// Whether it is a server that follows this one.
  public boolean isReplica() {
    return replica;
  }

  public void isReplica(boolean now) {
    replica = now;
  }

  /// Whether it was let in.
  public boolean isAuthenticated() {
    return authenticated;
  }

  /// Whether it was let in, or nobody needs to be.
  public boolean maySpeak() {
    return authenticated || server.access().users().defaultUser().isOpen();
  }

  /// Whether a password was wrong in the command at hand, which may be a whole transaction.
  public boolean guessedWrongInThisCommand() {
    return guessedWrongAt == commands;
  }

  public void guessedWrong() {
    guessedWrongAt = commands;
  }

  public Replies replies() {
    return replies;
  }

  public void replies(Replies now) {
    replies = now;
  }

  /// Where the reply to the command at hand is written: to the connection, in the version spoken,
  /// or nowhere if the client does not want it.
  public RespWriter writer() {
    if (replies == Replies.OFF || replies == Replies.SKIP) {
      discardedBytes.clear(64);
      discarded.reset(discardedBytes, protocolVersion);
      return discarded;
    }
    writer.reset(peer.output(), protocolVersion);
    return writer;
  }

  /// Back to what it was when it connected, but for its id and its protocol's name.
  public void reset() {
    fieldsets.clear();
    endTransaction();
    server.subscriptions().removeAll(this);
    server.tracking().end(this);
    server.monitors().remove(this);
    database = 0;
    name = Bytes.EMPTY;
    touchesKeys = true;
    evictable = true;
    readsReplicas = false;
    replies = Replies.ON;
    protocolVersion = 2;
    becomesStranger();
    authenticated = user.isOpen();
  }

  /// A command begins.
  public void beginCommand() {
    inCommand = true;
    if (!server.reactor().isBusy()) {
      server.performing(this);
    }
    commands++;
    lastCommandMs = server.shard().nowMs();
    if (replies == Replies.SKIP_NEXT) {
      replies = Replies.SKIP;
    }
  }

  /// The command at hand will begin once more, later.
  public void postponeCommand() {
    commands--;
    if (replies == Replies.SKIP) {
      replies = Replies.SKIP_NEXT;
    }
  }

  /// The command at hand has been answered, queued, or waits.
  public void endCommand() {
    if (replies == Replies.SKIP) {
      replies = Replies.ON;
    }
    inCommand = false;
    if (!server.reactor().isBusy()) {
      server.performing(null);
    }
    ClientTracking tracks = tracking;
    if (tracks != null && !isInTransaction() && !lastCommand.startsWith("client")) {
      tracks.caching(false);
    }
    if (!pushedMeanwhile.isEmpty()) {
      pushedMeanwhile.forEach(peer::send);
      pushedMeanwhile.clear();
    }
  }

  /// What it wants to hear of keys that it has read; null for nothing.
  public @Nullable ClientTracking tracking() {
    return tracking;
  }

  /// For [Tracking], and for who performs commands on behalf of another client.
  public void tracking(@Nullable ClientTracking newTracking) {
    tracking = newTracking;
  }

  public boolean isInTransaction() {
    return queued != null;
  }

  public void beginTransaction() {
    queued = new ArrayList<>();
    queueBroken = false;
  }

  /// Adds a request, owning its bytes, of which there are so many, to the transaction.
  public void enqueue(
      Request request, int bytes, boolean writes, boolean needsMemory, boolean runsLong) {
    if (queued != null) {
      queued.add(request);
      queuedBytes += QUEUED_BYTES + bytes;
      server.queuedChanged(QUEUED_BYTES + bytes);
      queueWrites |= writes;
      queueNeedsMemory |= needsMemory;
      queueRunsLong |= runsLong;
    }
  }

  /// Whether something that is queued may need memory.
  public boolean isMemoryNeeded() {
    return queueNeedsMemory;
  }

  /// Whether something that is queued would wait while writes are paused.
  public boolean isWriteQueued() {
    return queueWrites;
  }

  /// Whether something that is queued may run for long: a script.
  public boolean isLongQueued() {
    return queueRunsLong;
  }

  /// Something that was to be queued could not be: the transaction will be refused.
  public void breakQueue() {
    queueBroken = true;
  }

  public boolean isQueueBroken() {
    return queueBroken;
  }

  /// How many requests are queued, -1 outside a transaction.
  public int queuedCount() {
    return queued == null ? -1 : queued.size();
  }

  /// What is queued; empty outside a transaction.
  public List<Request> queued() {
    return queued == null ? List.of() : queued;
  }

  /// Ends the transaction and all watching; returns what was queued.
  public List<Request> endTransaction() {
    List<Request> requests = queued == null ? List.of() : queued;
    queued = null;
    queueBroken = false;
    queueWrites = false;
    queueNeedsMemory = false;
    queueRunsLong = false;
    server.queuedChanged(-queuedBytes);
    queuedBytes = 0;
    server.shard().watches().clear(watch);
    return requests;
  }

  /// What is queued takes so much memory, about.
  public long queuedBytes() {
    return queuedBytes;
  }

  /// What it takes in memory, about.
  public long sizeBytes() {
    long bytes = OBJECT_BYTES + peer.bufferBytes() + queuedBytes;
    for (Set<Bytes> names : listening.values()) {
      for (Bytes name : names) {
        bytes += Subscriptions.bytesOf(name);
      }
    }
    return bytes + (long) WATCHED_BYTES * watch.size();
  }

  /// Fields of hashes that this client has given a name, by that name.
  public Map<Bytes, List<Bytes>> fieldsets() {
    return fieldsets;
  }

  public Watch watch() {
    return watch;
  }

  /// The names of a kind that it listens to, in the order in which it began. For [Subscriptions].
  public Set<Bytes> listening(Kind kind) {
    return listening.computeIfAbsent(kind, _ -> new LinkedHashSet<>());
  }

  /// Whether it listens to anything.
  public boolean isListening() {
    return listens;
  }

  /// What it listens to has changed, or the limits on the output of those who listen.
  void listeningChanged() {
    listens = listening.values().stream().anyMatch(names -> !names.isEmpty());
    if (replica) {
      server.followers().limitOutput(this);
    } else {
      peer.limitOutput(server.outputLimit(listens));
    }
  }

  /// Sends something it did not ask for. What its own command causes comes after that one's reply.
  public void push(Message message) {
    byte[] frame = message.frame(protocolVersion);
    if (inCommand) {
      pushedMeanwhile.add(frame);
    } else {
      peer.send(frame);
    }
  }

  /// Where pushes of this client's own making are written, whatever it thinks of replies.
  public RespWriter pushWriter() {
    writer.reset(peer.output(), protocolVersion);
    return writer;
  }

  /// Whether this client speaks RESP2 and has subscriptions, so that it may do little else.
  public boolean isRestrictedToPubSub() {
    return protocolVersion == 2 && isListening();
  }
}
