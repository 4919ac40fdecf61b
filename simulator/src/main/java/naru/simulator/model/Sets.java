package naru.simulator.model;

import java.util.List;
import java.util.TreeSet;
import naru.simulator.model.Value.Members;
import org.jspecify.annotations.Nullable;

/// Sets.
final class Sets {
  private Sets() {}

  private static @Nullable Members find(Turn turn, String key) {
    return turn.find(key, Members.class);
  }

  static Outcome add(Turn turn) {
    return Outcome.number(add(turn, turn.word(1), turn.from(2)));
  }

  private static long add(Turn turn, String key, List<String> members) {
    Members found = find(turn, key);
    Members set = found == null ? new Members(new TreeSet<>()) : found;
    long count = members.stream().filter(set.members()::add).count();
    if (count > 0) {
      turn.put(key, set);
    }
    return count;
  }

  static Outcome remove(Turn turn) {
    return Outcome.number(remove(turn, turn.word(1), turn.from(2)));
  }

  private static long remove(Turn turn, String key, List<String> members) {
    Members set = find(turn, key);
    long count = set == null ? 0 : members.stream().filter(set.members()::remove).count();
    if (set != null && count > 0) {
      turn.keys().change(key);
      if (set.members().isEmpty()) {
        turn.remove(key);
      }
    }
    return count;
  }

  /// `SMOVE from to member`
  static Outcome move(Turn turn) {
    Members from = find(turn, turn.word(1));
    find(turn, turn.word(2));
    List<String> member = List.of(turn.word(3));
    boolean isThere = from != null && from.members().contains(turn.word(3));
    if (isThere && !turn.word(1).equals(turn.word(2))) {
      remove(turn, turn.word(1), member);
      add(turn, turn.word(2), member);
    }
    return Outcome.number(isThere ? 1 : 0);
  }

  static Outcome size(Turn turn) {
    Members set = find(turn, turn.word(1));
    return Outcome.number(set == null ? 0 : set.members().size());
  }

  /// `SMISMEMBER key member [member ...]`
  static Outcome contain(Turn turn) {
    Members set = find(turn, turn.word(1));
    return Outcome.done(
        Reply.many(
            turn.from(2).stream()
                .map(member -> set != null && set.members().contains(member))
                .map(is -> Reply.number(is ? 1 : 0))
                .toList()));
  }
}
