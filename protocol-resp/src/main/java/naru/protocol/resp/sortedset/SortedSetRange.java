package naru.protocol.resp.sortedset;

import java.util.ArrayList;
import java.util.List;
import naru.bytes.Bytes;
import naru.engine.Decision;
import naru.engine.KeyEvent;
import naru.engine.Refusal;
import naru.engine.key.KeyOp;
import naru.engine.sortedset.ScoredMember;
import naru.engine.sortedset.SortedSetOp;
import naru.engine.sortedset.SortedSetValue;
import naru.protocol.resp.verb.Call;
import naru.protocol.resp.verb.Flag;
import naru.protocol.resp.verb.KeySpec;
import naru.protocol.resp.verb.Replies;
import naru.protocol.resp.verb.Verb;
import org.jspecify.annotations.Nullable;

/// Ranges of members: by rank, by score, by name; upwards and downwards; told or stored.
public final class SortedSetRange {
  private static final String TOLD =
      "O(log(N)+M) with N being the number of elements in the sorted set and M the number of"
          + " elements returned.";

  public static final List<Verb> VERBS =
      List.of(
          Verb.of(
                  "ZRANGE key start(string) stop(string) [BYSCORE | BYLEX] [REV] [LIMIT offset"
                      + " count] [WITHSCORES]",
                  call -> new SortedSetRange(call, 1).tell())
              .since("1.2.0")
              .flags(Flag.READONLY)
              .keys("RO access")
              .summary("Returns members in a sorted set within a range.")
              .complexity(TOLD),
          Verb.of(
                  "ZRANGESTORE dst src min max [BYSCORE | BYLEX] [REV] [LIMIT offset count]",
                  call -> new SortedSetRange(call, 2).store())
              .since("6.2.0")
              .flags(Flag.WRITE, Flag.DENYOOM)
              .reading()
              .keySpecs(
                  new KeySpec("", 1, KeySpec.Extent.ONE, "OW update"),
                  new KeySpec("", 2, KeySpec.Extent.ONE, "RO access"))
              .summary("Stores a range of members from a sorted set in a key.")
              .complexity(
                  "O(log(N)+M) with N being the number of elements in the sorted set and M the"
                      + " number of elements stored into the destination key."),
          telling("ZREVRANGE key start stop [WITHSCORES]", Bounds.Kind.RANK, false)
              .since("1.2.0")
              .deprecated("6.2.0", "`ZRANGE` with the `REV` argument")
              .summary("Returns members in a sorted set within a range of ranks in reverse order."),
          telling(
                  "ZRANGEBYSCORE key min(double) max(double) [WITHSCORES] [LIMIT offset count]",
                  Bounds.Kind.SCORE,
                  true)
              .since("1.0.5")
              .deprecated("6.2.0", "`ZRANGE` with the `BYSCORE` argument")
              .summary("Returns members in a sorted set within a range of scores."),
          telling(
                  "ZREVRANGEBYSCORE key max(double) min(double) [WITHSCORES] [LIMIT offset count]",
                  Bounds.Kind.SCORE,
                  false)
              .since("2.2.0")
              .deprecated("6.2.0", "`ZRANGE` with the `REV` and `BYSCORE` arguments")
              .summary("Returns members in a sorted set within a range of scores, backwards."),
          telling("ZRANGEBYLEX key min max [LIMIT offset count]", Bounds.Kind.NAME, true)
              .since("2.8.9")
              .deprecated("6.2.0", "`ZRANGE` with the `BYLEX` argument")
              .summary("Returns members in a sorted set within a range of names."),
          telling("ZREVRANGEBYLEX key max min [LIMIT offset count]", Bounds.Kind.NAME, false)
              .since("2.8.9")
              .deprecated("6.2.0", "`ZRANGE` with the `REV` and `BYLEX` arguments")
              .summary("Returns members in a sorted set within a range of names, backwards."));

  private final Call call;
  private final int keyIndex;
  private Bounds.@Nullable Kind kind;
  private boolean up = true;
  private boolean directed;
  private boolean withScores;
  private long offset;
  private long limit = -1;

