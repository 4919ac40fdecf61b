package naru.structures;

import java.util.function.Consumer;
import naru.bytes.Bytes;
import org.jspecify.annotations.Nullable;

/// A list of byte runs, packed: elements lie side by side in chunks of some 8 KB, which know the
/// chunks before and behind them.
///
/// ```
///  head                                   tail
///   [ elements ] <-> [ elements ] <-> [ elements ]
/// ```
///
/// Pushing and dropping at the ends is O(1) an element; an index is found by skipping chunks from
/// the nearer end. A short element costs two bytes beside its own, a small number two in all
/// ([PackedElement]); a chunk some sixty more. An element of more than 8 KB has a chunk to itself.
/// Chunks that have others on both sides have next to no room in them.
///
/// What is read is a view: good until the list changes. Not thread safe.
public final class PackedList {
  /// What chunks behind the first begin with: they grow, unless the list is so long that it does
  /// not matter.
  private static final int FURTHER_CHUNK_BYTES = 2048;

  private static final int LONG = 4096;

  private @Nullable PackedChunk head;
  private @Nullable PackedChunk tail;
  private int size;

  /// The memory of all chunks.
  private long chunkBytes;

  public int size() {
    return size;
  }

  /// Bytes that its elements take, packed.
  public long usedBytes() {
    long used = 0;
    for (PackedChunk chunk = head; chunk != null; chunk = chunk.next) {
      used += chunk.used();
    }
    return used;
  }

  /// Whether all elements are in one chunk.
  public boolean isOneChunk() {
    return head == tail;
  }

  /// Bytes of the arrays and objects that it is made of.
  public long footprintBytes() {
    return 32 + chunkBytes;
  }

  public void push(Bytes element, boolean atHead) {
    int bytes = PackedElement.sizeBytes(element);
    PackedChunk end = atHead ? head : tail;
    if (end == null || !admits(end, bytes, atHead)) {
      end = addChunk(bytes, atHead);
    }
    end.push(element, bytes, atHead);
    size++;
  }

  /// As [PackedChunk#admits].
  private boolean admits(PackedChunk chunk, int bytes, boolean atHead) {
    long before = chunk.sizeBytes();
    boolean admits = chunk.admits(bytes, atHead);
    chunkBytes += chunk.sizeBytes() - before;
    return admits;
  }

  private void trim(PackedChunk chunk) {
    chunkBytes -= chunk.sizeBytes();
    chunk.trim();
    chunkBytes += chunk.sizeBytes();
  }

  private void splice(PackedChunk chunk, int start, int end, byte @Nullable [] element) {
    chunkBytes -= chunk.sizeBytes();
    chunk.splice(start, end, element);
    chunkBytes += chunk.sizeBytes();
  }

  private PackedChunk addChunk(int bytes, boolean atHead) {
    PackedChunk end = atHead ? head : tail;
    PackedChunk added = new PackedChunk(Math.max(bytes, capacityOfNext()), atHead);
    if (end != null && head != tail) {
      trim(end);
    }
    link(atHead ? null : tail, added, atHead ? head : null);
    return added;
  }

  private int capacityOfNext() {
    if (head == null) {
      return 0;
    }
    return size < LONG ? FURTHER_CHUNK_BYTES : PackedChunk.BYTES_MAX;
  }

  /// Drops up to `count` elements from one end; returns how many there were to drop.
  public int drop(int count, boolean atHead) {
    int left = Math.min(count, size);
    int dropped = left;
    while (left > 0) {
      PackedChunk end = end(atHead);
      if (end.count > left) {
        end.drop(left, atHead);
        left = 0;
      } else {
        left -= end.count;
        unlink(end);
      }
    }
    size -= dropped;
    return dropped;
  }

  private PackedChunk end(boolean atHead) {
    PackedChunk end = atHead ? head : tail;
    if (end == null) {
      throw new IllegalStateException("a list of " + size + " without chunks");
    }
    return end;
  }

  /// The first or last element of a list that has one.
  public Bytes peek(boolean atHead) {
    PackedChunk end = end(atHead);
    return PackedElement.bytes(
        end.array, atHead ? end.from : PackedElement.start(end.array, end.to));
  }

  /// The element at `index`, which there is.
  public Bytes get(int index) {
    Place place = place(index);
    return PackedElement.bytes(place.chunk.array, place.offset);
  }

