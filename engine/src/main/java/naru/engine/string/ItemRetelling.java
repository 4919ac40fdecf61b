package naru.engine.string;

import java.util.function.Consumer;
import naru.bytes.Bytes;
import naru.engine.Op;
import naru.engine.Retelling;

/// An item as ops: those of its string, and behind the first of them what else it has.
final class ItemRetelling extends Retelling {
  private final Item item;
  private final StringRetelling string;
  private boolean begun;

  ItemRetelling(Item item, int database, Bytes key, long expiresAtMs) {
    // The string tells the expiry, unless it is one of those that leave it to all retellings.
    super(database, key, StringRetelling.expiryBehind(item, expiresAtMs));
    this.item = item;
    this.string = new StringRetelling(item, database, key, expiresAtMs);
  }

  @Override
  protected boolean tellPiece(Consumer<? super Op> out) {
    if (!string.tellPiece(out)) {
      return false;
    }
    if (!begun) {
      begun = true;
      out.accept(new StringOp.Marked(database, key, item.flags(), item.version(), item.marks()));
    }
    return true;
  }
}
