package naru.protocol.resp.sortedset;

import java.util.ArrayList;
import java.util.List;
import naru.bytes.Bytes;
import naru.engine.Decision;
import naru.engine.Decision.Done;
import naru.engine.KeyEvent;
import naru.engine.sortedset.SortedSetOp;
import naru.engine.sortedset.SortedSetValue;
import naru.protocol.resp.verb.Call;
import naru.protocol.resp.verb.Flag;
import naru.protocol.resp.verb.Replies;
import naru.protocol.resp.verb.RespReply;
import naru.protocol.resp.verb.SeenWords;
import naru.protocol.resp.verb.Verb;

/// Taking members away, by name and by range.
public final class SortedSetRemove {
  public static final List<Verb> VERBS =
      List.of(
          Verb.of("ZREM key member [member ...]", SortedSetRemove::remove)
              .since("1.2.0")
              .flags(Flag.WRITE, Flag.FAST)
              .keys("RW delete")
              .summary(
                  "Removes one or more members from a sorted set. Deletes the sorted set with its"
                      + " last member.")
              .complexity(
                  "O(M*log(N)) with N being the number of elements in the sorted set and M the"
                      + " number of elements to be removed."),
          removing("ZREMRANGEBYRANK key start stop", Bounds.Kind.RANK)
              .since("2.0.0")
              .summary("Removes the members of a sorted set within a range of ranks."),
          removing("ZREMRANGEBYSCORE key min(double) max(double)", Bounds.Kind.SCORE)
              .since("1.2.0")
              .summary("Removes the members of a sorted set within a range of scores."),
          removing("ZREMRANGEBYLEX key min max", Bounds.Kind.NAME)
              .since("2.8.9")
              .summary("Removes the members of a sorted set within a range of names."));

  private SortedSetRemove() {}

  private static Verb removing(String usage, Bounds.Kind kind) {
    return Verb.of(usage, call -> removeRange(call, kind))
        .flags(Flag.WRITE)
        .keys("RW delete")
        .complexity(
            "O(log(N)+M) with N being the number of elements in the sorted set and M the number of"
                + " elements removed by the operation.");
  }

  private static Decision remove(Call call) {
    Bytes key = call.arg(1);
    SortedSetValue set = call.find(key, SortedSetValue.class);
    List<Bytes> members = set == null ? List.of() : present(call, set);
    if (set == null || members.isEmpty()) {
      return Decision.done(Replies.ZERO);
    }
    int database = call.database();
    Done done =
        Decision.done(
                Replies.integer(members.size()), new SortedSetOp.Removed(database, key, members))
            .event(KeyEvent.Kind.SORTED_SET, "zrem", database, key);
    return members.size() < set.size()
        ? done
        : done.event(KeyEvent.Kind.GENERIC, "del", database, key);
  }

  private static List<Bytes> present(Call call, SortedSetValue set) {
    SeenWords seen = new SeenWords();
    List<Bytes> members = new ArrayList<>(call.count() - 2);
    for (int i = 2; i < call.count(); i++) {
      Bytes member = call.arg(i);
      if (!Double.isNaN(set.score(member)) && seen.add(member)) {
        members.add(member);
      }
    }
    return members;
  }

  private static Decision removeRange(Call call, Bounds.Kind kind) {
    Bounds bounds = Bounds.read(call, kind, 2, 3);
    Bytes key = call.arg(1);
    SortedSetValue set = call.find(key, SortedSetValue.class);
    RankRange range = set == null ? RankRange.EMPTY : bounds.in(set, true);
    if (set == null || range.count() == 0) {
      return Decision.done(Replies.ZERO);
    }
    return removed(call, key, set, range, Replies.integer(range.count()), call.verb().name());
  }

  /// That a range of members, at least one, is gone.
  static Done removed(
      Call call, Bytes key, SortedSetValue set, RankRange range, RespReply reply, String event) {
    int database = call.database();
    Done done =
        Decision.done(
                reply, new SortedSetOp.RangeRemoved(database, key, range.from(), range.count()))
            .event(KeyEvent.Kind.SORTED_SET, event, database, key);
    return range.count() < set.size()
        ? done
        : done.event(KeyEvent.Kind.GENERIC, "del", database, key);
  }
}
