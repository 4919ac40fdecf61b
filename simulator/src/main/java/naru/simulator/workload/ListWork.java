package naru.simulator.workload;

import java.util.ArrayList;
import java.util.List;
import naru.simulator.Chance;

/// Lists as queues, and a few strings.
final class ListWork {
  private static final List<String> QUEUES = List.of("l0", "l1", "l2");
  private static final List<String> STRINGS = List.of("t0", "t1");
  private static final List<String> SIDES = List.of("LEFT", "RIGHT");

  /// Seconds; 0 is for ever.
  private static final List<String> TIMEOUTS = List.of("0.01", "0.1", "0.5", "2", "0");

  private static final List<String> CONDITIONS = List.of("NX", "XX", "GT", "LT");

  private final Chance chance;
  private final Values values;
  private final Menu menu = new Menu();

  /// @param taste equal for all clients of a seed
  ListWork(Chance taste, Chance chance, Values values) {
    this.chance = chance;
    this.values = values;
    int mixes = taste.below(2);
    menu.add(1 + taste.below(4), () -> push("RPUSH"))
        .add(taste, () -> push("LPUSH"))
        .add(taste, () -> pop("LPOP"))
        .add(taste, () -> pop("RPOP"))
        .add(taste, () -> List.of("LMOVE", queue(), queue(), side(), side()))
        .add(taste, () -> List.of("BLMOVE", queue(), queue(), side(), side(), timeout()))
        .add(taste, () -> blockingPop("BLPOP"))
        .add(taste, () -> blockingPop("BRPOP"))
        .add(1, () -> List.of("LRANGE", queue(), "0", "-1"))
        .add(1, () -> List.of("LLEN", queue()))
        .add(1, () -> List.of("LTRIM", queue(), Integer.toString(-chance.between(1, 60)), "-1"))
        .add(taste, () -> List.of("SET", string(), Integer.toString(chance.below(100))))
        .add(taste, () -> List.of("INCR", string()))
        .add(taste, () -> List.of("GET", string()))
        .add(taste.below(2), () -> List.of("APPEND", string(), values.next()))
        .add(mixes * 2, () -> List.of("DEL", string(), queue()))
        .add(mixes, () -> List.of("SET", queue(), "not a list"));
    addExpiry(taste.oneIn(2) ? 0 : 1 + taste.below(2), taste);
  }

  /// @param often 0 where nothing expires
  private void addExpiry(int often, Chance taste) {
    menu.add(often * taste.below(3), () -> List.of("PEXPIRE", key(), soonMs()))
        .add(often * taste.below(2), () -> List.of("PEXPIRE", key(), soonMs(), condition()))
        .add(often * taste.below(2), () -> List.of("EXPIRE", key(), seconds()))
        .add(often * taste.below(2), () -> List.of("PEXPIREAT", key(), "1700000005000"))
        .add(often * taste.below(2), () -> List.of("PERSIST", key()))
        .add(often, () -> List.of("SET", string(), values.next(), "PX", soonMs()))
        .add(often * taste.below(2), () -> List.of("SET", string(), "7", "KEEPTTL"))
        .add(often * taste.below(2), () -> List.of("SET", string(), "9", "EX", seconds()))
        .add(often * taste.below(2), () -> List.of("GETEX", string(), "PX", soonMs()))
        .add(often * taste.below(2), () -> List.of("GETEX", string(), "PERSIST"))
        .add(often, () -> List.of("GET", string()))
        .add(often, () -> List.of("PTTL", key()))
        .add(often, () -> List.of("PEXPIRETIME", key()));
  }

  /// Any key.
  String key() {
    return chance.oneIn(2) ? queue() : string();
  }

  private String soonMs() {
    return Long.toString(chance.spread(1, 2000));
  }

  private String seconds() {
    return Integer.toString(chance.between(1, 20));
  }

  private String condition() {
    return chance.oneOf(CONDITIONS);
  }

  List<String> next() {
    return menu.choose(chance);
  }

  private String queue() {
    return chance.oneOf(QUEUES);
  }

  private String string() {
    return chance.oneOf(STRINGS);
  }

  private String side() {
    return chance.oneOf(SIDES);
  }

  private String timeout() {
    return chance.oneOf(TIMEOUTS);
  }

  private List<String> push(String verb) {
    List<String> words = new ArrayList<>(List.of(verb, queue()));
    for (int i = chance.oneIn(3) ? chance.between(1, 5) : 1; i > 0; i--) {
      words.add(values.next());
    }
    return words;
  }

  private List<String> pop(String verb) {
    return chance.oneIn(3)
        ? List.of(verb, queue(), Integer.toString(chance.between(1, 4)))
        : List.of(verb, queue());
  }

  private List<String> blockingPop(String verb) {
    return chance.oneIn(2)
        ? List.of(verb, queue(), timeout())
        : List.of(verb, queue(), queue(), timeout());
  }
}
