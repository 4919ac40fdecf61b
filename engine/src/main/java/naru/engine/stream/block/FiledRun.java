package naru.engine.stream.block;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import naru.bytes.Bytes;
import naru.structures.HeapSize;
import org.jspecify.annotations.Nullable;

/// Consecutive blocks of a stream that were laid down together, and what is left of them: a window
/// that shrinks from both ends, and marks beside it for deleted entries.
///
/// Blocks that were laid down for a snapshot may stay in memory as well, until the room is needed.
/// Blocks are counted from 0 as they were laid down, whatever the window.
public final class FiledRun {
  private static final int OBJECT_BYTES = 64;

  private final BlockShelf shelf;
  private final RunIndex index;
  private final BlockStore.Place place;
  private int from;
  private int to;

  /// For each block a bit for each deleted entry; null while there is none.
  private long @Nullable [] @Nullable [] marks;

  private long markBytes;

  private EntryBlock @Nullable [] resident;

  /// How many blocks lie before the window in all runs, by the count of [FiledRuns].
  long number;

  public FiledRun(BlockShelf shelf, RunIndex index, BlockStore.Place place) {
    this(shelf, index, place, 0, index.blocks());
  }

  public FiledRun(BlockShelf shelf, RunIndex index, BlockStore.Place place, int from, int to) {
    this.shelf = shelf;
    this.index = index;
    this.place = place;
    this.from = from;
    this.to = to;
  }

  /// Lays down blocks. The slots keep nothing that is needed after.
  ///
  /// @param stays whether the blocks stay in memory too
  static FiledRun lay(BlockShelf shelf, BlockStore store, List<HeldSlot> slots, boolean stays) {
    List<Bytes> blocks = new ArrayList<>(slots.size());
    for (HeldSlot slot : slots) {
      blocks.add(((EntryBlock) slot.block()).packed());
    }
    FiledRun run = new FiledRun(shelf, RunIndex.of(slots), store.append(blocks));
    for (int i = 0; i < slots.size(); i++) {
      if (slots.get(i).hasDeleted()) {
        run.marks(i, slots.get(i).marks());
      }
    }
    if (stays) {
      run.resident =
          slots.stream().map(slot -> (EntryBlock) slot.block()).toArray(EntryBlock[]::new);
    }
    return run;
  }

  public RunIndex index() {
    return index;
  }

  public long file() {
    return place.file();
  }

  /// See [BlockStore#salt].
  public long salt() {
    BlockStore store = shelf.store();
    return store == null ? 0 : store.salt(place.file());
  }

  public BlockStore.Place place() {
    return place;
  }

  /// The first block that is left.
  int from() {
    return from;
  }

  /// Behind the last block that is left.
  public int to() {
    return to;
  }

  int blocks() {
    return to - from;
  }

  /// Where a block's frame lies in the file.
  long offsetOf(int block) {
    return place.offset() + index.start(block);
  }

  /// What the blocks that are left take in the file.
  public long filedBytes() {
    return from == to ? 0 : index.end(to - 1) - index.start(from);
  }

  /// What of them is in memory too.
  long residentBytes() {
    EntryBlock[] blocks = resident;
    long total = 0;
    for (int i = from; blocks != null && i < to; i++) {
      total += blocks[i].sizeBytes();
    }
    return total;
  }

  boolean isResident() {
    return resident != null;
  }

  /// From now on the blocks are in the file only.
  void leaveMemory() {
    resident = null;
  }

  /// The block itself, from memory or read. Throws [UnreadableBlock].
  EntryBlock block(int block) {
    EntryBlock[] blocks = resident;
    return blocks != null ? blocks[block] : shelf.read(this, block);
  }

  public int live(int block) {
    int live = index.entries(block);
    for (long word : marks(block)) {
      live -= Long.bitCount(word);
    }
    return live;
  }

