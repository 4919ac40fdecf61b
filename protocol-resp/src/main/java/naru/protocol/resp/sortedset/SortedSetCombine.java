package naru.protocol.resp.sortedset;

import java.util.ArrayList;
import java.util.List;
import naru.bytes.Bytes;
import naru.engine.Decision;
import naru.engine.sortedset.ScoredMember;
import naru.protocol.resp.sortedset.Combination.Form;
import naru.protocol.resp.sortedset.Combination.Operation;
import naru.protocol.resp.verb.Call;
import naru.protocol.resp.verb.Flag;
import naru.protocol.resp.verb.Replies;
import naru.protocol.resp.verb.Verb;

/// Unions, intersections and differences of sorted sets, told, stored or counted.
public final class SortedSetCombine {
  private static final String UNION_COST =
      "O(N)+O(M*log(M)) with N being the sum of the sizes of the input sorted sets, and M being"
          + " the number of elements in the resulting sorted set.";
  private static final String INTERSECTION_COST =
      "O(N*K)+O(M*log(M)) worst case with N being the smallest input sorted set, K being the"
          + " number of input sorted sets and M being the number of elements in the resulting"
          + " sorted set.";
  private static final String DIFFERENCE_COST =
      "O(L + (N-K)log(N)) worst case where L is the total number of elements in all the sets, N"
          + " is the size of the first set, and K is the size of the result set.";
  private static final String OPTIONS =
      " [WEIGHTS weight [weight ...]] [AGGREGATE <SUM | MIN | MAX | COUNT>]";

  public static final List<Verb> VERBS =
      List.of(
          telling("ZUNION numkeys key [key ...]" + OPTIONS + " [WITHSCORES]", Operation.UNION)
              .summary("Returns the members of several sorted sets together.")
              .complexity(UNION_COST),
          telling(
                  "ZINTER numkeys key [key ...]" + OPTIONS + " [WITHSCORES]",
                  Operation.INTERSECTION)
              .summary("Returns the members that several sorted sets have in common.")
              .complexity(INTERSECTION_COST),
          telling("ZDIFF numkeys key [key ...] [WITHSCORES]", Operation.DIFFERENCE)
              .summary("Returns the members of a sorted set that several others lack.")
              .complexity(DIFFERENCE_COST),
          storing("ZUNIONSTORE destination numkeys key [key ...]" + OPTIONS, Operation.UNION)
              .since("2.0.0")
              .summary("Stores the members of several sorted sets together in a key.")
              .complexity(UNION_COST),
          storing("ZINTERSTORE destination numkeys key [key ...]" + OPTIONS, Operation.INTERSECTION)
              .since("2.0.0")
              .summary("Stores the members that several sorted sets have in common in a key.")
              .complexity(INTERSECTION_COST),
          storing("ZDIFFSTORE destination numkeys key [key ...]", Operation.DIFFERENCE)
              .since("6.2.0")
              .summary("Stores the members of a sorted set that several others lack in a key.")
              .complexity(DIFFERENCE_COST),
          Verb.of("ZINTERCARD numkeys key [key ...] [LIMIT limit]", SortedSetCombine::count)
              .since("7.0.0")
              .flags(Flag.READONLY, Flag.MOVABLEKEYS)
              .keys("RO access")
              .summary("Returns how many members several sorted sets have in common.")
              .complexity(
                  "O(N*K) worst case with N being the smallest input sorted set, K being the"
                      + " number of input sorted sets."));

  private SortedSetCombine() {}

  private static Verb telling(String usage, Operation operation) {
    return Verb.of(usage, call -> tell(call, operation))
        .since("6.2.0")
        .flags(Flag.READONLY, Flag.MOVABLEKEYS)
        .keys("RO access");
  }

  private static Verb storing(String usage, Operation operation) {
    return Verb.of(usage, call -> store(call, operation))
        .flags(Flag.WRITE, Flag.DENYOOM, Flag.MOVABLEKEYS)
        .reading()
        .keys("OW update", "RO access");
  }

  private static Decision tell(Call call, Operation operation) {
    Combination combination = Combination.read(call, 1, operation, Form.TELL);
    return Decision.done(Members.of(combination.members(), combination.withScores()));
  }

  private static Decision store(Call call, Operation operation) {
    Combination combination = Combination.read(call, 2, operation, Form.STORE);
    List<ScoredMember> members = new ArrayList<>();
    for (ScoredMember scored : combination.members()) {
      members.add(new ScoredMember(Bytes.of(scored.member().copy()), scored.score()));
    }
    return SortedSetRange.stored(call, call.arg(1), members);
  }

  private static Decision count(Call call) {
    Combination combination = Combination.read(call, 1, Operation.INTERSECTION, Form.COUNT);
    return Decision.done(Replies.integer(combination.count()));
  }
}
