package naru.engine.stream.block;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The blocks of a stream in order: the older ones may lie in files, the others are in memory. The
/// last one is always in memory, unless there is none behind those in files any more.
///
/// What takes memory and can be had back is counted along: blocks in memory but the last, and those
/// that are in memory though they lie in files.
public final class Slots {
  private final FiledRuns filed;
  private final SlotRing held;
  private long residentBytes;
  private long filedBytes;

  public Slots() {
    this(new FiledRuns(), new SlotRing());
  }

  private Slots(FiledRuns filed, SlotRing held) {
    this.filed = filed;
    this.held = held;
  }

  public int size() {
    return filed.blocks() + held.size();
  }

  public boolean isEmpty() {
    return size() == 0;
  }

  public Slot get(int index) {
    int before = filed.blocks();
    return index < before ? filed.get(index) : held.get(index - before);
  }

  public Slot last() {
    return held.isEmpty() ? filed.get(filed.blocks() - 1) : held.last();
  }

  /// Bytes of memory that moving blocks out would give back.
  public long memoryBytes() {
    return held.sealedBytes() + residentBytes;
  }

  /// What of it is in memory alone.
  public long heldBytes() {
    return held.sealedBytes();
  }

  /// What lies in files.
  public long filedBytes() {
    return filedBytes;
  }

  public FiledRuns filed() {
    return filed;
  }

  /// The ordinal of the first entry that is in memory alone; there has to be one.
  public long firstHeldOrdinal() {
    return held.get(0).firstOrdinal();
  }

  /// How many blocks are in memory alone.
  public int held() {
    return held.size();
  }

  public void addLast(HeldSlot slot) {
    held.addLast(slot);
  }

  /// Adds blocks that lie in a file. There are none in memory yet.
  public void addLast(FiledRun run) {
    if (!held.isEmpty()) {
      throw new IllegalStateException("a block in a file behind one in memory");
    }
    filed.add(run);
    filedBytes += run.filedBytes();
    residentBytes += run.residentBytes();
  }

  public void remove(int index) {
    int before = filed.blocks();
    if (index < before) {
      FiledRun run = filed.run(filed.runOf(index));
      int inRun = filed.within(run, index);
      filedBytes -= run.index().end(inRun) - run.index().start(inRun);
      residentBytes -= run.isResident() ? run.block(inRun).sizeBytes() : 0;
      filed.remove(index);
      return;
    }
    held.remove(index - before);
  }

  /// Marks an entry of a block as deleted.
  public void delete(int index, int entry) {
    int before = filed.blocks();
    if (index < before) {
      filed.delete(index, entry);
    } else {
      held.delete(index - before, entry);
    }
  }

  /// The last block, which lies in a file, comes back to memory alone, so that entries can be added
  /// to it. Throws [UnreadableBlock].
  public HeldSlot takeBackLast() {
    int index = filed.blocks() - 1;
    FiledSlot slot = filed.get(index);
    HeldSlot back = slot.run().held(slot.at());
    remove(index);
    held.addFirst(back);
    return back;
  }

  /// Lays down the oldest blocks that are in memory alone, up to a run of them, but never the last
  /// block. Returns how many bytes that were.
  ///
  /// @param stays whether they stay in memory too
  public long layOldest(BlockShelf shelf, BlockStore store, boolean stays) {
    List<HeldSlot> slots = new ArrayList<>();
    long bytes = 0;
    for (int i = 0; i < held.size() - 1 && slots.size() < RunIndex.BLOCKS_MAX; i++) {
      HeldSlot slot = held.get(i);
      if (!(slot.block() instanceof EntryBlock block)
          || (i > 0 && bytes + block.packed().length() > RunIndex.BYTES_MAX)) {
        break;
      }
      slots.add(slot);
      bytes += block.packed().length();
    }
    if (slots.isEmpty()) {
      return 0;
    }
    FiledRun run = FiledRun.lay(shelf, store, slots, stays);
    for (int i = slots.size(); i > 0; i--) {
      held.remove(0);
    }
    residentBytes += run.residentBytes();
    filed.add(run);
    filedBytes += run.filedBytes();
    return bytes;
  }

  /// Takes the oldest run out of memory that lies in a file too; returns how many bytes that gave.
  public long leaveOldest() {
    FiledRun run = firstResident();
    if (run == null) {
      return 0;
    }
    long bytes = run.residentBytes();
    run.leaveMemory();
    residentBytes -= bytes;
    return bytes;
  }

  /// Those in memory are behind those that are not.
  private @Nullable FiledRun firstResident() {
    int low = 0;
    int high = filed.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (filed.run(middle).isResident()) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low < filed.size() ? filed.run(low) : null;
  }

  /// Lays a run down again elsewhere. Throws [UnreadableBlock].
  public void layAgain(int n, BlockStore store) {
    FiledRun run = filed.run(n);
    FiledRun again = run.layAgain(store);
    filedBytes += again.filedBytes() - run.filedBytes();
    filed.replace(n, again);
  }

  /// The last slot whose first id is at or below this id; -1 if there is none.
  public int floor(long ms, long seq) {
    int inRing = held.floor(ms, seq);
    return inRing >= 0 ? filed.blocks() + inRing : filed.floor(ms, seq);
  }

  public Slots copy() {
    Slots copy = new Slots(filed.copy(), held.copy());
    copy.residentBytes = residentBytes;
    copy.filedBytes = filedBytes;
    return copy;
  }

  public long sizeBytes() {
    return 64 + filed.sizeBytes() + residentBytes + held.sizeBytes();
  }
}
