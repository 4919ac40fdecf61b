package naru.world.simulated;

import java.io.ByteArrayOutputStream;
import java.util.ArrayDeque;
import naru.world.Socket;
import naru.world.SocketEvents;
import org.jspecify.annotations.Nullable;

/// A connection in memory, the broker's end.
final class SimulatedSocket implements Socket {
  private final String remoteAddress;
  private final String localAddress;
  private final ArrayDeque<byte[]> arrived = new ArrayDeque<>();
  private ByteArrayOutputStream unsent = new ByteArrayOutputStream();
  private ByteArrayOutputStream sent = new ByteArrayOutputStream();
  private @Nullable SocketEvents events;
  private int pieceBytes = Integer.MAX_VALUE;
  private long windowBytes = Long.MAX_VALUE;
  private int deliveredOfFirst;
  private boolean reading = true;
  private boolean hungUp;
  private boolean closed;
  private boolean closing;

  SimulatedSocket(String remoteAddress, String localAddress) {
    this.remoteAddress = remoteAddress;
    this.localAddress = localAddress;
  }

  void begin(SocketEvents newEvents) {
    events = newEvents;
  }

  void arrive(byte[] bytes) {
    if (!closed && bytes.length > 0) {
      arrived.add(bytes.clone());
    }
  }

  void pieceBytes(int bytes) {
    pieceBytes = bytes;
  }

  void windowBytes(long bytes) {
    windowBytes = bytes;
  }

  boolean hasEvents() {
    return !closed && (hungUp || (reading && !arrived.isEmpty()));
  }

  void deliver() {
    SocketEvents listener = events;
    if (closed || listener == null) {
      return;
    }
    if (reading && !arrived.isEmpty()) {
      byte[] first = arrived.element();
      int count = Math.min(pieceBytes, first.length - deliveredOfFirst);
      int from = deliveredOfFirst;
      deliveredOfFirst += count;
      if (deliveredOfFirst == first.length) {
        arrived.remove();
        deliveredOfFirst = 0;
      }
      listener.received(first.clone(), from, count);
      listener.receivedAll();
    } else if (hungUp) {
      close();
    }
  }

  byte[] take() {
    byte[] bytes = sent.toByteArray();
    sent = new ByteArrayOutputStream();
    boolean wasFull = unsent.size() > 0;
    flush();
    if (wasFull && unsent.size() == 0 && events != null && !closed) {
      events.drained();
    }
    return bytes;
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
    }
    if (closing && unsent.size() == 0) {
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
    closing = true;
    flush();
  }
}
