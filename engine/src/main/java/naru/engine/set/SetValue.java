package naru.engine.set;

import java.util.function.Consumer;
import naru.bytes.Bytes;
import naru.bytes.Numbers;
import naru.engine.PackedLimits;
import naru.engine.Packing;
import naru.engine.Retelling;
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
  /// What a packed member takes at most beside its bytes, and a packed number in all.
  private static final int MEMBER_BYTES = 16;

  private @Nullable IntegerSet numbers;
  private @Nullable PackedRun packed;
  private @Nullable ElementTable table;

  private SetValue() {}

  /// An empty set that expects `count` members, `first` the first of them.
  public static SetValue expecting(Bytes first, int count, Packing packing) {
    SetValue set = new SetValue();
    if (Numbers.isLong(first) && packing.limits().admitNumbers(count)) {
      set.numbers = new IntegerSet();
    } else if (count <= packing.limits().setMembers()) {
      set.packed = new PackedRun();
    } else {
      set.table = new ElementTable(ElementLayout.WHOLE, packing.hashSeed());
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

  @Override
  public int hashedElements() {
    return table == null ? 0 : table.size();
  }

  @Override
  public long lookAhead(int[] hashes, int count) {
    return table == null ? 0 : table.lookAhead(hashes, count);
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

  @Override
  public long sizeBytes() {
    if (numbers != null) {
      return 24 + numbers.footprintBytes();
    }
    return 24 + (packed != null ? packed.footprintBytes() : table().sizeBytes());
  }

  @Override
  public Retelling retelling(int database, Bytes key, long expiresAtMs, Retelling.Pieces pieces) {
    return new SetRetelling(this, database, key, expiresAtMs, pieces);
  }

  /// Its table as it is now, to be read whatever becomes of it: see [ElementTable#view].
  SetValue view() {
    SetValue view = new SetValue();
    view.table = table().view();
    return view;
  }

  SetForm form() {
    return numbers != null ? SetForm.NUMBERS : packed != null ? SetForm.PACKED : SetForm.TABLE;
  }

  /// An empty set that is kept in a form.
  static SetValue of(SetForm form, long seed) {
    SetValue set = new SetValue();
    switch (form) {
      case NUMBERS -> set.numbers = new IntegerSet();
      case PACKED -> set.packed = new PackedRun();
      case TABLE -> set.table = new ElementTable(ElementLayout.WHOLE, seed);
    }
    return set;
  }

  /// As [#scan], but [ElementTable#END] at the end.
  long scanToEnd(long cursor, int count, Consumer<? super Bytes> visitor) {
    if (table == null) {
      forEach(visitor);
      return ElementTable.END;
    }
    return table.scan(cursor, count, member -> visitor.accept(Bytes.of(member)));
  }

  /// Puts a member that is not there behind the others, without a change of form.
  void restore(Bytes member) {
    if (numbers != null) {
      numbers.add(Numbers.parseLong(member));
    } else if (packed != null) {
      packed.insert(packed.end(), member);
    } else {
      table().add(member);
    }
  }

  /// Adds a member; false if it is there already. For [SetOp], and for a set being put together.
  public boolean add(Bytes member, Packing packing) {
    if (numbers != null) {
      if (Numbers.isLong(member)) {
        return addNumber(numbers, Numbers.parseLong(member), packing);
      }
      leaveNumbers(numbers, member, packing);
    }
    if (packed != null) {
      if (packed.find(member, 1) != PackedRun.NONE) {
        return false;
      }
      if (admits(packed.count(), packed.end(), member, packing.limits())) {
        packed.insert(packed.end(), member);
        return true;
      }
      unpack(packing);
    }
    return table().add(member);
  }

  /// Whether a packed run of so many members and bytes may have one more.
  private static boolean admits(int count, long bytes, Bytes member, PackedLimits limits) {
    return count < limits.setMembers()
        && member.length() <= limits.setBytes()
        && bytes + member.length() + MEMBER_BYTES <= PackedLimits.BYTES_MOST;
  }

  private boolean addNumber(IntegerSet set, long number, Packing packing) {
    boolean added = set.add(number);
    if (!packing.limits().admitNumbers(set.size())) {
      unpack(packing);
    }
    return added;
  }

  /// Makes room for a member that is no number.
  private void leaveNumbers(IntegerSet set, Bytes member, Packing packing) {
    boolean fit = longestBytes(set) <= packing.limits().setBytes();
    if (!fit || !admits(set.size(), (long) MEMBER_BYTES * set.size(), member, packing.limits())) {
      unpack(packing);
      return;
    }
    PackedRun run = new PackedRun();
    forEach(number -> run.insert(run.end(), number));
    numbers = null;
    packed = run;
  }

  /// The length of the longest number, as text.
  private static int longestBytes(IntegerSet set) {
    if (set.size() == 0) {
      return 0;
    }
    int least = Numbers.toAscii(set.at(0)).length;
    return Math.max(least, Numbers.toAscii(set.at(set.size() - 1)).length);
  }

  /// Prepares for `count` members to come.
  void expect(int count, Packing packing) {
    if ((packed != null && count > packing.limits().setMembers())
        || (numbers != null && !packing.limits().admitNumbers(count))) {
      unpack(packing);
    }
  }

  private void unpack(Packing packing) {
    ElementTable members = new ElementTable(ElementLayout.WHOLE, packing.hashSeed());
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
