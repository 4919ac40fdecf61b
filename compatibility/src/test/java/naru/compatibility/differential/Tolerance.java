package naru.compatibility.differential;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/// One way in which two replies may differ. It answers Naru's reply with what may differ put right,
/// that is replaced by what Redis said; what may not differ stays, and is found by comparing.
@FunctionalInterface
interface Tolerance {
  Reply forgive(Reply redis, Reply naru);

  int CLOCK_DRIFT_MS = 3_000;
  Pattern LONG_DOUBLE = Pattern.compile("-?[0-9.]+(e[-+][0-9]+)?");
  Pattern CLOCK_ID = Pattern.compile("1[6-9][0-9]{11}(-[0-9]+)?");

  /// The same items in another order; everything inside them equal.
  static Tolerance anyOrder() {
    return (redis, naru) ->
        redis instanceof Reply.Group(char type, List<Reply> items)
                && naru instanceof Reply.Group(char other, List<Reply> others)
                && type == other
                && counts(items, 1).equals(counts(others, 1))
            ? redis
            : naru;
  }

  /// The same name–value pairs in another order.
  static Tolerance anyOrderOfPairs() {
    return (redis, naru) ->
        redis instanceof Reply.Group(char type, List<Reply> items)
                && naru instanceof Reply.Group(char other, List<Reply> others)
                && type == other
                && items.size() == others.size()
                && items.size() % 2 == 0
                && counts(items, 2).equals(counts(others, 2))
            ? redis
            : naru;
  }

  /// Another value of the same type and, for a group, of the same size.
  static Tolerance anyValue() {
    return (redis, naru) -> haveOneShape(redis, naru) ? redis : naru;
  }

  /// Whole numbers, wherever they stand, that are this near to each other.
  static Tolerance nearby(long distance) {
    return everywhere((redis, naru) -> areNear(redis, naru, distance) ? redis : naru);
  }

  /// Stream ids and times in milliseconds that both servers took from the clock.
  static Tolerance clockIds() {
    return everywhere(
        (redis, naru) ->
            redis.getClass() == naru.getClass()
                    && CLOCK_ID.matcher(redis.text()).matches()
                    && CLOCK_ID.matcher(naru.text()).matches()
                ? redis
                : naru);
  }

  /// Doubles, wherever they stand, that Redis 7.0 writes in 17 digits and later ones in the fewest.
  static Tolerance shortestDoubles() {
    return everywhere(
        (redis, naru) ->
            redis.getClass() == naru.getClass()
                    && LONG_DOUBLE.matcher(redis.text()).matches()
                    && naru.text().equals(ShortestDouble.text(Double.parseDouble(redis.text())))
                ? redis
                : naru);
  }

  /// Doubles, wherever they stand, that differ in their last digits.
  static Tolerance roundedDoubles() {
    return everywhere(
        (redis, naru) ->
            redis.getClass() == naru.getClass()
                    && LONG_DOUBLE.matcher(redis.text()).matches()
                    && LONG_DOUBLE.matcher(naru.text()).matches()
                    && areOneRounded(redis.text(), naru.text())
                ? redis
                : naru);
  }

  private static boolean areOneRounded(String redis, String naru) {
    double one = Double.parseDouble(redis);
    return Math.abs(one - Double.parseDouble(naru)) <= Math.abs(one) * 1e-13;
  }

  /// The value after one of these names, in maps and in lists of names and values, at any depth.
  static Tolerance fields(List<String> names, Tolerance tolerance) {
    return new Named(names, tolerance)::forgive;
  }

  /// Names (and their values) that only Naru has, as newer versions of Redis do.
  static Tolerance without(List<String> names) {
    return (_, naru) -> dropped(naru, names);
  }

  /// An error that later versions word differently, as patterns of the whole texts.
  static Tolerance reworded(String before, String since) {
    return (redis, naru) ->
        redis.isError()
                && naru.isError()
                && redis.text().matches(before)
                && naru.text().matches(since)
            ? redis
            : naru;
  }

  /// Words that are wrong, where Redis answers what it answers if there is no such key, or that it
  /// is of another type.
  static Tolerance refusedSooner() {
    return (redis, naru) ->
        naru.isError()
                && naru.text().matches("ERR (syntax error|value is not an integer or out of range)")
                && redis.text().matches("0|-1|WRONGTYPE .*")
            ? redis
            : naru;
  }

