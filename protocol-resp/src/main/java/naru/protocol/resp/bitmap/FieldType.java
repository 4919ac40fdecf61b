package naru.protocol.resp.bitmap;

import naru.bytes.Bytes;
import naru.bytes.Numbers;
import naru.engine.Refusal;
import org.jspecify.annotations.Nullable;

/// An integer of so many bits: `i1` to `i64`, `u1` to `u63`.
record FieldType(boolean signed, int bits) {
  /// What becomes of a number that a field cannot hold.
  enum Overflow {
    /// Its upper bits are cut off.
    WRAP,
    /// It becomes the nearest one that fits.
    SAT,
    /// It is not stored.
    FAIL
  }

  static FieldType of(Bytes text) {
    int zero = text.indexOf((byte) 0, 0);
    Bytes word = zero < 0 ? text : text.slice(0, zero);
    boolean signed = !word.isEmpty() && word.at(0) == 'i';
    if (signed || (!word.isEmpty() && word.at(0) == 'u')) {
      Bytes digits = word.slice(1, word.length());
      long bits = Numbers.isLong(digits) ? Numbers.parseLong(digits) : 0;
      if (bits >= 1 && bits <= (signed ? 64 : 63)) {
        return new FieldType(signed, (int) bits);
      }
    }
    throw new Refusal(
        "Invalid bitfield type. Use something like i16 u8. Note that u64 is not supported but "
            + "i64 is.");
  }

  private long most() {
    return signed ? Long.MAX_VALUE >> (64 - bits) : (1L << bits) - 1;
  }

  private long least() {
    return signed ? Long.MIN_VALUE >> (64 - bits) : 0;
  }

  /// The lower bits of `raw` as a value of this type.
  long cut(long raw) {
    int unused = 64 - bits;
    return signed ? raw << unused >> unused : raw << unused >>> unused;
  }

  /// What is stored of `value`; null if nothing is.
  ///
  /// A negative number is above all that an unsigned field can hold.
  @Nullable Long fitted(long value, Overflow overflow) {
    if (value >= least() && value <= most()) {
      return value;
    }
    boolean above = !signed || value > most();
    return fitted(value, above, overflow);
  }

  /// As [#fitted(long, Overflow)], for a value of this type and what is added to it.
  @Nullable Long sum(long value, long increment, Overflow overflow) {
    boolean above = increment > 0 && value > most() - increment;
    boolean below = increment < 0 && (signed ? value < least() - increment : value + increment < 0);
    return above || below
        ? fitted(value + increment, above, overflow)
        : Long.valueOf(value + increment);
  }

  private @Nullable Long fitted(long value, boolean above, Overflow overflow) {
    return switch (overflow) {
      case WRAP -> cut(value);
      case SAT -> above ? most() : least();
      case FAIL -> null;
    };
  }
}
