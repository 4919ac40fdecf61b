package naru.protocol.resp.hash;

import java.util.ArrayList;
import java.util.List;
import naru.bytes.Bytes;
import naru.engine.Decision;
import naru.engine.Decision.Done;
import naru.engine.Entry;
import naru.engine.KeyEvent;
import naru.engine.Op;
import naru.engine.hash.HashOp;
import naru.engine.hash.HashValue;
import naru.protocol.resp.verb.Call;
import naru.protocol.resp.verb.Flag;
import naru.protocol.resp.verb.Replies;
import naru.protocol.resp.verb.RespReply;
import naru.protocol.resp.verb.SeenWords;
import naru.protocol.resp.verb.Verb;
import org.jspecify.annotations.Nullable;

/// Setting fields together with their expiry, and looking at them with a new one.
public final class HashExpiring {
  public static final List<Verb> VERBS =
      List.of(
          Verb.of(
                  "HGETEX key [EX seconds | PX milliseconds | EXAT unix-time-seconds | PXAT "
                      + "unix-time-milliseconds | PERSIST] FIELDS numfields field [field ...]",
                  HashExpiring::hgetex)
              .since("8.0.0")
              .flags(Flag.WRITE, Flag.FAST)
              .keys("RW access update")
              .arity(-5)
              .summary("Returns the values of fields of a hash and may set when they expire.")
              .complexity("O(N) where N is the number of specified fields"),
          Verb.of(
                  "HSETEX key [FNX | FXX] [EX seconds | PX milliseconds | EXAT unix-time-seconds | "
                      + "PXAT unix-time-milliseconds | KEEPTTL] FIELDS numfields field value "
                      + "[field value ...]",
                  HashExpiring::hsetex)
              .since("8.0.0")
              .flags(Flag.WRITE, Flag.DENYOOM, Flag.FAST)
              .keys("RW update")
              .arity(-6)
              .summary("Sets fields of a hash and may set when they expire.")
              .complexity("O(N) where N is the number of fields being set."));

  private HashExpiring() {}

  private static Decision hgetex(Call call) {
    HashValue hash = call.find(call.arg(1), HashValue.class);
    FieldClauses clauses = FieldClauses.read(call, 2, FieldClauses.Kind.GET);
    Fields fields = clauses.fields();
    if (hash == null || !(clauses.hasTime() || clauses.isTimeless())) {
      return Decision.done(values(call, hash, fields));
    }
    long atMs = clauses.hasTime() ? clauses.atMs() : Entry.NEVER;
    FieldChange change = new FieldChange(call, hash, atMs);
    List<@Nullable Bytes> values = new ArrayList<>(fields.count());
    for (int i = 0; i < fields.count(); i++) {
      Bytes name = call.arg(fields.from() + i);
      boolean there = change.contains(name);
      values.add(there ? hash.get(name) : null);
      if (there && change.expiresAtMs(name) != atMs) {
        change.add(name);
      }
    }
    return change.done(Replies.bulks(values));
  }

  private static RespReply values(Call call, @Nullable HashValue hash, Fields fields) {
    return out -> {
      out.array(fields.count());
      for (int i = 0; i < fields.count(); i++) {
        out.bulkOrNull(hash == null ? null : hash.get(call.arg(fields.from() + i)));
      }
    };
  }

  private static Decision hsetex(Call call) {
    FieldClauses clauses = FieldClauses.read(call, 2, FieldClauses.Kind.SET);
    Fields fields = clauses.fields();
    HashValue hash = call.find(call.arg(1), HashValue.class);
    if (!maySet(call, hash, clauses)) {
      return Decision.done(Replies.ZERO);
    }
    boolean past = clauses.hasTime() && clauses.atMs() <= call.nowMs();
    return past ? gone(call, hash, fields) : set(call, clauses, fields);
  }

  private static boolean maySet(Call call, @Nullable HashValue hash, FieldClauses clauses) {
    Fields fields = clauses.fields();
    for (int i = 0; i < fields.count(); i++) {
      boolean there = hash != null && hash.contains(call.arg(fields.from() + 2 * i));
      if ((clauses.onlyIfAll() && !there) || (clauses.onlyIfNone() && there)) {
        return false;
      }
    }
    return true;
  }

  private static Decision set(Call call, FieldClauses clauses, Fields fields) {
    int database = call.database();
    Bytes key = call.arg(1);
    List<Bytes> pairs = new ArrayList<>(2 * fields.count());
    List<Bytes> names = new ArrayList<>(fields.count());
    for (int i = 0; i < fields.count(); i++) {
      names.add(call.arg(fields.from() + 2 * i));
      pairs.add(call.arg(fields.from() + 2 * i));
      pairs.add(call.arg(fields.from() + 2 * i + 1));
    }
    List<Op> ops = new ArrayList<>(2);
    ops.add(
        clauses.isTimeless()
            ? new HashOp.Replaced(database, key, pairs)
            : new HashOp.Set(database, key, pairs));
    if (clauses.hasTime()) {
      ops.add(new HashOp.ExpiryChanged(database, key, clauses.atMs(), names));
    }
    Done done = Decision.done(Replies.ONE, ops).event(KeyEvent.Kind.HASH, "hset", database, key);
    return clauses.hasTime() ? done.event(KeyEvent.Kind.HASH, "hexpire", database, key) : done;
  }

  /// The fields are set and have expired at once.
  private static Decision gone(Call call, @Nullable HashValue hash, Fields fields) {
    int database = call.database();
    Bytes key = call.arg(1);
    SeenWords seen = new SeenWords();
    List<Bytes> names = new ArrayList<>();
    for (int i = 0; i < fields.count(); i++) {
      Bytes name = call.arg(fields.from() + 2 * i);
      if (hash != null && hash.contains(name) && seen.add(name)) {
        names.add(name);
      }
    }
    Done done =
        names.isEmpty()
            ? Decision.done(Replies.ONE)
            : Decision.done(Replies.ONE, new HashOp.Removed(database, key, names));
    done.event(KeyEvent.Kind.HASH, "hset", database, key)
        .event(KeyEvent.Kind.HASH, "hdel", database, key);
    boolean emptied = hash == null || names.size() == hash.size();
    return emptied ? done.event(KeyEvent.Kind.GENERIC, "del", database, key) : done;
  }
}
