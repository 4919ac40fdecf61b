package naru.reactor;

import java.util.ArrayDeque;
import naru.bytes.ByteWriter;

/// Writers that connections lend each other, so that an idle one has none and a turn makes no
/// garbage. One for each connection that is answered in the same turn, up to a bound.
final class SpareWriters {
  private static final int CAPACITY_BYTES = 512;
  private static final int KEPT_CAPACITY_MAX_BYTES = 16 << 10;
  private static final int KEPT_MAX = 256;

  private final ArrayDeque<ByteWriter> spare = new ArrayDeque<>();

  /// An empty writer.
  ByteWriter take() {
    ByteWriter writer = spare.pollLast();
    return writer == null ? new ByteWriter(CAPACITY_BYTES) : writer;
  }

  /// Takes a writer back whose bytes nobody looks at any more.
  void giveBack(ByteWriter writer) {
    if (spare.size() < KEPT_MAX && writer.capacity() <= KEPT_CAPACITY_MAX_BYTES) {
      writer.truncate(0);
      spare.addLast(writer);
    }
  }
}
