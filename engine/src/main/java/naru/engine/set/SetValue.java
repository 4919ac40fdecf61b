package naru.engine.set;

import java.util.function.Consumer;
import naru.bytes.Bytes;
import naru.bytes.Numbers;
import naru.engine.PackedLimits;
import naru.engine.Value;
import naru.structures.ElementLayout;
import naru.structures.ElementTable;
import naru.structures.IntegerSet;
import naru.structures.PackedRun;
import org.jspecify.annotations.Nullable;

/// A set. Never empty while a key holds it.
///
/// Numbers, sorted, or a packed run in the order in which members came, while small
/// ([PackedLimits]); a table after that. What is read is a view, good until the next op on the set.
public final class SetValue implements Value {
  private @Nullable IntegerSet numbers;
  private @Nullable PackedRun packed;
  private @Nullable ElementTable table;

  private SetValue() {}

  /// An empty set that expects `count` members, `first` the first of them. `seed` is that of a
  /// table should one be needed.
  public static SetValue expecting(Bytes first, int count, long seed) {
    SetValue set = new SetValue();
    if (Numbers.isLong(first) && count <= PackedLimits.SET_NUMBERS) {
      set.numbers = new IntegerSet();
    } else if (count <= PackedLimits.SET_MEMBERS) {
      set.packed = new PackedRun();
    } else {
      set.table = new ElementTable(ElementLayout.WHOLE, seed);
    }
    return set;
  }

  public int size() {
    if (numbers != null) {
      return numbers.size();
    }
    return packed != null ? packed.count() : table().size();
  }

  public boolean contains(Bytes member) {
    if (numbers != null) {
      return Numbers.isLong(member) && numbers.contains(Numbers.parseLong(member));
    }
    return packed != null ? packed.find(member, 1) != PackedRun.NONE : table().contains(member);
  }

  /// Whether all members are numbers and kept as such.
  public boolean isNumbers() {
    return numbers != null;
  }

  public void forEach(Consumer<? super Bytes> visitor) {
    if (numbers != null) {
      for (int i = 0; i < numbers.size(); i++) {
        visitor.accept(Bytes.of(Numbers.toAscii(numbers.at(i))));
      }
    } else if (packed != null) {
      for (int at = 0; at < packed.end(); at = packed.next(at)) {
        visitor.accept(packed.bytes(at));
      }
    } else {
      table().forEach(member -> visitor.accept(Bytes.of(member)));
    }
  }

  /// Shows the members from `cursor` on, at least `count` of them, and all unless they are in a
  /// table; returns the cursor to go on with, 0 at the end.
  public long scan(long cursor, int count, Consumer<? super Bytes> visitor) {
    if (table == null) {
      forEach(visitor);
      return 0;
    }
    if (cursor >= ElementTable.END) {
      return 0;
    }
    long next = table.scan(cursor, count, member -> visitor.accept(Bytes.of(member)));
    return next >= ElementTable.END ? 0 : next;
  }

  /// A member chosen by `random`, each as likely as any other.
  public Bytes random(long random) {
    int index = (int) Math.unsignedMultiplyHigh(random, size());
    if (numbers != null) {
      return Bytes.of(Numbers.toAscii(numbers.at(index)));
    }
    return packed != null ? packed.bytes(packed.skip(0, index)) : Bytes.of(table().random(random));
  }

  /// As in `OBJECT ENCODING`.
  public String encoding() {
    return numbers != null ? "intset" : packed != null ? "listpack" : "hashtable";
  }

  @Override
  public SetValue copy() {
    SetValue copy = new SetValue();
    copy.numbers = numbers == null ? null : numbers.copy();
    copy.packed = packed == null ? null : packed.copy();
    copy.table = table == null ? null : table.copy();
    return copy;
  }

  /// Adds a member; false if it is there already. For [SetOp], and for a set being put together.
  public boolean add(Bytes member, long seed) {
    if (numbers != null) {
      if (Numbers.isLong(member)) {
        return addNumber(numbers, Numbers.parseLong(member), seed);
      }
      leaveNumbers(numbers, member, seed);
    }
    if (packed != null) {
      if (packed.find(member, 1) != PackedRun.NONE) {
        return false;
      }
      if (packed.count() < PackedLimits.SET_MEMBERS && member.length() <= PackedLimits.SET_BYTES) {
        packed.insert(packed.end(), member);
        return true;
      }
      unpack(seed);
    }
    return table().add(member);
  }

  private boolean addNumber(IntegerSet set, long number, long seed) {
    boolean added = set.add(number);
    if (set.size() > PackedLimits.SET_NUMBERS) {
      unpack(seed);
    }
    return added;
  }

  /// Makes room for a member that is no number.
  private void leaveNumbers(IntegerSet set, Bytes member, long seed) {
    if (set.size() >= PackedLimits.SET_MEMBERS || member.length() > PackedLimits.SET_BYTES) {
      unpack(seed);
      return;
    }
    PackedRun run = new PackedRun();
    forEach(number -> run.insert(run.end(), number));
    numbers = null;
    packed = run;
  }

  /// Prepares for `count` members to come.
  void expect(int count, long seed) {
    if ((packed != null && count > PackedLimits.SET_MEMBERS)
        || (numbers != null && count > PackedLimits.SET_NUMBERS)) {
      unpack(seed);
    }
  }

  private void unpack(long seed) {
    ElementTable members = new ElementTable(ElementLayout.WHOLE, seed);
    forEach(member -> members.add(Bytes.of(member.copy())));
    numbers = null;
    packed = null;
    table = members;
  }

  void remove(Bytes member) {
    if (numbers != null) {
      if (Numbers.isLong(member)) {
        numbers.remove(Numbers.parseLong(member));
      }
    } else if (packed != null) {
      int place = packed.find(member, 1);
      if (place != PackedRun.NONE) {
        packed.remove(place, packed.next(place));
      }
    } else {
      table().remove(member);
    }
  }

  private ElementTable table() {
    ElementTable present = table;
    if (present == null) {
      throw new IllegalStateException("a set of no kind");
    }
    return present;
  }
}
