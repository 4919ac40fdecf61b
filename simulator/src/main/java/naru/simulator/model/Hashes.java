package naru.simulator.model;

import java.util.List;
import naru.simulator.model.Value.Hash;
import org.jspecify.annotations.Nullable;

/// Hashes, and when their fields expire.
final class Hashes {
  private static final Reply NO_FIELD = Reply.number(-2);

  private Hashes() {}

  private static @Nullable Hash find(Turn turn) {
    return turn.find(turn.word(1), Hash.class);
  }

  private static Hash findOrMake(Turn turn) {
    Hash hash = find(turn);
    return hash == null ? new Hash() : hash;
  }

  /// `HSET key field value [field value ...]`
  static Outcome set(Turn turn) {
    Hash hash = findOrMake(turn);
    int made = 0;
    for (int i = 2; i < turn.count(); i += 2) {
      made += hash.fields.put(turn.word(i), turn.word(i + 1)) == null ? 1 : 0;
      hash.dueMs.remove(turn.word(i));
    }
    turn.put(turn.word(1), hash);
    return Outcome.number(made);
  }

  /// `HINCRBY key field number`, of a field that holds nothing but numbers.
  static Outcome increment(Turn turn) {
    Hash hash = findOrMake(turn);
    long before = Long.parseLong(hash.fields.getOrDefault(turn.word(2), "0"));
    long after = before + turn.number(3);
    hash.fields.put(turn.word(2), Long.toString(after));
    turn.put(turn.word(1), hash);
    return Outcome.number(after);
  }

  static Outcome delete(Turn turn) {
    Hash hash = find(turn);
    long count = hash == null ? 0 : turn.from(2).stream().filter(hash::remove).count();
    if (hash != null && count > 0) {
      changed(turn, hash);
    }
    return Outcome.number(count);
  }

  private static void changed(Turn turn, Hash hash) {
    turn.keys().change(turn.word(1));
    if (hash.fields.isEmpty()) {
      turn.remove(turn.word(1));
    }
  }

  /// `HMGET key field [field ...]`
  static Outcome getMany(Turn turn) {
    Hash hash = find(turn);
    return Outcome.done(
        Reply.many(turn.from(2).stream().map(field -> value(hash, field)).toList()));
  }

  static Outcome get(Turn turn) {
    return Outcome.done(value(find(turn), turn.word(2)));
  }

  private static Reply value(@Nullable Hash hash, String field) {
    String value = hash == null ? null : hash.fields.get(field);
    return value == null ? Reply.NONE : Reply.bulk(value);
  }

  static Outcome length(Turn turn) {
    Hash hash = find(turn);
    return Outcome.number(hash == null ? 0 : hash.fields.size());
  }

  /// `HPEXPIRE key ms [NX | XX | GT | LT] FIELDS 1 field`
  static Outcome expire(Turn turn) {
    Hash hash = find(turn);
    String field = turn.words().getLast();
    if (hash == null || !hash.fields.containsKey(field)) {
      return Outcome.done(Reply.many(NO_FIELD));
    }
    long atMs = turn.nowMs() + turn.number(2);
    long presentMs = hash.dueMs.getOrDefault(field, Long.MAX_VALUE);
    if (turn.count() == 7 && !Expiry.allows(turn.word(3), presentMs, atMs)) {
      return Outcome.done(Reply.many(Reply.number(0)));
    }
    if (atMs <= turn.nowMs()) {
      hash.remove(field);
      changed(turn, hash);
      return Outcome.done(Reply.many(Reply.number(2)));
    }
    hash.dueMs.put(field, atMs);
    turn.keys().change(turn.word(1));
    return Outcome.done(Reply.many(Reply.number(1)));
  }

  /// `HPERSIST key FIELDS 1 field`
  static Outcome persist(Turn turn) {
    Hash hash = find(turn);
    String field = turn.words().getLast();
    if (hash == null || !hash.fields.containsKey(field)) {
      return Outcome.done(Reply.many(NO_FIELD));
    }
    if (hash.dueMs.remove(field) == null) {
      return Outcome.done(Reply.many(Reply.number(-1)));
    }
    turn.keys().change(turn.word(1));
    return Outcome.done(Reply.many(Reply.number(1)));
  }

  /// `HPTTL key FIELDS 1 field`, or `HPEXPIRETIME`.
  static Outcome tell(Turn turn, long fromMs) {
    Hash hash = find(turn);
    String field = turn.words().getLast();
    if (hash == null || !hash.fields.containsKey(field)) {
      return Outcome.done(Reply.many(NO_FIELD));
    }
    Long dueMs = hash.dueMs.get(field);
    return Outcome.done(Reply.many(List.of(Reply.number(dueMs == null ? -1 : dueMs - fromMs))));
  }
}
