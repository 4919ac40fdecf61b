package naru.reactor;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import naru.bytes.ByteReader;
import naru.bytes.Bytes;
import naru.engine.Awaited;
import naru.engine.Decision;
import naru.engine.Failure;
import naru.engine.Key;
import naru.engine.Moment;
import naru.engine.Procedure;
import naru.engine.Reply;
import naru.engine.Request;
import naru.engine.State;
import naru.engine.string.StringOp;
import naru.log.LogListener;
import naru.log.LogSettings;
import naru.log.OpsLog;
import naru.log.Recovery;
import naru.world.WorldFailure;
import naru.world.simulated.SimulatedClient;
import naru.world.simulated.SimulatedClock;
import naru.world.simulated.SimulatedDisk;
import naru.world.simulated.SimulatedNetwork;
import org.junit.jupiter.api.Test;

/// Nothing leaves before what it depends on is synced: a reactor with a real log, on a disk whose
/// syncs end when the test says so.
class GateTest {
  private final SimulatedClock clock = new SimulatedClock(0);
  private final SimulatedNetwork network = new SimulatedNetwork();
  private final SimulatedDisk disk = new SimulatedDisk(1);
  private final Reactor reactor = new Reactor(clock, () -> 1, network, new State(1), this::openLog);
  private final int port = reactor.listen("localhost", 0, new Letters());

  @Test
  void aReplyWaitsForTheSync() {
    SimulatedClient client = network.connect(port);
    client.send(new byte[] {'w'});
    reactor.turn();
    assertThat(text(client)).isEmpty();

    disk.endSync();
    reactor.turn();

    assertThat(text(client)).isEqualTo("written ");
  }

  @Test
  void aReadWaitsForTheWriteOfAnother() {
    SimulatedClient writer = network.connect(port);
    SimulatedClient reader = network.connect(port);
    writer.send(new byte[] {'w'});
    reactor.turn();
    reader.send(new byte[] {'r'});
    reactor.turn();
    assertThat(text(reader)).isEmpty();

    disk.endSync();
    reactor.turn();

    assertThat(text(reader)).isEqualTo("read ");
  }

  @Test
  void aMessageWaitsForAllThatItsTransactionWrites() {
    SimulatedClient writer = network.connect(port);
    SimulatedClient listener = network.connect(port);
    writer.send(new byte[] {'t'});
    reactor.turn();
    assertThat(text(listener)).isEmpty();

    disk.endSync();
    reactor.turn();

    assertThat(text(listener)).isEqualTo("message ");
    assertThat(text(writer)).isEqualTo("written ");
  }

  @Test
  void aFullDiskRefusesWritesAndReadingGoesOnUntilThereIsRoom() {
    SimulatedClient client = network.connect(port);
    disk.leaveRoom(100);
    tick();
    client.send(new byte[] {'r', 'w', 'r'});
    reactor.turn();
    assertThat(text(client)).isEqualTo("read refused read ");

    disk.leaveRoom(Long.MAX_VALUE);
    tick();
    client.send(new byte[] {'w'});
    reactor.turn();
    disk.endSync();
    reactor.turn();

    assertThat(text(client)).isEqualTo("written ");
  }

  private void tick() {
    clock.advanceNs(200_000_000);
    reactor.turn();
  }

  @Test
  void whoSendsNoMoreIsStillAnswered() {
    SimulatedClient client = network.connect(port);
    client.send(new byte[] {'w', 'w'});
    client.end();
    reactor.turn();
    reactor.turn();
    assertThat(client.isClosed()).isFalse();

    disk.endSync();
    reactor.turn();

    assertThat(text(client)).isEqualTo("written written ");
    assertThat(client.isClosed()).isTrue();
    assertThat(reactor.connections()).isZero();
  }

  @Test
  void whoSendsNoMoreDoesNotGoOnWaiting() {
    SimulatedClient client = network.connect(port);
    client.send(new byte[] {'b'});
    reactor.turn();
    assertThat(reactor.shard().waiting()).isEqualTo(1);

    client.end();
    reactor.turn();

    assertThat(client.isClosed()).isTrue();
    assertThat(reactor.shard().waiting()).isZero();
  }

  @Test
  void whatWasAskedBehindAWaitIsAnsweredBeforeTheEnd() {
    SimulatedClient waiter = network.connect(port);
    SimulatedClient writer = network.connect(port);
    waiter.send(new byte[] {'b', 'r'});
    reactor.turn();

    writer.send(new byte[] {'w'});
    waiter.end();
    reactor.turn();
    disk.endSync();
    reactor.turn();

    assertThat(text(waiter)).isEqualTo("served read ");
    assertThat(waiter.isClosed()).isTrue();
  }

  private static String text(SimulatedClient client) {
    return new String(client.receive(), StandardCharsets.US_ASCII);
  }

  private OpsLog openLog(Consumer<Runnable> mailbox) {
    Recovery recovery = new Recovery(disk, clock, () -> 1, LogSettings.DEFAULTS);
    recovery.replay((_, _) -> {});
    return recovery.log(mailbox, new Unheard());
  }

  private static final class Unheard implements LogListener {
    @Override
    public void safe(long position) {}

    @Override
    public void failed(WorldFailure failure) {
      throw failure;
    }
  }

  /// A protocol of letters: `w` writes, `r` reads, `b` waits for a write, `t` tells everybody else
  /// something and then writes, as one.
  private static final class Letters implements Protocol {
    private final List<Peer> peers = new ArrayList<>();

    @Override
    public String name() {
      return "letters";
    }

    @Override
    public Session open(Peer peer) {
      peers.add(peer);
      return new Session() {
        @Override
        public void received(ByteReader input) {
          while (!peer.isHeld() && input.remaining() > 0) {
            submit(peer, input.readByte());
          }
        }

        @Override
        public void closed() {}
      };
    }

    private void submit(Peer peer, byte letter) {
      if (letter != 't') {
        peer.submit(new Letter(peer, letter));
        return;
      }
      peer.submit(
          (Procedure)
              stage -> {
                peers.stream()
                    .filter(other -> other.id() != peer.id())
                    .forEach(other -> other.send("message ".getBytes(StandardCharsets.US_ASCII)));
                stage.perform(new Letter(peer, (byte) 'w'));
              });
    }
  }

  private record Text(String text) implements Reply {}

  private record Letter(Peer peer, byte letter) implements Request {
    private static final Bytes KEY = Bytes.of("key");

    @Override
    public void forEachKey(Consumer<Key> visitor) {}

    @Override
    public Decision decide(State state, Moment moment) {
      return switch (letter) {
        case 'w' -> Decision.done(new Text("written "), new StringOp.Set(0, KEY, KEY));
        case 'b' ->
            state.database(0).entry(KEY) != null
                ? Decision.done(new Text("served "))
                : new Decision.Wait(
                    List.of(new Awaited.Change(new Key(0, KEY))),
                    Decision.Wait.FOR_EVER,
                    new Text("late "));
        default -> Decision.done(new Text("read "));
      };
    }

    @Override
    public void answer(Reply reply) {
      peer.output().writeAscii(((Text) reply).text());
    }

    @Override
    public void decline(Failure failure) {
      peer.output().writeAscii("refused ");
    }

    @Override
    public Request kept() {
      return this;
    }
  }
}
