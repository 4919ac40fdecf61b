package naru.engine.list;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import naru.bytes.Bytes;
import naru.engine.Op;
import naru.engine.Retelling;
import naru.structures.PackedList;

/// A list as ops, from the head to the tail.
final class ListRetelling extends Retelling {
  private final ListValue list;
  private final PackedList.Cursor cursor;

  ListRetelling(ListValue list, int database, Bytes key, long expiresAtMs) {
    super(database, key, expiresAtMs);
    this.list = list;
    this.cursor = list.elements().forward(0);
  }

  @Override
  protected boolean tellPiece(Consumer<? super Op> out) {
    List<Bytes> elements = new ArrayList<>();
    int bytes = 0;
    while (bytes < PIECE_BYTES && elements.size() < PIECE_ELEMENTS && cursor.next()) {
      Bytes element = cursor.bytes();
      elements.add(element);
      bytes += element.length();
    }
    if (elements.isEmpty()) {
      return false;
    }
    out.accept(new ListOp.Restored(database, key, list.isLarge(), elements));
    return true;
  }
}
