package naru.world.real;

import io.netty.buffer.ByteBuf;
import io.netty.channel.IoEvent;
import io.netty.channel.IoRegistration;
import io.netty.channel.epoll.EpollIoEvent;
import io.netty.channel.epoll.EpollIoHandle;
import io.netty.channel.epoll.EpollIoOps;
import io.netty.channel.epoll.LinuxSocket;
import io.netty.channel.unix.FileDescriptor;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A connection straight on its descriptor: no channel and no pipeline between the socket and the
/// system's calls, which halves what Java adds to them.
///
/// What the system reports is a hint only, and never acted on but by trying: in one batch of events
/// a descriptor may have been closed and given to another connection.
final class EpollWire implements EpollIoHandle, Wire {
  private static final int IN = EpollIoOps.EPOLLIN.value();
  private static final int OUT = EpollIoOps.EPOLLOUT.value();

  /// The peer ended its output. Watched even when nothing is read, to hear of peers that leave.
  private static final int ENDED = EpollIoOps.EPOLLRDHUP.value();

  /// Watches for nothing but errors, each told once. (An empty set would end the registration.)
  private static final int ERRORS_ONLY = EpollIoOps.EPOLLET.value();

  private static final int READS_PER_TURN_MAX = 4;

  /// How much is read ahead of a socket that does not want it, to find the end behind it.
  private static final int HELD_MAX_BYTES = 64 * 1024;

  private final NettyNetwork network;
  private final LinuxSocket descriptor;
  private final InetSocketAddress remote;
  private @Nullable WireEvents events;
  private final IoRegistration registration;
  private int watched;
  private boolean reading = true;
  private boolean inputEnded;

  /// The end has been announced, behind more input than is held for a socket that does not read.
  private boolean endAhead;

  private boolean sending;
  private boolean closed;

  EpollWire(NettyNetwork network, LinuxSocket descriptor, InetSocketAddress remote) {
    this.network = network;
    this.descriptor = descriptor;
    this.remote = remote;
    this.registration = network.register(this);
    watch();
  }

  @Override
  public void events(WireEvents listener) {
    events = listener;
  }

  private WireEvents events() {
    return Objects.requireNonNull(events, "nobody listens");
  }

  @Override
  public FileDescriptor fd() {
    return descriptor;
  }

  @Override
  public String remoteAddress() {
    return NettyNetwork.text(remote);
  }

  @Override
  public String localAddress() {
    return NettyNetwork.text(closed ? null : descriptor.localAddress());
  }

  private void watch() {
    int wanted = sending ? OUT : 0;
    if (!inputEnded && reading) {
      wanted |= IN | ENDED;
    } else if (!inputEnded && !endAhead) {
      wanted |= ENDED;
    }
    if (wanted == 0) {
      wanted = ERRORS_ONLY;
    }
    if (wanted != watched && !closed) {
      watched = wanted;
      registration.submit(EpollIoOps.valueOf(wanted));
    }
  }

  @Override
  public void handle(IoRegistration same, IoEvent event) {
    int ready = ((EpollIoEvent) event).ops().value();
    try {
      if ((ready & OUT) != 0 && sending) {
        sending = false;
        events().sent();
      }
      if (ready != OUT) {
        read((ready & ~(IN | OUT)) != 0);
      }
      watch();
    } catch (IOException | RuntimeException _) {
      close();
    }
  }

  /// `ended`: the end, or an error, is to be found behind the input.
  private void read(boolean ended) throws IOException {
    ByteBuf buffer = network.receiveBuffer();
    byte[] scratch = network.scratch();
    for (int reads = 0; reads < READS_PER_TURN_MAX && mayRead(ended); reads++) {
      int count = receive(buffer);
      if (count < 0) {
        inputEnded = true;
      }
      if (count <= 0) {
        break;
      }
      buffer.getBytes(0, scratch, 0, count);
      events().received(scratch, count);
      if (count < scratch.length && !ended) {
        break;
      }
    }
    endAhead = ended && !inputEnded && !reading && events().unreadBytes() >= HELD_MAX_BYTES;
    events().receivedAll();
    if (inputEnded) {
      events().inputEnded();
    }
  }

  private boolean mayRead(boolean ended) {
    return !closed
        && !inputEnded
        && (reading || (ended && events().unreadBytes() < HELD_MAX_BYTES));
  }

  /// How many bytes came, 0 if none are there, -1 if none will be.
  private int receive(ByteBuf buffer) throws IOException {
    if (buffer.hasMemoryAddress()) {
      return descriptor.recvAddress(buffer.memoryAddress(), 0, buffer.capacity());
    }
    ByteBuffer view = buffer.internalNioBuffer(0, buffer.capacity());
    return descriptor.recv(view, view.position(), view.limit());
  }

  @Override
  public void reading(boolean on) {
    reading = on;
    watch();
  }

  @Override
  public boolean send(Outgoing outgoing) {
    try {
      for (ByteBuf chunk = outgoing.first(); chunk != null; chunk = outgoing.first()) {
        if (sending) {
          return false;
        }
        int offered = chunk.readableBytes();
        int taken = give(chunk, offered);
        outgoing.sent(taken);
        if (taken < offered) {
          sending = true;
          watch();
        }
      }
      return true;
    } catch (IOException | RuntimeException _) {
      close();
      return false;
    }
  }

  private int give(ByteBuf chunk, int count) throws IOException {
    if (!chunk.isDirect()) {
      ByteBuf copy = network.sendBuffer();
      copy.clear().writeBytes(chunk, chunk.readerIndex(), count);
      return give(copy, count);
    }
    int from = chunk.readerIndex();
    if (chunk.hasMemoryAddress()) {
      return descriptor.sendAddress(chunk.memoryAddress(), from, from + count);
    }
    ByteBuffer view = chunk.internalNioBuffer(from, count);
    return descriptor.send(view, view.position(), view.limit());
  }

  @Override
  public long unsentBytes() {
    return 0;
  }

  @Override
  public void endOutput() {
    try {
      descriptor.shutdown(false, true);
    } catch (IOException | RuntimeException _) { // the latter where the peer has reset it by now
      close();
    }
  }

  /// Closing the descriptor takes it out of the set that is watched.
  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    try {
      descriptor.close();
    } catch (IOException _) {
      // It is gone all the same.
    }
    registration.cancel();
    events().gone();
  }
}
