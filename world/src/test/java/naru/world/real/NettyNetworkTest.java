package naru.world.real;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import naru.world.SocketEvents;
import naru.world.WorldFailure;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class NettyNetworkTest {
  static Stream<Transport> transports() {
    return Stream.of(Transport.IO_URING, Transport.EPOLL, Transport.NIO)
        .filter(wanted -> TransportChoice.of(wanted).transport() == wanted);
  }

  /// Everything back as it came, one flush a turn.
  private static SocketEvents echo(naru.world.Socket socket) {
    return new SocketEvents() {
      @Override
      public void received(byte[] from, int offset, int count) {
        socket.write(from, offset, count);
      }

      @Override
      public void receivedAll() {
        socket.flush();
        if (socket.unsentBytes() > 1 << 20) {
          socket.reading(false);
        }
      }

      @Override
      public void drained() {
        socket.reading(true);
      }

      @Override
      public void closed() {}
    };
  }

  private static byte[] bytes(int count) {
    byte[] bytes = new byte[count];
    new Random(count).nextBytes(bytes);
    return bytes;
  }

  private static void writeBeside(Socket client, byte[] bytes) {
    Thread.ofPlatform()
        .daemon()
        .start(
            () -> {
              try {
                client.getOutputStream().write(bytes);
              } catch (IOException failure) {
                throw new AssertionError(failure);
              }
            });
  }

  @ParameterizedTest
  @MethodSource("transports")
  void bytesOfAnySizeComeBackAsTheyWere(Transport transport) throws Exception {
    try (LiveNetwork live = new LiveNetwork(transport);
        Socket client = LiveNetwork.connect(live.listen(NettyNetworkTest::echo))) {
      for (int size :
          new int[] {1, 2, 1023, 1024, 1025, 65_535, 65_536, 65_537, 1 << 20, 50_000_000}) {
        byte[] sent = bytes(size);
        writeBeside(client, sent);
        assertThat(Arrays.equals(client.getInputStream().readNBytes(size), sent)).isTrue();
      }
    }
  }

  @ParameterizedTest
  @MethodSource("transports")
  void manyConnectionsAreServedAtOnce(Transport transport) throws Exception {
    try (LiveNetwork live = new LiveNetwork(transport)) {
      int port = live.listen(NettyNetworkTest::echo);
      List<Socket> clients = new ArrayList<>();
      for (int i = 0; i < 500; i++) {
        clients.add(LiveNetwork.connect(port));
      }
      for (int i = 0; i < clients.size(); i++) {
        clients.get(i).getOutputStream().write(bytes(i + 1));
      }
      for (int i = 0; i < clients.size(); i++) {
        assertThat(clients.get(i).getInputStream().readNBytes(i + 1)).isEqualTo(bytes(i + 1));
        clients.get(i).close();
      }
    }
  }

  @ParameterizedTest
  @MethodSource("transports")
  void connectionsComeAndGoWithoutMixingTheirBytes(Transport transport) throws Exception {
    try (LiveNetwork live = new LiveNetwork(transport);
        ExecutorService clients = Executors.newFixedThreadPool(8)) {
      int port = live.listen(NettyNetworkTest::echo);
      List<Future<?>> visits = new ArrayList<>();
      for (int i = 0; i < 1000; i++) {
        int seed = i;
        visits.add(clients.submit(() -> visit(port, new Random(seed))));
      }
      for (Future<?> visit : visits) {
        visit.get();
      }
    }
  }

  /// Comes, has something echoed, and leaves in one of four ways.
  private static Void visit(int port, Random random) throws IOException {
    try (Socket client = LiveNetwork.connect(port)) {
      byte[] sent = new byte[1 + random.nextInt(100_000)];
      random.nextBytes(sent);
      client.getOutputStream().write(sent);
      int way = random.nextInt(4);
      if (way == 0) {
        client.setSoLinger(true, 0);
      } else if (way == 1) {
        client.shutdownOutput();
        assertThat(client.getInputStream().readAllBytes()).isEqualTo(sent);
      } else if (way == 2) {
        assertThat(client.getInputStream().readNBytes(sent.length)).isEqualTo(sent);
      } else {
        int part = random.nextInt(sent.length);
        assertThat(client.getInputStream().readNBytes(part)).isEqualTo(Arrays.copyOf(sent, part));
      }
      return null;
    }
  }

  /// A live network with one accepted connection.
  private static final class Pair implements AutoCloseable {
    final LiveNetwork live;
    final Socket client;
    final Recorder server;

    Pair(Transport transport) throws Exception {
      live = new LiveNetwork(transport);
      BlockingQueue<Recorder> accepted = new ArrayBlockingQueue<>(1);
      int port =
          live.listen(
              socket -> {
                Recorder recorder = new Recorder(live, socket);
                accepted.add(recorder);
                return recorder;
              });
      client = LiveNetwork.connect(port);
      server = accepted.take();
    }

    void write(byte[] bytes) {
      live.between(() -> server.socket.write(bytes, 0, bytes.length));
    }

    void flush() {
      live.between(server.socket::flush);
    }

    long unsentBytes() {
      AtomicLong unsent = new AtomicLong();
      live.between(() -> unsent.set(server.socket.unsentBytes()));
      return unsent.get();
    }

    @Override
    public void close() throws IOException {
      client.close();
      live.close();
      assertThat(server.happenings)
          .doesNotContain("called after closed", "called on another thread");
    }
  }

  @ParameterizedTest
  @MethodSource("transports")
  void aConnectionKnowsBothItsAddresses(Transport transport) throws Exception {
    try (Pair pair = new Pair(transport)) {
      assertThat(pair.server.socket.remoteAddress())
          .isEqualTo("127.0.0.1:" + pair.client.getLocalPort());
      assertThat(pair.server.socket.localAddress()).isEqualTo("127.0.0.1:" + pair.client.getPort());
    }
  }

  @ParameterizedTest
  @MethodSource("transports")
  void aHalfClosedPeerIsHeardOutThenClosed(Transport transport) throws Exception {
    try (Pair pair = new Pair(transport)) {
      byte[] sent = bytes(300_000);
      pair.client.getOutputStream().write(sent);
      pair.client.shutdownOutput();
      assertThat(pair.server.awaitNext()).isEqualTo("closed");
      assertThat(pair.server.awaitInput(sent.length)).isEqualTo(sent);
      assertThat(pair.client.getInputStream().read()).isEqualTo(-1);
    }
  }

  @ParameterizedTest
  @MethodSource("transports")
  void aHalfClosedPeerStillGetsWhatItWasAnswered(Transport transport) throws Exception {
    try (LiveNetwork live = new LiveNetwork(transport);
        Socket client = LiveNetwork.connect(live.listen(NettyNetworkTest::echo))) {
      byte[] sent = bytes(5_000_000);
      Thread writer =
          Thread.ofPlatform()
              .start(
                  () -> {
                    try {
                      client.getOutputStream().write(sent);
                      client.shutdownOutput();
                    } catch (IOException failure) {
                      throw new AssertionError(failure);
                    }
                  });
      byte[] back = client.getInputStream().readAllBytes();
      writer.join();
      assertThat(Arrays.equals(back, sent)).isTrue();
    }
  }

  @ParameterizedTest
  @MethodSource("transports")
  void aResetClosesQuietly(Transport transport) throws Exception {
    try (Pair pair = new Pair(transport)) {
      reset(pair.client);
      assertThat(pair.server.awaitNext()).isEqualTo("closed");
      pair.write(bytes(10));
      pair.flush();
      assertThat(pair.unsentBytes()).isZero();
    }
  }

  @ParameterizedTest
  @MethodSource("transports")
  void aResetWhileBytesAreUnsentClosesOnce(Transport transport) throws Exception {
    try (Pair pair = new Pair(transport)) {
      pair.write(bytes(20_000_000));
      pair.flush();
      reset(pair.client);
      assertThat(pair.server.awaitNext()).isEqualTo("closed");
      assertThat(pair.unsentBytes()).isZero();
    }
  }

  /// The listener does not know of the reset yet when it ends the connection itself.
  @ParameterizedTest
  @MethodSource("transports")
  void aResetThatNobodyHasSeenHarmsNobody(Transport transport) throws Exception {
    try (Pair pair = new Pair(transport)) {
      pair.live.between(
          () -> {
            reset(pair.client);
            pair.server.socket.closeAfterFlush();
          });
      assertThat(pair.server.awaitNext()).isEqualTo("closed");
      int port = pair.live.listen(NettyNetworkTest::echo);
      try (Socket other = LiveNetwork.connect(port)) {
        other.getOutputStream().write(7);
        assertThat(other.getInputStream().read()).isEqualTo(7);
      }
    }
  }

  private static void reset(Socket client) {
    try {
      client.setSoLinger(true, 0);
      client.close();
    } catch (IOException failure) {
      throw new AssertionError(failure);
    }
  }

  @ParameterizedTest
  @MethodSource("transports")
  void nothingIsDeliveredWhileReadingIsOff(Transport transport) throws Exception {
    try (Pair pair = new Pair(transport)) {
      OutputStream out = pair.client.getOutputStream();
      out.write(bytes(10));
      pair.server.awaitInput(10);
      pair.live.between(() -> pair.server.socket.reading(false));
      int before = pair.server.inputBytes();
      byte[] sent = bytes(200_000);
      out.write(sent);
      for (int i = 0; i < 20; i++) {
        pair.live.between(() -> {});
      }
      assertThat(pair.server.inputBytes()).isEqualTo(before);
      pair.live.between(() -> pair.server.socket.reading(true));
      byte[] all = pair.server.awaitInput(before + sent.length);
      assertThat(Arrays.copyOfRange(all, before, all.length)).isEqualTo(sent);
    }
  }

  @ParameterizedTest
  @MethodSource("transports")
  void whatCameBeforeTheEndIsKeptUntilReadingIsOn(Transport transport) throws Exception {
    try (Pair pair = new Pair(transport)) {
      pair.live.between(() -> pair.server.socket.reading(false));
      byte[] sent = bytes(30_000);
      pair.client.getOutputStream().write(sent);
      pair.client.shutdownOutput();
      for (int i = 0; i < 20; i++) {
        pair.live.between(() -> {});
      }
      assertThat(pair.server.inputBytes()).isZero();
      assertThat(pair.server.happenings).isEmpty();
      pair.live.between(() -> pair.server.socket.reading(true));
      assertThat(pair.server.awaitNext()).isEqualTo("closed");
      assertThat(pair.server.awaitInput(sent.length)).isEqualTo(sent);
    }
  }

  @ParameterizedTest
  @MethodSource("transports")
  void aPeerThatLeavesWhileReadingIsOffIsNoticed(Transport transport) throws Exception {
    if (transport == Transport.NIO) {
      return; // NIO hears nothing of a connection it does not read
    }
    try (Pair pair = new Pair(transport)) {
      pair.live.between(() -> pair.server.socket.reading(false));
      pair.client.close();
      assertThat(pair.server.awaitNext()).isEqualTo("closed");
    }
  }

  @ParameterizedTest
  @MethodSource("transports")
  void whatASlowReaderLeavesIsCountedExactly(Transport transport) throws Exception {
    try (Pair pair = new Pair(transport)) {
      byte[] sent = bytes(30_000_000);
      pair.write(sent);
      assertThat(pair.unsentBytes()).isEqualTo(sent.length);
      pair.flush();
      InputStream in = pair.client.getInputStream();
      byte[] first = in.readNBytes(1_000_000);
      long unsent = pair.unsentBytes();
      assertThat(unsent).isPositive().isLessThanOrEqualTo(sent.length - first.length);
      assertThat(pair.server.happenings).isEmpty();
      byte[] rest = in.readNBytes(sent.length - first.length);
      assertThat(pair.server.awaitNext()).isEqualTo("drained");
      assertThat(pair.unsentBytes()).isZero();
      assertThat(Arrays.equals(first, 0, first.length, sent, 0, first.length)).isTrue();
      assertThat(Arrays.equals(rest, 0, rest.length, sent, first.length, sent.length)).isTrue();
    }
  }

  @ParameterizedTest
  @MethodSource("transports")
  void drainedComesOnceAllOfSeveralFlushesIsSent(Transport transport) throws Exception {
    try (Pair pair = new Pair(transport)) {
      int count = 1_000_000;
      // In one go: a poll between a write and its flush would see bytes that are not to be sent
      // yet.
      pair.live.between(
          () -> {
            for (int i = 0; i < 30; i++) {
              pair.server.socket.write(bytes(count), 0, count);
              pair.server.socket.flush();
            }
          });
      assertThat(pair.unsentBytes()).isPositive();
      assertThat(pair.client.getInputStream().readNBytes(30 * count)).hasSize(30 * count);
      assertThat(pair.server.awaitNext()).isEqualTo("drained");
      assertThat(pair.unsentBytes()).isZero();
      pair.write(bytes(10));
      pair.flush();
      assertThat(pair.client.getInputStream().readNBytes(10)).isEqualTo(bytes(10));
    }
  }

  @ParameterizedTest
  @MethodSource("transports")
  void aPeerThatEndedIsAnsweredAsLongAsTheListenerWants(Transport transport) throws Exception {
    try (LiveNetwork live = new LiveNetwork(transport)) {
      BlockingQueue<Recorder> accepted = new ArrayBlockingQueue<>(1);
      int port =
          live.listen(
              socket -> {
                Recorder recorder =
                    new Recorder(live, socket) {
                      @Override
                      public boolean peerEnded() {
                        happenings.add("ended");
                        return false;
                      }
                    };
                accepted.add(recorder);
                return recorder;
              });
      try (Socket client = LiveNetwork.connect(port)) {
        client.getOutputStream().write(bytes(10));
        client.shutdownOutput();
        Recorder server = accepted.take();
        assertThat(server.awaitNext()).isEqualTo("ended");
        assertThat(server.inputBytes()).isEqualTo(10);
        live.between(
            () -> {
              server.socket.write(bytes(1000), 0, 1000);
              server.socket.closeAfterFlush();
            });
        assertThat(client.getInputStream().readAllBytes()).isEqualTo(bytes(1000));
        assertThat(server.awaitNext()).isEqualTo("closed");
      }
    }
  }

  @ParameterizedTest
  @MethodSource("transports")
  void moreThanIsHeldMayWaitInFrontOfTheEnd(Transport transport) throws Exception {
    try (Pair pair = new Pair(transport)) {
      pair.live.between(() -> pair.server.socket.reading(false));
      byte[] sent = bytes(1_000_000);
      pair.client.getOutputStream().write(sent);
      pair.client.shutdownOutput();
      for (int i = 0; i < 20; i++) {
        pair.live.between(() -> {});
      }
      assertThat(pair.server.inputBytes()).isZero();
      pair.live.between(() -> pair.server.socket.reading(true));
      assertThat(pair.server.awaitNext()).isEqualTo("closed");
      assertThat(Arrays.equals(pair.server.awaitInput(sent.length), sent)).isTrue();
    }
  }

  @ParameterizedTest
  @MethodSource("transports")
  void writtenBytesWaitForTheFlush(Transport transport) throws Exception {
    try (Pair pair = new Pair(transport)) {
      pair.write(bytes(100));
      for (int i = 0; i < 20; i++) {
        pair.live.between(() -> {});
      }
      assertThat(pair.client.getInputStream().available()).isZero();
      assertThat(pair.unsentBytes()).isEqualTo(100);
      pair.flush();
      assertThat(pair.client.getInputStream().readNBytes(100)).isEqualTo(bytes(100));
    }
  }

  @ParameterizedTest
  @MethodSource("transports")
  void closeInsideACallbackIsTheLastThing(Transport transport) throws Exception {
    try (LiveNetwork live = new LiveNetwork(transport)) {
      BlockingQueue<Recorder> accepted = new ArrayBlockingQueue<>(1);
      int port =
          live.listen(
              socket -> {
                Recorder recorder =
                    new Recorder(live, socket) {
                      @Override
                      public void received(byte[] from, int offset, int count) {
                        super.received(from, offset, count);
                        socket.close();
                      }
                    };
                accepted.add(recorder);
                return recorder;
              });
      try (Socket client = LiveNetwork.connect(port)) {
        client.getOutputStream().write(1);
        Recorder server = accepted.take();
        assertThat(server.awaitNext()).isEqualTo("closed");
        assertThat(server.inputBytes()).isEqualTo(1);
        for (int i = 0; i < 20; i++) {
          live.between(() -> {});
        }
        assertThat(server.happenings).isEmpty();
      }
    }
  }

  @ParameterizedTest
  @MethodSource("transports")
  void aConnectionMayBeRefusedWithAWordWhenItIsAccepted(Transport transport) throws Exception {
    try (LiveNetwork live = new LiveNetwork(transport)) {
      BlockingQueue<Recorder> accepted = new ArrayBlockingQueue<>(1);
      int port =
          live.listen(
              socket -> {
                Recorder recorder = new Recorder(live, socket);
                socket.write(bytes(20), 0, 20);
                socket.closeAfterFlush();
                accepted.add(recorder);
                return recorder;
              });
      try (Socket client = LiveNetwork.connect(port)) {
        assertThat(client.getInputStream().readAllBytes()).isEqualTo(bytes(20));
      }
      assertThat(accepted.take().awaitNext()).isEqualTo("closed");
    }
  }

  @ParameterizedTest
  @MethodSource("transports")
  void closeAfterFlushDeliversEverything(Transport transport) throws Exception {
    try (Pair pair = new Pair(transport)) {
      byte[] sent = bytes(20_000_000);
      pair.client.getOutputStream().write(bytes(100_000));
      pair.live.between(() -> pair.server.socket.reading(false));
      pair.client.getOutputStream().write(bytes(100_000));
      pair.live.between(
          () -> {
            pair.server.socket.write(sent, 0, sent.length);
            pair.server.socket.closeAfterFlush();
          });
      assertThat(Arrays.equals(pair.client.getInputStream().readAllBytes(), sent)).isTrue();
      assertThat(pair.server.awaitNext()).isEqualTo("closed");
    }
  }

  @ParameterizedTest
  @MethodSource("transports")
  void aWakeUpEndsALongPoll(Transport transport) throws Exception {
    try (LiveNetwork live = new LiveNetwork(transport)) {
      long start = System.nanoTime();
      for (int i = 0; i < 1000; i++) {
        live.between(() -> {});
      }
      assertThat(TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - start)).isLessThan(10);
    }
  }

  @ParameterizedTest
  @MethodSource("transports")
  void aPollEndsWhenItsTimeIsUp(Transport transport) {
    try (NettyNetwork network = new NettyNetwork(transport)) {
      long start = System.nanoTime();
      for (int i = 0; i < 5; i++) {
        network.poll(TimeUnit.MILLISECONDS.toNanos(20));
        network.poll(TimeUnit.MICROSECONDS.toNanos(300));
        network.poll(0);
      }
      long tookMs = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
      assertThat(tookMs).isBetween(100L, 5_000L);
    }
  }

  @ParameterizedTest
  @MethodSource("transports")
  void stopListeningRefusesTheNewAndKeepsTheOld(Transport transport) throws Exception {
    try (Pair pair = new Pair(transport)) {
      pair.live.between(pair.live.network::stopListening);
      pair.live.between(() -> {});
      assertThatThrownBy(() -> LiveNetwork.connect(pair.client.getPort()))
          .isInstanceOf(ConnectException.class);
      pair.client.getOutputStream().write(bytes(10));
      assertThat(pair.server.awaitInput(10)).isEqualTo(bytes(10));
    }
  }

  @ParameterizedTest
  @MethodSource("transports")
  void aBusyPortIsRefusedByName(Transport transport) {
    try (NettyNetwork first = new NettyNetwork(transport);
        NettyNetwork second = new NettyNetwork(transport)) {
      int port = first.listen("localhost", 0, NettyNetworkTest::echo);
      assertThatThrownBy(() -> second.listen("localhost", port, NettyNetworkTest::echo))
          .isInstanceOf(WorldFailure.class)
          .hasMessageContaining("cannot listen on localhost:" + port)
          .hasMessageContaining("in use");
    }
  }

  @ParameterizedTest
  @MethodSource("transports")
  void anUnknownHostIsRefusedByName(Transport transport) {
    try (NettyNetwork network = new NettyNetwork(transport)) {
      assertThatThrownBy(() -> network.listen("no.such.host.invalid", 0, NettyNetworkTest::echo))
          .isInstanceOf(WorldFailure.class)
          .hasMessageContaining("no.such.host.invalid");
    }
  }

  @ParameterizedTest
  @MethodSource("transports")
  void anIpv6AddressCanBeListenedOn(Transport transport) throws Exception {
    InetAddress loopback = InetAddress.ofLiteral("::1");
    try (LiveNetwork live = new LiveNetwork(transport)) {
      int[] port = new int[1];
      BlockingQueue<Recorder> accepted = new ArrayBlockingQueue<>(1);
      live.between(
          () ->
              port[0] =
                  live.network.listen(
                      "::1",
                      0,
                      socket -> {
                        Recorder recorder = new Recorder(live, socket);
                        accepted.add(recorder);
                        return recorder;
                      }));
      try (Socket client = new Socket(loopback, port[0])) {
        assertThat(accepted.take().socket.remoteAddress())
            .isEqualTo("[::1]:" + client.getLocalPort());
      }
    }
  }

  @ParameterizedTest
  @MethodSource("transports")
  void closingTheNetworkClosesItsConnections(Transport transport) throws Exception {
    Pair pair = new Pair(transport);
    pair.live.close();
    assertThat(pair.server.awaitNext()).isEqualTo("closed");
    assertThat(pair.client.getInputStream().read()).isEqualTo(-1);
    pair.close();
  }

  @ParameterizedTest
  @MethodSource("transports")
  void whatACallbackThrowsEndsThePoll(Transport transport) throws Exception {
    try (NettyNetwork network = new NettyNetwork(transport)) {
      int port =
          network.listen(
              "127.0.0.1",
              0,
              socket -> {
                throw new IllegalStateException("broken");
              });
      try (Socket client = LiveNetwork.connect(port)) {
        assertThat(client.isConnected()).isTrue();
        assertThatThrownBy(
                () -> {
                  while (true) {
                    network.poll(TimeUnit.SECONDS.toNanos(20));
                  }
                })
            .isInstanceOf(IllegalStateException.class)
            .hasMessage("broken");
      }
    }
  }
}
