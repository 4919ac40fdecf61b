package naru.rdb;

import naru.bytes.Bytes;
import naru.bytes.Numbers;

/// The elements of a packed collection, which stands in one string, one after the other.
///
/// Nothing is believed: whatever the bytes are, elements lie within them, or [MalformedRdb] says
/// where the string is that is wrong.
abstract class Elements {
  private static final int SHARED_MIN = -128;
  private static final int SHARED_MAX = 1023;
  private static final Bytes[] SHARED = shared();

  final byte[] array;
  final int start;
  final int end;

  /// Where the next element begins.
  int at;

  private final String name;
  private final long offset;

  /// @param offset in the file, for messages: where the string ended
  Elements(Bytes packed, String name, long offset) {
    array = packed.array();
    start = packed.offset();
    end = start + packed.length();
    at = start;
    this.name = name;
    this.offset = offset;
  }

  private static Bytes[] shared() {
    Bytes[] shared = new Bytes[SHARED_MAX - SHARED_MIN + 1];
    for (int i = 0; i < shared.length; i++) {
      shared[i] = Bytes.of(Numbers.toAscii(i + SHARED_MIN));
    }
    return shared;
  }

  /// A number as an element: small ones, of which a few bytes can hold very many, share theirs.
  static Bytes decimal(long number) {
    return number >= SHARED_MIN && number <= SHARED_MAX
        ? SHARED[(int) number - SHARED_MIN]
        : Bytes.of(Numbers.toAscii(number));
  }

  /// Whether another element follows; at the end, everything has to be as it should.
  abstract boolean hasNext();

  /// The next element: a view, unless it is a number.
  abstract Bytes next();

  /// The next element, which has to be there.
  final Bytes required() {
    if (!hasNext()) {
      throw malformed("ends where an element should be");
    }
    return next();
  }

  /// The next element, which has to be a number.
  long number() {
    Bytes element = required();
    if (!Numbers.isLong(element)) {
      throw malformed("has other bytes where a number should be");
    }
    return Numbers.parseLong(element);
  }

  final MalformedRdb malformed(String what) {
    return new MalformedRdb(
        offset, "the " + name + " that ends here " + what + ", at its byte " + (at - start));
  }

  final int unsigned(int place) {
    return array[place] & 0xFF;
  }

  /// So many bytes, low byte first, with their sign.
  final long little(int place, int count) {
    long value = array[place + count - 1];
    for (int i = count - 2; i >= 0; i--) {
      value = value << 8 | unsigned(place + i);
    }
    return value;
  }

  /// Four bytes, low byte first.
  final long littleUnsigned(int place) {
    return little(place, 4) & 0xFFFFFFFFL;
  }

  /// Fails unless so many bytes lie before `limit`.
  final void require(long count, int limit) {
    if (count > limit - at) {
      throw malformed("has an element that reaches over its end");
    }
  }
}
