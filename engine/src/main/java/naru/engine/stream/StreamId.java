package naru.engine.stream;

import naru.bytes.ByteReader;
import naru.bytes.ByteWriter;
import org.jspecify.annotations.Nullable;

/// The id of an entry: milliseconds and a sequence number, both unsigned, ordered by the first and
/// then the second.
public record StreamId(long ms, long seq) implements Comparable<StreamId> {
  /// Before every entry: no entry has this id.
  public static final StreamId ZERO = new StreamId(0, 0);

  public static final StreamId MAX = new StreamId(-1L, -1L);

  public static int compare(long ms, long seq, long otherMs, long otherSeq) {
    int byMs = Long.compareUnsigned(ms, otherMs);
    return byMs != 0 ? byMs : Long.compareUnsigned(seq, otherSeq);
  }

  @Override
  public int compareTo(StreamId other) {
    return compare(ms, seq, other.ms, other.seq);
  }

  public int compareTo(long otherMs, long otherSeq) {
    return compare(ms, seq, otherMs, otherSeq);
  }

  public boolean isZero() {
    return (ms | seq) == 0;
  }

  /// The id right behind this one; null behind [#MAX].
  public @Nullable StreamId next() {
    if (seq != -1L) {
      return new StreamId(ms, seq + 1);
    }
    return ms == -1L ? null : new StreamId(ms + 1, 0);
  }

  /// The id right before this one; null before [#ZERO].
  public @Nullable StreamId previous() {
    if (seq != 0) {
      return new StreamId(ms, seq - 1);
    }
    return ms == 0 ? null : new StreamId(ms - 1, -1L);
  }

  void encode(ByteWriter out) {
    out.writeVarLong(ms);
    out.writeVarLong(seq);
  }

  static StreamId decode(ByteReader in) {
    return new StreamId(in.readVarLong(), in.readVarLong());
  }

  @Override
  public String toString() {
    return Long.toUnsignedString(ms) + "-" + Long.toUnsignedString(seq);
  }
}
