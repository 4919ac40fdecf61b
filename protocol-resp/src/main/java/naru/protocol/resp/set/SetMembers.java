package naru.protocol.resp.set;

import java.util.List;
import naru.engine.Decision;
import naru.engine.set.SetValue;
import naru.protocol.resp.verb.Call;
import naru.protocol.resp.verb.Flag;
import naru.protocol.resp.verb.Replies;
import naru.protocol.resp.verb.Verb;
import org.jspecify.annotations.Nullable;

/// Asking who is a member.
public final class SetMembers {
  public static final List<Verb> VERBS =
      List.of(
          Verb.of("SMEMBERS key", SetMembers::members)
              .tips("nondeterministic_output_order")
              .since("1.0.0")
              .flags(Flag.READONLY)
              .keys("RO access")
              .summary("Returns all members of a set.")
              .complexity("O(N) where N is the set cardinality."),
          Verb.of("SISMEMBER key member", SetMembers::isMember)
              .since("1.0.0")
              .flags(Flag.READONLY, Flag.FAST)
              .keys("RO")
              .summary("Determines whether a member belongs to a set.")
              .complexity("O(1)"),
          Verb.of("SMISMEMBER key member [member ...]", SetMembers::areMembers)
              .since("6.2.0")
              .flags(Flag.READONLY, Flag.FAST)
              .keys("RO access")
              .summary("Determines which of several members belong to a set.")
              .complexity("O(N) where N is the number of elements being checked for membership"),
          Verb.of("SCARD key", SetMembers::cardinality)
              .since("1.0.0")
              .flags(Flag.READONLY, Flag.FAST)
              .keys("RO")
              .summary("Returns the number of members in a set.")
              .complexity("O(1)"));

  private SetMembers() {}

  private static @Nullable SetValue found(Call call) {
    return call.find(call.arg(1), SetValue.class);
  }

  private static Decision members(Call call) {
    SetValue set = found(call);
    if (set == null) {
      return Decision.done(Replies.EMPTY_SET);
    }
    return Decision.done(
        Replies.of(
            out -> {
              out.set(set.size());
              set.forEach(out::bulk);
            }));
  }

  private static Decision isMember(Call call) {
    SetValue set = found(call);
    return Decision.done(set != null && set.contains(call.arg(2)) ? Replies.ONE : Replies.ZERO);
  }

  private static Decision areMembers(Call call) {
    SetValue set = found(call);
    return Decision.done(
        Replies.of(
            out -> {
              out.array(call.count() - 2);
              for (int i = 2; i < call.count(); i++) {
                out.integer(set != null && set.contains(call.arg(i)) ? 1 : 0);
              }
            }));
  }

  private static Decision cardinality(Call call) {
    SetValue set = found(call);
    return Decision.done(Replies.integer(set == null ? 0 : set.size()));
  }
}
