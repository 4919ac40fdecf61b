package naru.world.real;

import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.ManualIoEventLoop;
import io.netty.channel.RecvByteBufAllocator;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.socket.ServerSocketChannel;
import io.netty.channel.socket.SocketChannel;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
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
  private static final int BACKLOG = 511;
  private static final int RECEIVE_MAX_BYTES = 64 * 1024;
  private static final int READS_PER_TURN_MAX = 4;
  private static final int ACCEPT_PAUSE_MS = 100;

  private final TransportChoice choice;
  private final ReactorLoop loop;
  private final ByteBufAllocator allocator = PooledByteBufAllocator.DEFAULT;
  private final RecvByteBufAllocator receiveBuffers;
  private final byte[] scratch = new byte[RECEIVE_MAX_BYTES];
  private final List<ServerSocketChannel> listeners = new ArrayList<>();
  private boolean owned;
  private @Nullable Throwable failure;

  public NettyNetwork(Transport wanted) {
    choice = TransportChoice.of(wanted);
    loop = new ReactorLoop(choice.handlers());
    receiveBuffers =
        choice.synchronous()
            ? new SharedReceiveBuffer(
                allocator.directBuffer(RECEIVE_MAX_BYTES, RECEIVE_MAX_BYTES), READS_PER_TURN_MAX)
            : new AdaptiveRecvByteBufAllocator(512, 2048, RECEIVE_MAX_BYTES)
                .maxMessagesPerRead(READS_PER_TURN_MAX);
  }

  /// The transport in use, never [Transport#AUTO].
  public Transport transport() {
    return choice.transport();
  }

  /// Why better or wanted transports are not used, one line each, for the log.
  public List<String> passedOver() {
    return choice.passedOver();
  }

  byte[] scratch() {
    return scratch;
  }

  @Override
  public int listen(String host, int port, Acceptor acceptor) {
    own();
    InetSocketAddress address = resolve(host, port);
    ServerSocketChannel listener = choice.newServerChannel();
    listener.config().setReuseAddress(true).setBacklog(BACKLOG);
    listener.pipeline().addLast(new Accepting(acceptor));
    try {
      demand(register(listener));
      demand(listener.bind(address));
    } catch (Throwable cause) {
      var _ = listener.close();
      throw new WorldFailure("cannot listen on " + host + ":" + port, cause);
    }
    listeners.add(listener);
    return listener.localAddress().getPort();
  }

  private static InetSocketAddress resolve(String host, int port) {
    try {
      return new InetSocketAddress(InetAddress.getByName(host), port);
    } catch (UnknownHostException _) {
      throw new WorldFailure("cannot listen on " + host + ":" + port + ": no such host");
    }
  }

  private ChannelFuture register(Channel channel) {
    EventLoopGroup group = loop;
    return group.register(channel);
  }

  /// On the loop's own thread registering and binding are over when the call returns.
  private static void demand(ChannelFuture done) throws Throwable {
    Throwable cause = done.cause();
    if (cause != null) {
      throw cause;
    }
    if (!done.isSuccess()) {
      throw new IllegalStateException("still under way");
    }
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
    for (ServerSocketChannel listener : listeners) {
      var _ = listener.close();
    }
    listeners.clear();
  }

  @Override
  public void close() {
    own();
    listeners.clear();
    var _ = loop.shutdownGracefully(0, 0, TimeUnit.MILLISECONDS);
    while (!loop.isTerminated()) {
      loop.runNow();
    }
    if (receiveBuffers instanceof SharedReceiveBuffer shared) {
      shared.release();
    }
    rethrow();
  }

  private void own() {
    if (!owned) {
      owned = true;
      loop.setOwningThread(Thread.currentThread());
    }
  }

  /// Keeps what a callback threw until the poll is over: Netty would swallow it.
  void failed(Throwable thrown) {
    if (failure == null) {
      failure = thrown;
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

  private void accepted(SocketChannel channel, Acceptor acceptor) {
    channel
        .config()
        .setTcpNoDelay(true)
        .setAllowHalfClosure(true)
        .setAllocator(allocator)
        .setRecvByteBufAllocator(receiveBuffers)
        .setWriteBufferWaterMark(new WriteBufferWaterMark(1, Integer.MAX_VALUE));
    NettySocket socket = new NettySocket(this, channel);
    channel.pipeline().addLast(socket);
    var _ = register(channel);
    try {
      socket.listener(acceptor.accepted(socket));
    } catch (RuntimeException | Error thrown) {
      failed(thrown);
      var _ = channel.close();
    }
  }

  /// The only handler of a listening channel.
  private final class Accepting extends ChannelInboundHandlerAdapter {
    private final Acceptor acceptor;

    Accepting(Acceptor acceptor) {
      this.acceptor = acceptor;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
      accepted((SocketChannel) message, acceptor);
    }

    /// No file descriptor is left, most likely: to try at once again would spin.
    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable failure) {
      context.channel().config().setOption(ChannelOption.AUTO_READ, false);
      var _ =
          loop.schedule(
              () -> context.channel().config().setOption(ChannelOption.AUTO_READ, true),
              ACCEPT_PAUSE_MS,
              TimeUnit.MILLISECONDS);
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
