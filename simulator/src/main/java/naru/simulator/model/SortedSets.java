package naru.simulator.model;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import naru.simulator.model.Value.Scores;
import org.jspecify.annotations.Nullable;

/// Sorted sets, of whole scores.
final class SortedSets {
  private SortedSets() {}

  private static @Nullable Scores find(Turn turn) {
    return turn.find(turn.word(1), Scores.class);
  }

  /// `ZADD key [NX | XX | GT | LT] score member`
  static Outcome add(Turn turn) {
    String condition = turn.count() > 4 ? turn.word(2) : "";
    long score = turn.number(turn.count() - 2);
    String member = turn.words().getLast();
    Scores found = find(turn);
    Long before = found == null ? null : found.scores.get(member);
    boolean isMade = before == null && !condition.equals("XX");
    boolean isChanged =
        before != null
            && before != score
            && switch (condition) {
              case "NX" -> false;
              case "GT" -> score > before;
              case "LT" -> score < before;
              default -> true;
            };
    if (isMade || isChanged) {
      put(turn, found, member, score);
    }
    return Outcome.number(isMade ? 1 : 0);
  }

  private static void put(Turn turn, @Nullable Scores found, String member, long score) {
    Scores set = found == null ? new Scores() : found;
    set.scores.put(member, score);
    turn.put(turn.word(1), set);
  }

  /// `ZINCRBY key number member`
  static Outcome increment(Turn turn) {
    Scores set = find(turn);
    Long before = set == null ? null : set.scores.get(turn.word(3));
    long after = (before == null ? 0 : before) + turn.number(2);
    if (before == null || before != after) {
      put(turn, set, turn.word(3), after);
    }
    return Outcome.done(new Reply.Score(after));
  }

  static Outcome remove(Turn turn) {
    Scores set = find(turn);
    long count =
        set == null
            ? 0
            : turn.from(2).stream().filter(member -> set.scores.remove(member) != null).count();
    if (set != null && count > 0) {
      changed(turn, turn.word(1), set);
    }
    return Outcome.number(count);
  }

  private static void changed(Turn turn, String key, Scores set) {
    turn.keys().change(key);
    if (set.scores.isEmpty()) {
      turn.remove(key);
    }
  }

  static Outcome score(Turn turn) {
    Scores set = find(turn);
    Long score = set == null ? null : set.scores.get(turn.word(2));
    return Outcome.done(score == null ? Reply.NONE : new Reply.Score(score));
  }

  static Outcome rank(Turn turn) {
    Scores set = find(turn);
    List<String> members = set == null ? List.of() : set.inOrder();
    int at = members.indexOf(turn.word(2));
    return Outcome.done(at < 0 ? Reply.NONE : Reply.number(at));
  }

  static Outcome size(Turn turn) {
    Scores set = find(turn);
    return Outcome.number(set == null ? 0 : set.scores.size());
  }

  /// `ZRANGE key 0 -1`
  static Outcome all(Turn turn) {
    Scores set = find(turn);
    return Outcome.done(Reply.bulks(set == null ? List.of() : set.inOrder()));
  }

  /// `ZCOUNT key least most`
  static Outcome count(Turn turn) {
    Scores set = find(turn);
    long least = turn.number(2);
    long most = turn.number(3);
    return Outcome.number(
        set == null
            ? 0
            : set.scores.values().stream().filter(each -> least <= each && each <= most).count());
  }

  private static List<Reply> pop(Turn turn, String key, Scores set, boolean least) {
    List<String> members = set.inOrder();
    String member = least ? members.getFirst() : members.getLast();
    Long score = set.scores.remove(member);
    changed(turn, key, set);
    return List.of(Reply.bulk(member), new Reply.Score(score == null ? 0 : score));
  }

  /// `ZPOPMIN key`, or `ZPOPMAX`.
  static Outcome pop(Turn turn, boolean least) {
    Scores set = find(turn);
    return Outcome.done(Reply.many(set == null ? List.of() : pop(turn, turn.word(1), set, least)));
  }

  /// `BZPOPMIN key [key ...] seconds`, or `BZPOPMAX`.
  static Outcome popOrWait(Turn turn, boolean least) {
    List<String> keys = turn.words().subList(1, turn.count() - 1);
    for (String key : keys) {
      Scores set = turn.come(key, Scores.class);
      if (set != null) {
        List<Reply> reply = new ArrayList<>(List.of(Reply.bulk(key)));
        reply.addAll(pop(turn, key, set, least));
        return Outcome.done(Reply.many(reply));
      }
    }
    double seconds = Double.parseDouble(turn.words().getLast());
    long timeoutMs = Math.round(seconds * 1000);
    return new Outcome.Blocked(keys, timeoutMs, Reply.NONE_MANY, turn.words());
  }

  /// By score, then by name.
  static List<String> inOrder(Map<String, Long> scores) {
    return scores.entrySet().stream()
        .sorted(
            Map.Entry.<String, Long>comparingByValue()
                .thenComparing(Comparator.comparing(e -> e.getKey())))
        .map(Map.Entry::getKey)
        .toList();
  }
}
