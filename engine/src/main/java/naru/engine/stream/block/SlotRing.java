package naru.engine.stream.block;

import naru.engine.stream.StreamId;
import naru.structures.HeapSize;
import org.jspecify.annotations.Nullable;

/// The blocks of a stream that are in memory, in order: an array that is a ring, so that both ends
/// cost nothing, and
/// that is searched by halving. Taking one out of the middle moves the shorter side.
final class SlotRing {
  private @Nullable HeldSlot[] ring = new HeldSlot[2];
  private int head;
  private int size;

  /// The memory of all slots but the last, which alone is added to.
  private long sealedBytes;

  int size() {
    return size;
  }

  boolean isEmpty() {
    return size == 0;
  }

  HeldSlot get(int index) {
    HeldSlot slot = ring[at(index)];
    if (slot == null || index >= size) {
      throw new IndexOutOfBoundsException(index);
    }
    return slot;
  }

  HeldSlot last() {
    return get(size - 1);
  }

  private int at(int index) {
    return (head + index) & (ring.length - 1);
  }

  void addLast(HeldSlot slot) {
    if (size == ring.length) {
      resize(2 * size);
    }
    sealedBytes += size == 0 ? 0 : last().sizeBytes();
    ring[at(size++)] = slot;
  }

  /// Marks an entry of a slot as deleted.
  void delete(int index, int entry) {
    HeldSlot slot = get(index);
    long before = slot.sizeBytes();
    slot.delete(entry);
    sealedBytes += index == size - 1 ? 0 : slot.sizeBytes() - before;
  }

  /// The memory of all slots but the last.
  long sealedBytes() {
    return sealedBytes;
  }

  void addFirst(HeldSlot slot) {
    if (size == ring.length) {
      resize(2 * size);
    }
    sealedBytes += size == 0 ? 0 : slot.sizeBytes();
    head = at(ring.length - 1);
    ring[head] = slot;
    size++;
  }

  void remove(int index) {
    if (size > 1) {
      sealedBytes -= get(index == size - 1 ? index - 1 : index).sizeBytes();
    }
    if (index < size - index) {
      for (int i = index; i > 0; i--) {
        ring[at(i)] = ring[at(i - 1)];
      }
      ring[head] = null;
      head = at(1);
    } else {
      for (int i = index; i < size - 1; i++) {
        ring[at(i)] = ring[at(i + 1)];
      }
      ring[at(size - 1)] = null;
    }
    size--;
    if (ring.length > 2 && size < ring.length / 4) {
      resize(ring.length / 2);
    }
  }

  private void resize(int capacity) {
    @Nullable HeldSlot[] moved = new HeldSlot[capacity];
    for (int i = 0; i < size; i++) {
      moved[i] = ring[at(i)];
    }
    ring = moved;
    head = 0;
  }

  /// The last slot whose first id is at or below this id; -1 if there is none.
  int floor(long ms, long seq) {
    int low = 0;
    int high = size - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      Block block = get(middle).block();
      if (StreamId.compare(block.firstMs(), block.firstSeq(), ms, seq) <= 0) {
        low = middle + 1;
      } else {
        high = middle - 1;
      }
    }
    return high;
  }

  SlotRing copy() {
    SlotRing copy = new SlotRing();
    for (int i = 0; i < size; i++) {
      copy.addLast(get(i).copy());
    }
    return copy;
  }

  long sizeBytes() {
    return 40
        + HeapSize.references(ring.length)
        + sealedBytes
        + (size == 0 ? 0 : last().sizeBytes());
  }
}
