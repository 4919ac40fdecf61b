package naru.protocol.resp.replication;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import naru.engine.Draws;
import naru.engine.Op;
import naru.engine.Refusal;
import naru.engine.State;
import naru.engine.StateRetelling;
import naru.protocol.resp.server.Client;
import naru.protocol.resp.server.RespServer;
import naru.rdb.RdbVersion;
import naru.rdb.RdbWriter;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Who follows this broker: each gets a copy of the state at one moment, in slices between the
/// turns, and then what happens, as commands. All of it leaves by the gate, so nobody is told what
/// a crash could take back.
public final class Followers {
  private static final Logger LOG = LoggerFactory.getLogger(Followers.class);
  private static final int SLICE_NS = 500_000;
  private static final int REST_NS = 1_000_000;
  private static final int UNSENT_MAX_BYTES = 2 << 20;
  private static final int PING_TICKS = 50;
  private static final byte[] ALIVE = {'\n'};

  private enum Stage {
    GREETS,
    WAITS,
    COPIES,
    /// All of its copy was written; it is loading.
    LOADS,
    ONLINE
  }

  private static final class Follower {
    Stage stage = Stage.GREETS;
    long port;
    boolean takesMark;
    long acknowledged;
    long heardNs;
    final ArrayDeque<byte[]> held = new ArrayDeque<>();
    long heldBytes;
  }

  private final RespServer server;
  private final Map<Client, Follower> followers = new LinkedHashMap<>();
  private final EffectCommands commands;
  private String history;
  private long offset;
  private int ticks;
  private @Nullable Client copied;
  private @Nullable StateRetelling retelling;
  private @Nullable RdbWriter rdb;
  private int database = -1;
  private byte[] mark = {};

  public Followers(RespServer server) {
    this.server = server;
    this.commands = new EffectCommands(() -> server.shard().state());
    this.history = id();
    server.reactor().eachTurn(this::endTurn);
    server.reactor().eachTick(this::tick);
  }

  private String id() {
    Draws draws = server.shard().moment().draws();
    StringBuilder id = new StringBuilder();
    while (id.length() < 40) {
      id.append(HexFormat.of().toHexDigits(draws.next()));
    }
    return id.substring(0, 40);
  }

  private Follower follower(Client client) {
    return followers.computeIfAbsent(client, _ -> new Follower());
  }

  void listensAt(Client client, long port) {
    follower(client).port = port;
  }

  void isAble(Client client, boolean takesMark) {
    follower(client).takesMark |= takesMark;
  }

  /// Another server wants to follow from an offset on.
  void follow(Client client, String itsHistory, long from) {
    Follower follower = follower(client);
    if (!follower.takesMark) {
      throw new Refusal("A replica has to say REPLCONF capa eof");
    }
    if (follower.stage != Stage.GREETS) {
      throw new Refusal("It is followed already");
    }
    follower.stage = Stage.WAITS;
    follower.heardNs = server.reactor().nowNs();
    client.peer().limitOutput(server.replicaOutputLimit());
    LOG.info(
        "{} wants to follow, from {} of {}: a whole copy",
        client.peer().remoteAddress(),
        from,
        itsHistory);
  }

  void acknowledged(Client client, long itsOffset) {
    Follower follower = followers.get(client);
    if (follower == null) {
      return;
    }
    follower.acknowledged = itsOffset;
    follower.heardNs = server.reactor().nowNs();
    if (follower.stage == Stage.LOADS) {
      follower.stage = Stage.ONLINE;
      follower.held.forEach(client.peer()::send);
      follower.held.clear();
      follower.heldBytes = 0;
      LOG.info("{} has its copy and follows", client.peer().remoteAddress());
    }
  }

  /// A connection is gone.
  public boolean has(Client client) {
    return followers.containsKey(client);
  }

  public void remove(Client client) {
    if (followers.remove(client) != null) {
      if (client == copied) {
        endCopy();
      }
      listen();
    }
  }

  /// The state is another: whoever follows has to begin anew.
  void begunAnew() {
    retelling = null;
    endCopy();
    followers.keySet().forEach(client -> client.peer().close());
    followers.clear();
    commands.clear();
    history = id();
    listen();
  }

  private void listen() {
    boolean anybody = followers.values().stream().anyMatch(each -> each.stage != Stage.GREETS);
    server.shard().showEffects(anybody ? this::before : null);
    if (!anybody) {
      commands.clear();
    }
  }

  private void before(Op op) {
    if (retelling != null) {
      retelling.before(op, _ -> {});
    }
    commands.before(op);
  }

  private void endTurn() {
    if (followers.isEmpty()) {
      return;
    }
    hand(commands.take());
    if (copied == null) {
      for (Map.Entry<Client, Follower> each : followers.entrySet()) {
        if (each.getValue().stage == Stage.WAITS && server.reactor().snapshots().hold()) {
          begin(each.getKey(), each.getValue());
          return;
        }
      }
    }
  }

