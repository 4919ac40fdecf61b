package naru.lua.library;

import static naru.lua.library.Libraries.add;

import naru.lua.Arguments;
import naru.lua.LuaFunction;
import naru.lua.LuaString;
import naru.lua.LuaTable;
import naru.lua.Machine;
import naru.lua.Values;
import org.jspecify.annotations.Nullable;

/// `table`
final class TableLibrary {
  private TableLibrary() {}

  static void open(Machine machine) {
    LuaTable library = Libraries.library(machine, "table");
    add(library, "concat", TableLibrary::concat);
    add(library, "foreach", TableLibrary::forEach);
    add(library, "foreachi", TableLibrary::forEachIndex);
    add(library, "getn", in -> (double) in.table(0).length());
    add(library, "insert", TableLibrary::insert);
    add(library, "maxn", TableLibrary::maxIndex);
    add(library, "remove", TableLibrary::remove);
    add(
        library,
        "setn",
        in -> {
          in.table(0);
          throw in.error("'setn' is obsolete");
        });
    add(library, "sort", TableLibrary::sort);
  }

  private static @Nullable Object concat(Arguments in) {
    LuaString separator = in.has(1) ? in.string(1) : LuaString.EMPTY;
    LuaTable table = in.table(0);
    int first = (int) in.integer(2, 1);
    int last = in.has(3) ? in.smallInteger(3) : table.length();
    ByteBuffer out = new ByteBuffer(in.machine());
    for (long i = first; i <= last; i++) {
      Object value = table.get((int) i);
      LuaString text =
          value instanceof LuaString || value instanceof Double ? in.machine().toText(value) : null;
      if (text == null) {
        throw in.error(
            "invalid value ("
                + Machine.typeName(value)
                + ") at index "
                + i
                + " in table for 'concat'");
      }
      in.machine().meter().step();
      out.put(text);
      if (i < last) {
        out.put(separator);
      }
    }
    return out.toText();
  }

  private static @Nullable Object forEach(Arguments in) {
    LuaTable table = in.table(0);
    LuaFunction function = in.function(1);
    for (int at = table.nextPlace(0); at >= 0; ) {
      Object key = table.keyAt(at);
      Object result = Values.first(in.call(function, key, table.valueAt(at)));
      if (result != null) {
        return result;
      }
      at = table.placeAfter(key);
    }
    return Values.NONE;
  }

  private static @Nullable Object forEachIndex(Arguments in) {
    LuaTable table = in.table(0);
    LuaFunction function = in.function(1);
    int length = table.length();
    for (int i = 1; i <= length; i++) {
      Object result = Values.first(in.call(function, (double) i, table.get(i)));
      if (result != null) {
        return result;
      }
    }
    return Values.NONE;
  }

  private static @Nullable Object insert(Arguments in) {
    LuaTable table = in.table(0);
    int end = table.length() + 1;
    switch (in.count()) {
      case 2 -> in.put(table, end, in.get(1));
      case 3 -> {
        int at = in.smallInteger(1);
        int from = Math.max(end, at);
        in.machine().meter().steps(Math.max(0, from - at));
        for (int i = from; i > at; i--) {
          in.put(table, i, table.get(i - 1));
        }
        in.put(table, at, in.get(2));
      }
      default -> throw in.error("wrong number of arguments to 'insert'");
    }
    return Values.NONE;
  }

  private static @Nullable Object remove(Arguments in) {
    LuaTable table = in.table(0);
    int end = table.length();
    int at = in.has(1) ? in.smallInteger(1) : end;
    if (at < 1 || at > end) {
      return Values.NONE;
    }
    Object removed = table.get(at);
    in.machine().meter().steps(end - at);
    for (int i = at; i < end; i++) {
      in.put(table, i, table.get(i + 1));
    }
    in.put(table, end, null);
    return removed;
  }

  private static @Nullable Object maxIndex(Arguments in) {
    LuaTable table = in.table(0);
    double most = 0;
    for (int at = table.nextPlace(0); at >= 0; at = table.nextPlace(at + 1)) {
      in.machine().meter().step();
      if (table.keyAt(at) instanceof Double key && key > most) {
        most = key;
      }
    }
    return most;
  }

  private static @Nullable Object sort(Arguments in) {
    LuaTable table = in.table(0);
    int length = table.length();
    Object order = in.has(1) ? in.function(1) : null;
    new Sort(in, table, order).sort(1, length);
    return Values.NONE;
  }

  /// The quicksort of the C implementation: which elements it compares can be seen by a script.
  private record Sort(Arguments in, LuaTable table, @Nullable Object order) {
    private boolean less(@Nullable Object a, @Nullable Object b) {
      in.machine().meter().step();
      return order == null
          ? in.machine().lessInLibrary(a, b)
          : Machine.isTrue(Values.first(in.call(order, a, b)));
    }

    private void set(int i, @Nullable Object x, int j, @Nullable Object y) {
      in.put(table, i, x);
      in.put(table, j, y);
    }

    void sort(int from, int to) {
      int low = from;
      int high = to;
      while (low < high) {
        Object a = table.get(low);
        Object b = table.get(high);
        if (less(b, a)) {
          set(low, b, high, a);
        }
        if (high - low == 1) {
          return;
        }
        int middle = (low + high) >>> 1;
        a = table.get(middle);
        b = table.get(low);
        if (less(a, b)) {
          set(middle, b, low, a);
        } else {
          b = table.get(high);
          if (less(b, a)) {
            set(middle, b, high, a);
          }
        }
        if (high - low == 2) {
          return;
        }
        int cut = partition(low, high, middle);
        if (cut - low < high - cut) {
          sort(low, cut - 1);
          low = cut + 1;
        } else {
          sort(cut + 1, high);
          high = cut - 1;
        }
      }
    }

    private int partition(int low, int high, int middle) {
      Object pivot = table.get(middle);
      set(middle, table.get(high - 1), high - 1, pivot);
      int i = low;
      int j = high - 1;
      while (true) {
        Object a = table.get(++i);
        while (less(a, pivot)) {
          if (i > high) {
            throw in.error("invalid order function for sorting");
          }
          a = table.get(++i);
        }
        Object b = table.get(--j);
        while (less(pivot, b)) {
          if (j < low) {
            throw in.error("invalid order function for sorting");
          }
          b = table.get(--j);
        }
        if (j < i) {
          break;
        }
        set(i, b, j, a);
      }
      Object last = table.get(high - 1);
      Object here = table.get(i);
      set(high - 1, here, i, last);
      return i;
    }
  }
}
