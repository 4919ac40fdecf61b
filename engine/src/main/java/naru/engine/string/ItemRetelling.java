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

  ItemRetelling(Item item, int database, Bytes key, long expiresAtMs, Pieces pieces) {
    // The string tells the expiry, unless it is one of those that leave it to all retellings.
    super(database, key, StringRetelling.expiryBehind(item, expiresAtMs, pieces), pieces);
    this.item = item;
    this.string = new StringRetelling(item, database, key, expiresAtMs, pieces);
  }

  @Override
  protected boolean tellPiece(Consumer<? super Op> out) {
    boolean more = string.tellPiece(out);
    if (!begun) {
      begun = true;
      out.accept(new StringOp.Marked(database, key, item.flags(), item.version(), item.marks()));
    }
    return more;
  }

  @Override
  public boolean tellBeforeChange(Op change, Consumer<? super Op> out) {
    if (!begun && !tell(out)) {
      return false;
    }
    return string.tellBeforeChangeOfRest(change, out);
  }

  @Override
  protected boolean view() {
    return false;
  }
}
