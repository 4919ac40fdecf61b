package naru.engine.string;

import java.util.Arrays;
import naru.bytes.ByteWriter;
import naru.bytes.Bytes;
import naru.bytes.Numbers;
import naru.engine.Entry;
import naru.engine.Retelling;
import naru.engine.Value;
import naru.structures.HeapSize;

/// A string. Its array is its own, of exactly its length until the string grows or is written into.
public sealed class StringValue implements Value permits Item {
  /// Room is doubled up to this, then added in steps of it.
  private static final int SPARE_MAX_BYTES = 1 << 20;

  private static final int EMBEDDED_MAX_BYTES = 44;

  /// A string that is longer takes another array when other bytes take the place of all, or move:
  /// so a snapshot need not be told of all of it first.
  static final int IN_PLACE_MAX_BYTES = 256 << 10;

  private byte[] array;

  /// The length; its highest bit is set once the string was lengthened or written into. A flag of
  /// its own would make each string eight bytes larger.
  private int lengthAndEdited;

  public StringValue(Bytes bytes) {
    array = bytes.copy();
    lengthAndEdited = array.length;
  }

  StringValue(byte[] array, boolean edited) {
    this.array = array;
    become(array.length, edited);
  }

  private void become(int length, boolean edited) {
    lengthAndEdited = edited ? length | Integer.MIN_VALUE : length;
  }

  /// Takes over the array of `other`.
  StringValue(StringValue other) {
    array = other.array;
    lengthAndEdited = other.lengthAndEdited;
  }

  /// Whether it is an [Item].
  boolean isItem() {
    return false;
  }

  /// It has become other bytes by an op that knows of strings only.
  void changed() {}

  /// A view of the string: good until the next op on its key.
  public Bytes bytes() {
    return Bytes.of(array, 0, length());
  }

  public int length() {
    return lengthAndEdited & Integer.MAX_VALUE;
  }

  /// Bytes that the string has, room to grow included.
  public int capacityBytes() {
    return array.length;
  }

  /// Whether it was lengthened or written into since it was last set as a whole.
  public boolean isEdited() {
    return lengthAndEdited < 0;
  }

  /// Whether one op tells all of it, and it has at most so many bytes.
  public boolean isPlain(int bytesMax) {
    return lengthAndEdited >= 0 && lengthAndEdited <= bytesMax && !isItem();
  }

  /// The op that tells all of it, if [#isPlain].
  public StringOp plainOp(int database, Bytes key, long expiresAtMs) {
    return expiresAtMs == Entry.NEVER
        ? new StringOp.Set(database, key, bytes())
        : new StringOp.SetUntil(database, key, expiresAtMs, bytes());
  }

  /// Encodes [#plainOp].
  public void encodePlain(int database, byte[] key, long expiresAtMs, ByteWriter out) {
    out.writeByte(expiresAtMs == Entry.NEVER ? StringOp.SET : StringOp.SET_UNTIL);
    out.writeVarLong(database);
    out.writeSized(key);
    if (expiresAtMs != Entry.NEVER) {
      out.writeLong(expiresAtMs);
    }
    out.writeVarLong(length());
    out.write(array, 0, length());
  }

  void replace(Bytes bytes) {
    if (bytes.length() == array.length && array.length <= IN_PLACE_MAX_BYTES) {
      System.arraycopy(bytes.array(), bytes.offset(), array, 0, array.length);
    } else {
      array = bytes.copy();
    }
    lengthAndEdited = array.length;
  }

  /// As Redis names it: `int`, `embstr` up to 44 bytes, else `raw`.
  public String encoding() {
    if (isEdited() || length() > EMBEDDED_MAX_BYTES) {
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
    lengthAndEdited = digits;
    changed();
  }

  void append(Bytes bytes) {
    write(length(), bytes);
  }

  /// Puts `bytes` at `offset`, with zeros between the end and there if it is behind the end.
  void write(int offset, Bytes bytes) {
    int end = offset + bytes.length();
    if (end > array.length) {
      array = Arrays.copyOf(array, grown(end));
    }
    System.arraycopy(bytes.array(), bytes.offset(), array, offset, bytes.length());
    become(Math.max(length(), end), true);
    changed();
  }

  /// Puts `bytes` in the place of `removed` bytes at `offset`.
  void splice(int offset, int removed, Bytes bytes) {
    int length = length();
    int from = Math.min(offset, length);
    int behind = Math.min(from + removed, length);
    int end = from + bytes.length();
    int newLength = end + length - behind;
    byte[] target = array;
    if (newLength > array.length || length > IN_PLACE_MAX_BYTES) {
      target = new byte[grown(newLength)];
      System.arraycopy(array, 0, target, 0, from);
    }
    System.arraycopy(array, behind, target, end, length - behind);
    System.arraycopy(bytes.array(), bytes.offset(), target, from, bytes.length());
    // What is behind the end has to be zeros for whoever writes there.
    Arrays.fill(target, newLength, Math.clamp(length, newLength, target.length), (byte) 0);
    array = target;
    become(newLength, true);
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
    int count = Math.clamp(length() - offset, 0, bytes.length());
    System.arraycopy(bytes.array(), bytes.offset(), array, offset, count);
  }

  @Override
  public long sizeBytes() {
    return 16 + HeapSize.bytes(array.length);
  }

  @Override
  public Retelling retelling(int database, Bytes key, long expiresAtMs, Retelling.Pieces pieces) {
    return new StringRetelling(this, database, key, expiresAtMs, pieces);
  }

  @Override
  public StringValue copy() {
    return new StringValue(Arrays.copyOf(array, length()), isEdited());
  }
}