  private void hand(byte[] frame) {
    if (frame.length == 0) {
      return;
    }
    offset += frame.length;
    List<Client> slow = new ArrayList<>();
    long most = server.replicaOutputLimit().hardBytes();
    followers.forEach(
        (client, follower) -> {
          switch (follower.stage) {
            case GREETS, WAITS -> {}
            case ONLINE -> client.peer().send(frame);
            case COPIES, LOADS -> {
              follower.held.add(frame);
              follower.heldBytes += frame.length;
              if (most > 0 && follower.heldBytes > most) {
                slow.add(client);
              }
            }
          }
        });
    slow.forEach(client -> client.peer().close());
  }

  private void begin(Client client, Follower follower) {
    follower.stage = Stage.COPIES;
    copied = client;
    commands.clear();
    String end = id();
    mark = end.getBytes(StandardCharsets.US_ASCII);
    send(client, "+FULLRESYNC " + history + " " + offset + "\r\n$EOF:" + end + "\r\n");
    RdbWriter writer =
        new RdbWriter(
            (from, at, count) -> client.peer().send(Arrays.copyOfRange(from, at, at + count)),
            RdbVersion.OLDEST_WRITTEN,
            false);
    writer.begin();
    writer.auxiliary("redis-ver", "7.0.15");
    State state = server.shard().state();
    state.libraries().texts().values().forEach(writer::function);
    database = -1;
    rdb = writer;
    retelling =
        new StateRetelling(
            state,
            (index, entry) -> {
              if (index != database) {
                database = index;
                writer.database(
                    index, state.database(index).size(), state.database(index).expiring());
              }
              writer.key(entry);
            });
    listen();
    server.reactor().timers().at(server.reactor().nowNs(), this::slice);
  }

  private static void send(Client client, String text) {
    client.peer().send(text.getBytes(StandardCharsets.US_ASCII));
  }

  /// Goes on with the copy for a little while.
  private void slice() {
    Client client = copied;
    StateRetelling present = retelling;
    RdbWriter writer = rdb;
    if (client == null || present == null || writer == null) {
      return;
    }
    long endNs = server.reactor().readNs() + SLICE_NS;
    boolean more =
        present.tell(
            new StateRetelling.Listener() {
              @Override
              public void accept(Op op) {}

              @Override
              public boolean hasEnough() {
                return client.peer().unsentBytes() > UNSENT_MAX_BYTES
                    || server.reactor().readNs() > endNs;
              }
            });
    if (more) {
      server.reactor().timers().at(server.reactor().readNs() + REST_NS, this::slice);
      return;
    }
    writer.end();
    client.peer().send(mark);
    follower(client).stage = Stage.LOADS;
    retelling = null;
    endCopy();
  }

  private void endCopy() {
    StateRetelling present = retelling;
    retelling = null;
    rdb = null;
    copied = null;
    if (present != null) {
      present.stop();
      present.tell(
          new StateRetelling.Listener() {
            @Override
            public void accept(Op op) {}

            @Override
            public boolean hasEnough() {
              return false;
            }
          });
    }
    server.reactor().snapshots().letGo();
  }

  private void tick() {
    long silentNs = server.settings().replTimeout.value() * 1_000_000_000L;
    long nowNs = server.reactor().nowNs();
    boolean online = false;
    for (Map.Entry<Client, Follower> each : followers.entrySet()) {
      Follower follower = each.getValue();
      online |= follower.stage == Stage.ONLINE;
      if (follower.stage == Stage.WAITS && ticks % 10 == 0) {
        each.getKey().peer().send(ALIVE);
      }
      if (follower.stage == Stage.ONLINE && nowNs - follower.heardNs > silentNs) {
        each.getKey().peer().close();
      }
    }
    if (++ticks % PING_TICKS == 0 && online) {
      hand(commands.take());
      commands.command("PING");
      hand(commands.take());
    }
  }

  /// The fields of `INFO replication`.
  public void describe(BiConsumer<String, Object> field) {
    List<String> lines = new ArrayList<>();
    long nowNs = server.reactor().nowNs();
    followers.forEach(
        (client, follower) -> {
          if (follower.stage != Stage.GREETS) {
            String address = client.peer().remoteAddress();
            lines.add(
                "ip="
                    + address.substring(0, Math.max(0, address.lastIndexOf(':')))
                    + ",port="
                    + follower.port
                    + ",state="
                    + (follower.stage == Stage.ONLINE ? "online" : "send_bulk")
                    + ",offset="
                    + follower.acknowledged
                    + ",lag="
                    + (nowNs - follower.heardNs) / 1_000_000_000);
          }
        });
    field.accept("connected_slaves", lines.size());
    for (int i = 0; i < lines.size(); i++) {
      field.accept("slave" + i, lines.get(i));
    }
  }

  /// The id of the history that they are told.
  String history() {
    return history;
  }

  /// How much of it there is.
  long offset() {
    return offset;
  }
}
