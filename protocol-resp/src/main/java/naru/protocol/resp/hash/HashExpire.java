package naru.protocol.resp.hash;

import java.util.Arrays;
import java.util.List;
import naru.bytes.Bytes;
import naru.engine.Decision;
import naru.engine.Entry;
import naru.engine.hash.HashValue;
import naru.protocol.resp.verb.Call;
import naru.protocol.resp.verb.Flag;
import naru.protocol.resp.verb.Handler;
import naru.protocol.resp.verb.RespReply;
import naru.protocol.resp.verb.Verb;

/// Telling fields when to expire, and not to.
public final class HashExpire {
  public static final List<Verb> VERBS =
      List.of(
          expiring("HEXPIRE key seconds", call -> expire(call, true, true))
              .summary("Sets how many seconds fields of a hash have to live."),
          expiring("HPEXPIRE key milliseconds", call -> expire(call, false, true))
              .summary("Sets how many milliseconds fields of a hash have to live."),
          expiring("HEXPIREAT key unix-time-seconds", call -> expire(call, true, false))
              .summary("Sets the time, in seconds, at which fields of a hash expire."),
          expiring("HPEXPIREAT key unix-time-milliseconds", call -> expire(call, false, false))
              .summary("Sets the time, in milliseconds, at which fields of a hash expire."),
          Verb.of("HPERSIST key FIELDS numfields field [field ...]", HashExpire::persist)
              .since("7.4.0")
              .flags(Flag.WRITE, Flag.FAST)
              .keys("RW update")
              .summary("Takes the expiry of fields of a hash away.")
              .complexity("O(N) where N is the number of specified fields"));

  private static final int NO_FIELD = -2;
  private static final int NO_EXPIRY = -1;
  private static final int CONDITION_NOT_MET = 0;
  private static final int CHANGED = 1;
  private static final int DELETED = 2;

  private HashExpire() {}

  private static Verb expiring(String start, Handler handler) {
    String clauses = " [NX | XX | GT | LT] FIELDS numfields field [field ...]";
    return Verb.of(start + clauses, handler)
        .since("7.4.0")
        .flags(Flag.WRITE, Flag.DENYOOM, Flag.FAST)
        .keys("RW update")
        .complexity("O(N) where N is the number of specified fields");
  }

  private static Decision expire(Call call, boolean seconds, boolean fromNow) {
    HashValue hash = call.find(call.arg(1), HashValue.class);
    long atMs = FieldTime.readMs(call, 2, seconds, fromNow);
    FieldClauses clauses = FieldClauses.read(call, 3, FieldClauses.Kind.EXPIRE);
    Fields fields = clauses.fields();
    if (hash == null) {
      return Decision.done(noFields(fields.count()));
    }
    FieldChange change = new FieldChange(call, hash, atMs);
    int[] results = new int[fields.count()];
    for (int i = 0; i < results.length; i++) {
      Bytes name = call.arg(fields.from() + i);
      if (!change.contains(name)) {
        results[i] = NO_FIELD;
      } else if (!clauses.admits(change.expiresAtMs(name), atMs, Entry.NEVER)) {
        results[i] = CONDITION_NOT_MET;
      } else {
        results[i] = change.isPast() ? DELETED : CHANGED;
        change.add(name);
      }
    }
    return change.done(integers(results));
  }

  private static Decision persist(Call call) {
    HashValue hash = call.find(call.arg(1), HashValue.class);
    Fields fields = Fields.requireCounted(call, 2);
    if (hash == null) {
      return Decision.done(noFields(fields.count()));
    }
    FieldChange change = new FieldChange(call, hash, Entry.NEVER);
    int[] results = new int[fields.count()];
    for (int i = 0; i < results.length; i++) {
      Bytes name = call.arg(fields.from() + i);
      if (!change.contains(name)) {
        results[i] = NO_FIELD;
      } else if (change.expiresAtMs(name) == Entry.NEVER) {
        results[i] = NO_EXPIRY;
      } else {
        results[i] = CHANGED;
        change.add(name);
      }
    }
    return change.done(integers(results));
  }

  private static RespReply noFields(int count) {
    int[] results = new int[count];
    Arrays.fill(results, NO_FIELD);
    return integers(results);
  }

  private static RespReply integers(int[] results) {
    return out -> {
      out.array(results.length);
      for (int result : results) {
        out.integer(result);
      }
    };
  }
}
