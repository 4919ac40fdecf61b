package naru.protocol.resp.replication;

import java.util.List;
import java.util.Locale;
import java.util.function.BiConsumer;
import naru.bytes.ByteReader;
import naru.bytes.Bytes;
import naru.engine.Failure;
import naru.engine.Op;
import naru.engine.Procedure;
import naru.engine.Refusal;
import naru.engine.State;
import naru.engine.replication.Lineage;
import naru.engine.replication.ReplicationOp;
import naru.protocol.resp.CommandReplay;
import naru.protocol.resp.server.Client;
import naru.protocol.resp.server.RespServer;
import naru.protocol.resp.setting.ReplicationSettings;
import naru.protocol.resp.wire.Arguments;
import naru.protocol.resp.wire.RequestReader;
import naru.reactor.Beside;
import naru.reactor.Shard;
import naru.reactor.Snapshots;
import naru.world.Dialer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Whom this broker follows, and how far it is: all that happens of it on the reactor's thread.
///
/// A copy is loaded aside and takes the place of what there was at once; nothing is written before
/// a snapshot has it, so that a crash finds the old state or the new one. What the other server
/// does is applied in pieces, each one record together with the offset that it leads to, so that it
/// is applied once, whatever breaks in between.
public final class Replication {
  private static final Logger LOG = LoggerFactory.getLogger(Replication.class);
  private static final Failure READ_ONLY =
      new Failure.Invalid("READONLY", "You can't write against a read only replica.");
  private static final Failure SETTLING =
      new Failure.Invalid(
          "LOADING", "The copy that was taken is being made safe: it cannot be written before.");
  private static final Failure TOO_FEW_FOLLOW =
      new Failure.Invalid("NOREPLICAS", "Not enough good replicas to write.");
  private static final Failure STALE =
      new Failure.Invalid(
          "MASTERDOWN", "Link with MASTER is down and replica-serve-stale-data is set to 'no'.");
  private static final Failure UNBLOCKED =
      new Failure.Invalid(
          "UNBLOCKED",
          "force unblock from blocking operation, instance state changed (master -> replica?)");

  /// Commands are carried out as if it were long ago: what has expired meanwhile, and was made to
  /// last later on, must not be gone in between. To remove keys is for the other server to say.
  private static final long LONG_AGO_US = 1_000_000;

  private static final long SNAPSHOT_AGAIN_NS = 2_000_000_000L;

  /// What became of a piece.
  enum Applied {
    DONE,
    /// And the other server asks how far this is.
    ACK_WANTED,
    /// The disk is full: to be tried again.
    NO_ROOM
  }

  private enum Status {
    CONNECT("connect"),
    SYNC("sync"),
    CONNECTED("connected");

    private final String word;

    Status(String word) {
      this.word = word;
    }
  }

  private final RespServer server;
  private final Beside beside;
  private final RequestReader requests = new RequestReader();
  private final SafeOffsets offsets;
  private @Nullable Dialer dialer;
  private Beside.@Nullable Running link;
  private CommandReplay.@Nullable OfMaster commands;
  private Status status = Status.CONNECT;
  private @Nullable Failure writesRefused;
  private boolean enoughFollow = true;
  private boolean stale;
  private String trouble = "";
  private long receivedBytes;
  private long heardNs;
  private long downSinceNs;
  private long copiedBytes;
  private long errors;
  private boolean settling;
  private long snapshotsBefore;
  private long snapshotAskedNs;

  public Replication(RespServer server) {
    this.server = server;
    this.beside = new Beside(server.reactor());
    this.offsets = new SafeOffsets(server.reactor().log());
    requests.bulkMaxBytes(Integer.MAX_VALUE);
  }

  /// The broker is about to serve: follows whom it followed before or is told to by its settings.
  public void start(Dialer theDialer) {
    dialer = theDialer;
    settings().readOnly.onChange(this::guard);
    settings().serveStaleData.onChange(this::guard);
    Lineage lineage = lineage();
    String[] words = settings().replicaof.text().trim().split("\\s+", -1);
    if (words.length == 2 && !settings().replicaof.text().equalsIgnoreCase("no one")) {
      Bytes host = Bytes.of(words[0]);
      int port = Integer.parseInt(words[1]);
      if (lineage != null && !lineage.follows() && lineage.isOf(host, port)) {
        LOG.warn(
            "replicaof {} {} is passed over: REPLICAOF NO ONE has ended that for good", host, port);
      } else if (lineage == null || !lineage.follows() || !lineage.isOf(host, port)) {
        ReplicationOp op = new ReplicationOp.Placed(towards(host, port));
        server.shard().follow(stage -> stage.perform(new OwnRequest(List.of(op))));
        begin();
      } else {
        begin();
      }
    } else if (lineage != null && lineage.follows()) {
      begin();
    }
  }

