package naru.engine;

import java.util.function.Consumer;
import naru.bytes.Bytes;
import naru.engine.key.KeyOp;

/// What a key holds, as the ops that make it anew from nothing, a piece at a time.
///
/// The ops lead to the same content in the same form, whatever the limits of packing are when they
/// are applied. They borrow their bytes from the value, and are to be applied or encoded before the
/// next piece is told.
///
/// A piece is some tens of kilobytes, so that a value of any size is told without stopping for it.
/// What is told stays right as long as [#tellBeforeChange] is called before the value changes.
public abstract class Retelling {
  /// A piece ends when it has so many bytes or elements.
  protected static final int PIECE_BYTES = 32 << 10;

  protected static final int PIECE_ELEMENTS = 512;

  protected final int database;
  protected final Bytes key;
  private final long expiresAtMs;
  private boolean begun;

  /// @param expiresAtMs told behind the first piece, unless it is [Entry#NEVER]
  protected Retelling(int database, Bytes key, long expiresAtMs) {
    this.database = database;
    this.key = key;
    this.expiresAtMs = expiresAtMs;
  }

  /// Tells the next piece; false if nothing was left to tell.
  public final boolean tell(Consumer<? super Op> out) {
    if (!tellPiece(out)) {
      return false;
    }
    if (!begun) {
      begun = true;
      if (expiresAtMs != Entry.NEVER) {
        out.accept(new KeyOp.ExpiryChanged(database, key, expiresAtMs));
      }
    }
    return true;
  }

  /// Tells the next piece, of which the first makes the key; false if nothing was left to tell.
  protected abstract boolean tellPiece(Consumer<? super Op> out);

  /// The value is about to change: tells all that could not be told afterwards. Returns whether
  /// anything is left, which then stays right whatever happens to the value.
  public boolean tellBeforeChange(Consumer<? super Op> out) {
    boolean more = true;
    while (more) {
      more = tell(out);
    }
    return false;
  }
}
