package naru.engine.string;

import java.util.Arrays;
import naru.bytes.Bytes;
import naru.bytes.Numbers;
import naru.engine.Retelling;
import naru.engine.Value;
import naru.structures.HeapSize;

/// A string. Its array is its own, of exactly its length until the string grows or is written into.
public sealed class StringValue implements Value permits Item {
  /// Room is doubled up to this, then added in steps of it.
  private static final int SPARE_MAX_BYTES = 1 << 20;

  private static final int EMBEDDED_MAX_BYTES = 44;

  private byte[] array;
  private int length;
  private boolean edited;

  public StringValue(Bytes bytes) {
    array = bytes.copy();
    length = array.length;
  }

  StringValue(byte[] array, boolean edited) {
    this.array = array;
    this.length = array.length;
    this.edited = edited;
  }

  /// Takes over the array of `other`.
  StringValue(StringValue other) {
    array = other.array;
    length = other.length;
    edited = other.edited;
  }

  /// Whether it is an [Item].
  boolean isItem() {
    return false;
  }

  /// It has become other bytes by an op that knows of strings only.
  void changed() {}

  /// A view of the string: good until the next op on its key.
  public Bytes bytes() {
    return Bytes.of(array, 0, length);
  }

  public int length() {
    return length;
  }

  /// Bytes that the string has, room to grow included.
  public int capacityBytes() {
    return array.length;
  }

  /// Whether it was lengthened or written into since it was last set as a whole.
  public boolean isEdited() {
    return edited;
  }

  void replace(Bytes bytes) {
    if (bytes.length() == array.length) {
      System.arraycopy(bytes.array(), bytes.offset(), array, 0, array.length);
    } else {
      array = bytes.copy();
    }
    length = array.length;
    edited = false;
  }

  /// As Redis names it: `int`, `embstr` up to 44 bytes, else `raw`.
  public String encoding() {
    if (edited || length > EMBEDDED_MAX_BYTES) {
      return "raw";
    }
    return Numbers.isLong(bytes()) ? "int" : "embstr";
  }

  /// Becomes the decimal form of `number`.
  void replace(long number) {
    int digits = Numbers.length(number);
    if (digits != array.length) {
      array = new byte[digits];
    }
    Numbers.write(number, array, digits);
    length = digits;
    edited = false;
    changed();
  }

  void append(Bytes bytes) {
    write(length, bytes);
  }

  /// Puts `bytes` at `offset`, with zeros between the end and there if it is behind the end.
  void write(int offset, Bytes bytes) {
    int end = offset + bytes.length();
    if (end > array.length) {
      array = Arrays.copyOf(array, grown(end));
    }
    System.arraycopy(bytes.array(), bytes.offset(), array, offset, bytes.length());
    length = Math.max(length, end);
    edited = true;
    changed();
  }

  /// Puts `bytes` in the place of `removed` bytes at `offset`.
  void splice(int offset, int removed, Bytes bytes) {
    int from = Math.min(offset, length);
    int behind = Math.min(from + removed, length);
    int end = from + bytes.length();
    int newLength = end + length - behind;
    if (newLength > array.length) {
      array = Arrays.copyOf(array, grown(newLength));
    }
    System.arraycopy(array, behind, array, end, length - behind);
    System.arraycopy(bytes.array(), bytes.offset(), array, from, bytes.length());
    // What is behind the end has to be zeros for whoever writes there.
    Arrays.fill(array, newLength, Math.max(newLength, length), (byte) 0);
    length = newLength;
    edited = true;
    changed();
  }

  private static int grown(int needed) {
    return (int)
        Math.min(Integer.MAX_VALUE - 8L, needed + (long) Math.min(needed, SPARE_MAX_BYTES));
  }

  static StringValue restored(boolean edited, int length, Bytes beginning) {
    byte[] array = new byte[Math.max(length, beginning.length())];
    System.arraycopy(beginning.array(), beginning.offset(), array, 0, beginning.length());
    return new StringValue(array, edited);
  }

  /// Puts bytes within the string, which does not count as a change of it.
  void fill(int offset, Bytes bytes) {
    int count = Math.clamp(length - offset, 0, bytes.length());
    System.arraycopy(bytes.array(), bytes.offset(), array, offset, count);
  }

  @Override
  public long sizeBytes() {
    return 24 + HeapSize.bytes(array.length);
  }

  @Override
  public Retelling retelling(int database, Bytes key, long expiresAtMs) {
    return new StringRetelling(this, database, key, expiresAtMs);
  }

  @Override
  public StringValue copy() {
    return new StringValue(Arrays.copyOf(array, length), edited);
  }
}
