package naru.structures;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/// A sorted set of numbers side by side in one array, all as wide as the widest needs to be: 2, 4
/// or 8 bytes each.
///
/// It grows wider, never narrower. Finding is O(log n), adding and removing O(n). Not thread safe.
public final class IntegerSet {
  private static final VarHandle SHORT =
      MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final byte[] NOTHING = {};

  private byte[] array = NOTHING;
  private int size;

  /// 1, 2 or 3: a number takes `2^widthBits` bytes.
  private int widthBits = 1;

  public int size() {
    return size;
  }

  /// The number at `index`, in rising order.
  public long at(int index) {
    int offset = index << widthBits;
    return switch (widthBits) {
      case 1 -> (short) SHORT.get(array, offset);
      case 2 -> (int) INT.get(array, offset);
      default -> (long) LONG.get(array, offset);
    };
  }

  public boolean contains(long number) {
    return find(number) >= 0;
  }

  /// The index of `number`, or `-1 - i` where `i` is the index at which it would be.
  public int find(long number) {
    int low = 0;
    int high = size - 1;
    if (size > 0 && number > at(high)) {
      return -1 - size;
    }
    while (low <= high) {
      int middle = (low + high) >>> 1;
      long there = at(middle);
      if (there == number) {
        return middle;
      }
      if (there < number) {
        low = middle + 1;
      } else {
        high = middle - 1;
      }
    }
    return -1 - low;
  }

  /// Adds `number`; false if it is there already.
  public boolean add(long number) {
    int found = find(number);
    if (found >= 0) {
      return false;
    }
    if (widthBitsOf(number) > widthBits) {
      widen(widthBitsOf(number));
    }
    int index = -1 - found;
    byte[] target = array;
    if ((size + 1) << widthBits > array.length) {
      target = new byte[(((size + 1) << widthBits) * 9 / 8 + 7) & ~7];
      System.arraycopy(array, 0, target, 0, index << widthBits);
    }
    System.arraycopy(
        array, index << widthBits, target, (index + 1) << widthBits, (size - index) << widthBits);
    array = target;
    size++;
    set(index, number);
    return true;
  }

  /// Removes `number`; false if it is not there.
  public boolean remove(long number) {
    int index = find(number);
    if (index < 0) {
      return false;
    }
    int from = (index + 1) << widthBits;
    System.arraycopy(array, from, array, index << widthBits, (size << widthBits) - from);
    size--;
    if (size << widthBits < array.length / 2 - 32) {
      array = Arrays.copyOf(array, size << widthBits);
    }
    return true;
  }

  public IntegerSet copy() {
    IntegerSet copy = new IntegerSet();
    copy.array = Arrays.copyOf(array, size << widthBits);
    copy.size = size;
    copy.widthBits = widthBits;
    return copy;
  }

  /// The memory that it takes.
  public long footprintBytes() {
    return 24 + (array.length == 0 ? 0 : HeapSize.bytes(array.length));
  }

  private static int widthBitsOf(long number) {
    return number == (short) number ? 1 : number == (int) number ? 2 : 3;
  }

  private void widen(int newWidthBits) {
    IntegerSet narrow = copy();
    array = new byte[(size + 1) << newWidthBits];
    widthBits = newWidthBits;
    for (int i = 0; i < size; i++) {
      set(i, narrow.at(i));
    }
  }

  private void set(int index, long number) {
    int offset = index << widthBits;
    switch (widthBits) {
      case 1 -> SHORT.set(array, offset, (short) number);
      case 2 -> INT.set(array, offset, (int) number);
      default -> LONG.set(array, offset, number);
    }
  }
}