  private ReplicationSettings settings() {
    return server.settings().replication;
  }

  private Shard shard() {
    return server.shard();
  }

  private @Nullable Lineage lineage() {
    return shard().state().lineage();
  }

  /// Whether another server is followed, and all that it does arrives.
  boolean isLinked() {
    return isReplica() && status == Status.CONNECTED;
  }

  /// Whether another server is followed.
  public boolean isReplica() {
    return link != null;
  }

  private Lineage followed() {
    Lineage lineage = lineage();
    if (lineage == null) {
      throw new IllegalStateException("nobody is followed");
    }
    return lineage;
  }

  /// Refuses what changes keys, if clients may not do that.
  public void checkWrite() {
    if (writesRefused != null) {
      throw new Refusal(writesRefused);
    }
  }

  /// What clients are told that want to change keys, null if they may.
  public @Nullable Failure writesRefused() {
    return writesRefused;
  }

  /// Whether clients may not even read, because the server that is followed is away.
  public boolean isStale() {
    return stale;
  }

  /// What they are told then.
  public static Failure stale() {
    return STALE;
  }

  /// Whether as many follow, and closely, as have to for anything to be written.
  void enoughFollow(boolean enough) {
    if (enough != enoughFollow) {
      enoughFollow = enough;
      guard();
    }
  }

  private void guard() {
    stale = isReplica() && status != Status.CONNECTED && !settings().serveStaleData.value();
    writesRefused = refusalOfWrites();
    shard().refuseWrites(writesRefused);
  }

  private @Nullable Failure refusalOfWrites() {
    if (settling) {
      return SETTLING;
    }
    if (!isReplica()) {
      return enoughFollow ? null : TOO_FEW_FOLLOW;
    }
    return settings().readOnly.value() ? READ_ONLY : null;
  }

  /// Decides to follow a server; returns what happens by that, null if it is followed already.
  @Nullable Op follow(Bytes host, int port) {
    checkChange();
    Lineage lineage = lineage();
    if (isReplica() && lineage != null && lineage.isOf(host, port)) {
      return null;
    }
    Lineage next = towards(host, port);
    server.reactor().afterPoll(this::begin);
    return new ReplicationOp.Placed(next);
  }

  /// Another server that is followed may know the history of the one before.
  private Lineage towards(Bytes host, int port) {
    Lineage lineage = lineage();
    return lineage != null && lineage.follows() && lineage.isPlaced()
        ? new Lineage(true, host, port, lineage.history(), lineage.offset(), lineage.database())
        : Lineage.beginning(host, port);
  }

  private void checkChange() {
    if (settling) {
      throw new Refusal(SETTLING);
    }
    if (!server.reactor().log().hasRoom()) {
      throw new Refusal("MISCONF", "The disk of the log is full: whom to follow is not changed.");
    }
  }

  private void begin() {
    Dialer way = dialer;
    if (way == null) {
      throw new IllegalStateException("there is no way out");
    }
    Lineage lineage = followed();
    stopLink();
    LOG.info("following {}:{}", lineage.host(), lineage.port());
    CommandReplay.OfMaster newCommands = new CommandReplay.OfMaster(server);
    newCommands.database(lineage.database());
    commands = newCommands;
    status = Status.CONNECT;
    trouble = "";
    offsets.restart(lineage.offset());
    downSinceNs = server.reactor().nowNs();
    heardNs = downSinceNs;
    link =
        beside.begin(
            MasterLink.name(lineage.host().toString(), lineage.port()),
            new MasterLink(this, way, server.reactor()::readNs));
    passOn(lineage);
    shard().follows(true);
    guard();
    for (Client client : List.copyOf(server.clients())) {
      if (client.peer().isWaiting()) {
        client.peer().endWait(UNBLOCKED);
      }
    }
  }

