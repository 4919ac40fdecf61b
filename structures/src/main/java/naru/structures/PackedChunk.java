package naru.structures;

import java.util.Arrays;
import naru.bytes.Bytes;
import org.jspecify.annotations.Nullable;

/// A part of a [PackedList]: elements side by side in one array, with room at either end.
///
/// ```
///  array   [ room | element element ... element | room ]
///          0      from                          to     length
/// ```
///
/// It holds at most [#BYTES_MAX] bytes of elements, or a single element of any size.
///
/// Its array may be shared with a view: then it is copied before it is written into.
final class PackedChunk {
  static final int BYTES_MAX = 8192;
  private static final int ROOM_MIN = 8;

  byte[] array;
  int from;
  int to;
  short count;

  /// Whether a view has the array too.
  private boolean shared;

  @Nullable PackedChunk previous;
  @Nullable PackedChunk next;

  PackedChunk(int capacity, boolean filledFromTheEnd) {
    array = new byte[capacity];
    from = filledFromTheEnd ? capacity : 0;
    to = from;
  }

  private PackedChunk(byte[] array, int count) {
    this.array = array;
    this.to = array.length;
    this.count = (short) count;
  }

  /// A chunk with the same elements, in the same array.
  PackedChunk view() {
    PackedChunk view = new PackedChunk(array, count);
    view.from = from;
    view.to = to;
    shared = true;
    return view;
  }

  /// To be called before the array is written into.
  private void own() {
    if (shared) {
      become(array.clone());
    }
  }

  private void become(byte[] owned) {
    array = owned;
    shared = false;
  }

  /// A chunk of its own with the `count` elements between two offsets of this one.
  PackedChunk part(int start, int end, int elements) {
    return new PackedChunk(Arrays.copyOfRange(array, start, end), elements);
  }

  int used() {
    return to - from;
  }

  /// Its memory.
  long sizeBytes() {
    return 32 + HeapSize.bytes(array.length);
  }

  /// Makes room for `bytes` more at one end; false if a new chunk should take them.
  boolean admits(int bytes, boolean atHead) {
    if ((atHead ? from : array.length - to) >= bytes) {
      return used() + bytes <= BYTES_MAX || count == 0;
    }
    if (used() + bytes > BYTES_MAX) {
      return false;
    }
    if (used() + bytes <= array.length / 2) {
      center();
      return true;
    }
    if (array.length >= BYTES_MAX) {
      return false;
    }
    grow(bytes, atHead);
    return true;
  }

  /// Half of the room to each side. There is as much room as elements, so this is paid for by the
  /// pushes that fit in before the next time.
  private void center() {
    own();
    int start = (array.length - used()) / 2;
    System.arraycopy(array, from, array, start, used());
    to = start + used();
    from = start;
  }

  private void grow(int bytes, boolean atHead) {
    int otherRoom = atHead ? array.length - to : from;
    int needed = used() + bytes;
    int room = Math.min(otherRoom, BYTES_MAX - needed);
    int spare = Math.min(needed / 4 + ROOM_MIN, BYTES_MAX - needed - room);
    byte[] grown = new byte[needed + room + spare];
    int start = atHead ? bytes + spare : room;
    System.arraycopy(array, from, grown, start, used());
    to = start + used();
    from = start;
    become(grown);
  }

  /// Puts an element of `bytes` bytes, for which there is room, at one end.
  void push(Bytes element, int bytes, boolean atHead) {
    own();
    if (atHead) {
      from -= bytes;
      PackedElement.write(element, array, from);
    } else {
      PackedElement.write(element, array, to);
      to += bytes;
    }
    count++;
  }

  /// Takes `elements` elements, not all, from one end.
  void drop(int elements, boolean atHead) {
    for (int i = 0; i < elements; i++) {
      if (atHead) {
        from = PackedElement.end(array, from);
      } else {
        to = PackedElement.start(array, to);
      }
    }
    count = (short) (count - elements);
  }

  /// Where the element number `index` starts; [#to] for the one behind the last.
  int offset(int index) {
    if (index > count / 2) {
      int at = to;
      for (int i = count; i > index; i--) {
        at = PackedElement.start(array, at);
      }
      return at;
    }
    int at = from;
    for (int i = 0; i < index; i++) {
      at = PackedElement.end(array, at);
    }
    return at;
  }

  /// Puts `element` (none if null) in the place of the bytes from `start` to `end`.
  void splice(int start, int end, byte @Nullable [] element) {
    int added = element == null ? 0 : element.length;
    if (element != null && added == end - start) {
      own();
      System.arraycopy(element, 0, array, start, added);
      return;
    }
    byte[] spliced = new byte[used() - (end - start) + added];
    System.arraycopy(array, from, spliced, 0, start - from);
    if (element != null) {
      System.arraycopy(element, 0, spliced, start - from, added);
    }
    System.arraycopy(array, end, spliced, start - from + added, to - end);
    become(spliced);
    from = 0;
    to = spliced.length;
  }

  /// Takes away the first (or last) `most` elements of the form `packed`; returns how many it took.
  int remove(byte[] packed, int most, boolean fromHead) {
    return fromHead ? removeForward(packed, most) : removeBackward(packed, most);
  }

  private int removeForward(byte[] packed, int most) {
    int removed = 0;
    int kept = from;
    int at = from;
    while (at < to && removed < most) {
      int end = PackedElement.end(array, at);
      if (PackedElement.equals(array, at, to, packed)) {
        removed++;
      } else {
        slide(at, kept, end - at);
        kept += end - at;
      }
      at = end;
    }
    slide(at, kept, to - at);
    to = kept + to - at;
    count = (short) (count - removed);
    return removed;
  }

  private int removeBackward(byte[] packed, int most) {
    int removed = 0;
    int kept = to;
    int at = to;
    while (at > from && removed < most) {
      int start = PackedElement.start(array, at);
      if (PackedElement.equals(array, start, at, packed)) {
        removed++;
      } else {
        kept -= at - start;
        slide(start, kept, at - start);
      }
      at = start;
    }
    slide(from, kept - (at - from), at - from);
    from = kept - (at - from);
    count = (short) (count - removed);
    return removed;
  }

  private void slide(int source, int target, int bytes) {
    if (source != target) {
      own();
      System.arraycopy(array, source, array, target, bytes);
    }
  }

  /// Takes the elements of `other`, which stood behind these.
  void append(PackedChunk other) {
    byte[] joined = new byte[used() + other.used()];
    System.arraycopy(array, from, joined, 0, used());
    System.arraycopy(other.array, other.from, joined, used(), other.used());
    become(joined);
    from = 0;
    to = joined.length;
    count = (short) (count + other.count);
  }

  /// Gives room back that is more than an eighth of the array.
  void trim() {
    if (array.length - used() > array.length >>> 3) {
      become(Arrays.copyOfRange(array, from, to));
      to -= from;
      from = 0;
    }
  }
}
