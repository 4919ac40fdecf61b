package naru.protocol.resp.hash;

import java.util.ArrayList;
import java.util.List;
import naru.bytes.Bytes;
import naru.engine.Decision;
import naru.engine.Decision.Done;
import naru.engine.KeyEvent;
import naru.engine.hash.HashOp;
import naru.engine.hash.HashValue;
import naru.protocol.resp.verb.Call;
import naru.protocol.resp.verb.Flag;
import naru.protocol.resp.verb.Replies;
import naru.protocol.resp.verb.RespReply;
import naru.protocol.resp.verb.SeenWords;
import naru.protocol.resp.verb.Verb;

/// Taking fields away.
public final class HashDelete {
  public static final List<Verb> VERBS =
      List.of(
          Verb.of("HDEL key field [field ...]", HashDelete::hdel)
              .since("2.0.0")
              .flags(Flag.WRITE, Flag.FAST)
              .keys("RW delete")
              .summary(
                  "Deletes one or more fields and their values from a hash. Deletes the hash if no"
                      + " fields remain.")
              .complexity("O(N) where N is the number of fields to be removed."),
          Verb.of("HGETDEL key FIELDS numfields field [field ...]", HashDelete::hgetdel)
              .since("8.0.0")
              .flags(Flag.WRITE, Flag.FAST)
              .keys("RW access delete")
              .summary("Returns the values of fields and deletes them from the hash.")
              .complexity("O(N) where N is the number of specified fields"));

  private HashDelete() {}

  private static Decision hdel(Call call) {
    Bytes key = call.arg(1);
    HashValue hash = call.find(key, HashValue.class);
    List<Bytes> names = hash == null ? List.of() : present(call, hash, 2);
    return hash == null || names.isEmpty()
        ? Decision.done(Replies.ZERO)
        : removed(call, hash, names, Replies.integer(names.size()));
  }

  private static Decision hgetdel(Call call) {
    Bytes key = call.arg(1);
    HashValue hash = call.find(key, HashValue.class);
    Fields.requireCounted(call, 2);
    if (hash == null) {
      return Decision.done(HashGet.values(call, null, 4));
    }
    List<Bytes> names = present(call, hash, 4);
    RespReply reply = valuesOnce(call, hash);
    return names.isEmpty() ? Decision.done(reply) : removed(call, hash, names, reply);
  }

  /// A field named twice is gone the second time.
  private static RespReply valuesOnce(Call call, HashValue hash) {
    return out -> {
      SeenWords seen = new SeenWords();
      out.array(call.count() - 4);
      for (int i = 4; i < call.count(); i++) {
        out.bulkOrNull(seen.add(call.arg(i)) ? hash.get(call.arg(i)) : null);
      }
    };
  }

  /// The fields that there are among the words from `index` on, each once.
  static List<Bytes> present(Call call, HashValue hash, int index) {
    SeenWords seen = new SeenWords();
    List<Bytes> names = new ArrayList<>(call.count() - index);
    for (int i = index; i < call.count(); i++) {
      Bytes name = call.arg(i);
      if (hash.contains(name) && seen.add(name)) {
        names.add(name);
      }
    }
    return names;
  }

  /// That fields of `hash`, all of which it has, are gone.
  private static Done removed(Call call, HashValue hash, List<Bytes> names, RespReply reply) {
    int database = call.database();
    Bytes key = call.arg(1);
    Done done =
        Decision.done(reply, new HashOp.Removed(database, key, names))
            .event(KeyEvent.Kind.HASH, "hdel", database, key);
    return names.size() < hash.size()
        ? done
        : done.event(KeyEvent.Kind.GENERIC, "del", database, key);
  }
}