  private void passOn(Lineage lineage) {
    Followers followers = server.followers();
    String history = lineage.history().toString();
    if (!lineage.isPlaced()) {
      followers.stopTelling();
    } else if (!followers.isAt(history, lineage.offset())) {
      followers.passOn(history, lineage.offset());
    }
  }

  private void stopLink() {
    if (link != null) {
      link.stop();
      link = null;
    }
  }

  /// Decides to follow nobody any more; returns what happens by that, null if nothing does. Pieces
  /// of the other's history are whole commands, so it ends with one.
  @Nullable Op endFollowing() {
    if (!isReplica()) {
      return null;
    }
    checkChange();
    Lineage lineage = followed();
    stopLink();
    shard().follows(false);
    server.followers().promoted(lineage.isPlaced());
    guard();
    LOG.info(
        "following nobody any more: {}:{} was followed up to offset {} of {}",
        lineage.host(),
        lineage.port(),
        lineage.offset(),
        lineage.isPlaced() ? lineage.history() : "nothing");
    return new ReplicationOp.Placed(lineage.ended());
  }

  // What the link asks for.

  Wish wish() {
    Lineage lineage = followed();
    become(Status.CONNECT);
    State state = shard().state();
    return new Wish(
        lineage.host().toString(),
        lineage.port(),
        lineage.history().toString(),
        lineage.offset(),
        settings().masteruser.text(),
        settings().masterauth.text(),
        (int) server.settings().port.value(),
        (int) (settings().timeout.value() * 1000),
        state.hashSeed(),
        state.packedLimits());
  }

  private void become(Status now) {
    status = now;
    guard();
  }

  boolean broken(String why) {
    if (status == Status.CONNECTED) {
      downSinceNs = server.reactor().nowNs();
    }
    if (!why.equals(trouble)) {
      LOG.warn("{}:{}: {}", followed().host(), followed().port(), why);
    }
    trouble = why;
    become(Status.CONNECT);
    return true;
  }

  boolean continues(String history) {
    Lineage lineage = followed();
    LOG.info("what is missing from offset {} on is there", lineage.offset());
    if (!lineage.history().equals(Bytes.of(history))) {
      Lineage renamed =
          new Lineage(
              true,
              lineage.host(),
              lineage.port(),
              Bytes.of(history),
              lineage.offset(),
              lineage.database());
      record(new ReplicationOp.Placed(renamed));
      server.followers().renamed(history);
    }
    return true;
  }

  private void record(Op op) {
    shard().follow(stage -> stage.perform(new OwnRequest(List.of(op))));
  }

  boolean copyBegins(String history, long offset) {
    become(Status.SYNC);
    copiedBytes = 0;
    heard();
    LOG.info("a whole copy comes, of {} at offset {}", history, offset);
    return true;
  }

  boolean copied(long bytes) {
    copiedBytes = bytes;
    heard();
    return true;
  }

  private void heard() {
    heardNs = server.reactor().nowNs();
  }

  /// The copy takes the place of what there is; false if that cannot be yet.
  boolean adopt(State copy) {
    Snapshots snapshots = server.reactor().snapshots();
    boolean keepsLog = server.reactor().log().takesSnapshots();
    if (keepsLog && (!snapshots.isAtRest() || !snapshots.isPossible())) {
      return false;
    }
    server.reactor().log().seal();
    Lineage lineage = copy.lineage();
    if (lineage != null) {
      server.followers().replaced(lineage.history().toString(), lineage.offset());
    }
    shard().adopt(copy);
    if (commands != null) {
      commands.database(followed().database());
    }
    offsets.restart(followed().offset());
    settling = keepsLog;
    guard();
    snapshotsBefore = snapshots.taken();
    snapshotAskedNs = server.reactor().nowNs();
    snapshots.request();
    LOG.info("the copy is here: {} keys", copy(shard()));
    return true;
  }

  private static long copy(Shard shard) {
    return shard.state().keys();
  }

  /// Whether a crash would find the copy.
  boolean isCopySafe() {
    if (!settling) {
      return true;
    }
    Snapshots snapshots = server.reactor().snapshots();
    if (snapshots.taken() > snapshotsBefore) {
      settling = false;
      guard();
      return true;
    }
    long nowNs = server.reactor().nowNs();
    if (snapshots.isAtRest() && nowNs - snapshotAskedNs > SNAPSHOT_AGAIN_NS) {
      snapshotAskedNs = nowNs;
      snapshots.request();
    }
    return false;
  }

