package naru.protocol.resp.set;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import naru.bytes.Bytes;
import naru.engine.Packing;
import naru.engine.set.SetValue;
import naru.protocol.resp.verb.Call;
import org.jspecify.annotations.Nullable;

/// What several sets have in common, together, or apart. A set that is missing is empty.
final class Algebra {
  private static final Bytes NUMBER = Bytes.of("0");

  private final List<@Nullable SetValue> sets;
  private final Packing packing;

  private Algebra(List<@Nullable SetValue> sets, Packing packing) {
    this.sets = sets;
    this.packing = packing;
  }

  /// The sets whose keys are the words `from` to `to`.
  static Algebra of(Call call, int from, int to) {
    List<@Nullable SetValue> sets = new ArrayList<>(to - from);
    for (int i = from; i < to; i++) {
      sets.add(call.find(call.arg(i), SetValue.class));
    }
    return new Algebra(sets, call.keys().packing());
  }

  /// Shows members of all sets, until `visitor` has enough.
  void intersection(Predicate<Bytes> visitor) {
    List<SetValue> present = present();
    if (present.size() < sets.size()) {
      return;
    }
    present.sort(Comparator.comparingInt(SetValue::size));
    List<SetValue> others = present.subList(1, present.size());
    visit(present.get(0), member -> !isInAll(others, member) || visitor.test(member));
  }

  /// Shows members of the first set that no other has, until `visitor` has enough.
  void difference(Predicate<Bytes> visitor) {
    SetValue first = sets.get(0);
    if (first == null) {
      return;
    }
    List<SetValue> present = present();
    List<SetValue> others = present.subList(1, present.size());
    visit(first, member -> isInOne(others, member) || visitor.test(member));
  }

  /// Shows members of any set, each once, until `visitor` has enough. Numbers come in their order.
  void union(Predicate<Bytes> visitor) {
    List<SetValue> present = present();
    long most = 0;
    boolean numbers = true;
    for (SetValue set : present) {
      most += set.size();
      numbers = numbers && set.isNumbers();
    }
    int expected = (int) Math.min(Integer.MAX_VALUE, most);
    SetValue together = SetValue.expecting(numbers ? NUMBER : Bytes.EMPTY, expected, packing);
    boolean sorted = together.isNumbers();
    for (SetValue set : present) {
      visit(set, member -> !together.add(member, packing) || sorted || visitor.test(member));
    }
    if (sorted) {
      visit(together, visitor);
    }
  }

  private static void visit(SetValue set, Predicate<Bytes> visitor) {
    boolean[] enough = {false};
    set.forEach(
        member -> {
          if (!enough[0]) {
            enough[0] = !visitor.test(member);
          }
        });
  }

  private List<SetValue> present() {
    List<SetValue> present = new ArrayList<>(sets.size());
    for (SetValue set : sets) {
      if (set != null) {
        present.add(set);
      }
    }
    return present;
  }

  private static boolean isInAll(List<SetValue> sets, Bytes member) {
    for (int i = 0; i < sets.size(); i++) {
      if (!sets.get(i).contains(member)) {
        return false;
      }
    }
    return true;
  }

  private static boolean isInOne(List<SetValue> sets, Bytes member) {
    for (int i = 0; i < sets.size(); i++) {
      if (sets.get(i).contains(member)) {
        return true;
      }
    }
    return false;
  }
}
