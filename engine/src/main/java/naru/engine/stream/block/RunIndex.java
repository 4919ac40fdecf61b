package naru.engine.stream.block;

import java.util.List;
import naru.bytes.ByteReader;
import naru.bytes.ByteWriter;
import naru.bytes.Bytes;
import naru.engine.stream.StreamId;

/// What is known in memory of a run of blocks whose bytes lie in a file: about twenty bytes a block
/// instead of its four thousand.
///
/// ```
/// index   blocks (u16)  column ...
/// column  width (1 byte)  least (8 bytes)  [ number - least ] (width bytes) for each block
/// ```
///
/// The columns are those of [Column]. A column whose numbers are all the same has the width 0.
/// Bytes are little-endian; differences are taken without sign. Never changes.
public final class RunIndex {
  /// A run ends when it has so many blocks or bytes.
  static final int BLOCKS_MAX = 128;

  static final int BYTES_MAX = 256 << 10;

  private static final int HEADER_BYTES = 2;
  private static final int COLUMN_HEADER_BYTES = 9;

  private enum Column {
    FIRST_MS,
    FIRST_SEQ,
    LAST_MS,
    LAST_SEQ,
    FIRST_ORDINAL,
    ENTRIES,
    NODE_BYTES,
    /// From where the run begins to behind the block, frames included.
    END
  }

  private static final Column[] COLUMNS = Column.values();

  private final byte[] packed;
  private final int blocks;

  private RunIndex(byte[] packed) {
    this.packed = packed;
    this.blocks = (packed[0] & 0xFF) | (packed[1] & 0xFF) << 8;
  }

  /// What [#packed] gave.
  public static RunIndex of(Bytes packed) {
    byte[] bytes = packed.copy();
    if (bytes.length < HEADER_BYTES) {
      throw new ByteReader.Malformed("has no index");
    }
    RunIndex index = new RunIndex(bytes);
    int at = HEADER_BYTES;
    for (int i = 0; i < COLUMNS.length; i++) {
      if (at + COLUMN_HEADER_BYTES > bytes.length || bytes[at] < 0 || bytes[at] > 8) {
        throw new ByteReader.Malformed("has an index that is cut off");
      }
      at += COLUMN_HEADER_BYTES + bytes[at] * index.blocks;
    }
    if (at != bytes.length || index.blocks == 0) {
      throw new ByteReader.Malformed("has an index of another size");
    }
    return index;
  }

  /// Of blocks that are going to be laid down together, in order.
  public static RunIndex of(List<HeldSlot> slots) {
    int count = slots.size();
    ByteWriter out = new ByteWriter(HEADER_BYTES + COLUMNS.length * (COLUMN_HEADER_BYTES + count));
    out.writeByte(count);
    out.writeByte(count >>> 8);
    long[] numbers = new long[count];
    for (Column column : COLUMNS) {
      long end = 0;
      for (int i = 0; i < count; i++) {
        HeldSlot slot = slots.get(i);
        EntryBlock block = (EntryBlock) slot.block();
        end += BlockStore.FRAME_BYTES + block.packed().length();
        numbers[i] =
            switch (column) {
              case FIRST_MS -> block.firstMs();
              case FIRST_SEQ -> block.firstSeq();
              case LAST_MS -> block.lastMs();
              case LAST_SEQ -> block.lastSeq();
              case FIRST_ORDINAL -> slot.firstOrdinal();
              case ENTRIES -> block.entries();
              case NODE_BYTES -> block.nodeBytes();
              case END -> end;
            };
      }
      write(out, numbers);
    }
    return new RunIndex(out.toArray());
  }

  private static void write(ByteWriter out, long[] numbers) {
    long least = Long.MAX_VALUE;
    for (long number : numbers) {
      least = Math.min(least, number);
    }
    long most = 0;
    for (long number : numbers) {
      most |= number - least;
    }
    int width = (71 - Long.numberOfLeadingZeros(most)) / 8;
    out.writeByte(width);
    out.writeLong(least);
    for (long number : numbers) {
      for (int i = 0; i < width; i++) {
        out.writeByte((int) ((number - least) >>> (8 * i)));
      }
    }
  }

  /// The bytes drawn above. Borrowed.
  public Bytes packed() {
    return Bytes.of(packed);
  }

  public int blocks() {
    return blocks;
  }

  private long get(Column column, int block) {
    int at = HEADER_BYTES;
    for (Column before : COLUMNS) {
      if (before == column) {
        break;
      }
      at += COLUMN_HEADER_BYTES + packed[at] * blocks;
    }
    int width = packed[at];
    long number = 0;
    for (int i = 8; i > 0; i--) {
      number = number << 8 | (packed[at + i] & 0xFF);
    }
    int place = at + COLUMN_HEADER_BYTES + width * block;
    for (int i = 0; i < width; i++) {
      number += (packed[place + i] & 0xFFL) << (8 * i);
    }
    return number;
  }

  long firstMs(int block) {
    return get(Column.FIRST_MS, block);
  }

  long firstSeq(int block) {
    return get(Column.FIRST_SEQ, block);
  }

  long lastMs(int block) {
    return get(Column.LAST_MS, block);
  }

  long lastSeq(int block) {
    return get(Column.LAST_SEQ, block);
  }

  long firstOrdinal(int block) {
    return get(Column.FIRST_ORDINAL, block);
  }

  int entries(int block) {
    return (int) get(Column.ENTRIES, block);
  }

  /// See [NodeSize].
  long nodeBytes(int block) {
    return get(Column.NODE_BYTES, block);
  }

  /// From where the run begins to the block's frame.
  public long start(int block) {
    return block == 0 ? 0 : end(block - 1);
  }

  /// From where the run begins to behind the block.
  public long end(int block) {
    return get(Column.END, block);
  }

  /// How long a block is without its frame.
  int bytes(int block) {
    return (int) (end(block) - start(block)) - BlockStore.FRAME_BYTES;
  }

  /// The block whose bytes these are. They are given away.
  EntryBlock block(int block, byte[] bytes) {
    return EntryBlock.restore(
        new StreamId(firstMs(block), firstSeq(block)),
        new StreamId(lastMs(block), lastSeq(block)),
        entries(block),
        nodeBytes(block),
        bytes);
  }

  long sizeBytes() {
    return 32L + packed.length;
  }
}