  /// How many entries are not deleted.
  public long live() {
    long live = 0;
    for (int i = from; i < to; i++) {
      live += live(i);
    }
    return live;
  }

  boolean isDeleted(int block, int entry) {
    long[] words = marks(block);
    return entry >> 6 < words.length && (words[entry >> 6] >> entry & 1) != 0;
  }

  void delete(int block, int entry) {
    long[] words = marks(block);
    if (words.length == 0) {
      words = new long[((index.entries(block) - 1) >> 6) + 1];
    } else if (words.length <= entry >> 6) {
      words = Arrays.copyOf(words, ((index.entries(block) - 1) >> 6) + 1);
    }
    words[entry >> 6] |= 1L << entry;
    marks(block, words);
  }

  /// A bit for each deleted entry, none when nothing is deleted. Not to be changed.
  long[] marks(int block) {
    long @Nullable [] @Nullable [] all = marks;
    long[] words = all == null ? null : all[block];
    return words == null ? NONE : words;
  }

  private static final long[] NONE = {};

  void marks(int block, long[] words) {
    long @Nullable [] @Nullable [] all = marks;
    if (all == null) {
      all = new long[index.blocks()][];
      marks = all;
      markBytes = HeapSize.references(all.length);
    }
    long[] before = all[block];
    markBytes +=
        HeapSize.longs(words.length) - (before == null ? 0 : HeapSize.longs(before.length));
    all[block] = words;
  }

  void removeFirst() {
    from++;
  }

  void removeLast() {
    to--;
  }

  /// Takes away the blocks from one of the window on; returns them as a run of their own.
  FiledRun split(int block) {
    FiledRun rest = window(block, to);
    rest.resident = resident;
    to = block;
    return rest;
  }

  /// A part of this run, that shares nothing that changes.
  FiledRun window(int first, int end) {
    FiledRun part = new FiledRun(shelf, index, place, first, end);
    long @Nullable [] @Nullable [] all = marks;
    for (int i = first; all != null && i < end; i++) {
      long[] words = all[i];
      if (words != null) {
        part.marks(i, words.clone());
      }
    }
    return part;
  }

  FiledRun copy() {
    FiledRun copy = window(from, to);
    copy.resident = resident;
    return copy;
  }

  /// The blocks that are left, laid down again elsewhere. Throws [UnreadableBlock].
  FiledRun layAgain(BlockStore store) {
    List<HeldSlot> slots = new ArrayList<>(blocks());
    for (int i = from; i < to; i++) {
      slots.add(held(i));
    }
    return lay(shelf, store, slots, isResident());
  }

  /// A block with its marks, as it was before it was laid down. Throws [UnreadableBlock].
  public HeldSlot held(int block) {
    HeldSlot slot = new HeldSlot(block(block).copy(), index.firstOrdinal(block), live(block));
    slot.marks(marks(block).clone());
    return slot;
  }

  /// The marks of all blocks from one on, for an op: for each block that has any its number, how
  /// many words there are, and these.
  public long[] flatMarks(int first) {
    long[] flat = new long[8];
    int size = 0;
    for (int i = first; i < to; i++) {
      long[] words = marks(i);
      if (words.length > 0) {
        flat = Arrays.copyOf(flat, Math.max(flat.length, 2 * (size + 2 + words.length)));
        flat[size++] = i;
        flat[size++] = words.length;
        System.arraycopy(words, 0, flat, size, words.length);
        size += words.length;
      }
    }
    return Arrays.copyOf(flat, size);
  }

  public void flatMarks(long[] flat) {
    int at = 0;
    while (at < flat.length) {
      int block = (int) flat[at++];
      long[] words = new long[(int) flat[at++]];
      for (int i = 0; i < words.length; i++) {
        words[i] = flat[at++];
      }
      marks(block, words);
    }
  }

  /// What it takes in memory, without the blocks that are there too.
  long ownBytes() {
    return OBJECT_BYTES + index.sizeBytes() + markBytes;
  }
}
