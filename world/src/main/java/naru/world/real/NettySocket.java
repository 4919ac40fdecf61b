package naru.world.real;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.SocketChannel;
import io.netty.util.NetUtil;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.concurrent.TimeUnit;
import naru.world.Socket;
import naru.world.SocketEvents;
import org.jspecify.annotations.Nullable;

/// One connection, and the only handler in its channel's pipeline.
final class NettySocket extends ChannelInboundHandlerAdapter implements Socket {
  /// How long a closed connection waits for its peer to read the last answers and close too.
  private static final int LINGER_MS = 1000;

  private final NettyNetwork network;
  private final SocketChannel channel;
  private final Outgoing outgoing;

  /// Null until the acceptor has said who listens.
  private @Nullable SocketEvents events;

  /// Input that came while nobody wanted it.
  private final ArrayDeque<byte[]> held = new ArrayDeque<>(0);

  private boolean reading = true;
  private boolean delivered;
  private boolean inputEnded;
  private boolean closingAfterFlush;
  private boolean awaitingSent;
  private boolean closed;
  private boolean toldClosed;

  NettySocket(NettyNetwork network, SocketChannel channel) {
    this.network = network;
    this.channel = channel;
    this.outgoing = new Outgoing(channel.alloc());
  }

  void listener(SocketEvents listener) {
    events = listener;
    if (!channel.isOpen()) {
      closed = true;
    }
    if (closed) {
      channel.eventLoop().execute(this::tellClosed);
    } else if (!held.isEmpty() || inputEnded) {
      channel.eventLoop().execute(this::deliverHeld);
    }
  }

  @Override
  public String remoteAddress() {
    return text(channel.remoteAddress());
  }

  @Override
  public String localAddress() {
    return text(channel.localAddress());
  }

  static String text(@Nullable InetSocketAddress address) {
    return address == null ? "?:0" : NetUtil.toSocketAddressString(address);
  }

  // Input

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    ByteBuf input = (ByteBuf) message;
    try {
      if (closed) {
        return;
      }
      if (!reading || events == null || !held.isEmpty()) {
        byte[] copy = new byte[input.readableBytes()];
        input.readBytes(copy);
        held.addLast(copy);
        return;
      }
      byte[] scratch = network.scratch();
      while (input.isReadable() && !closed) {
        int count = Math.min(input.readableBytes(), scratch.length);
        input.readBytes(scratch, 0, count);
        deliver(events, scratch, count);
      }
    } finally {
      input.release();
    }
  }

  private void deliver(SocketEvents to, byte[] from, int count) {
    delivered = true;
    try {
      to.received(from, 0, count);
    } catch (RuntimeException | Error failure) {
      network.failed(failure);
    }
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext context) {
    deliveredAll();
  }

  private void deliveredAll() {
    if (!delivered || closed || events == null) {
      return;
    }
    delivered = false;
    try {
      events.receivedAll();
    } catch (RuntimeException | Error failure) {
      network.failed(failure);
    }
  }

  @Override
  public void reading(boolean on) {
    if (reading == on || closed) {
      return;
    }
    reading = on;
    if (!inputEnded) {
      channel.config().setAutoRead(on);
    }
    if (on && (!held.isEmpty() || inputEnded)) {
      channel.eventLoop().execute(this::deliverHeld);
    }
  }

  private void deliverHeld() {
    while (reading && !closed && events != null && !held.isEmpty()) {
      byte[] next = held.removeFirst();
      deliver(events, next, next.length);
    }
    deliveredAll();
    closeIfEnded();
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext context, Object event) {
    if (event instanceof ChannelInputShutdownEvent) {
      inputEnded = true;
      if (closed) {
        var _ = channel.close();
      } else {
        closeIfEnded();
      }
    }
  }

  /// The peer sends no more: what it asked for has been delivered, what it was answered is sent.
  private void closeIfEnded() {
    if (inputEnded && held.isEmpty() && events != null && !closed && unsentBytes() == 0) {
      close();
    }
  }

  // Output

  @Override
  public void write(byte[] from, int offset, int count) {
    if (!closed && !closingAfterFlush) {
      outgoing.write(from, offset, count);
    }
  }

  @Override
  public void flush() {
    if (!closed) {
      outgoing.flush();
      handOver();
    }
  }

  /// Gives the channel as much as may lie in direct memory, again and again while the system takes
  /// all of it.
  private void handOver() {
    while (true) {
      ChannelOutboundBuffer out = channel.unsafe().outboundBuffer();
      if (out == null || !fill(out)) {
        return;
      }
      channel.flush();
      if (!out.isEmpty()) {
        askWhenSent();
        return;
      }
    }
  }

  private boolean fill(ChannelOutboundBuffer out) {
    boolean any = false;
    while (out.totalPendingWriteBytes() < Outgoing.DIRECT_MAX_BYTES) {
      ByteBuf chunk = outgoing.poll();
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
    channel
        .writeAndFlush(Unpooled.EMPTY_BUFFER)
        .addListener(_ -> channel.eventLoop().execute(this::sent));
  }

  private void sent() {
    awaitingSent = false;
    if (closed) {
      return;
    }
    handOver();
    if (awaitingSent || events == null || unsentBytes() > 0) {
      return;
    }
    if (closingAfterFlush) {
      closeGently();
      return;
    }
    try {
      events.drained();
    } catch (RuntimeException | Error failure) {
      network.failed(failure);
    }
    closeIfEnded();
  }

  @Override
  public long unsentBytes() {
    ChannelOutboundBuffer out = closed ? null : channel.unsafe().outboundBuffer();
    if (out == null || out.isEmpty()) {
      return outgoing.bytes();
    }
    long[] inChannel = new long[1];
    try {
      out.forEachFlushedMessage(
          message -> {
            inChannel[0] += ((ByteBuf) message).readableBytes();
            return true;
          });
    } catch (Exception failure) {
      throw new AssertionError("adding up does not fail", failure);
    }
    return outgoing.bytes() + inChannel[0];
  }

  // The end

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      outgoing.release();
      held.clear();
      var _ = channel.close();
    }
  }

  @Override
  public void closeAfterFlush() {
    if (closed || closingAfterFlush) {
      return;
    }
    flush();
    closingAfterFlush = true;
    if (unsentBytes() == 0) {
      closeGently();
    }
  }

  /// Ends the output, and drops input until the peer closes: a close with unread input resets the
  /// connection, and a reset makes the peer's system throw away answers it has not read yet.
  private void closeGently() {
    if (inputEnded) {
      close();
      return;
    }
    closed = true;
    held.clear();
    channel.config().setAutoRead(true);
    var _ = channel.shutdownOutput();
    channel.eventLoop().execute(this::tellClosed);
    var _ = channel.eventLoop().schedule(this::giveUp, LINGER_MS, TimeUnit.MILLISECONDS);
  }

  private void giveUp() {
    var _ = channel.close();
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    closed = true;
    outgoing.release();
    held.clear();
    tellClosed();
  }

  private void tellClosed() {
    if (toldClosed || events == null) {
      return;
    }
    toldClosed = true;
    try {
      events.closed();
    } catch (RuntimeException | Error failure) {
      network.failed(failure);
    }
  }

  /// Only the system's own failures come here: the connection is of no more use.
  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable failure) {
    var _ = channel.close();
  }
}
