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
  private final boolean isLarge;
  private final int size;
  private PackedList.Cursor cursor;
  private int told;

  ListRetelling(ListValue list, int database, Bytes key, long expiresAtMs, Pieces pieces) {
    super(database, key, expiresAtMs, pieces);
    this.list = list;
    this.isLarge = list.isLarge();
    this.size = list.size();
    this.cursor = list.elements().forward(0);
  }

  @Override
  protected boolean tellPiece(Consumer<? super Op> out) {
    List<Bytes> elements = new ArrayList<>();
    int bytes = 0;
    while (bytes < pieces.bytes() && elements.size() < pieces.elements() && cursor.next()) {
      Bytes element = cursor.bytes();
      elements.add(element);
      bytes += element.length();
    }
    told += elements.size();
    out.accept(new ListOp.Restored(database, key, isLarge, elements));
    return told < size;
  }

  @Override
  protected boolean view() {
    boolean worthIt = list.sizeBytes() >= pieces.viewBytes();
    cursor = worthIt ? list.elements().view().forward(told) : cursor;
    return worthIt;
  }
}
