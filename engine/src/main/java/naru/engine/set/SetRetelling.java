package naru.engine.set;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import naru.bytes.Bytes;
import naru.engine.Op;
import naru.engine.Retelling;
import naru.structures.ElementTable;

/// A set as ops: at once while it is in no table, else by a cursor.
final class SetRetelling extends Retelling {
  private static final int STEP = 16;

  private final SetValue set;
  private long cursor;
  private List<Bytes> members = new ArrayList<>();
  private int bytes;

  SetRetelling(SetValue set, int database, Bytes key, long expiresAtMs) {
    super(database, key, expiresAtMs);
    this.set = set;
  }

  @Override
  protected boolean tellPiece(Consumer<? super Op> out) {
    while (cursor < ElementTable.END && bytes < PIECE_BYTES && members.size() < PIECE_ELEMENTS) {
      cursor = set.scanToEnd(cursor, STEP, this::add);
    }
    if (members.isEmpty()) {
      return false;
    }
    out.accept(new SetOp.Restored(database, key, set.form(), members));
    members = new ArrayList<>();
    bytes = 0;
    return true;
  }

  private void add(Bytes member) {
    members.add(member);
    bytes += member.length();
  }
}
