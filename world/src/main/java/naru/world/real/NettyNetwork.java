package naru.world.real;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.IoHandle;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.IoRegistration;
import io.netty.channel.ManualIoEventLoop;
import io.netty.channel.RecvByteBufAllocator;
import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import naru.world.Network;
import naru.world.WorldFailure;
import org.jspecify.annotations.Nullable;

/// Sockets through Netty, driven by the thread that polls.
///
/// Belongs to the thread that first listens or polls; everything but [#wakeUp] is called there.
/// What a callback throws ends the poll it was called in.
public final class NettyNetwork implements Network {
  static final int BACKLOG = 511;
  private static final int READ_MAX_BYTES = 64 * 1024;
  private static final int READS_PER_TURN_MAX = 4;
  private static final int ACCEPT_PAUSE_MS = 100;

  /// Threads for what takes long in handshakes.
  private static final int ASIDES = 2;

  /// How long a closed connection waits for its peer to read the last answers and close too.
  private static final int LINGER_MS = 1000;

  private final TransportChoice choice;
  private final ReactorLoop loop;
  private final ByteBufAllocator allocator = PooledByteBufAllocator.DEFAULT;
  private final ByteBuf receiveBuffer = allocator.directBuffer(READ_MAX_BYTES, READ_MAX_BYTES);
  private final ByteBuf sendBuffer =
      allocator.directBuffer(Outgoing.CHUNK_MAX_BYTES, Outgoing.CHUNK_MAX_BYTES);
  private final byte[] scratch = new byte[READ_MAX_BYTES];
  private final List<Listener> listeners = new ArrayList<>();
  private final ExecutorService asides =
      Executors.newFixedThreadPool(
          ASIDES, Thread.ofPlatform().daemon().name("handshake-", 0).factory());
  private byte[] opened = {};
  private byte[] record = {};
  private @Nullable Tls tls;
  private boolean owned;
  private @Nullable Throwable failure;

  public NettyNetwork(Transport wanted) {
    choice = TransportChoice.of(wanted);
    loop = new ReactorLoop(choice.handlers());
  }

  /// The transport in use, never [Transport#AUTO].
  public Transport transport() {
    return choice.transport();
  }

  /// Why better or wanted transports are not used, one line each, for the log.
  public List<String> passedOver() {
    return choice.passedOver();
  }

  /// Who we are on connections with TLS.
  Tls tls() {
    return Objects.requireNonNull(tls, "there is no TLS");
  }

  /// With `tls` the network can listen with it.
  public void tls(Tls newTls) {
    tls = newTls;
  }

  @Override
  public int listen(String host, int port, Encryption encryption, Acceptor acceptor) {
    own();
    InetSocketAddress address = resolve(host, port);
    Listener listener;
    try {
      listener = open(address, encryption, acceptor);
    } catch (Throwable cause) {
      throw new WorldFailure("cannot listen on " + host + ":" + port + ": " + words(cause));
    }
    listeners.add(listener);
    return listener.port();
  }

  /// The system's own words, without the name of the call that failed.
  private static String words(Throwable cause) {
    return ("" + cause.getMessage()).replaceFirst("^\\S+ failed with error\\(-?\\d+\\): ", "");
  }

  private static InetSocketAddress resolve(String host, int port) {
    try {
      return new InetSocketAddress(InetAddress.getByName(host), port);
    } catch (UnknownHostException _) {
      throw new WorldFailure("cannot listen on " + host + ":" + port + ": no such host");
    }
  }

  private Listener open(InetSocketAddress address, Encryption encryption, Acceptor acceptor)
      throws Throwable {
    if (choice.transport() == Transport.EPOLL) {
      return EpollListener.open(this, address, encryption, acceptor);
    }
    ChannelListener listener =
        new ChannelListener(
            this, loop, choice.newServerChannel(), channelBuffers(), encryption, acceptor);
    listener.open(address);
    return listener;
  }

  private RecvByteBufAllocator channelBuffers() {
    return choice.transport() == Transport.NIO
        ? new SharedReceiveBuffer(receiveBuffer, READS_PER_TURN_MAX)
        : new AdaptiveRecvByteBufAllocator(512, 2048, READ_MAX_BYTES)
            .maxMessagesPerRead(READS_PER_TURN_MAX);
  }

