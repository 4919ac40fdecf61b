package naru.lua;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// A table: an array part and a hash part, laid out as in the C implementation, because the order
/// of
/// `next` and the border that `#` finds follow from the layout.
///
/// The hash part is a chained scatter table with Brent's variation: a key that is not in its main
/// position collides with one that is.
public final class LuaTable {
  private static final Object[] NOTHING = new Object[0];
  private static final int[] NO_LINKS = new int[0];
  private static final int ARRAY_BITS_MAX = 26;
  private static final int SLOT_BYTES = 8;
  private static final int NODE_BYTES = 24;
  private static final int TABLE_BYTES = 64;

  private final Meter meter;
  private final int number;
  private @Nullable LuaTable metatable;
  private boolean readOnly;
  private @Nullable Object[] array = NOTHING;

  // Nodes of the hash part; a link is the index of the next node of a chain plus one.
  private @Nullable Object[] keys = NOTHING;
  private @Nullable Object[] values = NOTHING;
  private int[] links = NO_LINKS;
  private int lastFree;

  LuaTable(Meter meter, int number, int arraySize, int hashSize) {
    this.meter = meter;
    this.number = number;
    meter.allocate(TABLE_BYTES);
    if (arraySize > 0 || hashSize > 0) {
      resize(arraySize, hashSize);
    }
  }

  /// Different for each table and function: what an address is to C.
  int number() {
    return number;
  }

  public @Nullable LuaTable metatable() {
    return metatable;
  }

  public void metatable(@Nullable LuaTable table) {
    metatable = table;
  }

  public boolean isReadOnly() {
    return readOnly;
  }

  /// From now on a script cannot change it.
  public void makeReadOnly() {
    readOnly = true;
  }

  public @Nullable Object get(@Nullable Object key) {
    if (key instanceof LuaString string) {
      return get(string);
    }
    if (key instanceof Double number) {
      double value = number;
      int whole = (int) value;
      if (whole == value) {
        return get(whole);
      }
    }
    if (key == null || keys.length == 0) {
      return null;
    }
    int node = find(key);
    return node < 0 ? null : values[node];
  }

  public @Nullable Object get(LuaString key) {
    if (keys.length == 0) {
      return null;
    }
    int node = key.hashCode() & (keys.length - 1);
    while (true) {
      Object candidate = keys[node];
      if (key.equals(candidate)) {
        return values[node];
      }
      int link = links[node];
      if (link == 0) {
        return null;
      }
      node = link - 1;
    }
  }

  public @Nullable Object get(int key) {
    if (key >= 1 && key <= array.length) {
      return array[key - 1];
    }
    if (keys.length == 0) {
      return null;
    }
    int node = find((double) key);
    return node < 0 ? null : values[node];
  }

  /// @param key neither nil nor NaN
  public void set(Object key, @Nullable Object value) {
    if (key instanceof Double number) {
      double exact = number;
      int whole = (int) exact;
      if (whole == exact) {
        set(whole, value);
        return;
      }
    }
    setInHash(key, value);
  }

  public void set(int key, @Nullable Object value) {
    if (key >= 1 && key <= array.length) {
      array[key - 1] = value;
    } else {
      // Minus zero is zero.
      setInHash((double) key, value);
    }
  }

  private void setInHash(Object key, @Nullable Object value) {
    int node = keys.length == 0 ? -1 : find(key);
    if (node >= 0) {
      values[node] = value;
    } else {
      add(key, value);
    }
  }

  private int find(Object key) {
    int node = mainPosition(key);
    while (true) {
      Object candidate = keys[node];
      if (key.equals(candidate)) {
        return node;
      }
      int link = links[node];
      if (link == 0) {
        return -1;
      }
      node = link - 1;
    }
  }

  private int mainPosition(Object key) {
    int size = keys.length;
    return switch (key) {
      case LuaString string -> string.hashCode() & (size - 1);
      case Double number -> {
        double value = number;
        if (value == 0) {
          yield 0;
        }
        long bits = Double.doubleToRawLongBits(value);
        yield Integer.remainderUnsigned((int) bits + (int) (bits >>> 32), (size - 1) | 1);
      }
      case Boolean bool -> (bool ? 1 : 0) & (size - 1);
      case LuaTable table -> table.number % ((size - 1) | 1);
      case Closure closure -> closure.number() % ((size - 1) | 1);
      default -> 0;
    };
  }

  private void add(Object key, @Nullable Object value) {
    int main = keys.length == 0 ? -1 : mainPosition(key);
    if (main < 0 || values[main] != null) {
      int free = freePosition();
      if (free < 0) {
        rehash(key);
        set(key, value);
        return;
      }
      Object colliding = keys[main];
      int otherMain = colliding == null ? main : mainPosition(colliding);
      if (otherMain != main) {
        moveAway(main, otherMain, free);
      } else {
        links[free] = links[main];
        links[main] = free + 1;
        main = free;
      }
    }
    keys[main] = key;
    values[main] = value;
  }

  /// Moves a node that is not in its main position to a free one.
  private void moveAway(int node, int from, int free) {
    int before = from;
    while (links[before] != node + 1) {
      before = links[before] - 1;
    }
    links[before] = free + 1;
    keys[free] = keys[node];
    values[free] = values[node];
    links[free] = links[node];
    links[node] = 0;
    values[node] = null;
  }

  private int freePosition() {
    while (lastFree > 0) {
      lastFree--;
      if (keys[lastFree] == null) {
        return lastFree;
      }
    }
    return -1;
  }

