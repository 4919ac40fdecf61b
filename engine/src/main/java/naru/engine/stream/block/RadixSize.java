package naru.engine.stream.block;

/// How many nodes Redis' radix tree would have for the blocks of a stream: a figure that its users
/// see (`radix-tree-nodes`).
///
/// A block's key is the first id of the block, 16 bytes, most significant first. Where keys part
/// there is a node; so there is for each run of bytes without a parting, and at each key's end.
///
/// https://github.com/antirez/rax
public final class RadixSize {
  private static final int KEY_BYTES = 16;

  private RadixSize() {}

  public static long nodes(Slots slots) {
    return slots.isEmpty() ? 1 : nodes(slots, 0, slots.size(), 0);
  }

  /// The nodes of the blocks `from .. to - 1`, which have the first `depth` bytes in common.
  private static long nodes(Slots slots, int from, int to, int depth) {
    if (to - from == 1) {
      return depth < KEY_BYTES ? 2 : 1;
    }
    int parting = depth;
    while (byteAt(slots, from, parting) == byteAt(slots, to - 1, parting)) {
      if (++parting == KEY_BYTES) {
        throw new IllegalStateException("two blocks begin with the same id");
      }
    }
    long nodes = parting > depth ? 2 : 1;
    int start = from;
    for (int i = from + 1; i <= to; i++) {
      if (i == to || byteAt(slots, i, parting) != byteAt(slots, start, parting)) {
        nodes += nodes(slots, start, i, parting + 1);
        start = i;
      }
    }
    return nodes;
  }

  private static int byteAt(Slots slots, int index, int at) {
    Block block = slots.get(index).block();
    long word = at < 8 ? block.firstMs() : block.firstSeq();
    return (int) (word >>> (56 - 8 * (at & 7))) & 0xFF;
  }
}
