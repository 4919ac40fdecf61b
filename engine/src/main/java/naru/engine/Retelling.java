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
/// What is told stays right as long as [#tellBeforeChange] is called before each op on the key.
public abstract class Retelling {
  /// How a value is cut.
  ///
  /// @param bytes a piece ends when it has so many
  /// @param elements or so many of these
  /// @param viewBytes a value that takes so much memory is not told at once when it changes: what
  ///     is left of it is told from a view
  public record Pieces(int bytes, int elements, long viewBytes) {
    public static final Pieces DEFAULT = new Pieces(32 << 10, 512, 8 << 10);
  }

  protected final int database;
  protected final Bytes key;
  protected final Pieces pieces;
  private final long expiresAtMs;
  private boolean begun;
  private boolean viewed;

  /// @param expiresAtMs told behind the first piece, unless it is [Entry#NEVER]
  protected Retelling(int database, Bytes key, long expiresAtMs, Pieces pieces) {
    this.database = database;
    this.key = key;
    this.expiresAtMs = expiresAtMs;
    this.pieces = pieces;
  }

  /// Tells the next piece, if there is one; returns whether anything is left.
  public final boolean tell(Consumer<? super Op> out) {
    boolean more = tellPiece(out);
    if (!begun) {
      begun = true;
      if (expiresAtMs != Entry.NEVER) {
        out.accept(new KeyOp.ExpiryChanged(database, key, expiresAtMs));
      }
    }
    return more;
  }

  /// Tells the next piece, of which the first makes the key; returns whether anything is left.
  protected abstract boolean tellPiece(Consumer<? super Op> out);

  /// `change` is about to be applied, and the key is one of those that it touches: tells what could
  /// not be told afterwards, which is at most a piece or two. Returns whether anything is left.
  public boolean tellBeforeChange(Op change, Consumer<? super Op> out) {
    viewed = viewed || view();
    boolean more = true;
    while (more && !viewed) {
      more = tell(out);
    }
    return more;
  }

  /// From now on tells from a view of the value as it is now; false if it is too small for that.
  protected abstract boolean view();
}
