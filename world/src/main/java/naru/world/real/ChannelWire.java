package naru.world.real;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.SocketChannel;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A connection on a channel of Netty's, as the only handler in its pipeline.
final class ChannelWire extends ChannelInboundHandlerAdapter implements Wire {
  private final NettyNetwork network;
  private final SocketChannel channel;
  private @Nullable WireEvents events;
  private boolean inputEnded;
  private boolean awaitingSent;

  ChannelWire(NettyNetwork network, SocketChannel channel) {
    this.network = network;
    this.channel = channel;
  }

  @Override
  public void events(WireEvents listener) {
    events = listener;
  }

  private WireEvents events() {
    return Objects.requireNonNull(events, "nobody listens");
  }

  @Override
  public String remoteAddress() {
    return NettyNetwork.text(channel.remoteAddress());
  }

  @Override
  public String localAddress() {
    return NettyNetwork.text(channel.localAddress());
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    ByteBuf input = (ByteBuf) message;
    try {
      byte[] scratch = network.scratch();
      while (input.isReadable()) {
        int count = Math.min(input.readableBytes(), scratch.length);
        input.readBytes(scratch, 0, count);
        events().received(scratch, count);
      }
    } finally {
      input.release();
    }
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext context) {
    events().receivedAll();
  }

  /// Not after the input ended: nothing is left to read, and Netty's epoll channel would fail.
  @Override
  public void reading(boolean on) {
    if (!inputEnded) {
      channel.config().setAutoRead(on);
    }
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext context, Object event) {
    if (event instanceof ChannelInputShutdownEvent) {
      inputEnded = true;
      events().inputEnded();
    }
  }

  /// Gives the channel as much as may lie in direct memory, again and again while the system takes
  /// all of it.
  @Override
  public boolean send(Outgoing outgoing) {
    while (true) {
      ChannelOutboundBuffer out = channel.unsafe().outboundBuffer();
      if (out == null) {
        return false;
      }
      boolean filled = fill(out, outgoing);
      if (filled) {
        channel.flush();
      }
      if (!out.isEmpty()) {
        askWhenSent();
        return false;
      }
      if (!filled) {
        return true;
      }
    }
  }

  private boolean fill(ChannelOutboundBuffer out, Outgoing outgoing) {
    boolean any = false;
    while (out.totalPendingWriteBytes() < Outgoing.DIRECT_MAX_BYTES) {
      ByteBuf chunk = outgoing.take();
      if (chunk == null) {
        break;
      }
      var _ = channel.write(chunk, channel.voidPromise());
      any = true;
    }
    return any;
  }

  /// An empty message behind the others is done when they are.
  private void askWhenSent() {
    if (awaitingSent) {
      return;
    }
    awaitingSent = true;
    channel.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(_ -> network.later(this::sent));
  }

  private void sent() {
    awaitingSent = false;
    events().sent();
  }

  @Override
  public long unsentBytes() {
    ChannelOutboundBuffer out = channel.unsafe().outboundBuffer();
    if (out == null || out.isEmpty()) {
      return 0;
    }
    long[] bytes = new long[1];
    try {
      out.forEachFlushedMessage(
          message -> {
            bytes[0] += ((ByteBuf) message).readableBytes();
            return true;
          });
    } catch (Exception failure) {
      throw new AssertionError("adding up does not fail", failure);
    }
    return bytes[0];
  }

  @Override
  public void endOutput() {
    var _ = channel.shutdownOutput();
  }

  @Override
  public void close() {
    var _ = channel.close();
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    events().gone();
  }

  /// Only the system's own failures come here: the connection is of no more use.
  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable failure) {
    close();
  }
}