  boolean linked() {
    become(Status.CONNECTED);
    trouble = "";
    heard();
    return true;
  }

  /// Carries out a piece of the other's history, as one record.
  Applied apply(Bytes piece, long offset) {
    CommandReplay.OfMaster master = commands;
    if (master == null || !server.reactor().log().hasRoom()) {
      return Applied.NO_ROOM;
    }
    heard();
    boolean[] wantsAck = {false};
    Procedure procedure =
        stage -> {
          wantsAck[0] = carryOut(piece, master);
          ReplicationOp op = new ReplicationOp.Advanced(offset, master.database());
          stage.perform(new OwnRequest(List.of(op)));
        };
    shard().follow(procedure);
    server.followers().passOn(piece);
    receivedBytes += piece.length();
    offsets.applied(offset);
    return wantsAck[0] ? Applied.ACK_WANTED : Applied.DONE;
  }

  private boolean carryOut(Bytes piece, CommandReplay.OfMaster master) {
    boolean wantsAck = false;
    long nowUs = server.shard().moment().wallUs();
    ByteReader in = new ByteReader(piece);
    int from = in.position();
    while (requests.next(in)) {
      Arguments words = requests.arguments();
      String name = words.get(0).toString().toUpperCase(Locale.ROOT);
      switch (name) {
        case "PING", "MULTI", "EXEC" -> {}
        case "REPLCONF" -> wantsAck |= words.count() > 1 && words.get(1).equalsIgnoreCase("GETACK");
        default -> {
          shard().pretend(CommandTime.isNow(name, words) ? nowUs : LONG_AGO_US);
          check(name, master.run(piece.array(), from, in.position()));
        }
      }
      from = in.position();
    }
    shard().pretend(nowUs);
    return wantsAck;
  }

  private void check(String name, @Nullable String error) {
    if (error != null) {
      errors++;
      LOG.error("the server that is followed has done {}, which fails here: {}", name, error);
    }
  }

  /// Up to which offset nothing can be lost by a crash here, as far as the durability asks.
  long safeOffset() {
    return offsets.safe();
  }

  /// Up to which offset all is on the disk here, -1 if there is no log.
  long syncedOffset() {
    return server.settings().appendonly.value() ? offsets.synced() : -1;
  }

  /// How many bytes of commands have come.
  public long receivedBytes() {
    return receivedBytes;
  }

  // What is told of it.

  /// `connect`, `sync`, `connected`, as `ROLE` has it.
  String statusWord() {
    return status.word;
  }

  /// Whom it follows: only if it does.
  Lineage master() {
    return followed();
  }

  /// The fields of `INFO replication` that a replica has.
  public void describe(BiConsumer<String, Object> field) {
    Lineage lineage = lineage();
    if (!isReplica() || lineage == null) {
      return;
    }
    long nowNs = server.reactor().nowNs();
    boolean isUp = status == Status.CONNECTED;
    field.accept("master_host", lineage.host());
    field.accept("master_port", lineage.port());
    field.accept("master_link_status", isUp ? "up" : "down");
    field.accept("master_last_io_seconds_ago", isUp ? (nowNs - heardNs) / 1_000_000_000 : -1);
    field.accept("master_sync_in_progress", status == Status.SYNC ? 1 : 0);
    field.accept("slave_read_repl_offset", lineage.offset());
    field.accept("slave_repl_offset", lineage.offset());
    field.accept("slave_safe_repl_offset", safeOffset());
    field.accept("slave_command_errors", errors);
    if (status == Status.SYNC) {
      field.accept("master_sync_total_bytes", -1);
      field.accept("master_sync_read_bytes", copiedBytes);
      field.accept("master_sync_left_bytes", -1);
      field.accept("master_sync_perc", "-1.00");
      field.accept("master_sync_last_io_seconds_ago", (nowNs - heardNs) / 1_000_000_000);
    }
    if (!isUp) {
      field.accept("master_link_down_since_seconds", (nowNs - downSinceNs) / 1_000_000_000);
      field.accept("master_link_trouble", trouble.replaceAll("[\\r\\n]", " "));
    }
    field.accept("slave_priority", 100);
    field.accept("slave_read_only", settings().readOnly.value() ? 1 : 0);
    field.accept("replica_announced", 1);
  }
}
