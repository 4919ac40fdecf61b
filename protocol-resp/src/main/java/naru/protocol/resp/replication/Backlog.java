package naru.protocol.resp.replication;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.function.Consumer;

/// The last of what those who follow were told, so that one whose link was cut can go on.
///
/// Kept in segments; the oldest goes as a whole when the others are enough.
///
/// ```
///     first                                first + length
///     v                                    v the next byte
///     [segment, full][segment, full][segm...]
/// ```
///
/// Full segments are never written again, so they are handed out as they are.
final class Backlog {
  static final int SEGMENT_BYTES = 16 << 10;

  private final ArrayDeque<byte[]> segments = new ArrayDeque<>();
  private long first;
  private long length;
  private int filled = SEGMENT_BYTES;
  private long limitBytes;

  /// @param first the offset of the byte that comes next
  Backlog(long first, long limitBytes) {
    this.first = first;
    this.limitBytes = limitBytes;
  }

  /// At least so many bytes are kept, and not a segment more.
  void limit(long bytes) {
    limitBytes = bytes;
    trim();
  }

  void append(byte[] bytes) {
    int at = 0;
    while (at < bytes.length) {
      if (filled == SEGMENT_BYTES) {
        segments.add(new byte[SEGMENT_BYTES]);
        filled = 0;
      }
      int count = Math.min(bytes.length - at, SEGMENT_BYTES - filled);
      System.arraycopy(bytes, at, segments.getLast(), filled, count);
      filled += count;
      at += count;
      length += count;
      trim();
    }
  }

  private void trim() {
    while (segments.size() > 1 && length - SEGMENT_BYTES >= limitBytes) {
      segments.removeFirst();
      first += SEGMENT_BYTES;
      length -= SEGMENT_BYTES;
    }
  }

  /// The offset of the first byte that is kept.
  long first() {
    return first;
  }

  /// How many bytes are kept.
  long length() {
    return length;
  }

  /// Whether everything from that offset on is kept, which may be nothing yet.
  boolean reaches(long from) {
    return from >= first && from <= first + length;
  }

  /// Hands out everything from that offset on.
  void read(long from, Consumer<byte[]> to) {
    long offset = first;
    long end = first + length;
    for (byte[] segment : segments) {
      long segmentEnd = Math.min(end, offset + SEGMENT_BYTES);
      if (from <= offset && segmentEnd - offset == SEGMENT_BYTES) {
        to.accept(segment);
      } else if (from < segmentEnd) {
        int skipped = (int) Math.max(0, from - offset);
        to.accept(Arrays.copyOfRange(segment, skipped, (int) (segmentEnd - offset)));
      }
      offset = segmentEnd;
    }
  }

  /// What it takes in memory.
  long sizeBytes() {
    return (long) segments.size() * SEGMENT_BYTES;
  }
}
