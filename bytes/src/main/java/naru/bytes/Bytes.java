package naru.bytes;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// A run of bytes that nobody changes: a key, a value, an argument.
///
/// It is a view (array, offset, length), so an argument is cut from the receive buffer without a
/// copy. That makes two kinds, told apart by contract, not by type:
///
/// - **borrowed**: a view of a buffer that is reused when the turn ends. Arguments of a request,
///   and the bytes inside ops, are borrowed. Whoever keeps them takes [#toArray] or [#owned].
/// - **owned**: backed by an array that is never written again.
///
/// Order is unsigned and lexicographic, as in `memcmp` followed by length.
public final class Bytes implements Comparable<Bytes> {
  public static final Bytes EMPTY = new Bytes(new byte[0], 0, 0);

  private final byte[] array;
  private final int offset;
  private final int length;

  private Bytes(byte[] array, int offset, int length) {
    this.array = array;
    this.offset = offset;
    this.length = length;
  }

  /// A view of all of `array`, which the caller gives away.
  public static Bytes of(byte[] array) {
    return new Bytes(array, 0, array.length);
  }

  /// A view of `length` bytes of `array` from `offset`.
  public static Bytes of(byte[] array, int offset, int length) {
    assert offset >= 0 && length >= 0 && offset + length <= array.length;
    return new Bytes(array, offset, length);
  }

  /// The UTF-8 form of `text`.
  public static Bytes of(String text) {
    return of(text.getBytes(StandardCharsets.UTF_8));
  }

  public int length() {
    return length;
  }

  public boolean isEmpty() {
    return length == 0;
  }

  public byte at(int index) {
    return array[offset + index];
  }

  /// The backing array: for code that moves bytes in bulk. Never written.
  public byte[] array() {
    return array;
  }

  /// Where this view starts in [#array].
  public int offset() {
    return offset;
  }

  /// The bytes `from` (inclusive) to `to` (exclusive), sharing the array.
  public Bytes slice(int from, int to) {
    return of(array, offset + from, to - from);
  }

  /// The bytes as an array of exactly this length, copied unless the view is the whole array.
  ///
  /// The result may be shared: it is for keeping, not for writing.
  public byte[] toArray() {
    return offset == 0 && length == array.length ? array : copy();
  }

  /// A fresh array with these bytes, which the caller may write.
  public byte[] copy() {
    return Arrays.copyOfRange(array, offset, offset + length);
  }

  /// These bytes in an array of their own: this very view when it is the whole of its array.
  public Bytes owned() {
    return offset == 0 && length == array.length ? this : of(copy());
  }

  public boolean contentEquals(byte[] other) {
    return Arrays.equals(array, offset, offset + length, other, 0, other.length);
  }

  /// Whether the bytes are `ascii` but for the case of letters. `ascii` is given in upper case.
  public boolean equalsIgnoreCase(String ascii) {
    if (ascii.length() != length) {
      return false;
    }
    for (int i = 0; i < length; i++) {
      byte b = array[offset + i];
      int upper = b >= 'a' && b <= 'z' ? b - 32 : b;
      if (upper != ascii.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  public boolean startsWith(Bytes prefix) {
    return prefix.length <= length
        && Arrays.equals(
            array,
            offset,
            offset + prefix.length,
            prefix.array,
            prefix.offset,
            prefix.offset + prefix.length);
  }

  /// Index of the first `wanted` at or after `from`, -1 if there is none.
  public int indexOf(byte wanted, int from) {
    for (int i = from; i < length; i++) {
      if (array[offset + i] == wanted) {
        return i;
      }
    }
    return -1;
  }

  @Override
  public int compareTo(Bytes other) {
    return Arrays.compareUnsigned(
        array, offset, offset + length, other.array, other.offset, other.offset + other.length);
  }

  @Override
  public boolean equals(@Nullable Object object) {
    return object instanceof Bytes other
        && Arrays.equals(
            array, offset, offset + length, other.array, other.offset, other.offset + other.length);
  }

  @Override
  public int hashCode() {
    int hash = 1;
    for (int i = offset; i < offset + length; i++) {
      hash = 31 * hash + array[i];
    }
    return hash;
  }

  /// The bytes before the first zero, one char for each, as C prints them: for the text of errors.
  public String printed() {
    int end = 0;
    while (end < length && at(end) != 0) {
      end++;
    }
    return new String(array, offset, end, StandardCharsets.ISO_8859_1);
  }

  /// The bytes as text: UTF-8, with replacement characters for what is not.
  @Override
  public String toString() {
    return new String(array, offset, length, StandardCharsets.UTF_8);
  }
}
