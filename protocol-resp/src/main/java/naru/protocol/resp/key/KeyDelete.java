package naru.protocol.resp.key;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import naru.bytes.Bytes;
import naru.engine.Decision;
import naru.engine.Decision.Done;
import naru.engine.Entry;
import naru.engine.KeyEvent.Kind;
import naru.engine.Op;
import naru.engine.key.KeyOp;
import naru.protocol.resp.verb.Call;
import naru.protocol.resp.verb.Flag;
import naru.protocol.resp.verb.Replies;
import naru.protocol.resp.verb.Verb;

/// Deleting keys, and asking whether they are there.
public final class KeyDelete {
  public static final List<Verb> VERBS =
      List.of(
          Verb.of("DEL key [key ...]", KeyDelete::delete)
              .tips("request_policy:multi_shard", "response_policy:agg_sum")
              .since("1.0.0")
              .flags(Flag.WRITE)
              .keys("RM delete")
              .summary("Deletes one or more keys.")
              .complexity(
                  "O(N) where N is the number of keys that will be removed. When a key to remove "
                      + "holds a value other than a string, the individual complexity for this key "
                      + "is O(M) where M is the number of elements in the list, set, sorted set or "
                      + "hash. Removing a single key that holds a string value is O(1)."),
          Verb.of("UNLINK key [key ...]", KeyDelete::delete)
              .tips("request_policy:multi_shard", "response_policy:agg_sum")
              .since("4.0.0")
              .flags(Flag.WRITE, Flag.FAST)
              .keys("RM delete")
              .summary("Asynchronously deletes one or more keys.")
              .complexity(
                  "O(1) for each key removed regardless of its size. Then the command does O(N) "
                      + "work in a different thread in order to reclaim memory, where N is the "
                      + "number of allocations the deleted objects where composed of."),
          Verb.of("EXISTS key [key ...]", KeyDelete::count)
              .tips("request_policy:multi_shard", "response_policy:agg_sum")
              .since("1.0.0")
              .flags(Flag.READONLY, Flag.FAST)
              .keys("RO")
              .summary("Determines whether one or more keys exist.")
              .complexity("O(N) where N is the number of keys to check."),
          Verb.of("TOUCH key [key ...]", KeyDelete::touch)
              .tips("request_policy:multi_shard", "response_policy:agg_sum")
              .since("3.2.1")
              .flags(Flag.READONLY, Flag.FAST)
              .keys("RO")
              .summary(
                  "Returns the number of existing keys out of those specified after updating the "
                      + "time they were last accessed.")
              .complexity("O(N) where N is the number of keys that will be touched."),
          Verb.of("TYPE key", KeyDelete::type)
              .since("1.0.0")
              .flags(Flag.READONLY, Flag.FAST)
              .keys("RO")
              .summary("Determines the type of value stored at a key.")
              .complexity("O(1)"));

  private KeyDelete() {}

  private static Decision delete(Call call) {
    int database = call.database();
    List<Op> ops = new ArrayList<>(call.count() - 1);
    Set<Bytes> seen = new HashSet<>();
    for (int i = 1; i < call.count(); i++) {
      Bytes key = call.arg(i);
      if (call.keys().entry(key) != null && (call.count() == 2 || seen.add(key))) {
        ops.add(new KeyOp.Removed(database, key, KeyOp.Cause.DELETED));
      }
    }
    Done done = Decision.done(Replies.integer(ops.size()), ops);
    for (Op op : ops) {
      done.event(Kind.GENERIC, "del", database, op.key());
    }
    return done;
  }

  private static Decision count(Call call) {
    int count = 0;
    for (int i = 1; i < call.count(); i++) {
      count += call.peek(call.arg(i)) == null ? 0 : 1;
    }
    return Decision.done(Replies.integer(count));
  }

  /// Also for a client whose commands do not count as use: this is what it is there for.
  private static Decision touch(Call call) {
    int count = 0;
    for (int i = 1; i < call.count(); i++) {
      Entry entry = call.peek(call.arg(i));
      if (entry != null) {
        call.touch(entry);
        count++;
      }
    }
    return Decision.done(Replies.integer(count));
  }

  private static Decision type(Call call) {
    Entry entry = call.peek(call.arg(1));
    return Decision.done(Replies.simple(KeyType.name(entry == null ? null : entry.value())));
  }
}
