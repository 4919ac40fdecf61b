package naru.protocol.resp.replication;

import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import naru.bytes.Bytes;
import naru.engine.Draws;
import naru.engine.Op;
import naru.engine.Refusal;
import naru.protocol.resp.replication.Follower.Stage;
import naru.protocol.resp.server.Client;
import naru.protocol.resp.server.RespServer;
import naru.protocol.resp.setting.ReplicationSettings;
import naru.reactor.OutputLimit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Who follows this broker: each gets a copy of the state at one moment, in slices between the
/// turns, and then what happens, as commands; or goes on where its link was cut. All of it leaves
/// by the gate, so nobody is told what a crash could take back.
///
/// A broker that follows another one itself passes on what it is told, byte for byte.
public final class Followers {
  private static final Logger LOG = LoggerFactory.getLogger(Followers.class);
  private static final long SECOND_NS = 1_000_000_000;
  private static final byte[] ALIVE = {'\n'};

  private final RespServer server;
  private final Map<Client, Follower> followers = new LinkedHashMap<>();
  private final EffectCommands commands;
  private final History history;
  private final Acks acks;
  private final Copies copies;

  private long aliveNs;
  private long pingNs;
  private long aloneSinceNs;
  private int good;
  private long fullCopies;
  private long goneOn;
  private long notGoneOn;
  private long toldBytes;

  public Followers(RespServer server) {
    this.server = server;
    this.commands = new EffectCommands(() -> server.shard().state());
    this.history = new History(this::newId, () -> settings().backlogSize.bytes());
    this.acks = new Acks(server, followers.values());
    this.copies = new Copies(server, history, this::newId, this::copied, this::listen);
    settings().backlogSize.onChange(history::limitChanged);
    settings().minReplicasToWrite.onChange(this::countGood);
    settings().minReplicasMaxLag.onChange(this::countGood);
    countGood();
    server.reactor().eachTurn(this::endTurn);
    server.reactor().eachTick(this::tick);
  }

  private ReplicationSettings settings() {
    return server.settings().replication;
  }

  private String newId() {
    Draws draws = server.shard().moment().draws();
    StringBuilder id = new StringBuilder();
    while (id.length() < 40) {
      id.append(HexFormat.of().toHexDigits(draws.next()));
    }
    return id.substring(0, 40);
  }

  // What they say.

  /// What is known of a client as one who follows, or is going to.
  Follower of(Client client) {
    return followers.computeIfAbsent(client, Follower::new);
  }

  /// Somebody wants to follow from an offset on.
  void follow(Client client, String itsHistory, long from) {
    Follower follower = of(client);
    if (follower.isIn()) {
      return;
    }
    if (history.leadsOn(itsHistory, from)) {
      goOn(follower, from);
      return;
    }
    if (!itsHistory.equals("?")) {
      notGoneOn++;
      LOG.info(
          "{} wants to go on at {} of {}, which is not kept here",
          client.peer().remoteAddress(),
          from,
          itsHistory);
    }
    copyTo(follower);
  }

  /// Somebody wants a copy and, unless it has said otherwise, what comes behind it, in the manner
  /// of servers before Redis 2.8.
  void copyTo(Client client) {
    Follower follower = of(client);
    if (!follower.isIn()) {
      copyTo(follower);
      follower.isSilent = true;
    }
  }

  private void copyTo(Follower follower) {
    if (!follower.takesMark) {
      throw new Refusal("A replica has to say REPLCONF capa eof");
    }
    fullCopies++;
    begins(follower, Stage.WAITS);
    follower.client.peer().limitOutput(OutputLimit.NONE);
    if (!follower.wantsOnlyCopy) {
      keepHistory();
    }
    LOG.info("{} gets a whole copy", follower.client.peer().remoteAddress());
  }

  /// From now on all that happens is told, to who goes away and comes back as well.
  private void keepHistory() {
    if (history.backlog() == null) {
      commands.clear();
      history.keep();
      acks.effectsEnd(history.offset());
      listen();
    }
  }

  private void goOn(Follower follower, long from) {
    goneOn++;
    Client client = follower.client;
    send(client, "+CONTINUE" + (follower.takesNewId ? " " + history.id() : "") + "\r\n");
    Backlog backlog = history.backlog();
    if (backlog != null) {
      backlog.read(from, client.peer()::send);
    }
    follower.acknowledged = from - 1;
    LOG.info("{} goes on at {}", client.peer().remoteAddress(), from);
    begins(follower, Stage.ONLINE);
    client.peer().limitOutput(server.replicaOutputLimit());
    countGood();
  }

  private void begins(Follower follower, Stage stage) {
    follower.stage = stage;
    follower.heardNs = server.reactor().nowNs();
    follower.client.isReplica(true);
  }

