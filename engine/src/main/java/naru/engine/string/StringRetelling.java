package naru.engine.string;

import java.util.function.Consumer;
import naru.bytes.Bytes;
import naru.engine.Entry;
import naru.engine.Op;
import naru.engine.Retelling;

/// A string as ops: mostly one, that of `SET`.
final class StringRetelling extends Retelling {
  private final StringValue string;
  private final long expiresAtMs;
  private int told = -1;

  StringRetelling(StringValue string, int database, Bytes key, long expiresAtMs) {
    super(database, key, expiryBehind(string, expiresAtMs));
    this.string = string;
    this.expiresAtMs = expiresAtMs;
  }

  /// What is to be told of an expiry behind the first piece: one op tells all of a short string.
  static long expiryBehind(StringValue string, long expiresAtMs) {
    return isPlain(string) ? Entry.NEVER : expiresAtMs;
  }

  private static boolean isPlain(StringValue string) {
    return !string.isEdited() && string.length() <= PIECE_BYTES;
  }

  @Override
  protected boolean tellPiece(Consumer<? super Op> out) {
    Bytes bytes = string.bytes();
    if (told == bytes.length()) {
      return false;
    }
    int to = Math.min(bytes.length(), Math.max(told, 0) + PIECE_BYTES);
    if (told >= 0) {
      out.accept(new StringOp.Filled(database, key, told, bytes.slice(told, to)));
    } else if (!isPlain(string)) {
      out.accept(
          new StringOp.Restored(
              database, key, string.isEdited(), bytes.length(), bytes.slice(0, to)));
    } else if (expiresAtMs == Entry.NEVER) {
      out.accept(new StringOp.Set(database, key, bytes));
    } else {
      out.accept(new StringOp.SetUntil(database, key, expiresAtMs, bytes));
    }
    told = to;
    return true;
  }
}
