package naru.protocol.resp.stream;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import naru.engine.Decision;
import naru.engine.Refusal;
import naru.engine.stream.ConsumerGroup;
import naru.engine.stream.GroupOp;
import naru.engine.stream.IdList;
import naru.engine.stream.Longs;
import naru.engine.stream.PendingEntries;
import naru.engine.stream.StreamId;
import naru.engine.stream.StreamValue;
import naru.protocol.resp.verb.Call;
import naru.protocol.resp.verb.Flag;
import naru.protocol.resp.verb.Replies;
import naru.protocol.resp.verb.Verb;

/// Giving entries back to the group, for somebody else to take over at once.
public final class StreamRelease {
  public static final List<Verb> VERBS =
      List.of(
          Verb.of(
                  "XNACK key group <SILENT | FAIL | FATAL> IDS numids id [id ...] [RETRYCOUNT"
                      + " count] [FORCE]",
                  StreamRelease::release)
              .since("8.8.0")
              .flags(Flag.WRITE, Flag.FAST)
              .reading()
              .keys("RW update")
              .summary(
                  "Releases pending messages back to the group's PEL without acknowledging them,"
                      + " making them available for re-delivery.")
              .complexity("O(1) for each message ID processed."));

  /// Why an entry is given back, which says how its count of deliveries changes.
  private enum Mode {
    /// As if it had not been delivered.
    SILENT,
    FAIL,
    /// Nobody should try again.
    FATAL;

    long count(long before) {
      return switch (this) {
        case SILENT -> Math.max(0, before - 1);
        case FAIL -> before;
        case FATAL -> Long.MAX_VALUE;
      };
    }
  }

  private StreamRelease() {}

  /// The words behind the mode.
  private static final class Options {
    int first;
    int count;
    boolean force;
    long retryCount = -1;

    void read(Call call) {
      for (int i = 4; i < call.count(); i++) {
        boolean more = i + 1 < call.count();
        if (more && call.is(i, "IDS")) {
          readIds(call, i);
          i = first + count - 1;
        } else if (call.is(i, "FORCE")) {
          force = true;
        } else if (more && call.is(i, "RETRYCOUNT")) {
          retryCount = call.integer(++i);
          if (retryCount < 0) {
            throw new Refusal("ERR Invalid RETRYCOUNT value, must be >= 0");
          }
        } else {
          throw new Refusal("ERR Unrecognized XNACK option '" + call.arg(i) + "'");
        }
      }
      if (first == 0) {
        throw new Refusal("ERR syntax error, expected IDS keyword");
      }
    }

    private void readIds(Call call, int at) {
      String refusal = "numids must be a positive integer";
      count = (int) call.integerBetween(at + 1, 1, Integer.MAX_VALUE, refusal);
      first = at + 2;
      if (count > call.count() - first) {
        throw new Refusal("ERR number of IDs doesn't match numids");
      }
    }
  }

  private static Decision release(Call call) {
    StreamValue stream = Streams.find(call, 1);
    ConsumerGroup group = stream == null ? null : stream.group(call.arg(2));
    if (stream == null || group == null) {
      throw Streams.noGroup(call.arg(1), call.arg(2), "");
    }
    Mode mode = mode(call);
    Options options = new Options();
    options.read(call);
    IdList ids = Ids.parseAll(call, options.first, options.first + options.count);
    IdList released = new IdList(ids.size());
    long[] counts = new long[ids.size()];
    Map<StreamId, Long> before = new HashMap<>();
    for (int i = 0; i < ids.size(); i++) {
      StreamId id = ids.get(i);
      PendingEntries.Cursor pending = group.pending().find(id.ms(), id.seq());
      boolean known = pending != null || before.containsKey(id);
      if (!known && !(options.force && stream.lookup().contains(id.ms(), id.seq()))) {
        continue;
      }
      long count = before.getOrDefault(id, pending == null ? 0 : pending.count());
      long after = options.retryCount >= 0 ? options.retryCount : mode.count(count);
      before.put(id, after);
      counts[released.size()] = after;
      released.add(id);
    }
    if (released.isEmpty()) {
      return Decision.done(Replies.ZERO);
    }
    Longs all = Longs.of(Arrays.copyOf(counts, released.size()));
    return Decision.done(
        Replies.integer(released.size()),
        new GroupOp.Released(call.database(), call.arg(1), call.arg(2), released, all));
  }

  private static Mode mode(Call call) {
    for (Mode mode : Mode.values()) {
      if (call.is(3, mode.name())) {
        return mode;
      }
    }
    throw new Refusal("ERR mode must be SILENT, FAIL, or FATAL");
  }
}
