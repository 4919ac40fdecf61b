package naru.world.simulated;

import java.io.ByteArrayOutputStream;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.function.Consumer;
import naru.world.Socket;
import naru.world.SocketEvents;
import org.jspecify.annotations.Nullable;

/// A connection in memory, the broker's end.
final class SimulatedSocket implements Socket {
  /// What lent bytes are overwritten with once they are the listener's no more.
  private static final byte TAKEN_BACK = 0x55;

  private final String remoteAddress;
  private final String localAddress;
  private final ArrayDeque<byte[]> arrived = new ArrayDeque<>();
  private ByteArrayOutputStream unsent = new ByteArrayOutputStream();
  private ByteArrayOutputStream sent = new ByteArrayOutputStream();
  private @Nullable SocketEvents events;
  private Consumer<byte[]> handed = _ -> {};
  private int pieceBytes = Integer.MAX_VALUE;
  private long windowBytes = Long.MAX_VALUE;
  private int deliveredOfFirst;
  private boolean reading = true;
  private boolean inputEnds;
  private boolean toldEnd;
  private boolean hungUp;
  private boolean closed;
  private boolean closesWhenSent;

  SimulatedSocket(String remoteAddress, String localAddress) {
    this.remoteAddress = remoteAddress;
    this.localAddress = localAddress;
  }

  void begin(SocketEvents newEvents) {
    events = newEvents;
  }

  void arrive(byte[] bytes) {
    if (!closed && !hungUp && bytes.length > 0) {
      arrived.add(bytes.clone());
    }
  }

  void whenHanded(Consumer<byte[]> listener) {
    handed = listener;
  }

  void pieceBytes(int bytes) {
    pieceBytes = bytes;
  }

  void windowBytes(long bytes) {
    windowBytes = bytes;
  }

  boolean hasEvents() {
    boolean hasInput = reading && (!arrived.isEmpty() || (inputEnds && !toldEnd));
    return !closed && (hungUp || hasInput || canSend());
  }

  /// Whether there is something unsent, and room for it.
  private boolean canSend() {
    return unsent.size() > 0 && sent.size() < windowBytes;
  }

  /// Tells the listener one thing that has happened, if anything has.
  void deliver() {
    SocketEvents listener = events;
    if (closed || listener == null) {
      return;
    }
    if (canSend()) {
      flush();
      if (!closed && unsent.size() == 0) {
        listener.drained();
      }
    }
    if (closed) {
      return;
    }
    if (reading && !arrived.isEmpty()) {
      deliverPiece(listener);
    } else if (hungUp) {
      close();
    } else if (reading && inputEnds && !toldEnd) {
      toldEnd = true;
      closesWhenSent |= listener.peerEnded();
      closeIfSent();
    }
  }

  private void deliverPiece(SocketEvents listener) {
    byte[] first = arrived.element();
    int from = deliveredOfFirst;
    int count = Math.min(pieceBytes, first.length - from);
    deliveredOfFirst += count;
    if (deliveredOfFirst == first.length) {
      arrived.remove();
      deliveredOfFirst = 0;
    }
    byte[] lent = first.clone();
    listener.received(lent, from, count);
    Arrays.fill(lent, TAKEN_BACK);
    if (!closed) {
      listener.receivedAll();
    }
  }

  byte[] take() {
    byte[] bytes = sent.toByteArray();
    sent = new ByteArrayOutputStream();
    return bytes;
  }

  /// How much has been handed over, and not been taken by the other end.
  int untakenBytes() {
    return sent.size();
  }

  void end() {
    inputEnds = true;
  }

  void hangUp() {
    hungUp = true;
  }

  boolean isClosed() {
    return closed;
  }

  @Override
  public String remoteAddress() {
    return remoteAddress;
  }

  @Override
  public String localAddress() {
    return localAddress;
  }

  @Override
  public void write(byte[] from, int offset, int count) {
    if (!closed) {
      unsent.write(from, offset, count);
    }
  }

  @Override
  public void flush() {
    int room = Math.clamp(windowBytes - sent.size(), 0, unsent.size());
    if (room > 0) {
      byte[] all = unsent.toByteArray();
      sent.write(all, 0, room);
      unsent = new ByteArrayOutputStream();
      unsent.write(all, room, all.length - room);
      handed.accept(Arrays.copyOf(all, room));
    }
    closeIfSent();
  }

  private void closeIfSent() {
    if (closesWhenSent && unsent.size() == 0) {
      close();
    }
  }

  @Override
  public long unsentBytes() {
    return unsent.size();
  }

  @Override
  public void reading(boolean on) {
    reading = on;
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      if (events != null) {
        events.closed();
      }
    }
  }

  @Override
  public void closeAfterFlush() {
    closesWhenSent = true;
    flush();
  }
}
