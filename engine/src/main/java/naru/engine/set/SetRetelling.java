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

  private SetValue set;
  private long cursor;
  private List<Bytes> members = new ArrayList<>();
  private int bytes;

  SetRetelling(SetValue set, int database, Bytes key, long expiresAtMs, Pieces pieces) {
    super(database, key, expiresAtMs, pieces);
    this.set = set;
  }

  @Override
  protected boolean tellPiece(Consumer<? super Op> out) {
    int step = Math.min(STEP, pieces.elements());
    while (cursor < ElementTable.END
        && bytes < pieces.bytes()
        && members.size() < pieces.elements()) {
      cursor = set.scanToEnd(cursor, step, this::add);
    }
    out.accept(new SetOp.Restored(database, key, set.form(), members));
    members = new ArrayList<>();
    bytes = 0;
    return cursor < ElementTable.END;
  }

  private void add(Bytes member) {
    members.add(member);
    bytes += member.length();
  }

  @Override
  protected boolean view() {
    boolean worthIt = set.form() == SetForm.TABLE && set.sizeBytes() >= pieces.viewBytes();
    set = worthIt ? set.view() : set;
    return worthIt;
  }
}
