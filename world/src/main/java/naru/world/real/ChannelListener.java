package naru.world.real;

import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.RecvByteBufAllocator;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.socket.ServerSocketChannel;
import io.netty.channel.socket.SocketChannel;
import java.net.InetSocketAddress;
import naru.world.Network.Acceptor;
import naru.world.Network.Encryption;

/// Listens with a channel of Netty's, and is the only handler in its pipeline.
final class ChannelListener extends ChannelInboundHandlerAdapter implements Listener {
  /// Netty announces full and empty again through these; here the socket counts for itself.
  private static final WriteBufferWaterMark NO_WATER_MARK =
      new WriteBufferWaterMark(1, Integer.MAX_VALUE);

  private final NettyNetwork network;
  private final EventLoopGroup loop;
  private final ServerSocketChannel channel;
  private final RecvByteBufAllocator receiveBuffers;
  private final Encryption encryption;
  private final Acceptor acceptor;

  ChannelListener(
      NettyNetwork network,
      EventLoopGroup loop,
      ServerSocketChannel channel,
      RecvByteBufAllocator receiveBuffers,
      Encryption encryption,
      Acceptor acceptor) {
    this.network = network;
    this.loop = loop;
    this.channel = channel;
    this.receiveBuffers = receiveBuffers;
    this.encryption = encryption;
    this.acceptor = acceptor;
  }

  void open(InetSocketAddress address) throws Throwable {
    channel.config().setReuseAddress(true).setBacklog(NettyNetwork.BACKLOG);
    channel.pipeline().addLast(this);
    try {
      demand(loop.register(channel));
      demand(channel.bind(address));
    } catch (Throwable cause) {
      close();
      throw cause;
    }
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
  public int port() {
    return channel.localAddress().getPort();
  }

  @Override
  public void close() {
    var _ = channel.close();
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    SocketChannel accepted = (SocketChannel) message;
    accepted
        .config()
        .setTcpNoDelay(true)
        .setKeepAlive(true)
        .setAllowHalfClosure(true)
        .setAllocator(network.allocator())
        .setRecvByteBufAllocator(receiveBuffers)
        .setWriteBufferWaterMark(NO_WATER_MARK);
    ChannelWire wire = new ChannelWire(network, accepted);
    NettySocket socket = network.socketOn(wire, encryption);
    accepted.pipeline().addLast(wire);
    var _ = loop.register(accepted);
    network.accepted(socket, acceptor);
  }

  /// No descriptor is left, most likely: to try again at once would spin.
  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable failure) {
    accepting(false);
    network.afterAcceptPause(() -> accepting(true));
  }

  private void accepting(boolean on) {
    channel.config().setOption(ChannelOption.AUTO_READ, on);
  }
}
