package naru.protocol.resp.set;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import naru.bytes.Bytes;
import naru.engine.Decision;
import naru.engine.Decision.Done;
import naru.engine.KeyEvent;
import naru.engine.key.KeyOp;
import naru.engine.set.SetOp;
import naru.protocol.resp.verb.Call;
import naru.protocol.resp.verb.Flag;
import naru.protocol.resp.verb.Replies;
import naru.protocol.resp.verb.RespReply;
import naru.protocol.resp.verb.Verb;

/// Intersections, unions and differences of sets, told or stored.
public final class SetAlgebra {
  private static final String ALL_MEMBERS =
      "O(N) where N is the total number of elements in all given sets.";
  private static final String SMALLEST_TIMES_SETS =
      "O(N*M) worst case where N is the cardinality of the smallest set and M is the number of"
          + " sets.";

  public static final List<Verb> VERBS =
      List.of(
          telling("SINTER key [key ...]", Algebra::intersection)
              .tips("nondeterministic_output_order")
              .summary("Returns the members that several sets have in common.")
              .complexity(SMALLEST_TIMES_SETS),
          telling("SUNION key [key ...]", Algebra::union)
              .tips("nondeterministic_output_order")
              .summary("Returns the members of several sets together.")
              .complexity(ALL_MEMBERS),
          telling("SDIFF key [key ...]", Algebra::difference)
              .tips("nondeterministic_output_order")
              .summary("Returns the members of a set that several others lack.")
              .complexity(ALL_MEMBERS),
          storing("SINTERSTORE destination key [key ...]", Algebra::intersection)
              .keys("RW update", "RO access")
              .summary("Stores the members that several sets have in common in a key.")
              .complexity(SMALLEST_TIMES_SETS),
          storing("SUNIONSTORE destination key [key ...]", Algebra::union)
              .summary("Stores the members of several sets together in a key.")
              .complexity(ALL_MEMBERS),
          storing("SDIFFSTORE destination key [key ...]", Algebra::difference)
              .summary("Stores the members of a set that several others lack in a key.")
              .complexity(ALL_MEMBERS));

  private SetAlgebra() {}

  private static Verb telling(String usage, BiConsumer<Algebra, Predicate<Bytes>> operation) {
    return Verb.of(usage, call -> tell(call, operation))
        .since("1.0.0")
        .flags(Flag.READONLY)
        .keys("RO access");
  }

  private static Verb storing(String usage, BiConsumer<Algebra, Predicate<Bytes>> operation) {
    return Verb.of(usage, call -> store(call, operation))
        .since("1.0.0")
        .flags(Flag.WRITE, Flag.DENYOOM)
        .reading()
        .keys("OW update", "RO access");
  }

  private static Decision tell(Call call, BiConsumer<Algebra, Predicate<Bytes>> operation) {
    List<Bytes> members = new ArrayList<>();
    operation.accept(Algebra.of(call, 1, call.count()), members::add);
    return Decision.done(reply(members));
  }

  private static RespReply reply(List<Bytes> members) {
    return out -> {
      out.set(members.size());
      for (int i = 0; i < members.size(); i++) {
        out.bulk(members.get(i));
      }
    };
  }

  private static Decision store(Call call, BiConsumer<Algebra, Predicate<Bytes>> operation) {
    List<Bytes> members = new ArrayList<>();
    operation.accept(
        Algebra.of(call, 2, call.count()), member -> members.add(Bytes.of(member.copy())));
    int database = call.database();
    Bytes key = call.arg(1);
    if (!members.isEmpty()) {
      return Decision.done(
              Replies.integer(members.size()), new SetOp.Stored(database, key, members))
          .event(KeyEvent.Kind.SET, call.verb().name(), database, key);
    }
    if (call.keys().entry(key) == null) {
      return Decision.done(Replies.ZERO);
    }
    Done gone = Decision.done(Replies.ZERO, new KeyOp.Removed(database, key, KeyOp.Cause.DELETED));
    return gone.event(KeyEvent.Kind.GENERIC, "del", database, key);
  }
}