  private void rehash(Object extraKey) {
    int[] counts = new int[ARRAY_BITS_MAX + 1];
    int inArray = countArray(counts);
    int total = inArray;
    int wholes = inArray;
    for (int i = keys.length - 1; i >= 0; i--) {
      Object key = keys[i];
      if (key != null && values[i] != null) {
        wholes += countWhole(key, counts);
        total++;
      }
    }
    wholes += countWhole(extraKey, counts);
    total++;
    meter.steps(total);
    int arraySize = 0;
    int inNewArray = 0;
    int sum = 0;
    for (int i = 0, power = 1; i <= ARRAY_BITS_MAX && power / 2 < wholes; i++, power *= 2) {
      if (counts[i] > 0) {
        sum += counts[i];
        if (sum > power / 2) {
          arraySize = power;
          inNewArray = sum;
        }
      }
      if (sum == wholes) {
        break;
      }
    }
    resize(arraySize, total - inNewArray);
  }

  /// Counts, for each power of two, how many keys up to it and above the one before are in use.
  private int countArray(int[] counts) {
    int total = 0;
    int at = 1;
    for (int bits = 0, limit = 1; bits <= ARRAY_BITS_MAX; bits++, limit *= 2) {
      int end = Math.min(limit, array.length);
      if (at > end && limit > array.length) {
        break;
      }
      int here = 0;
      for (; at <= end; at++) {
        if (array[at - 1] != null) {
          here++;
        }
      }
      counts[bits] += here;
      total += here;
    }
    return total;
  }

  private static int countWhole(Object key, int[] counts) {
    if (key instanceof Double number) {
      double value = number;
      int whole = (int) value;
      if (whole == value && whole >= 1 && whole <= 1 << ARRAY_BITS_MAX) {
        counts[whole == 1 ? 0 : 32 - Integer.numberOfLeadingZeros(whole - 1)]++;
        return 1;
      }
    }
    return 0;
  }

  /// Makes the array part this long at least.
  void ensureArray(int size) {
    if (size > array.length) {
      resize(size, keys.length);
    }
  }

  private void resize(int arraySize, int hashSize) {
    int nodes = hashSize == 0 ? 0 : hashSize == 1 ? 1 : Integer.highestOneBit(hashSize - 1) << 1;
    if (nodes < 0) {
      throw new Aborted("not enough memory", 0);
    }
    meter.allocate((long) arraySize * SLOT_BYTES + (long) nodes * NODE_BYTES);
    @Nullable Object[] oldArray = array;
    @Nullable Object[] oldKeys = keys;
    @Nullable Object[] oldValues = values;
    array = arraySize == oldArray.length ? oldArray : Arrays.copyOf(oldArray, arraySize);
    keys = nodes == 0 ? NOTHING : new @Nullable Object[nodes];
    values = nodes == 0 ? NOTHING : new @Nullable Object[nodes];
    links = nodes == 0 ? NO_LINKS : new int[nodes];
    lastFree = nodes;
    for (int i = arraySize; i < oldArray.length; i++) {
      if (oldArray[i] != null) {
        set(i + 1, oldArray[i]);
      }
    }
    for (int i = oldKeys.length - 1; i >= 0; i--) {
      Object key = oldKeys[i];
      if (key != null && oldValues[i] != null) {
        set(key, oldValues[i]);
      }
    }
  }

  /// A border: what `#` gives.
  public int length() {
    int high = array.length;
    if (high > 0 && array[high - 1] == null) {
      int low = 0;
      while (high - low > 1) {
        int middle = (low + high) >>> 1;
        if (array[middle - 1] == null) {
          high = middle;
        } else {
          low = middle;
        }
      }
      return low;
    }
    return keys.length == 0 ? high : unboundLength(high);
  }

  private int unboundLength(int from) {
    int low = from;
    int high = from + 1;
    while (get(high) != null) {
      low = high;
      if (high > Integer.MAX_VALUE / 2) {
        int i = 1;
        while (get(i) != null) {
          i++;
        }
        return i - 1;
      }
      high *= 2;
    }
    while (high - low > 1) {
      int middle = (low + high) >>> 1;
      if (get(middle) == null) {
        high = middle;
      } else {
        low = middle;
      }
    }
    return low;
  }

  /// The place after that of `key`, for [#keyAt] and [#valueAt]; -1 at the end, -2 if there is no
  /// such key. From nil it is the first place.
  public int placeAfter(@Nullable Object key) {
    int place = 0;
    if (key != null) {
      int found = placeOf(key);
      if (found < 0) {
        return -2;
      }
      place = found + 1;
    }
    return nextPlace(place);
  }

  /// The first place in use from `from` on, -1 if there is none.
  public int nextPlace(int from) {
    int place = from;
    for (; place < array.length; place++) {
      if (array[place] != null) {
        return place;
      }
    }
    for (; place - array.length < keys.length; place++) {
      if (values[place - array.length] != null) {
        return place;
      }
    }
    return -1;
  }

  private int placeOf(Object key) {
    if (key instanceof Double number) {
      double value = number;
      int whole = (int) value;
      if (whole == value && whole >= 1 && whole <= array.length) {
        return whole - 1;
      }
      if (value == 0) {
        int node = keys.length == 0 ? -1 : find(0.0);
        return node < 0 ? -1 : array.length + node;
      }
    }
    int node = keys.length == 0 ? -1 : find(key);
    return node < 0 ? -1 : array.length + node;
  }

  public Object keyAt(int place) {
    if (place < array.length) {
      return (double) (place + 1);
    }
    Object key = keys[place - array.length];
    if (key == null) {
      throw new IllegalStateException();
    }
    return key;
  }

  public @Nullable Object valueAt(int place) {
    return place < array.length ? array[place] : values[place - array.length];
  }
}