  public void set(int index, Bytes element) {
    Place place = place(index);
    PackedChunk chunk = place.chunk;
    int end = PackedElement.end(chunk.array, place.offset);
    byte[] packed = PackedElement.of(element);
    if (chunk.count == 1
        || chunk.used() - (end - place.offset) + packed.length <= PackedChunk.BYTES_MAX) {
      splice(chunk, place.offset, end, packed);
    } else {
      splice(chunk, place.offset, end, null);
      chunk.count--;
      size--;
      insert(index, element);
    }
  }

  /// Puts `element` before the one at `index`, at the end if `index` is the size.
  public void insert(int index, Bytes element) {
    if (index == 0 || index == size) {
      push(element, index == 0);
      return;
    }
    Place place = place(index);
    PackedChunk chunk = place.chunk;
    byte[] packed = PackedElement.of(element);
    if (chunk.used() + packed.length <= PackedChunk.BYTES_MAX) {
      splice(chunk, place.offset, place.offset, packed);
      chunk.count++;
      size++;
      return;
    }
    insertBetween(place, element, packed.length);
  }

  private void insertBetween(Place place, Bytes element, int bytes) {
    PackedChunk after = place.chunk;
    if (place.offset > after.from) {
      after = split(place);
    }
    PackedChunk before = after.previous;
    if (before != null && admits(before, bytes, false)) {
      before.push(element, bytes, false);
    } else if (admits(after, bytes, true)) {
      after.push(element, bytes, true);
    } else {
      PackedChunk added = new PackedChunk(bytes, false);
      added.push(element, bytes, false);
      link(before, added, after);
    }
    size++;
  }

  /// Cuts the chunk of `place` in two there; returns the second.
  private PackedChunk split(Place place) {
    PackedChunk chunk = place.chunk;
    PackedChunk rest = chunk.part(place.offset, chunk.to, chunk.count - place.indexInChunk);
    chunk.to = place.offset;
    chunk.count = (short) place.indexInChunk;
    trim(chunk);
    link(chunk, rest, chunk.next);
    return rest;
  }

  /// Takes away up to `most` elements equal to `element`, starting from one end; returns how many.
  public int remove(Bytes element, int most, boolean fromHead) {
    byte[] packed = PackedElement.of(element);
    int removed = 0;
    PackedChunk chunk = fromHead ? head : tail;
    while (chunk != null && removed < most) {
      PackedChunk following = fromHead ? chunk.next : chunk.previous;
      int here = chunk.remove(packed, most - removed, fromHead);
      if (here > 0) {
        removed += here;
        tidy(chunk);
      }
      chunk = following;
    }
    size -= removed;
    return removed;
  }

  /// Unlinks a chunk that has nothing left, joins one that has little with the one before it.
  private void tidy(PackedChunk chunk) {
    if (chunk.count == 0) {
      unlink(chunk);
      return;
    }
    PackedChunk previous = chunk.previous;
    if (previous != null && previous.used() + chunk.used() <= PackedChunk.BYTES_MAX / 2) {
      chunkBytes -= previous.sizeBytes();
      previous.append(chunk);
      chunkBytes += previous.sizeBytes();
      unlink(chunk);
    } else {
      trim(chunk);
    }
  }

  /// How many elements equal `element`, of the first `most`.
  public int count(Bytes element, int most) {
    byte[] packed = PackedElement.of(element);
    int found = 0;
    for (PackedChunk chunk = head; chunk != null && found < most; chunk = chunk.next) {
      for (int at = chunk.from; at < chunk.to && found < most; ) {
        found += PackedElement.equals(chunk.array, at, chunk.to, packed) ? 1 : 0;
        at = PackedElement.end(chunk.array, at);
      }
    }
    return found;
  }

  public void clear() {
    head = null;
    tail = null;
    size = 0;
    chunkBytes = 0;
  }

  /// What is in the list now, to be read whatever becomes of the list. It takes an object for each
  /// chunk; the bytes of a chunk are shared until it changes.
  public PackedList view() {
    PackedList view = new PackedList();
    for (PackedChunk chunk = head; chunk != null; chunk = chunk.next) {
      view.link(view.tail, chunk.view(), null);
    }
    view.size = size;
    return view;
  }