  /// @param synced how much it says to have on its disk, 0 if it says nothing
  void acknowledged(Client client, long offset, long synced) {
    Follower follower = followers.get(client);
    if (follower == null || !follower.isIn()) {
      return;
    }
    follower.acknowledged = Math.max(follower.acknowledged, offset);
    follower.synced = Math.max(follower.synced, synced);
    follower.heardNs = server.reactor().nowNs();
    if (follower.stage == Stage.LOADS) {
      putOnline(follower);
    }
    countGood();
    acks.endWaits();
  }

  private void putOnline(Follower follower) {
    follower.stage = Stage.ONLINE;
    follower.client.peer().limitOutput(server.replicaOutputLimit());
    follower.release();
    LOG.info("{} has its copy and follows", follower.client.peer().remoteAddress());
    countGood();
  }

  private void copied(Follower follower) {
    follower.heardNs = server.reactor().nowNs();
    follower.stage = follower.wantsOnlyCopy ? Stage.HAS_COPY : Stage.LOADS;
    if (follower.isSilent && !follower.wantsOnlyCopy) {
      putOnline(follower);
    }
  }

  /// Anything has come from one who follows: it is alive.
  public void heard(Client client) {
    Follower follower = followers.get(client);
    if (follower != null) {
      follower.heardNs = server.reactor().nowNs();
    }
  }

  /// A connection is gone.
  public void remove(Client client) {
    Follower follower = followers.remove(client);
    if (follower == null || !follower.isIn()) {
      return;
    }
    LOG.info("{} is gone", client.peer().remoteAddress());
    copies.gone(follower);
    aloneSinceNs = server.reactor().nowNs();
    server.reactor().memory().exemptBytes(waitingBytes());
    countGood();
  }

  /// Sets how much may be unread of one who follows.
  public void limitOutput(Client client) {
    boolean isOnline = of(client).isOnline();
    client.peer().limitOutput(isOnline ? server.replicaOutputLimit() : OutputLimit.NONE);
  }

  // Whose history it is.

  private boolean passesOn() {
    return server.replication().isReplica();
  }

  /// Whether what is told is a history at that place.
  boolean isAt(String itsHistory, long itsOffset) {
    return history.id().equals(itsHistory) && history.offset() == itsOffset;
  }

  /// Another server is followed, whose history goes on here from behind that offset on: whoever
  /// follows has to ask anew.
  void passOn(String itsHistory, long itsOffset) {
    dismiss();
    commands.clear();
    history.passOn(itsHistory, itsOffset);
    listen();
  }

  /// As [#passOn(String, long)], and all that there was is replaced.
  void replaced(String itsHistory, long itsOffset) {
    copies.replaced();
    passOn(itsHistory, itsOffset);
  }

  /// Another server is followed, and nothing is known of it.
  void stopTelling() {
    dismiss();
    commands.clear();
    history.drop();
    listen();
  }

  /// A piece of the history of the server that is followed has been done.
  void passOn(Bytes piece) {
    if (!piece.isEmpty()) {
      tell(piece.copy());
    }
  }

  /// The history that is passed on goes on under another name.
  void renamed(String newId) {
    history.rename(newId);
    dismiss();
  }

  /// What was passed on is this broker's own from here on.
  void promoted(boolean isPlaced) {
    dismiss();
    commands.clear();
    if (isPlaced) {
      history.rename();
    } else {
      history.drop();
    }
    acks.effectsEnd(history.offset());
    aloneSinceNs = server.reactor().nowNs();
    listen();
  }

  /// All have to ask anew.
  private void dismiss() {
    server.reactor().memory().exemptBytes(0);
    copies.giveUp();
    followers.values().removeIf(Followers::sendAway);
    countGood();
  }

  private static boolean sendAway(Follower follower) {
    if (follower.isIn()) {
      follower.client.peer().close();
    }
    return follower.isIn();
  }

  /// Has the shard show what it does, if anybody is to know.
  void listen() {
    server.shard().showEffects(tellsEffects() || copies.isUnderWay() ? this::before : null);
  }

  private boolean tellsEffects() {
    return history.backlog() != null && !passesOn();
  }

  private void before(Op op) {
    copies.before(op);
    if (tellsEffects()) {
      commands.before(op);
    }
  }

  // What they are told.

  private void endTurn() {
    if (history.backlog() == null && followers.isEmpty() && !acks.isAwaited()) {
      return;
    }
    tellEffects();
    acks.told();
    if (acks.takeWanted()) {
      tellOnline("REPLCONF", "GETACK", "*");
    }
    acks.endWaits();
    if (copies.next(followers.values())) {
      commands.clear();
    }
    server.reactor().memory().exemptBytes(waitingBytes());
  }

