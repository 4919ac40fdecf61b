package naru.engine.hash;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import naru.bytes.Bytes;
import naru.engine.Op;
import naru.engine.Retelling;
import naru.structures.ElementTable;

/// A hash as ops: at once while packed, else by a cursor.
final class HashRetelling extends Retelling {
  private static final int STEP = 16;

  private HashValue hash;
  private long cursor;
  private List<HashField> fields = new ArrayList<>();
  private int bytes;

  HashRetelling(HashValue hash, int database, Bytes key, long expiresAtMs, Pieces pieces) {
    super(database, key, expiresAtMs, pieces);
    this.hash = hash;
  }

  @Override
  protected boolean tellPiece(Consumer<? super Op> out) {
    int step = Math.min(STEP, pieces.elements());
    while (cursor < ElementTable.END
        && bytes < pieces.bytes()
        && fields.size() < pieces.elements()) {
      cursor = hash.scanTimed(cursor, step, this::add);
    }
    out.accept(new HashOp.Restored(database, key, hash.form(), fields));
    fields = new ArrayList<>();
    bytes = 0;
    return cursor < ElementTable.END;
  }

  private void add(HashField field) {
    fields.add(field);
    bytes += field.name().length() + field.value().length();
  }

  @Override
  protected boolean view() {
    boolean worthIt = hash.form() == HashForm.TABLE && hash.sizeBytes() >= pieces.viewBytes();
    hash = worthIt ? hash.view() : hash;
    return worthIt;
  }
}
