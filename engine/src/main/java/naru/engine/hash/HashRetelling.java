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

  private final HashValue hash;
  private long cursor;
  private List<HashField> fields = new ArrayList<>();
  private int bytes;

  HashRetelling(HashValue hash, int database, Bytes key, long expiresAtMs) {
    super(database, key, expiresAtMs);
    this.hash = hash;
  }

  @Override
  protected boolean tellPiece(Consumer<? super Op> out) {
    while (cursor < ElementTable.END && bytes < PIECE_BYTES && fields.size() < PIECE_ELEMENTS) {
      cursor = hash.scanTimed(cursor, STEP, this::add);
    }
    if (fields.isEmpty()) {
      return false;
    }
    out.accept(new HashOp.Restored(database, key, hash.form(), fields));
    fields = new ArrayList<>();
    bytes = 0;
    return true;
  }

  private void add(HashField field) {
    fields.add(field);
    bytes += field.name().length() + field.value().length();
  }
}
