package naru.protocol.resp.set;

import java.util.ArrayList;
import java.util.List;
import naru.bytes.Bytes;
import naru.engine.Decision;
import naru.engine.Draws;
import naru.engine.KeyEvent;
import naru.engine.key.KeyOp;
import naru.engine.set.SetValue;
import naru.protocol.resp.verb.Call;
import naru.protocol.resp.verb.Flag;
import naru.protocol.resp.verb.RandomCount;
import naru.protocol.resp.verb.Replies;
import naru.protocol.resp.verb.RespReply;
import naru.protocol.resp.verb.SeenWords;
import naru.protocol.resp.verb.Verb;

/// Members chosen by chance, and taken out.
public final class SetRandom {
  public static final List<Verb> VERBS =
      List.of(
          Verb.of("SRANDMEMBER key [count]", SetRandom::look)
              .tips("nondeterministic_output")
              .since("1.0.0")
              .flags(Flag.READONLY)
              .keys("RO access")
              .summary("Returns one or more random members of a set.")
              .complexity(
                  "Without the count argument O(1), otherwise O(N) where N is the absolute value"
                      + " of the passed count."),
          Verb.of("SPOP key [count]", SetRandom::pop)
              .tips("nondeterministic_output")
              .since("1.0.0")
              .flags(Flag.WRITE, Flag.FAST)
              .keys("RW access delete")
              .summary(
                  "Takes one or more random members out of a set and returns them. Deletes the set"
                      + " with its last member.")
              .complexity(
                  "Without the count argument O(1), otherwise O(N) where N is the value of the"
                      + " passed count."));

  /// If more than one in so many members is wanted, all are gone through.
  private static final int SPARSE = 3;

  private SetRandom() {}

  private static Decision look(Call call) {
    if (call.count() > 3) {
      throw Call.syntaxError();
    }
    if (call.count() == 2) {
      SetValue set = call.find(call.arg(1), SetValue.class);
      return Decision.done(
          set == null ? Replies.NULL : Replies.bulk(set.random(call.moment().random())));
    }
    RandomCount wanted = RandomCount.read(call, 2, false);
    SetValue set = call.find(call.arg(1), SetValue.class);
    if (set == null || wanted.count() == 0) {
      return Decision.done(Replies.EMPTY_ARRAY);
    }
    return Decision.done(Replies.bulks(chosen(set, wanted, call.moment().draws())));
  }

  private static Decision pop(Call call) {
    if (call.count() > 3) {
      throw Call.syntaxError();
    }
    if (call.count() == 3) {
      return popMany(call);
    }
    SetValue set = call.find(call.arg(1), SetValue.class);
    if (set == null) {
      return Decision.done(Replies.NULL);
    }
    Bytes member = set.random(call.moment().random());
    return SetAdd.removed(call, set, List.of(member), Replies.bulk(member), "spop");
  }

  private static Decision popMany(Call call) {
    int count =
        (int)
            Math.min(
                Integer.MAX_VALUE,
                call.integerBetween(
                    2, 0, Long.MAX_VALUE, "value is out of range, must be positive"));
    Bytes key = call.arg(1);
    SetValue set = call.find(key, SetValue.class);
    if (set == null || count == 0) {
      return Decision.done(Replies.EMPTY_SET);
    }
    List<Bytes> members = chosen(set, new RandomCount(count, false), call.moment().draws());
    // Views into the set would be of other members as soon as the first of them is gone.
    members.replaceAll(Bytes::owned);
    RespReply reply =
        out -> {
          out.set(members.size());
          for (int i = 0; i < members.size(); i++) {
            out.bulk(members.get(i));
          }
        };
    if (members.size() < set.size()) {
      return SetAdd.removed(call, set, members, reply, "spop");
    }
    int database = call.database();
    return Decision.done(reply, new KeyOp.Removed(database, key, KeyOp.Cause.DELETED))
        .event(KeyEvent.Kind.SET, "spop", database, key)
        .event(KeyEvent.Kind.GENERIC, "del", database, key);
  }

  private static List<Bytes> chosen(SetValue set, RandomCount wanted, Draws draws) {
    int count = wanted.count();
    List<Bytes> members = new ArrayList<>();
    if (wanted.repeats()) {
      for (int i = 0; i < count; i++) {
        members.add(set.random(draws.next()));
      }
    } else if (count >= set.size()) {
      set.forEach(members::add);
    } else if ((long) count * SPARSE > set.size()) {
      int[] seen = {0};
      set.forEach(
          member -> {
            int left = count - members.size();
            if (draws.below(set.size() - seen[0]) < left) {
              members.add(member);
            }
            seen[0]++;
          });
    } else {
      SeenWords seen = new SeenWords();
      while (members.size() < count) {
        Bytes member = set.random(draws.next());
        if (seen.add(member)) {
          members.add(member);
        }
      }
    }
    return members;
  }
}
