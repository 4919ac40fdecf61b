package naru.engine.stream;

import java.util.Arrays;
import naru.bytes.ByteReader;
import naru.bytes.ByteWriter;
import org.jspecify.annotations.Nullable;

/// Ids of entries, in the order in which they were added: sixteen bytes each.
public final class IdList {
  private long[] pairs;
  private int size;

  public IdList() {
    this(4);
  }

  public IdList(int capacity) {
    pairs = new long[2 * capacity];
  }

  public static IdList of(StreamId... ids) {
    IdList list = new IdList(ids.length);
    for (StreamId id : ids) {
      list.add(id);
    }
    return list;
  }

  public int size() {
    return size;
  }

  public boolean isEmpty() {
    return size == 0;
  }

  public long ms(int index) {
    return pairs[2 * index];
  }

  public long seq(int index) {
    return pairs[2 * index + 1];
  }

  public StreamId get(int index) {
    return new StreamId(ms(index), seq(index));
  }

  /// The one that was added last; there must be one.
  public StreamId last() {
    return get(size - 1);
  }

  public void add(StreamId id) {
    add(id.ms(), id.seq());
  }

  public void add(long ms, long seq) {
    if (2 * size == pairs.length) {
      pairs = Arrays.copyOf(pairs, Math.max(8, pairs.length * 2));
    }
    pairs[2 * size] = ms;
    pairs[2 * size + 1] = seq;
    size++;
  }

  /// Each id as its distance from the one before: mostly two bytes.
  void encode(ByteWriter out) {
    out.writeVarLong(size);
    long ms = 0;
    long seq = 0;
    for (int i = 0; i < size; i++) {
      out.writeSignedVarLong(ms(i) - ms);
      out.writeSignedVarLong(seq(i) - seq);
      ms = ms(i);
      seq = seq(i);
    }
  }

  static IdList decode(ByteReader in) {
    int count = in.readCount();
    IdList list = new IdList(Math.min(count, 1024));
    long ms = 0;
    long seq = 0;
    for (int i = 0; i < count; i++) {
      ms += in.readSignedVarLong();
      seq += in.readSignedVarLong();
      list.add(ms, seq);
    }
    return list;
  }

  @Override
  public boolean equals(@Nullable Object object) {
    return object instanceof IdList other
        && Arrays.equals(pairs, 0, 2 * size, other.pairs, 0, 2 * other.size);
  }

  @Override
  public int hashCode() {
    int hash = 1;
    for (int i = 0; i < 2 * size; i++) {
      hash = 31 * hash + Long.hashCode(pairs[i]);
    }
    return hash;
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder("[");
    for (int i = 0; i < size; i++) {
      text.append(i == 0 ? "" : ", ").append(get(i));
    }
    return text.append(']').toString();
  }
}
