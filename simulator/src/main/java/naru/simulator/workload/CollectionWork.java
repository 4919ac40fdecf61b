package naru.simulator.workload;

import java.util.ArrayList;
import java.util.List;
import naru.simulator.Chance;

/// Hashes, whose fields may expire, sets and sorted sets.
final class CollectionWork {
  private static final List<String> TIMEOUTS = List.of("0.01", "0.1", "0.5", "2", "0");
  private static final List<String> CONDITIONS = List.of("NX", "XX", "GT", "LT");

  private final Chance chance;
  private final Values values;
  private final Menu menu = new Menu();

  /// @param taste equal for all clients of a seed
  CollectionWork(Chance taste, Chance chance, Values values) {
    this.chance = chance;
    this.values = values;
    addHashes(taste);
    addFieldExpiry(taste.below(3), taste);
    addSets(taste);
    addSortedSets(taste);
  }

  private void addHashes(Chance taste) {
    menu.add(2 + taste.below(3), () -> List.of("HSET", hash(), field(), values.next()))
        .add(taste, this::setTwo)
        .add(taste, () -> List.of("HINCRBY", hash(), "number", number(-9, 9)))
        .add(taste, () -> List.of("HDEL", hash(), field(), field()))
        .add(1, () -> List.of("HMGET", hash(), field(), "number", field()))
        .add(1, () -> List.of("HGET", hash(), field()))
        .add(1, () -> List.of("HLEN", hash()))
        .add(taste.below(2), () -> List.of("DEL", hash()))
        .add(taste.below(2), () -> List.of("PEXPIRE", hash(), soonMs()))
        .add(taste.below(2), () -> List.of("PERSIST", hash()));
  }

  /// @param often 0 where no field expires
  private void addFieldExpiry(int often, Chance taste) {
    menu.add(often * 2, () -> List.of("HPEXPIRE", hash(), soonMs(), "FIELDS", "1", field()))
        .add(often * taste.below(2), this::expireIf)
        .add(often * taste.below(2), () -> List.of("HPEXPIRE", hash(), "0", "FIELDS", "1", field()))
        .add(often * taste.below(2), () -> List.of("HPERSIST", hash(), "FIELDS", "1", field()))
        .add(often, () -> List.of("HPTTL", hash(), "FIELDS", "1", field()))
        .add(often, () -> List.of("HPEXPIRETIME", hash(), "FIELDS", "1", field()))
        .add(often, () -> List.of("HMGET", hash(), field(), field(), field()));
  }

  private void addSets(Chance taste) {
    menu.add(1 + taste.below(3), () -> List.of("SADD", set(), member(), member()))
        .add(taste, () -> List.of("SREM", set(), member(), member()))
        .add(taste, () -> List.of("SMOVE", set(), set(), member()))
        .add(1, () -> List.of("SCARD", set()))
        .add(1, () -> List.of("SMISMEMBER", set(), member(), member(), member()))
        .add(taste.below(2), () -> List.of("DEL", set()))
        .add(taste.below(2), () -> List.of("PEXPIRE", set(), soonMs()));
  }

  private void addSortedSets(Chance taste) {
    menu.add(1 + taste.below(3), () -> List.of("ZADD", sorted(), number(-20, 20), member()))
        .add(taste, () -> List.of("ZADD", sorted(), condition(), number(-20, 20), member()))
        .add(taste, () -> List.of("ZINCRBY", sorted(), number(-5, 5), member()))
        .add(taste, () -> List.of("ZREM", sorted(), member(), member()))
        .add(taste, () -> List.of("ZPOPMIN", sorted()))
        .add(taste, () -> List.of("ZPOPMAX", sorted()))
        .add(taste, () -> List.of("BZPOPMIN", sorted(), sorted(), timeout()))
        .add(taste, () -> List.of("BZPOPMAX", sorted(), timeout()))
        .add(1, () -> List.of("ZRANGE", sorted(), "0", "-1"))
        .add(1, () -> List.of("ZSCORE", sorted(), member()))
        .add(1, () -> List.of("ZRANK", sorted(), member()))
        .add(1, () -> List.of("ZCARD", sorted()))
        .add(1, () -> List.of("ZCOUNT", sorted(), number(-20, 0), number(0, 20)))
        .add(taste.below(2), () -> List.of("PEXPIRE", sorted(), soonMs()));
  }

  /// Any key.
  String key() {
    return switch (chance.below(3)) {
      case 0 -> hash();
      case 1 -> set();
      default -> sorted();
    };
  }

  List<String> next() {
    return menu.choose(chance);
  }

  private List<String> setTwo() {
    List<String> words = new ArrayList<>(List.of("HSET", hash(), field(), values.next()));
    words.addAll(List.of(field(), values.next()));
    return words;
  }

  private List<String> expireIf() {
    return List.of("HPEXPIRE", hash(), soonMs(), condition(), "FIELDS", "1", field());
  }

  private String hash() {
    return "h" + chance.below(2);
  }

  private String set() {
    return "e" + chance.below(2);
  }

  private String sorted() {
    return "z" + chance.below(2);
  }

  private String field() {
    return "f" + chance.below(6);
  }

  private String member() {
    return chance.oneIn(2) ? number(0, 9) : "m" + chance.below(10);
  }

  private String number(int least, int most) {
    return Integer.toString(chance.between(least, most));
  }

  private String soonMs() {
    return Long.toString(chance.spread(1, 2000));
  }

  private String condition() {
    return chance.oneOf(CONDITIONS);
  }

  private String timeout() {
    return chance.oneOf(TIMEOUTS);
  }
}
