package naru.protocol.resp.set;

import java.util.ArrayList;
import java.util.List;
import naru.bytes.Bytes;
import naru.engine.Decision;
import naru.engine.Decision.Done;
import naru.engine.KeyEvent;
import naru.engine.set.SetOp;
import naru.engine.set.SetValue;
import naru.protocol.resp.verb.Call;
import naru.protocol.resp.verb.Flag;
import naru.protocol.resp.verb.Replies;
import naru.protocol.resp.verb.RespReply;
import naru.protocol.resp.verb.SeenWords;
import naru.protocol.resp.verb.Verb;
import org.jspecify.annotations.Nullable;

/// Making members, and no members, and moving them.
public final class SetAdd {
  public static final List<Verb> VERBS =
      List.of(
          Verb.of("SADD key member [member ...]", SetAdd::add)
              .since("1.0.0")
              .flags(Flag.WRITE, Flag.DENYOOM, Flag.FAST)
              .keys("RW insert")
              .summary("Adds one or more members to a set. Creates the key if it doesn't exist.")
              .complexity("O(1) for each element added, so O(N) to add N elements."),
          Verb.of("SREM key member [member ...]", SetAdd::remove)
              .since("1.0.0")
              .flags(Flag.WRITE, Flag.FAST)
              .keys("RW delete")
              .summary(
                  "Removes one or more members from a set. Deletes the set with its last member.")
              .complexity("O(N) where N is the number of members to be removed."),
          Verb.of("SMOVE source destination member", SetAdd::move)
              .since("1.0.0")
              .flags(Flag.WRITE, Flag.FAST)
              .keys("RW access delete", "RW insert")
              .summary("Moves a member from one set to another.")
              .complexity("O(1)"));

  private SetAdd() {}

  private static Decision add(Call call) {
    Bytes key = call.arg(1);
    SetValue set = call.find(key, SetValue.class);
    int added;
    if (call.count() == 3) {
      added = set == null || !set.contains(call.arg(2)) ? 1 : 0;
    } else {
      added = countAdded(call, set);
    }
    if (added == 0) {
      return Decision.done(Replies.ZERO);
    }
    List<Bytes> members = new ArrayList<>(call.count() - 2);
    for (int i = 2; i < call.count(); i++) {
      members.add(call.arg(i));
    }
    return Decision.done(Replies.integer(added), new SetOp.Added(call.database(), key, members))
        .event(KeyEvent.Kind.SET, "sadd", call.database(), key);
  }

  private static int countAdded(Call call, @Nullable SetValue set) {
    SeenWords seen = new SeenWords();
    int added = 0;
    for (int i = 2; i < call.count(); i++) {
      Bytes member = call.arg(i);
      if ((set == null || !set.contains(member)) && seen.add(member)) {
        added++;
      }
    }
    return added;
  }

  private static Decision remove(Call call) {
    SetValue set = call.find(call.arg(1), SetValue.class);
    if (set == null) {
      return Decision.done(Replies.ZERO);
    }
    SeenWords seen = new SeenWords();
    List<Bytes> members = new ArrayList<>(call.count() - 2);
    for (int i = 2; i < call.count(); i++) {
      if (set.contains(call.arg(i)) && seen.add(call.arg(i))) {
        members.add(call.arg(i));
      }
    }
    return removed(call, set, members, Replies.integer(members.size()), "srem");
  }

  /// That members of `set`, the set at the first key, are gone, if there are any.
  static Decision removed(
      Call call, SetValue set, List<Bytes> members, RespReply reply, String event) {
    if (members.isEmpty()) {
      return Decision.done(reply);
    }
    int database = call.database();
    Bytes key = call.arg(1);
    Done done =
        Decision.done(reply, new SetOp.Removed(database, key, members))
            .event(KeyEvent.Kind.SET, event, database, key);
    return members.size() < set.size()
        ? done
        : done.event(KeyEvent.Kind.GENERIC, "del", database, key);
  }

  private static Decision move(Call call) {
    Bytes from = call.arg(1);
    Bytes to = call.arg(2);
    Bytes member = call.arg(3);
    SetValue source = call.find(from, SetValue.class);
    if (source == null) {
      return Decision.done(Replies.ZERO);
    }
    SetValue destination = call.find(to, SetValue.class);
    if (!source.contains(member)) {
      return Decision.done(Replies.ZERO);
    }
    if (from.equals(to)) {
      return Decision.done(Replies.ONE);
    }
    int database = call.database();
    boolean isThere = destination != null && destination.contains(member);
    // Where it is already nothing changes: those who watch that set are not to be told.
    SetOp op =
        isThere
            ? new SetOp.Removed(database, from, List.of(member))
            : new SetOp.Moved(database, from, to, member);
    Done done = Decision.done(Replies.ONE, op).event(KeyEvent.Kind.SET, "srem", database, from);
    if (source.size() == 1) {
      done.event(KeyEvent.Kind.GENERIC, "del", database, from);
    }
    return isThere ? done : done.event(KeyEvent.Kind.SET, "sadd", database, to);
  }
}