  /// In every item of a list, the one at this place.
  static Tolerance inEach(int place, Tolerance tolerance) {
    return (redis, naru) -> eachItem(redis, naru, (a, b) -> itemAt(place, a, b, tolerance));
  }

  /// The items of a group one by one.
  static Tolerance items(Tolerance tolerance) {
    return (redis, naru) -> eachItem(redis, naru, tolerance);
  }

  /// The leaves of two trees of one shape.
  static Tolerance everywhere(Tolerance leaf) {
    return (redis, naru) -> {
      Tolerance below = everywhere(leaf);
      return redis instanceof Reply.Group
          ? eachItem(redis, naru, below)
          : leaf.forgive(redis, naru);
    };
  }

  private static Reply eachItem(Reply redis, Reply naru, Tolerance tolerance) {
    if (!haveOneShape(redis, naru)
        || !(naru instanceof Reply.Group(char type, List<Reply> items))) {
      return naru;
    }
    List<Reply> forgiven = new ArrayList<>();
    for (int i = 0; i < items.size(); i++) {
      forgiven.add(tolerance.forgive(redis.items().get(i), items.get(i)));
    }
    return new Reply.Group(type, forgiven);
  }

  private static Reply itemAt(int place, Reply redis, Reply naru, Tolerance tolerance) {
    if (!haveOneShape(redis, naru)
        || !(naru instanceof Reply.Group(char type, List<Reply> items))
        || items.size() <= place) {
      return naru;
    }
    List<Reply> forgiven = new ArrayList<>(items);
    forgiven.set(place, tolerance.forgive(redis.items().get(place), items.get(place)));
    return new Reply.Group(type, forgiven);
  }

  private static boolean haveOneShape(Reply redis, Reply naru) {
    return switch (redis) {
      case Reply.Line(char type, _) ->
          naru instanceof Reply.Line(char other, _) && type == other && type != '-';
      case Reply.Bulk(char type, _) -> naru instanceof Reply.Bulk(char other, _) && type == other;
      case Reply.Group(char type, List<Reply> items) ->
          naru instanceof Reply.Group(char other, List<Reply> others)
              && type == other
              && items.size() == others.size();
      case Reply.Absent _, Reply.Broken _ -> redis.equals(naru);
    };
  }

  private static boolean areNear(Reply redis, Reply naru, long distance) {
    return redis instanceof Reply.Line(char type, String text)
        && naru instanceof Reply.Line(char other, String otherText)
        && type == ':'
        && other == ':'
        && Math.abs(Double.parseDouble(text) - Double.parseDouble(otherText)) <= distance;
  }

  private static Map<List<Reply>, Integer> counts(List<Reply> items, int stride) {
    Map<List<Reply>, Integer> counts = new HashMap<>();
    for (int i = 0; i + stride <= items.size(); i += stride) {
      counts.merge(List.copyOf(items.subList(i, i + stride)), 1, Integer::sum);
    }
    return counts;
  }

  private static Reply dropped(Reply reply, List<String> names) {
    if (!(reply instanceof Reply.Group(char type, List<Reply> items))) {
      return reply;
    }
    List<Reply> kept = new ArrayList<>();
    boolean droppedName = false;
    for (Reply item : items) {
      boolean named = item instanceof Reply.Bulk(_, String text) && names.contains(text);
      if (!named && !droppedName) {
        kept.add(dropped(item, names));
      }
      droppedName = named;
    }
    return new Reply.Group(type, kept);
  }

  /// Walks two trees; where a name of the list is followed by a value, the tolerance is asked.
  record Named(List<String> names, Tolerance tolerance) {
    Reply forgive(Reply redis, Reply naru) {
      if (!haveOneShape(redis, naru)
          || !(naru instanceof Reply.Group(char type, List<Reply> items))) {
        return naru;
      }
      List<Reply> forgiven = new ArrayList<>();
      for (int i = 0; i < items.size(); i++) {
        Reply theirs = redis.items().get(i);
        boolean named =
            i > 0 && items.get(i - 1) instanceof Reply.Bulk(_, String text) && names.contains(text);
        forgiven.add(
            named ? tolerance.forgive(theirs, items.get(i)) : forgive(theirs, items.get(i)));
      }
      return new Reply.Group(type, forgiven);
    }
  }
}
