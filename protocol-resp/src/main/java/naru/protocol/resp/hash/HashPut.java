package naru.protocol.resp.hash;

import java.util.ArrayList;
import java.util.List;
import naru.bytes.Bytes;
import naru.engine.Decision;
import naru.engine.KeyEvent;
import naru.engine.hash.HashOp;
import naru.engine.hash.HashValue;
import naru.protocol.resp.verb.Call;
import naru.protocol.resp.verb.Flag;
import naru.protocol.resp.verb.Replies;
import naru.protocol.resp.verb.RespReply;
import naru.protocol.resp.verb.SeenWords;
import naru.protocol.resp.verb.Verb;
import org.jspecify.annotations.Nullable;

/// Setting fields.
public final class HashPut {
  public static final List<Verb> VERBS =
      List.of(
          Verb.of("HSET key field value [field value ...]", HashPut::hset)
              .since("2.0.0")
              .flags(Flag.WRITE, Flag.DENYOOM, Flag.FAST)
              .keys("RW update")
              .summary("Creates or modifies the value of a field in a hash.")
              .complexity(
                  "O(1) for each field/value pair added, so O(N) to add N field/value pairs."),
          Verb.of("HMSET key field value [field value ...]", HashPut::hmset)
              .since("2.0.0")
              .deprecated("4.0.0", "`HSET` with multiple field-value pairs")
              .flags(Flag.WRITE, Flag.DENYOOM, Flag.FAST)
              .keys("RW update")
              .summary("Sets the values of multiple fields.")
              .complexity("O(N) where N is the number of fields being set."),
          Verb.of("HSETNX key field value", HashPut::hsetnx)
              .since("2.0.0")
              .flags(Flag.WRITE, Flag.DENYOOM, Flag.FAST)
              .keys("RW insert")
              .summary("Sets the value of a field in a hash only when the field doesn't exist.")
              .complexity("O(1)"));

  private HashPut() {}

  private static Decision hset(Call call) {
    HashValue hash = found(call);
    int added;
    if (call.count() == 4) {
      added = hash == null || !hash.contains(call.arg(2)) ? 1 : 0;
    } else {
      added = countAdded(call, hash);
    }
    return set(call, Replies.integer(added));
  }

  private static Decision hmset(Call call) {
    found(call);
    return set(call, Replies.OK);
  }

  private static @Nullable HashValue found(Call call) {
    if (call.count() % 2 != 0) {
      throw call.wrongArity();
    }
    return call.find(call.arg(1), HashValue.class);
  }

  private static int countAdded(Call call, @Nullable HashValue hash) {
    SeenWords seen = new SeenWords();
    int added = 0;
    for (int i = 2; i < call.count(); i += 2) {
      Bytes name = call.arg(i);
      if ((hash == null || !hash.contains(name)) && seen.add(name)) {
        added++;
      }
    }
    return added;
  }

  private static Decision hsetnx(Call call) {
    HashValue hash = call.find(call.arg(1), HashValue.class);
    return hash != null && hash.contains(call.arg(2))
        ? Decision.done(Replies.ZERO)
        : set(call, Replies.ONE);
  }

  private static Decision set(Call call, RespReply reply) {
    List<Bytes> pairs = new ArrayList<>(call.count() - 2);
    for (int i = 2; i < call.count(); i++) {
      pairs.add(call.arg(i));
    }
    Bytes key = call.arg(1);
    return Decision.done(reply, new HashOp.Set(call.database(), key, pairs))
        .event(KeyEvent.Kind.HASH, "hset", call.database(), key);
  }
}
