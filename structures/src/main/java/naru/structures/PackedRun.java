package naru.structures;

import java.util.Arrays;
import naru.bytes.Bytes;

/// A few elements side by side in one array, each found by going through those before it: for
/// collections so small that this is fast.
///
/// Elements have the form of [PackedElement] without its back, as nobody goes backwards; a *place*
/// is the offset at which one starts, or [#end]. What is read is a view, good until something
/// changes. Not thread safe.
public final class PackedRun {
  /// No place.
  public static final int NONE = -1;

  private static final byte[] NOTHING = {};

  private byte[] array = NOTHING;
  private int used;
  private int count;
  private boolean marked;

  /// A mark of the owner's, that is kept here because there is room for it.
  public boolean isMarked() {
    return marked;
  }

  public void mark() {
    marked = true;
  }

  /// How many elements there are.
  public int count() {
    return count;
  }

  /// The place behind the last element.
  public int end() {
    return used;
  }

  /// The place of what stands behind the element at `place`.
  public int next(int place) {
    return PackedElement.frontEnd(array, place);
  }

  /// The place `elements` further on.
  public int skip(int place, int elements) {
    int at = place;
    for (int i = 0; i < elements; i++) {
      at = PackedElement.frontEnd(array, at);
    }
    return at;
  }

  /// The element: a view, unless it is a number.
  public Bytes bytes(int place) {
    return PackedElement.bytes(array, place);
  }

  /// Whether the element is kept as a number; it is the decimal form of [#number].
  public boolean isNumber(int place) {
    return PackedElement.isNumber(array, place);
  }

  public long number(int place) {
    return PackedElement.number(array, place);
  }

  /// The place of the first element that equals `element`, looking at the first of every `stride`;
  /// [#NONE] if there is none.
  public int find(Bytes element, int stride) {
    byte[] packed = PackedElement.frontOf(element);
    int at = 0;
    while (at < used) {
      int behind = PackedElement.frontEnd(array, at);
      if (behind - at == packed.length
          && Arrays.equals(array, at, behind, packed, 0, packed.length)) {
        return at;
      }
      at = skip(behind, stride - 1);
    }
    return NONE;
  }

  /// Puts elements at `place`, before what stands there.
  public void insert(int place, Bytes... elements) {
    int bytes = 0;
    for (Bytes element : elements) {
      bytes += PackedElement.frontBytes(element);
    }
    splice(place, place, bytes);
    count += elements.length;
    int at = place;
    for (Bytes element : elements) {
      at = PackedElement.writeFront(element, array, at);
    }
  }

  /// Puts `element` in the place of the one there.
  public void replace(int place, Bytes element) {
    splice(place, PackedElement.frontEnd(array, place), PackedElement.frontBytes(element));
    PackedElement.writeFront(element, array, place);
  }

  /// Takes away what is from one place up to another.
  public void remove(int from, int to) {
    for (int at = from; at < to; at = PackedElement.frontEnd(array, at)) {
      count--;
    }
    splice(from, to, 0);
  }

  public PackedRun copy() {
    PackedRun copy = new PackedRun();
    copy.array = Arrays.copyOf(array, used);
    copy.used = used;
    copy.count = count;
    copy.marked = marked;
    return copy;
  }

  /// The memory that it takes.
  public long footprintBytes() {
    return 24 + (array.length == 0 ? 0 : HeapSize.bytes(array.length));
  }

  /// Makes what is between two places `bytes` long, its content undefined.
  private void splice(int from, int to, int bytes) {
    int newUsed = used - (to - from) + bytes;
    byte[] target = array;
    if (newUsed > array.length || newUsed < array.length / 2 - 32) {
      target = new byte[roomFor(newUsed)];
      System.arraycopy(array, 0, target, 0, from);
    }
    System.arraycopy(array, to, target, from + bytes, used - to);
    array = target;
    used = newUsed;
  }

  /// All that the array takes on the heap anyway, with a thirty-second to spare: a run is short, so
  /// copying it costs less than room that stays empty.
  private static int roomFor(int bytes) {
    return HeapSize.bytesThatFit(bytes + (bytes >>> 5));
  }
}
