package naru.protocol.resp.sortedset;

import java.util.List;
import naru.bytes.Bytes;
import naru.engine.Decision;
import naru.engine.sortedset.SortedSetValue;
import naru.protocol.resp.verb.Call;
import naru.protocol.resp.verb.Flag;
import naru.protocol.resp.verb.Replies;
import naru.protocol.resp.verb.Verb;
import org.jspecify.annotations.Nullable;

/// Asking for scores, ranks and counts.
public final class SortedSetScore {
  private static final String LOGARITHMIC =
      "O(log(N)) with N being the number of elements in the sorted set.";

  public static final List<Verb> VERBS =
      List.of(
          Verb.of("ZSCORE key member", SortedSetScore::score)
              .since("1.2.0")
              .flags(Flag.READONLY, Flag.FAST)
              .keys("RO access")
              .summary("Returns the score of a member in a sorted set.")
              .complexity("O(1)"),
          Verb.of("ZMSCORE key member [member ...]", SortedSetScore::scores)
              .since("6.2.0")
              .flags(Flag.READONLY, Flag.FAST)
              .keys("RO access")
              .summary("Returns the score of one or more members in a sorted set.")
              .complexity("O(N) where N is the number of members being requested."),
          Verb.of("ZRANK key member [WITHSCORE]", call -> rank(call, true))
              .since("2.0.0")
              .flags(Flag.READONLY, Flag.FAST)
              .keys("RO access")
              .summary("Returns the rank of a member in a sorted set, by ascending scores.")
              .complexity("O(log(N))"),
          Verb.of("ZREVRANK key member [WITHSCORE]", call -> rank(call, false))
              .since("2.0.0")
              .flags(Flag.READONLY, Flag.FAST)
              .keys("RO access")
              .summary("Returns the rank of a member in a sorted set, by descending scores.")
              .complexity("O(log(N))"),
          Verb.of("ZCARD key", SortedSetScore::cardinality)
              .since("1.2.0")
              .flags(Flag.READONLY, Flag.FAST)
              .keys("RO")
              .summary("Returns the number of members in a sorted set.")
              .complexity("O(1)"),
          Verb.of("ZCOUNT key min(double) max(double)", call -> count(call, Bounds.Kind.SCORE))
              .since("2.0.0")
              .flags(Flag.READONLY, Flag.FAST)
              .keys("RO access")
              .summary("Returns how many members of a sorted set have scores within a range.")
              .complexity(LOGARITHMIC),
          Verb.of("ZLEXCOUNT key min max", call -> count(call, Bounds.Kind.NAME))
              .since("2.8.9")
              .flags(Flag.READONLY, Flag.FAST)
              .keys("RO access")
              .summary("Returns how many members of a sorted set have names within a range.")
              .complexity(LOGARITHMIC));

  private SortedSetScore() {}

  private static @Nullable SortedSetValue found(Call call) {
    return call.find(call.arg(1), SortedSetValue.class);
  }

  private static Decision score(Call call) {
    SortedSetValue set = found(call);
    double score = set == null ? Double.NaN : set.score(call.arg(2));
    return Decision.done(Double.isNaN(score) ? Replies.NULL : Replies.number(score));
  }

  private static Decision scores(Call call) {
    SortedSetValue set = found(call);
    return Decision.done(
        Replies.of(
            out -> {
              out.array(call.count() - 2);
              for (int i = 2; i < call.count(); i++) {
                double score = set == null ? Double.NaN : set.score(call.arg(i));
                if (Double.isNaN(score)) {
                  out.nullBulk();
                } else {
                  out.number(score);
                }
              }
            }));
  }

  private static Decision rank(Call call, boolean up) {
    boolean withScore = call.count() == 4;
    if (call.count() > 4 || (withScore && !call.is(3, "WITHSCORE"))) {
      throw Call.syntaxError();
    }
    SortedSetValue set = found(call);
    Bytes member = call.arg(2);
    double score = set == null ? Double.NaN : set.score(member);
    if (set == null || Double.isNaN(score)) {
      return Decision.done(withScore ? Replies.NULL_ARRAY : Replies.NULL);
    }
    int below = set.rank(member, score);
    int rank = up ? below : set.size() - 1 - below;
    if (!withScore) {
      return Decision.done(Replies.integer(rank));
    }
    return Decision.done(
        Replies.of(
            out -> {
              out.array(2);
              out.integer(rank);
              out.number(score);
            }));
  }

  private static Decision cardinality(Call call) {
    SortedSetValue set = found(call);
    return Decision.done(Replies.integer(set == null ? 0 : set.size()));
  }

  private static Decision count(Call call, Bounds.Kind kind) {
    Bounds bounds = Bounds.read(call, kind, 2, 3);
    SortedSetValue set = found(call);
    return Decision.done(Replies.integer(set == null ? 0 : bounds.in(set, true).count()));
  }
}
