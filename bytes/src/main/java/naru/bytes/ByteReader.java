package naru.bytes;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/// Reads what [ByteWriter] wrote, from a part of an array.
///
/// Reading past the limit is a broken invariant or damaged input: [Malformed] is thrown, nothing is
/// ever read from behind the limit.
public final class ByteReader {
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private byte[] array;
  private int position;
  private int limit;

  /// The bytes end before what was asked for, are no number, or mean nothing to the reader.
  public static class Malformed extends RuntimeException {
    private static final long serialVersionUID = 1;

    /// @param what is wrong, to follow "one that": `has a count of -1`
    public Malformed(String what) {
      super(what);
    }
  }

  public ByteReader(byte[] array) {
    this(array, 0, array.length);
  }

  public ByteReader(byte[] array, int from, int to) {
    this.array = array;
    this.position = from;
    this.limit = to;
  }

  public ByteReader(Bytes bytes) {
    this(bytes.array(), bytes.offset(), bytes.offset() + bytes.length());
  }

  /// Reads on from another place.
  public void reset(byte[] newArray, int from, int to) {
    array = newArray;
    position = from;
    limit = to;
  }

  public byte[] array() {
    return array;
  }

  public int position() {
    return position;
  }

  public void position(int newPosition) {
    position = newPosition;
  }

  public int limit() {
    return limit;
  }

  public int remaining() {
    return limit - position;
  }

  public byte readByte() {
    require(1);
    return array[position++];
  }

  public int readInt() {
    require(4);
    int value = (int) INT.get(array, position);
    position += 4;
    return value;
  }

  public long readLong() {
    require(8);
    long value = (long) LONG.get(array, position);
    position += 8;
    return value;
  }

  public double readDouble() {
    return Double.longBitsToDouble(readLong());
  }

  public long readVarLong() {
    long value = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      byte b = readByte();
      value |= (b & 0x7FL) << shift;
      if (b >= 0) {
        return value;
      }
    }
    throw new Malformed("has a varint of more than ten bytes");
  }

  public long readSignedVarLong() {
    long zigzag = readVarLong();
    return (zigzag >>> 1) ^ -(zigzag & 1);
  }

  /// A varint that counts something held in memory.
  public int readCount() {
    long count = readVarLong();
    if (count < 0 || count > Integer.MAX_VALUE) {
      throw new Malformed("has a count of " + count);
    }
    return (int) count;
  }

  /// The next `count` bytes, borrowed from the array.
  public Bytes read(int count) {
    require(count);
    Bytes bytes = Bytes.of(array, position, count);
    position += count;
    return bytes;
  }

  /// What [ByteWriter#writeSized(Bytes)] wrote, borrowed from the array.
  public Bytes readSized() {
    return read(readCount());
  }

  /// As many runs as are announced before the first, each as [#readSized]. Memory grows with what
  /// is there, not with what is announced.
  public List<Bytes> readSizedList() {
    int count = readCount();
    List<Bytes> list = new ArrayList<>(Math.min(count, 1024));
    for (int i = 0; i < count; i++) {
      list.add(readSized());
    }
    return list;
  }

  private void require(int count) {
    if (count < 0 || count > limit - position) {
      throw new Malformed("ends after " + position + " of " + limit + " bytes, wanted " + count);
    }
  }
}
