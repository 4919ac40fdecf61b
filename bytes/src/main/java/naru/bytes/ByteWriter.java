package naru.bytes;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;

/// A growing run of bytes being written. Fixed-width numbers are little-endian.
public final class ByteWriter {
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private byte[] array;
  private int length;

  public ByteWriter(int capacityBytes) {
    array = new byte[capacityBytes];
  }

  public int length() {
    return length;
  }

  public int capacity() {
    return array.length;
  }

  /// The bytes written so far are `array()[0 .. length())`. Changes when the writer grows.
  public byte[] array() {
    return array;
  }

  /// A copy of what was written.
  public byte[] toArray() {
    return Arrays.copyOf(array, length);
  }

  /// Forgets what was written and, if the buffer outgrew `keepBytes`, gives the large array back.
  public void clear(int keepBytes) {
    length = 0;
    if (array.length > keepBytes) {
      array = new byte[keepBytes];
    }
  }

  /// Cuts what was written back to its first `newLength` bytes.
  public void truncate(int newLength) {
    assert newLength <= length;
    length = newLength;
  }

  /// Makes room for `more` bytes without a further check; returns the array to write into.
  public byte[] ensure(int more) {
    int needed = Math.addExact(length, more);
    if (needed > array.length) {
      array = Arrays.copyOf(array, Math.max(needed, grown(array.length)));
    }
    return array;
  }

  private static int grown(int capacity) {
    return (int) Math.min(Integer.MAX_VALUE - 8L, Math.max(64L, capacity * 2L));
  }

  /// Counts `count` bytes that the caller put behind [#length] after [#ensure].
  public void advance(int count) {
    length += count;
  }

  public void writeByte(int value) {
    ensure(1)[length++] = (byte) value;
  }

  public void writeInt(int value) {
    INT.set(ensure(4), length, value);
    length += 4;
  }

  public void writeLong(long value) {
    LONG.set(ensure(8), length, value);
    length += 8;
  }

  public void writeDouble(double value) {
    writeLong(Double.doubleToRawLongBits(value));
  }

  /// Overwrites four bytes that were written before, at `at`.
  public void setInt(int at, int value) {
    INT.set(array, at, value);
  }

  /// Overwrites eight bytes that were written before, at `at`.
  public void setLong(int at, long value) {
    LONG.set(array, at, value);
  }

  /// An unsigned number, seven bits a byte, lowest first, the top bit set on all but the last.
  public void writeVarLong(long value) {
    byte[] into = ensure(10);
    int at = length;
    long rest = value;
    while ((rest & ~0x7FL) != 0) {
      into[at++] = (byte) (rest | 0x80);
      rest >>>= 7;
    }
    into[at++] = (byte) rest;
    length = at;
  }

  /// A signed number near zero: zigzag, then [#writeVarLong].
  public void writeSignedVarLong(long value) {
    writeVarLong((value << 1) ^ (value >> 63));
  }

  public void write(Bytes bytes) {
    write(bytes.array(), bytes.offset(), bytes.length());
  }

  public void write(byte[] bytes) {
    write(bytes, 0, bytes.length);
  }

  public void write(byte[] bytes, int offset, int count) {
    System.arraycopy(bytes, offset, ensure(count), length, count);
    length += count;
  }

  /// The length as a varint, then the bytes.
  public void writeSized(Bytes bytes) {
    writeVarLong(bytes.length());
    write(bytes);
  }

  /// The number of runs, then each as [#writeSized].
  public void writeSizedList(List<Bytes> list) {
    writeVarLong(list.size());
    for (int i = 0; i < list.size(); i++) {
      writeSized(list.get(i));
    }
  }

  /// The length as a varint, then the bytes.
  public void writeSized(byte[] bytes) {
    writeVarLong(bytes.length);
    write(bytes);
  }

  /// Text known to be ASCII or ISO 8859-1: one byte for each char.
  public void writeAscii(String text) {
    int count = text.length();
    byte[] into = ensure(count);
    for (int i = 0; i < count; i++) {
      into[length + i] = (byte) text.charAt(i);
    }
    length += count;
  }

  /// The decimal form of `value`.
  public void writeDecimal(long value) {
    int count = Numbers.length(value);
    byte[] into = ensure(count);
    length += count;
    Numbers.write(value, into, length);
  }
}