  public PackedList copy() {
    PackedList copy = new PackedList();
    for (PackedChunk chunk = head; chunk != null; chunk = chunk.next) {
      copy.link(copy.tail, chunk.part(chunk.from, chunk.to, chunk.count), null);
    }
    copy.size = size;
    return copy;
  }

  public void forEach(Consumer<? super Bytes> visitor) {
    Cursor cursor = forward(0);
    while (cursor.next()) {
      visitor.accept(cursor.bytes());
    }
  }

  /// A cursor before the element at `index`, which may be the size, on its way to the tail.
  public Cursor forward(int index) {
    return new Cursor(index, true);
  }

  /// A cursor behind the element at `index`, which may be -1, on its way to the head.
  public Cursor backward(int index) {
    return new Cursor(index, false);
  }

  /// Goes from element to element. Good until the list changes.
  public final class Cursor {
    private final boolean forward;
    private @Nullable PackedChunk chunk;
    private byte[] array = new byte[0];
    private int index;

    /// Where the element starts that was come to, and where the next one starts, or ends.
    private int at;

    private int following;

    private Cursor(int start, boolean forward) {
      this.forward = forward;
      this.index = forward ? start - 1 : start + 1;
      if (start < 0 || start >= size) {
        return;
      }
      Place place = place(start);
      chunk = place.chunk;
      array = place.chunk.array;
      following = forward ? place.offset : PackedElement.end(array, place.offset);
    }

    /// Comes to the next element; false if there is none.
    public boolean next() {
      PackedChunk current = chunk;
      if (current == null) {
        return false;
      }
      if (forward && following == current.to) {
        current = current.next;
        following = current == null ? 0 : current.from;
      } else if (!forward && following == current.from) {
        current = current.previous;
        following = current == null ? 0 : current.to;
      }
      if (current != chunk) {
        chunk = current;
        if (current == null) {
          return false;
        }
        array = current.array;
      }
      step();
      return true;
    }

    private void step() {
      if (forward) {
        at = following;
        following = PackedElement.end(array, at);
        index++;
      } else {
        at = PackedElement.start(array, following);
        following = at;
        index--;
      }
    }

    /// Where in the list the element is.
    public int index() {
      return index;
    }

    /// The element: a view, unless it is a number.
    public Bytes bytes() {
      return PackedElement.bytes(array, at);
    }

    /// Whether the element is the decimal form of [#number].
    public boolean isNumber() {
      return PackedElement.isNumber(array, at);
    }

    public long number() {
      return PackedElement.number(array, at);
    }

    /// Whether the element is the one that `sought` was made for.
    public boolean is(Sought sought) {
      return chunk != null && PackedElement.equals(array, at, chunk.to, sought.packed);
    }
  }

  /// An element to be looked for, prepared once: see [Cursor#is].
  public static final class Sought {
    private final byte[] packed;

    public Sought(Bytes element) {
      packed = PackedElement.of(element);
    }
  }

  /// Where an element is.
  private record Place(PackedChunk chunk, int indexInChunk, int offset) {}

  private Place place(int index) {
    if (index < 0 || index >= size) {
      throw new IndexOutOfBoundsException(index + " of " + size);
    }
    PackedChunk chunk;
    int left;
    if (index <= size / 2) {
      chunk = end(true);
      left = index;
      while (left >= chunk.count && chunk.next != null) {
        left -= chunk.count;
        chunk = chunk.next;
      }
    } else {
      chunk = end(false);
      left = index - (size - chunk.count);
      while (left < 0 && chunk.previous != null) {
        chunk = chunk.previous;
        left += chunk.count;
      }
    }
    return new Place(chunk, left, chunk.offset(left));
  }

  private void link(@Nullable PackedChunk before, PackedChunk chunk, @Nullable PackedChunk after) {
    chunkBytes += chunk.sizeBytes();
    chunk.previous = before;
    chunk.next = after;
    if (before == null) {
      head = chunk;
    } else {
      before.next = chunk;
    }
    if (after == null) {
      tail = chunk;
    } else {
      after.previous = chunk;
    }
  }

  private void unlink(PackedChunk chunk) {
    chunkBytes -= chunk.sizeBytes();
    PackedChunk previous = chunk.previous;
    PackedChunk next = chunk.next;
    if (previous == null) {
      head = next;
    } else {
      previous.next = next;
    }
    if (next == null) {
      tail = previous;
    } else {
      next.previous = previous;
    }
  }
}