  private void tellEffects() {
    byte[] effects = commands.take();
    if (effects.length > 0) {
      tell(effects);
      acks.effectsEnd(history.offset());
    }
  }

  /// Something of this broker's own, if anybody hears it.
  private void tellOnline(Object... words) {
    if (!passesOn() && count(_ -> true) > 0) {
      commands.command(words);
      tell(commands.take());
    }
  }

  private void tell(byte[] bytes) {
    history.add(bytes);
    OutputLimit limit = server.replicaOutputLimit();
    long nowNs = server.reactor().nowNs();
    for (Follower follower : followers.values()) {
      switch (follower.stage) {
        case GREETS, WAITS, HAS_COPY -> {}
        case ONLINE -> {
          follower.client.peer().send(bytes);
          toldBytes += bytes.length;
        }
        case COPIES, LOADS -> {
          if (!follower.wantsOnlyCopy) {
            follower.hold(bytes);
            follower.closeIfHeldTooMuch(limit, nowNs);
          }
        }
      }
    }
  }

  private static void send(Client client, String text) {
    client.peer().send(text.getBytes(StandardCharsets.US_ASCII));
  }

  // As time passes.

  private void tick() {
    acks.endWaits();
    if (all().isEmpty()) {
      forgetHistory();
      return;
    }
    long nowNs = server.reactor().nowNs();
    boolean isSecond = nowNs - aliveNs >= SECOND_NS;
    OutputLimit limit = server.replicaOutputLimit();
    long silenceMaxNs = settings().timeout.value() * SECOND_NS;
    for (Follower follower : followers.values()) {
      follower.look(limit, silenceMaxNs, nowNs);
      if (isSecond && follower.stage == Stage.WAITS) {
        follower.client.peer().send(ALIVE);
      }
    }
    if (isSecond) {
      aliveNs = nowNs;
    }
    if (nowNs - pingNs >= settings().pingPeriod.value() * SECOND_NS) {
      pingNs = nowNs;
      tellEffects();
      tellOnline("PING");
    }
    countGood();
  }

  /// Nobody has followed for so long that nobody will come back.
  private void forgetHistory() {
    long keptS = settings().backlogTtl.value();
    if (history.backlog() != null
        && !passesOn()
        && keptS > 0
        && server.reactor().nowNs() - aloneSinceNs > keptS * SECOND_NS) {
      LOG.info("nobody has followed for {} s: what was told before is forgotten", keptS);
      history.drop();
      commands.clear();
      listen();
    }
  }

  // How far they are.

  /// What was written so far.
  public Written written() {
    return acks.written(!commands.hasUntold());
  }

  /// Ends the wait of a client, whose command is being decided, when there is enough.
  ///
  /// @param asks whether those who follow have to say how far they are
  public void endWaitWhen(Client client, BooleanSupplier isEnough, boolean asks) {
    acks.endWaitWhen(client, isEnough);
    if (asks) {
      acks.want();
    }
  }

  /// How many follow and are such.
  long count(Predicate<Follower> which) {
    return acks.count(which);
  }

  /// How many are so near that `min-replicas-to-write` counts them.
  public int good() {
    return good;
  }

  private void countGood() {
    long nowNs = server.reactor().nowNs();
    long mostS = settings().minReplicasMaxLag.value();
    good = (int) count(follower -> follower.lagSeconds(nowNs) <= mostS);
    server.replication().enoughFollow(mostS == 0 || good >= settings().minReplicasToWrite.value());
  }

  // What is told of them.

  /// Those who have asked for a copy or more, in the order in which they came.
  Collection<Follower> all() {
    return followers.isEmpty()
        ? Collections.emptyList()
        : followers.values().stream().filter(Follower::isIn).toList();
  }

  History history() {
    return history;
  }

  /// How many copies were asked for.
  public long fullCopies() {
    return fullCopies;
  }

  /// How many went on where they had been cut.
  public long goneOn() {
    return goneOn;
  }

  /// How many wanted to, and could not.
  public long notGoneOn() {
    return notGoneOn;
  }

  /// How many bytes of commands they were sent.
  public long toldBytes() {
    return toldBytes;
  }

  /// What the end of the history takes that is kept for those who come back.
  public long backlogBytes() {
    Backlog backlog = history.backlog();
    return backlog == null ? 0 : backlog.sizeBytes();
  }

  /// What is held back for those who are busy with their copies.
  public long heldBytes() {
    long bytes = 0;
    for (Follower follower : followers.values()) {
      bytes += follower.heldBytes();
    }
    return bytes;
  }

  /// What those who follow have not taken yet.
  public long waitingBytes() {
    long bytes = 0;
    for (Follower follower : followers.values()) {
      bytes += follower.isIn() ? follower.waitingBytes() : 0;
    }
    return bytes;
  }
}
