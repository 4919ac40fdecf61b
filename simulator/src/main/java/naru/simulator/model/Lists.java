package naru.simulator.model;

import java.util.ArrayList;
import java.util.List;
import naru.simulator.model.Value.Elements;
import org.jspecify.annotations.Nullable;

/// Lists.
final class Lists {
  private Lists() {}

  private static @Nullable Elements find(Turn turn, String key) {
    return turn.find(key, Elements.class);
  }

  static Outcome push(Turn turn, boolean left) {
    Elements list = find(turn, turn.word(1));
    for (String item : turn.from(2)) {
      list = push(turn, turn.word(1), item, left);
    }
    return Outcome.number(list == null ? 0 : list.items().size());
  }

  private static Elements push(Turn turn, String key, String item, boolean left) {
    Elements list = find(turn, key);
    Elements there = list == null ? new Elements(new ArrayList<>()) : list;
    there.items().add(left ? 0 : there.items().size(), item);
    turn.put(key, there);
    return there;
  }

  private static String pop(Turn turn, String key, Elements list, boolean left) {
    String item = left ? list.items().removeFirst() : list.items().removeLast();
    // Nobody can get by this what he waits for.
    turn.keys().change(key);
    dropIfEmpty(turn, key, list);
    return item;
  }

  private static void dropIfEmpty(Turn turn, String key, Elements list) {
    if (list.items().isEmpty()) {
      turn.remove(key);
    }
  }

  static Outcome pop(Turn turn, boolean left) {
    String key = turn.word(1);
    Elements list = find(turn, key);
    boolean counted = turn.count() > 2;
    if (list == null) {
      return Outcome.done(counted ? Reply.NONE_MANY : Reply.NONE);
    }
    if (!counted) {
      return Outcome.done(Reply.bulk(pop(turn, key, list, left)));
    }
    List<String> popped = new ArrayList<>();
    while (popped.size() < turn.number(2) && !list.items().isEmpty()) {
      popped.add(pop(turn, key, list, left));
    }
    return Outcome.done(Reply.bulks(popped));
  }

  static Outcome length(Turn turn) {
    Elements list = find(turn, turn.word(1));
    return Outcome.number(list == null ? 0 : list.items().size());
  }

  static Outcome range(Turn turn) {
    Elements list = find(turn, turn.word(1));
    return Outcome.done(Reply.bulks(list == null ? List.of() : slice(turn, list.items())));
  }

  /// What lies between the indexes in words 2 and 3.
  private static List<String> slice(Turn turn, List<String> items) {
    long from = Math.max(0, index(turn.number(2), items.size()));
    long to = Math.min(items.size() - 1L, index(turn.number(3), items.size()));
    return from > to ? List.of() : items.subList((int) from, (int) to + 1);
  }

  private static long index(long index, int size) {
    return index < 0 ? size + index : index;
  }

  static Outcome trim(Turn turn) {
    Elements list = find(turn, turn.word(1));
    if (list != null) {
      List<String> rest = new ArrayList<>(slice(turn, list.items()));
      if (rest.size() < list.items().size()) {
        list.items().clear();
        list.items().addAll(rest);
        turn.put(turn.word(1), list);
      } else {
        turn.keys().pretendChange(turn.word(1));
      }
      dropIfEmpty(turn, turn.word(1), list);
    }
    return Outcome.done(Reply.OK);
  }

  static Outcome move(Turn turn, @Nullable Elements source) {
    String from = turn.word(1);
    String to = turn.word(2);
    if (source == null) {
      return Outcome.done(Reply.NONE);
    }
    find(turn, to);
    boolean left = turn.word(3).equals("LEFT");
    String item = left ? source.items().getFirst() : source.items().getLast();
    if (from.equals(to)) {
      // A list of one stays what it is, with the time at which it expires.
      source.items().remove(left ? 0 : source.items().size() - 1);
      push(turn, to, item, turn.word(4).equals("LEFT"));
    } else {
      push(turn, to, item, turn.word(4).equals("LEFT"));
      pop(turn, from, source, left);
    }
    return Outcome.done(Reply.bulk(item));
  }

  static Outcome move(Turn turn) {
    return move(turn, find(turn, turn.word(1)));
  }

  static Outcome moveOrWait(Turn turn) {
    Elements source = turn.come(turn.word(1), Elements.class);
    return source != null ? move(turn, source) : waitFor(turn, List.of(turn.word(1)), Reply.NONE);
  }

  static Outcome popOrWait(Turn turn, boolean left) {
    List<String> keys = turn.words().subList(1, turn.count() - 1);
    for (String key : keys) {
      Elements list = turn.come(key, Elements.class);
      if (list != null) {
        return Outcome.done(Reply.bulks(List.of(key, pop(turn, key, list, left))));
      }
    }
    return waitFor(turn, keys, Reply.NONE_MANY);
  }

  /// The last word is the time in seconds.
  private static Outcome waitFor(Turn turn, List<String> keys, Reply atOnce) {
    double seconds = Double.parseDouble(turn.words().getLast());
    return new Outcome.Blocked(keys, Math.round(seconds * 1000), atOnce, turn.words());
  }
}
