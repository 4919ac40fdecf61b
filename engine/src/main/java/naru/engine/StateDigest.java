package naru.engine;

import java.util.List;
import java.util.zip.CRC32C;
import naru.bytes.ByteWriter;
import naru.engine.hash.HashOp;
import naru.engine.set.SetOp;
import naru.engine.stream.StreamOp;
import naru.engine.stream.block.BlockShelf;

/// A number that states have in common which hold the same in the same form, and hardly any others:
/// to check a snapshot against the state that it tells.
public final class StateDigest {
  private final ByteWriter bytes = new ByteWriter(1 << 16);
  private final CRC32C crc = new CRC32C();
  private long sum;

  private final BlockShelf shelf;

  private StateDigest(BlockShelf shelf) {
    this.shelf = shelf;
  }

  public static long of(State state) {
    StateDigest digest = new StateDigest(state.shelf());
    for (int i = 0; i < State.DATABASES; i++) {
      int database = i;
      state.database(i).forEach(entry -> digest.add(database, entry));
    }
    state.besideKeys().forEach(digest::addAlone);
    return digest.sum;
  }

  private void add(int database, Entry entry) {
    Retelling retelling = entry.value().retelling(database, entry.keyBytes(), entry.expiresAtMs());
    long[] ordered = {1};
    boolean more = true;
    while (more) {
      more = retelling.tell(op -> add(ordered, op));
    }
    sum += scattered(ordered[0]);
  }

  private void add(long[] ordered, Op op) {
    if (op instanceof StreamOp.RunRestored run) {
      // Where a block lies makes no difference.
      run.forEachBlock(shelf, block -> ordered[0] = ordered[0] * 31 + number(block));
    } else {
      ordered[0] = ordered[0] * 31 + number(op);
    }
  }

  /// What stands in a table has no order, and pieces of it may end anywhere: it counts one by one.
  private long number(Op op) {
    return switch (op) {
      case SetOp.Restored set -> {
        set.members()
            .forEach(
                member ->
                    addAlone(
                        new SetOp.Restored(
                            set.database(), set.key(), set.form(), List.of(member))));
        yield 0;
      }
      case HashOp.Restored hash -> {
        hash.fields()
            .forEach(
                field ->
                    addAlone(
                        new HashOp.Restored(
                            hash.database(), hash.key(), hash.form(), List.of(field))));
        yield 0;
      }
      default -> crc(op);
    };
  }

  private void addAlone(Op op) {
    sum += scattered(crc(op));
  }

  private long crc(Op op) {
    bytes.clear(1 << 16);
    OpCodec.encode(op, bytes);
    crc.reset();
    crc.update(bytes.array(), 0, bytes.length());
    return crc.getValue() | (long) bytes.length() << 32;
  }

  private static long scattered(long number) {
    long mixed = (number ^ (number >>> 30)) * 0xBF58476D1CE4E5B9L;
    mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
    return mixed ^ (mixed >>> 31);
  }
}
