package naru.simulator;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import naru.simulator.check.Checker;
import naru.simulator.check.Conservation;
import naru.simulator.check.Conversation;
import naru.simulator.check.Sent;
import naru.simulator.workload.Workload;
import naru.world.simulated.SimulatedClient;
import org.jspecify.annotations.Nullable;

/// A client: connects, sends commands one after the other or many at once, reads replies fast or
/// slowly, leaves now and then.
final class Actor {
  private static final int OUTSTANDING_MAX = 40;

  /// How long it bears to wait, in attempts to go on.
  private static final int PATIENCE = 20;

  private static final long RETRY_MAX_NS = 100_000_000;

  /// The way to the broker, as far as a client sees it.
  interface Door {
    /// A new connection, null while the broker is down.
    @Nullable SimulatedClient connect(Conversation conversation);

    /// A number that no connection had before.
    int nextConversation();

    /// Whether there is still something to be sent; counts it as sent.
    boolean mayAct(int commands);

    /// Whether nothing new is begun any more.
    boolean isSettling();
  }

  private final World world;
  private final Plan plan;
  private final Chance chance;
  private final Checker checker;
  private final Conservation conservation;
  private final Door door;
  private final Workload workload;
  private final String name;

  private @Nullable Line line;

  Actor(World world, Plan plan, Checker checker, Conservation conservation, Door door, int number) {
    this.world = world;
    this.plan = plan;
    this.checker = checker;
    this.conservation = conservation;
    this.door = door;
    name = "c" + number;
    chance = world.chance("client " + number);
    workload =
        new Workload(
            world.chance("taste"), chance.fork("workload"), "v" + number, plan.valueMaxBytes());
  }

  /// Begins to act, some time soon.
  void begin() {
    world.in(chance.spread(1, RETRY_MAX_NS), this::act);
  }

  /// The broker is gone, and all connections with it.
  void disconnected() {
    if (line != null) {
      line.open = false;
      line = null;
    }
  }

  /// From now on it reads as fast as it can.
  void hurry() {
    Line present = line;
    if (present != null) {
      present.slow = false;
      present.client.windowBytes(Long.MAX_VALUE);
      present.receiveLater();
    }
  }

  /// Leaves for good.
  void leave() {
    if (line != null) {
      line.conversation.leave();
      line.client.close();
      disconnected();
    }
  }

  private void act() {
    if (door.isSettling()) {
      return;
    }
    Line present = line;
    if (present == null) {
      connect();
    } else if (present.client.isClosed()) {
      closedByBroker(present);
    } else if (!present.conversation.hasEnded()) {
      goOn(present);
    }
    world.in(chance.spread(1000, plan.thinkMaxNs()), this::act);
  }

  private void goOn(Line present) {
    if (present.conversation.outstanding() < OUTSTANDING_MAX) {
      if (chance.with(plan.disconnects())) {
        disconnect(present);
      } else {
        send(present);
      }
    } else if (chance.oneIn(PATIENCE)) {
      disconnect(present);
    }
  }

  private void connect() {
    int id = door.nextConversation();
    Conversation conversation = new Conversation(id, name + "/" + id);
    SimulatedClient client = door.connect(conversation);
    if (client != null) {
      line = new Line(client, conversation);
      send(line, workload.begin());
    }
  }

  private void closedByBroker(Line closed) {
    if (!closed.conversation.hasEnded()) {
      throw new SimulationFailure(closed.conversation.name() + ": closed by the broker");
    }
    disconnected();
  }

  private void disconnect(Line present) {
    if (chance.oneIn(3)) {
      world.note(present.conversation.name(), "sends no more");
      present.end();
    } else {
      world.note(present.conversation.name(), "leaves");
      leave();
    }
  }

  private void send(Line present) {
    List<Sent> all = new ArrayList<>();
    for (int i = (int) chance.spread(1, plan.pipelineMax()); i > 0; i--) {
      all.addAll(workload.next());
    }
    send(present, all);
  }

  private void send(Line present, List<Sent> all) {
    if (all.isEmpty() || !door.mayAct(all.size())) {
      return;
    }
    StringBuilder bytes = new StringBuilder();
    for (Sent sent : all) {
      conservation.sent(present.conversation.name(), sent);
      present.conversation.send(sent);
      bytes.append(Saboteur.altered(sent, plan.sabotage()).encoded());
    }
    present.send(bytes.toString());
  }

  /// One connection.
  private final class Line {
    final SimulatedClient client;
    final Conversation conversation;
    boolean open = true;
    boolean slow;
    private boolean receiving;
    private long lastArrivalNs;

    Line(SimulatedClient client, Conversation conversation) {
      this.client = client;
      this.conversation = conversation;
      slow = chance.with(plan.slowReaders());
      if (slow) {
        client.windowBytes(chance.spread(1, 10_000));
      }
      client.whenHanded(this::handed);
    }

    /// The bytes are under way for some time, in pieces, in order.
    void send(String bytes) {
      int from = 0;
      while (from < bytes.length()) {
        int count = chance.oneIn(3) ? (int) chance.spread(1, 2000) : bytes.length();
        int to = Math.min(bytes.length(), from + count);
        String piece = bytes.substring(from, to);
        arrive(() -> client.send(piece.getBytes(StandardCharsets.ISO_8859_1)));
        from = to;
      }
    }

    void end() {
      conversation.end();
      arrive(client::end);
    }

    private void arrive(Runnable arrival) {
      long atNs = Math.max(lastArrivalNs, world.nowNs() + chance.spread(1000, plan.delayMaxNs()));
      lastArrivalNs = atNs;
      world.in(
          atNs - world.nowNs(),
          () -> {
            if (open) {
              arrival.run();
            }
          });
    }

    private void handed(byte[] bytes) {
      checker.handed(conversation, new String(bytes, StandardCharsets.ISO_8859_1));
      receiveLater();
    }

    private void receiveLater() {
      if (!receiving) {
        receiving = true;
        long most = slow ? plan.delayMaxNs() * 10 : plan.delayMaxNs();
        world.in(chance.spread(1000, most), this::receive);
      }
    }

    private void receive() {
      receiving = false;
      if (!open) {
        return;
      }
      byte[] bytes = client.receive();
      for (Sent sent : conversation.received(bytes.length)) {
        conservation.received(conversation.name(), sent);
        workload.received(sent);
      }
      if (client.receivable() > 0) {
        receiveLater();
      }
    }
  }
}
