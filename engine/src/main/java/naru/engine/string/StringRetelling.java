package naru.engine.string;

import java.util.BitSet;
import java.util.function.Consumer;
import naru.bytes.Bytes;
import naru.engine.Entry;
import naru.engine.Op;
import naru.engine.Retelling;

/// A string as ops: mostly one, that of `SET`.
///
/// A long one is told in pieces of the array that it has now. Where that is about to be written
/// into, the pieces there are told first; what puts other bytes in the place of all takes another
/// array, see [StringValue#IN_PLACE_MAX_BYTES].
final class StringRetelling extends Retelling {
  private final Bytes bytes;
  private final boolean edited;
  private final boolean plain;
  private final long expiresAtMs;
  private final BitSet told = new BitSet();
  private int next;

  StringRetelling(StringValue string, int database, Bytes key, long expiresAtMs, Pieces pieces) {
    super(database, key, expiryBehind(string, expiresAtMs, pieces), pieces);
    this.bytes = string.bytes();
    this.edited = string.isEdited();
    this.plain = isPlain(string, pieces);
    this.expiresAtMs = expiresAtMs;
  }

  /// What is to be told of an expiry behind the first piece: one op tells all of a short string.
  static long expiryBehind(StringValue string, long expiresAtMs, Pieces pieces) {
    return isPlain(string, pieces) ? Entry.NEVER : expiresAtMs;
  }

  private static boolean isPlain(StringValue string, Pieces pieces) {
    return !string.isEdited() && string.length() <= pieces.bytes();
  }

  @Override
  protected boolean tellPiece(Consumer<? super Op> out) {
    tell(next, out);
    next = told.nextClearBit(next);
    return from(next) < bytes.length();
  }

  private int from(int piece) {
    return (int) Math.min(bytes.length(), (long) piece * pieces.bytes());
  }

  private void tell(int piece, Consumer<? super Op> out) {
    Bytes part = bytes.slice(from(piece), from(piece + 1));
    if (piece > 0) {
      out.accept(new StringOp.Filled(database, key, from(piece), part));
    } else if (!plain) {
      out.accept(new StringOp.Restored(database, key, edited, bytes.length(), part));
    } else if (expiresAtMs == Entry.NEVER) {
      out.accept(new StringOp.Set(database, key, part));
    } else {
      out.accept(new StringOp.SetUntil(database, key, expiresAtMs, part));
    }
    told.set(piece);
  }

  @Override
  public boolean tellBeforeChange(Op change, Consumer<? super Op> out) {
    if (next == 0 && !tell(out)) {
      return false;
    }
    return tellBeforeChangeOfRest(change, out);
  }

  /// As [#tellBeforeChange], when the first piece is told.
  boolean tellBeforeChangeOfRest(Op change, Consumer<? super Op> out) {
    switch (change) {
      case StringOp.Written written -> tellWhere(written, out);
      case StringOp.Appended _ -> {}
      default -> {
        while (bytes.length() <= StringValue.IN_PLACE_MAX_BYTES && tellPiece(out)) {}
      }
    }
    return from(next) < bytes.length();
  }

  private void tellWhere(StringOp.Written written, Consumer<? super Op> out) {
    int end = Math.min(bytes.length(), written.offset() + written.bytes().length());
    for (int piece = written.offset() / pieces.bytes(); from(piece) < end; piece++) {
      if (!told.get(piece)) {
        tell(piece, out);
      }
    }
    next = told.nextClearBit(next);
  }

  @Override
  protected boolean view() {
    return false;
  }
}
