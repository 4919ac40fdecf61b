package naru.world.real;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.function.Consumer;
import naru.world.Socket;
import naru.world.SocketEvents;
import org.jspecify.annotations.Nullable;

/// One connection: what its wire does, told to its listener in the right order and only in a poll.
final class NettySocket implements Socket, WireEvents {
  /// How much more of its input a connection that lingers is let send. Whoever sends more than this
  /// without looking for an answer is not waited for.
  private static final int LINGER_MAX_BYTES = 4 << 20;

  private final NettyNetwork network;
  private final Wire wire;
  private final Outgoing outgoing;

  /// Null until the acceptor has said who listens.
  private @Nullable SocketEvents events;

  /// Input that came while nobody wanted it.
  private @Nullable ArrayDeque<byte[]> held;

  private int heldBytes;
  private boolean reading = true;
  private boolean delivered;
  private boolean inputEnded;
  private boolean toldEnded;
  private boolean endsWhenSent;
  private boolean closingAfterFlush;

  /// No more callbacks but the last one.
  private boolean closed;

  private boolean toldClosed;
  private boolean lingering;
  private long droppedBytes;

  NettySocket(NettyNetwork network, Wire wire) {
    this.network = network;
    this.wire = wire;
    this.outgoing = new Outgoing(network.allocator());
  }

  /// What happened until now is told in this poll, or the next.
  void listener(SocketEvents listener) {
    events = listener;
    if (closed) {
      network.later(this::tellClosed);
    } else if (held != null || inputEnded) {
      network.later(this::deliverHeld);
    }
  }

  @Override
  public String remoteAddress() {
    return wire.remoteAddress();
  }

  @Override
  public String localAddress() {
    return wire.localAddress();
  }

  @Override
  public @Nullable String peerName() {
    return wire.peerName();
  }

  @Override
  public void received(byte[] from, int count) {
    if (closed || closingAfterFlush) {
      drop(count);
      return;
    }
    if (!reading || events == null || held != null) {
      hold(Arrays.copyOf(from, count));
    } else {
      deliver(events, from, count);
    }
  }

  private void drop(int count) {
    droppedBytes += count;
    if (lingering && droppedBytes > LINGER_MAX_BYTES) {
      lingering = false;
      wire.close();
    }
  }

  private void hold(byte[] input) {
    if (held == null) {
      held = new ArrayDeque<>();
    }
    held.addLast(input);
    heldBytes += input.length;
  }

  /// What waits for [#reading].
  @Override
  public int unreadBytes() {
    return heldBytes;
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
  public void receivedAll() {
    if (delivered) {
      delivered = false;
      tell(SocketEvents::receivedAll);
    }
  }

  private void tell(Consumer<SocketEvents> happening) {
    if (closed || events == null) {
      return;
    }
    try {
      happening.accept(events);
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
    wire.reading(on);
    if (on && (held != null || inputEnded)) {
      network.later(this::deliverHeld);
    }
  }

  private void deliverHeld() {
    while (reading && !closed && events != null && held != null) {
      byte[] next = held.removeFirst();
      heldBytes -= next.length;
      if (held.isEmpty()) {
        held = null;
      }
      deliver(events, next, next.length);
    }
    receivedAll();
    tellEnded();
  }

  @Override
  public void inputEnded() {
    inputEnded = true;
    if (closed) {
      wire.close();
    } else {
      tellEnded();
    }
  }

  /// Once all it sent has been delivered.
  private void tellEnded() {
    if (inputEnded && !toldEnded && held == null && events != null && !closed) {
      toldEnded = true;
      tell(listener -> endsWhenSent = listener.peerEnded());
      closeIfEnded();
    }
  }

  private void closeIfEnded() {
    if (endsWhenSent && !closed && unsentBytes() == 0) {
      close();
    }
  }

  @Override
  public void write(byte[] from, int offset, int count) {
    if (!closed && !closingAfterFlush) {
      outgoing.write(from, offset, count);
    }
  }

  @Override
  public void flush() {
    if (!closed && outgoing.bytes() > 0) {
      outgoing.flush();
      var _ = wire.send(outgoing);
    }
  }

  @Override
  public long unsentBytes() {
    return closed ? 0 : outgoing.bytes() + wire.unsentBytes();
  }

  @Override
  public void sent() {
    if (closed || !wire.send(outgoing)) {
      return;
    }
    if (closingAfterFlush) {
      closeGently();
    } else {
      tell(SocketEvents::drained);
      closeIfEnded();
    }
  }

  @Override
  public void close() {
    if (!closed) {
      forget();
      wire.close();
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

  /// Ends the output, and drops input until the peer closes too: a close with unread input resets
  /// the connection, and a reset makes the peer's system throw away answers not read yet. Neither
  /// takes longer than a time, nor more than so many bytes.
  private void closeGently() {
    if (inputEnded || closed) {
      close();
      return;
    }
    forget();
    lingering = true;
    wire.endOutput();
    wire.reading(true);
    network.later(this::tellClosed);
    network.afterLinger(wire::close);
  }

  @Override
  public void gone() {
    forget();
    network.later(this::tellClosed);
  }

  private void forget() {
    closed = true;
    outgoing.release();
    held = null;
    heldBytes = 0;
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
}
