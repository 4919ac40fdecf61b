package naru.protocol.resp.string;

import java.util.HexFormat;
import naru.bytes.Bytes;
import naru.bytes.Xxh3;
import naru.engine.Refusal;
import naru.engine.string.StringValue;
import naru.protocol.resp.verb.Call;
import org.jspecify.annotations.Nullable;

/// A comparison that the present value has to stand before it is replaced or removed.
///
/// @param kind what is compared, and which outcome is wanted
/// @param wanted the value or the digest, in hexadecimal
record Condition(Kind kind, Bytes wanted) {
  private static final int DIGEST_LENGTH = 16;

  enum Kind {
    IFEQ,
    IFNE,
    IFDEQ,
    IFDNE;

    private boolean isDigest() {
      return this == IFDEQ || this == IFDNE;
    }

    private boolean wantsEqual() {
      return this == IFEQ || this == IFDEQ;
    }
  }

  /// The condition whose word stands at `index`; null if none does, or nothing follows.
  static @Nullable Condition at(Call call, int index) {
    if (index + 1 < call.count()) {
      for (Kind kind : Kind.values()) {
        if (call.is(index, kind.name())) {
          return new Condition(kind, call.arg(index + 1));
        }
      }
    }
    return null;
  }

  /// Whether that word begins a condition.
  static boolean begins(Bytes word) {
    for (Kind kind : Kind.values()) {
      if (word.equalsIgnoreCase(kind.name())) {
        return true;
      }
    }
    return false;
  }

  /// Refuses what cannot be a digest.
  void check() {
    if (kind.isDigest() && (wanted.length() != DIGEST_LENGTH || !isHex(wanted))) {
      throw new Refusal("must be exactly 16 hexadecimal characters");
    }
  }

  private static boolean isHex(Bytes text) {
    for (int i = 0; i < text.length(); i++) {
      if (!HexFormat.isHexDigit(text.at(i))) {
        return false;
      }
    }
    return true;
  }

  /// Whether a value, none if null, is as wanted.
  boolean holds(@Nullable StringValue value) {
    if (value == null) {
      return !kind.wantsEqual();
    }
    return kind.wantsEqual() == isEqual(value);
  }

  private boolean isEqual(StringValue value) {
    return kind.isDigest()
        ? HexFormat.fromHexDigitsToLong(wanted.toString()) == Xxh3.of(value.bytes())
        : wanted.equals(value.bytes());
  }
}
