package naru.protocol.resp.key;

import java.util.ArrayList;
import java.util.List;
import naru.bytes.ByteWriter;
import naru.bytes.Bytes;
import naru.engine.Decision;
import naru.engine.Entry;
import naru.engine.KeyEvent.Kind;
import naru.engine.Op;
import naru.engine.Refusal;
import naru.engine.key.KeyOp;
import naru.protocol.resp.verb.Call;
import naru.protocol.resp.verb.Flag;
import naru.protocol.resp.verb.Replies;
import naru.protocol.resp.verb.Verb;
import naru.rdb.DumpPayload;
import naru.rdb.MalformedRdb;
import org.jspecify.annotations.Nullable;

/// Values as payloads that every Redis understands.
public final class KeyDump {
  private static final String RESTORE_WORDS =
      " key ttl serialized-value [REPLACE] [ABSTTL] [IDLETIME seconds] [FREQ frequency]";
  private static final String RESTORE_COMPLEXITY =
      "O(1) to create the new key and additional O(N*M) to reconstruct the serialized value, where "
          + "N is the number of Redis objects composing the value and M their average size. For "
          + "small string values the time complexity is thus O(1)+O(1*M) where M is small, so "
          + "simply O(1). However for sorted set values the complexity is O(N*M*log(N)) because "
          + "inserting values into sorted sets is O(log(N)).";

  private static final int FREQUENCY_MAX = 255;
  private static final int PAYLOAD_BYTES = 64;

  public static final List<Verb> VERBS =
      List.of(
          Verb.of("DUMP key", KeyDump::dump)
              .tips("nondeterministic_output")
              .since("2.6.0")
              .flags(Flag.READONLY)
              .keys("RO access")
              .summary("Returns a serialized representation of the value stored at a key.")
              .complexity(
                  "O(1) to access the key and additional O(N*M) to serialize it, where N is the "
                      + "number of Redis objects composing the value and M their average size. For "
                      + "small string values the time complexity is thus O(1)+O(1*M) where M is "
                      + "small, so simply O(1)."),
          Verb.of("RESTORE" + RESTORE_WORDS, KeyDump::restore)
              .since("2.6.0")
              .flags(Flag.WRITE, Flag.DENYOOM)
              .keys("OW update")
              .categories("keyspace", "dangerous")
              .summary("Creates a key from the serialized representation of a value.")
              .complexity(RESTORE_COMPLEXITY));

  /// What a cluster's servers say to each other. There is no cluster here: it does what `RESTORE`
  /// does.
  public static final List<Verb> SERVER_VERBS =
      List.of(
          Verb.of("RESTORE-ASKING" + RESTORE_WORDS, KeyDump::restore)
              .since("3.0.0")
              .forSystem()
              .flags(Flag.WRITE, Flag.DENYOOM, Flag.ASKING)
              .keys("OW update")
              .categories("keyspace", "dangerous")
              .summary("An internal command for migrating keys in a cluster.")
              .complexity(RESTORE_COMPLEXITY));

  private KeyDump() {}

  private static Decision dump(Call call) {
    Entry entry = call.entry(call.arg(1));
    if (entry == null) {
      return Decision.done(Replies.NULL);
    }
    ByteWriter payload = new ByteWriter(PAYLOAD_BYTES);
    DumpPayload.write(entry.value(), true, payload);
    return Decision.done(Replies.bulk(Bytes.of(payload.array(), 0, payload.length())));
  }

  /// What stands behind the payload.
  private record Options(boolean replaces, boolean isAbsolute, long idleS, long frequency) {
    static Options of(Call call) {
      boolean replaces = false;
      boolean isAbsolute = false;
      long idleS = -1;
      long frequency = -1;
      for (int at = 4; at < call.count(); at++) {
        boolean hasNext = at + 1 < call.count();
        if (call.is(at, "REPLACE")) {
          replaces = true;
        } else if (call.is(at, "ABSTTL")) {
          isAbsolute = true;
        } else if (call.is(at, "IDLETIME") && hasNext && frequency == -1) {
          idleS = call.integer(++at);
          if (idleS < 0) {
            throw new Refusal("Invalid IDLETIME value, must be >= 0");
          }
        } else if (call.is(at, "FREQ") && hasNext && idleS == -1) {
          frequency = call.integer(++at);
          if (frequency < 0 || frequency > FREQUENCY_MAX) {
            throw new Refusal("Invalid FREQ value, must be >= 0 and <= 255");
          }
        } else {
          throw Call.syntaxError();
        }
      }
      return new Options(replaces, isAbsolute, idleS, frequency);
    }

    /// What is said of the use of the key; null if nothing is.
    KeyOp.@Nullable Used use(int database, Bytes key, long nowMs) {
      if (frequency >= 0) {
        return new KeyOp.Used(database, key, KeyOp.Measure.FREQUENCY, frequency);
      }
      if (idleS >= 0) {
        long atS = Math.floorDiv(nowMs, 1000L) - Math.min(idleS, Entry.IDLE_MAX_S);
        return new KeyOp.Used(database, key, KeyOp.Measure.LAST_USED_S, atS);
      }
      return null;
    }
  }

  private static Decision restore(Call call) {
    Options options = Options.of(call);
    Bytes key = call.arg(1);
    int database = call.database();
    boolean exists = call.entry(key) != null;
    if (exists && !options.replaces) {
      throw new Refusal("BUSYKEY", "Target key name already exists.");
    }
    long atMs = call.integer(2);
    if (atMs < 0) {
      throw new Refusal("Invalid TTL value, must be >= 0");
    }
    boolean expires = atMs > 0;
    if (expires && !options.isAbsolute) {
      atMs += call.nowMs();
    }
    Bytes payload = call.arg(3);
    if (!DumpPayload.isIntact(payload)) {
      throw new Refusal("DUMP payload version or checksum are wrong");
    }
    List<Op> restored = read(payload, database, key);
    List<Op> ops = new ArrayList<>(restored.size() + 3);
    if (exists) {
      ops.add(new KeyOp.Removed(database, key, KeyOp.Cause.DELETED));
    }
    if (expires && atMs <= call.nowMs()) {
      Decision.Done gone = Decision.done(Replies.OK, ops);
      return exists ? gone.event(Kind.GENERIC, "del", database, key) : gone;
    }
    ops.addAll(restored);
    if (expires) {
      ops.add(new KeyOp.ExpiryChanged(database, key, atMs));
    }
    KeyOp.Used use = options.use(database, key, call.nowMs());
    if (use != null) {
      ops.add(use);
    }
    return Decision.done(Replies.OK, ops).event(Kind.GENERIC, "restore", database, key);
  }

  private static List<Op> read(Bytes payload, int database, Bytes key) {
    try {
      return DumpPayload.ops(payload, database, key);
    } catch (MalformedRdb malformed) {
      throw new Refusal("Bad data format");
    }
  }
}