  private SortedSetRange(Call call, int keyIndex) {
    this.call = call;
    this.keyIndex = keyIndex;
  }

  private SortedSetRange(Call call, Bounds.Kind kind, boolean up) {
    this(call, 1);
    this.kind = kind;
    this.up = up;
    this.directed = true;
  }

  private static Verb telling(String usage, Bounds.Kind kind, boolean up) {
    return Verb.of(usage, call -> new SortedSetRange(call, kind, up).tell())
        .flags(Flag.READONLY)
        .keys("RO access")
        .complexity(TOLD);
  }

  private Decision tell() {
    Bounds bounds = read();
    SortedSetValue set = call.find(call.arg(keyIndex), SortedSetValue.class);
    if (set == null) {
      return Decision.done(Replies.EMPTY_ARRAY);
    }
    RankRange range = range(set, bounds);
    int rank = up ? range.from() : range.fromTop().from();
    return Decision.done(Members.range(set, rank, range.count(), up, withScores));
  }

  private Decision store() {
    Bounds bounds = read();
    SortedSetValue set = call.find(call.arg(keyIndex), SortedSetValue.class);
    RankRange range = set == null ? RankRange.EMPTY : range(set, bounds);
    List<ScoredMember> members = new ArrayList<>(range.count());
    if (set != null) {
      SortedSetValue.Cursor cursor = set.cursor(range.from(), true);
      for (int i = 0; i < range.count() && cursor.next(); i++) {
        members.add(new ScoredMember(Bytes.of(cursor.member().copy()), cursor.score()));
      }
    }
    return stored(call, call.arg(1), members);
  }

  /// That `members` are now what `key` holds, or that it is gone if there are none.
  static Decision stored(Call call, Bytes key, List<ScoredMember> members) {
    int database = call.database();
    if (!members.isEmpty()) {
      return Decision.done(
              Replies.integer(members.size()), new SortedSetOp.Stored(database, key, members))
          .event(KeyEvent.Kind.SORTED_SET, call.verb().name(), database, key);
    }
    if (call.keys().entry(key) == null) {
      return Decision.done(Replies.ZERO);
    }
    return Decision.done(Replies.ZERO, new KeyOp.Removed(database, key, KeyOp.Cause.DELETED))
        .event(KeyEvent.Kind.GENERIC, "del", database, key);
  }

  private RankRange range(SortedSetValue set, Bounds bounds) {
    RankRange whole = bounds.in(set, up);
    return bounds instanceof Bounds.Ranks ? whole : whole.limited(offset, limit, up);
  }

  private Bounds read() {
    for (int at = keyIndex + 3; at < call.count(); at++) {
      if (call.is(at, "LIMIT") && at + 2 < call.count()) {
        offset = call.integer(at + 1);
        limit = call.integer(at + 2);
        at += 2;
      } else if (!readWord(at)) {
        throw Call.syntaxError();
      }
    }
    Bounds.Kind chosen = kind == null ? Bounds.Kind.RANK : kind;
    if (limit != -1 && chosen == Bounds.Kind.RANK) {
      throw new Refusal(
          "syntax error, LIMIT is only supported in combination with either BYSCORE or BYLEX");
    }
    if (withScores && chosen == Bounds.Kind.NAME) {
      throw new Refusal("syntax error, WITHSCORES not supported in combination with BYLEX");
    }
    boolean swapped = !up && chosen != Bounds.Kind.RANK;
    int first = keyIndex + 1;
    return Bounds.read(call, chosen, swapped ? first + 1 : first, swapped ? first : first + 1);
  }

  private boolean readWord(int at) {
    if (keyIndex == 1 && call.is(at, "WITHSCORES")) {
      withScores = true;
    } else if (!directed && call.is(at, "REV")) {
      directedDown();
    } else if (kind == null && call.is(at, "BYSCORE")) {
      kind = Bounds.Kind.SCORE;
    } else if (kind == null && call.is(at, "BYLEX")) {
      kind = Bounds.Kind.NAME;
    } else {
      return false;
    }
    return true;
  }

  private void directedDown() {
    directed = true;
    up = false;
  }
}
