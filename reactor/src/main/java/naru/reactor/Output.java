package naru.reactor;

import java.util.ArrayDeque;
import naru.bytes.ByteWriter;
import naru.world.Socket;
import org.jspecify.annotations.Nullable;

/// What a connection has still to send, in order, each part with the log position it waits for.
///
/// ```
///  chunks (sealed, each with its position)          tail (open)
///  [replies @7][shared frame @7][replies @9]        [replies being written]
/// ```
///
/// Small frames are copied into the tail; large ones are referred to, so that a message to a
/// thousand subscribers is held once.
final class Output {
  private static final int TAIL_KEPT_BYTES = 16 << 10;
  private static final int SHARED_FROM_BYTES = 256;

  /// Not more than this is handed to the system before it has taken what it has.
  private static final int IN_SYSTEM_MAX_BYTES = 256 << 10;

  private static final class Chunk {
    final byte[] array;
    final int from;
    final long position;
    int to;

    Chunk(byte[] array, int from, int to, long position) {
      this.array = array;
      this.from = from;
      this.to = to;
      this.position = position;
    }

    @SuppressWarnings("ReferenceEquality")
    boolean endsIn(byte[] otherArray, int at) {
      return array == otherArray && to == at;
    }
  }

  private final SpareWriters spareWriters;
  private final ArrayDeque<Chunk> chunks = new ArrayDeque<>(2);
  private @Nullable ByteWriter tail;
  private int tailFrom;
  private long chunkBytes;

  /// How much of the first chunk has been sent.
  private int sentOfFirst;

  Output(SpareWriters spareWriters) {
    this.spareWriters = spareWriters;
  }

  ByteWriter writer() {
    if (tail == null) {
      tail = spareWriters.take();
    }
    return tail;
  }

  /// Bytes that have not been handed to the socket.
  long bytes() {
    return chunkBytes + unstampedBytes();
  }

  boolean isEmpty() {
    return chunkBytes == 0 && unstampedBytes() == 0;
  }

  private int unstampedBytes() {
    return tail == null ? 0 : tail.length() - tailFrom;
  }

  void add(byte[] frame, long position) {
    if (frame.length < SHARED_FROM_BYTES) {
      writer().write(frame);
      stamp(position);
    } else {
      stamp(position);
      append(new Chunk(frame, 0, frame.length, position));
    }
  }

  /// Everything written since the last stamp waits for `position`.
  @SuppressWarnings("ReferenceEquality") // the same array, not an equal one
  void stamp(long position) {
    ByteWriter open = tail;
    if (open == null || open.length() == tailFrom) {
      return;
    }
    Chunk last = chunks.peekLast();
    if (last != null && last.position == position && last.endsIn(open.array(), tailFrom)) {
      chunkBytes += open.length() - tailFrom;
      last.to = open.length();
    } else {
      append(new Chunk(open.array(), tailFrom, open.length(), position));
    }
    tailFrom = open.length();
    if (open.length() >= TAIL_KEPT_BYTES) {
      tail = null;
      tailFrom = 0;
    }
  }

  private void append(Chunk chunk) {
    chunks.add(chunk);
    chunkBytes += chunk.to - chunk.from;
  }

  /// Hands what is safe to the socket, as far as the system takes it; returns whether something is
  /// left that waits for its position to become safe. What is left for another reason goes on when
  /// the socket has drained.
  boolean flush(Socket socket, long safePosition) {
    while (write(socket, safePosition)) {
      socket.flush();
    }
    if (chunks.isEmpty() && tail != null && tail.length() == tailFrom) {
      spareWriters.giveBack(tail);
      tail = null;
      tailFrom = 0;
    }
    Chunk first = chunks.peekFirst();
    return first != null && first.position > safePosition;
  }

  /// Writes until the system has its fill; returns whether anything was written.
  private boolean write(Socket socket, long safePosition) {
    long room = IN_SYSTEM_MAX_BYTES - socket.unsentBytes();
    boolean wrote = false;
    Chunk first = chunks.peekFirst();
    while (first != null && first.position <= safePosition && room > 0) {
      int from = first.from + sentOfFirst;
      int count = (int) Math.min(room, first.to - from);
      socket.write(first.array, from, count);
      wrote = true;
      room -= count;
      chunkBytes -= count;
      sentOfFirst += count;
      if (from + count == first.to) {
        chunks.pollFirst();
        sentOfFirst = 0;
        first = chunks.peekFirst();
      }
    }
    return wrote;
  }

  void clear() {
    chunks.clear();
    chunkBytes = 0;
    sentOfFirst = 0;
    tail = null;
    tailFrom = 0;
  }
}
