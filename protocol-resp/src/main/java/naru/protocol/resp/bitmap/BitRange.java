package naru.protocol.resp.bitmap;

import naru.protocol.resp.verb.Call;

/// Bits of a string.
///
/// @param first number of the first bit
/// @param last number of the last bit; before the first one if there is none
record BitRange(long first, long last) {
  /// The bits of a string of `length` bytes from `start` to `end`, which count from its end if they
  /// are negative.
  ///
  /// @param bits whether they count bits, else bytes
  static BitRange of(long start, long end, boolean bits, int length) {
    long total = bits ? length * 8L : length;
    long first = Math.max(0, start < 0 ? total + start : start);
    long last = Math.min(total - 1, Math.max(0, end < 0 ? total + end : end));
    return first > last
        ? new BitRange(0, -1)
        : bits ? new BitRange(first, last) : new BitRange(first * 8, last * 8 + 7);
  }

  static BitRange whole(int length) {
    return new BitRange(0, length * 8L - 1);
  }

  boolean isEmpty() {
    return first > last;
  }

  /// Whether the word at `index` says that a range counts bits.
  static boolean countsBits(Call call, int index) {
    if (!call.is(index, "BIT") && !call.is(index, "BYTE")) {
      throw Call.syntaxError();
    }
    return call.is(index, "BIT");
  }
}