  @Override
  public void poll(long timeoutNs) {
    own();
    if (timeoutNs > 0) {
      loop.run(timeoutNs);
    } else {
      loop.runNow();
    }
    loop.woken.set(false);
    rethrow();
  }

  @Override
  public void wakeUp() {
    if (loop.woken.compareAndSet(false, true)) {
      loop.wakeup();
    }
  }

  @Override
  public void stopListening() {
    own();
    listeners.forEach(Listener::close);
    listeners.clear();
  }

  @Override
  public void close() {
    own();
    if (loop.isTerminated()) {
      return;
    }
    listeners.clear();
    var _ = loop.shutdownGracefully(0, 0, TimeUnit.MILLISECONDS);
    while (!loop.isTerminated()) {
      loop.runNow();
    }
    asides.close();
    receiveBuffer.release();
    sendBuffer.release();
    rethrow();
  }

  private void own() {
    if (!owned) {
      owned = true;
      loop.setOwningThread(Thread.currentThread());
    }
  }

  private void rethrow() {
    Throwable thrown = failure;
    failure = null;
    if (thrown instanceof Error error) {
      throw error;
    }
    if (thrown instanceof RuntimeException exception) {
      throw exception;
    }
  }

  /// `127.0.0.1:6379`, `[::1]:6379`
  static String text(@Nullable InetSocketAddress address) {
    return address == null ? "?:0" : NetUtil.toSocketAddressString(address);
  }

  ByteBufAllocator allocator() {
    return allocator;
  }

  /// Into which all descriptors read, one after the other.
  ByteBuf receiveBuffer() {
    return receiveBuffer;
  }

  /// For bytes that must be in direct memory for the length of one call.
  ByteBuf sendBuffer() {
    return sendBuffer;
  }

  /// In which input is lent to listeners; as large as [#receiveBuffer].
  byte[] scratch() {
    return scratch;
  }

  IoRegistration register(IoHandle handle) {
    return loop.register(handle).getNow();
  }

  /// Runs it in this poll, or in the next one if none is under way.
  void later(Runnable action) {
    loop.execute(action);
  }

  void afterLinger(Runnable action) {
    var _ = loop.schedule(action, LINGER_MS, TimeUnit.MILLISECONDS);
  }

  void afterAcceptPause(Runnable action) {
    var _ = loop.schedule(action, ACCEPT_PAUSE_MS, TimeUnit.MILLISECONDS);
  }

  /// The socket on a new wire.
  NettySocket socketOn(Wire wire, Encryption encryption) {
    Wire outer = encryption == Encryption.NONE ? wire : new TlsWire(this, wire, encryption);
    NettySocket socket = new NettySocket(this, outer);
    outer.events(socket);
    return socket;
  }

  /// Room for one record of TLS opened, until the next call.
  byte[] opened(int capacity) {
    opened = atLeast(opened, capacity);
    return opened;
  }

  /// Room for one record of TLS to send, until the next call.
  byte[] record(int capacity) {
    record = atLeast(record, capacity);
    return record;
  }

  private static byte[] atLeast(byte[] room, int capacity) {
    return room.length >= capacity ? room : new byte[capacity];
  }

  /// Does something that takes long on another thread, and then `after` in a poll.
  void aside(Runnable task, Runnable after) {
    asides.execute(
        () -> {
          try {
            task.run();
          } finally {
            loop.execute(after);
            wakeUp();
          }
        });
  }

  void accepted(NettySocket socket, Acceptor acceptor) {
    try {
      socket.listener(acceptor.accepted(socket));
    } catch (RuntimeException | Error thrown) {
      failed(thrown);
      socket.close();
    }
  }

  /// Keeps what a callback threw until the poll is over: Netty would swallow it.
  void failed(Throwable thrown) {
    if (failure == null) {
      failure = thrown;
    }
  }

  /// Netty's loop, with a wake-up that also counts when it comes just before the wait.
  private static final class ReactorLoop extends ManualIoEventLoop {
    final AtomicBoolean woken = new AtomicBoolean();

    ReactorLoop(IoHandlerFactory handlers) {
      super(null, null, handlers);
    }

    @Override
    protected boolean canBlock() {
      return !woken.get();
    }
  }
}
