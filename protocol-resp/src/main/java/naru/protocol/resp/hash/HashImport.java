package naru.protocol.resp.hash;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import naru.bytes.Bytes;
import naru.engine.Decision;
import naru.engine.KeyEvent;
import naru.engine.Op;
import naru.engine.Refusal;
import naru.engine.hash.HashOp;
import naru.engine.hash.HashValue;
import naru.engine.key.KeyOp;
import naru.protocol.resp.verb.Call;
import naru.protocol.resp.verb.Flag;
import naru.protocol.resp.verb.Replies;
import naru.protocol.resp.verb.SeenWords;
import naru.protocol.resp.verb.Verb;

/// Making many hashes of the same fields, which a connection names once.
///
/// https://redis.io/docs/latest/commands/himport/
public final class HashImport {
  public static final List<Verb> VERBS =
      List.of(
          Verb.of("HIMPORT PREPARE fieldset-name field [field ...]", HashImport::prepare)
              .since("8.10.0")
              .flags(Flag.NOSCRIPT)
              .summary("Names the fields of hashes that this connection is going to make.")
              .complexity("O(N*log(N)) where N is the number of fields."),
          Verb.of("HIMPORT SET key fieldset-name value [value ...]", HashImport::set)
              .since("8.10.0")
              .flags(Flag.WRITE, Flag.DENYOOM)
              .keys("OW update")
              .summary("Makes a hash of fields named before, from their values in that order.")
              .complexity("O(N) where N is the number of fields in the fieldset."),
          Verb.of("HIMPORT DISCARD fieldset-name", HashImport::discard)
              .since("8.10.0")
              .flags(Flag.NOSCRIPT, Flag.FAST)
              .summary("Forgets fields named before.")
              .complexity("O(1)"),
          Verb.of("HIMPORT DISCARDALL", HashImport::discardAll)
              .since("8.10.0")
              .flags(Flag.NOSCRIPT)
              .summary("Forgets all fields named before.")
              .complexity("O(N) where N is the number of session-local fieldsets."));

  private HashImport() {}

  private static Decision prepare(Call call) {
    SeenWords seen = new SeenWords();
    List<Bytes> names = new ArrayList<>(call.count() - 3);
    for (int i = 3; i < call.count(); i++) {
      if (!seen.add(call.arg(i))) {
        throw new Refusal("duplicate field name");
      }
      names.add(call.arg(i).owned());
    }
    call.client().fieldsets().put(call.arg(2).owned(), List.copyOf(names));
    return Decision.done(Replies.OK);
  }

  private static Decision set(Call call) {
    List<Bytes> names = call.client().fieldsets().get(call.arg(3));
    if (names == null) {
      throw new Refusal("no such fieldset");
    }
    if (names.size() != call.count() - 4) {
      throw new Refusal("value count does not match fieldset field count");
    }
    int database = call.database();
    Bytes key = call.arg(2);
    List<Bytes> pairs = new ArrayList<>(2 * names.size());
    for (int i = 0; i < names.size(); i++) {
      pairs.add(names.get(i));
      pairs.add(call.arg(4 + i));
    }
    List<Op> ops = new ArrayList<>(2);
    if (call.find(key, HashValue.class) != null) {
      ops.add(new KeyOp.Removed(database, key, KeyOp.Cause.DELETED));
    }
    ops.add(new HashOp.Set(database, key, pairs));
    return Decision.done(Replies.OK, ops).event(KeyEvent.Kind.HASH, "hset", database, key);
  }

  private static Decision discard(Call call) {
    boolean known = call.client().fieldsets().remove(call.arg(2)) != null;
    return Decision.done(known ? Replies.ONE : Replies.ZERO);
  }

  private static Decision discardAll(Call call) {
    Map<Bytes, List<Bytes>> fieldsets = call.client().fieldsets();
    int known = fieldsets.size();
    fieldsets.clear();
    return Decision.done(Replies.integer(known));
  }
}
