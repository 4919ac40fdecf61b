package naru.protocol.resp.set;

import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import naru.bytes.Bytes;
import naru.engine.Decision;
import naru.engine.Refusal;
import naru.protocol.resp.verb.Call;
import naru.protocol.resp.verb.Flag;
import naru.protocol.resp.verb.Replies;
import naru.protocol.resp.verb.Verb;

/// How many members intersections, unions and differences of sets have.
public final class SetCardinality {
  public static final List<Verb> VERBS =
      List.of(
          counting("SINTERCARD numkeys key [key ...] [LIMIT limit]", Algebra::intersection)
              .since("7.0.0")
              .summary("Returns how many members several sets have in common.")
              .complexity(
                  "O(N*M) worst case where N is the cardinality of the smallest set and M is the"
                      + " number of sets."),
          counting("SUNIONCARD numkeys key [key ...] [APPROX] [LIMIT limit]", Algebra::union)
              .since("8.10.0")
              .summary("Returns how many members several sets have together.")
              .complexity("O(N) where N is the total number of elements in all given sets."),
          counting("SDIFFCARD numkeys key [key ...] [LIMIT limit]", Algebra::difference)
              .since("8.10.0")
              .summary("Returns how many members of a set several others lack.")
              .complexity("O(N) where N is the total number of elements in all given sets."));

  private SetCardinality() {}

  private static Verb counting(String usage, BiConsumer<Algebra, Predicate<Bytes>> operation) {
    return Verb.of(usage, call -> count(call, operation))
        .flags(Flag.READONLY, Flag.MOVABLEKEYS)
        .keys("RO access");
  }

  private static Decision count(Call call, BiConsumer<Algebra, Predicate<Bytes>> operation) {
    long keys = call.integerBetween(1, 1, Long.MAX_VALUE, "numkeys should be greater than 0");
    if (keys > call.count() - 2) {
      throw new Refusal("Number of keys can't be greater than number of args");
    }
    int behind = 2 + (int) keys;
    long limit = limit(call, behind);
    long[] counted = {0};
    operation.accept(
        Algebra.of(call, 2, behind),
        _ -> {
          counted[0]++;
          return counted[0] != limit;
        });
    return Decision.done(Replies.integer(counted[0]));
  }

  /// The limit among the words from `index` on, 0 for none.
  ///
  /// `APPROX` asks for no more than is done anyway: the count here is always exact.
  private static long limit(Call call, int index) {
    long limit = 0;
    int at = index;
    while (at < call.count()) {
      if (call.is(at, "LIMIT") && at + 1 < call.count()) {
        limit = call.integerBetween(at + 1, 0, Long.MAX_VALUE, "LIMIT can't be negative");
        at += 2;
      } else if (call.is(at, "APPROX") && call.verb().name().equals("sunioncard")) {
        at++;
      } else {
        throw Call.syntaxError();
      }
    }
    return limit;
  }
}
