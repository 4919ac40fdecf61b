package naru.protocol.resp.stream;

import java.util.List;
import naru.bytes.Bytes;
import naru.engine.KeyEvent;
import naru.engine.Op;
import naru.engine.Refusal;
import naru.engine.stream.GroupOp;
import naru.engine.stream.StreamId;
import naru.engine.stream.StreamOp;
import naru.engine.stream.StreamValue;
import naru.engine.stream.Trim;
import naru.protocol.resp.verb.Call;
import org.jspecify.annotations.Nullable;

/// What `XADD` and `XTRIM` may say about trimming, in any order:
/// `MAXLEN|MINID [=|~] threshold`, `LIMIT count`, `KEEPREF|DELREF|ACKED`.
final class TrimOptions {
  /// What is trimmed at most by an approximate trim that does not say: so many full blocks, but no
  /// more entries than this; where blocks have no limit, a number of entries.
  private static final long BLOCKS_DEFAULT = 100;

  private static final long ENTRIES_DEFAULT_MAX = 1_000_000;
  private static final long ENTRIES_DEFAULT = 10_000;

  private Trim.@Nullable Limit limit;
  private Trim.@Nullable References references;
  private boolean approximate;
  private boolean mostGiven;
  private long most;

  /// Reads an option at `at`; returns how many words it has, 0 if it is none of these.
  int read(Call call, int at) {
    int more = call.count() - 1 - at;
    if (more > 0 && call.is(at, "MAXLEN")) {
      int value = threshold(call, at);
      long entriesMax = call.integer(value);
      if (entriesMax < 0) {
        throw new Refusal("The MAXLEN argument must be >= 0.");
      }
      limit = new Trim.Limit.Length(entriesMax);
      return value + 1 - at;
    }
    if (more > 0 && call.is(at, "MINID")) {
      int value = threshold(call, at);
      limit = new Trim.Limit.From(Ids.parse(call.arg(value), 0));
      return value + 1 - at;
    }
    if (more > 0 && call.is(at, "LIMIT")) {
      most = call.integer(at + 1);
      if (most < 0) {
        throw new Refusal("The LIMIT argument must be >= 0.");
      }
      mostGiven = true;
      return 2;
    }
    Trim.References said = references == null ? references(call, at) : null;
    references = said == null ? references : said;
    return said == null ? 0 : 1;
  }

  private int threshold(Call call, int at) {
    if (limit != null) {
      throw new Refusal(
          "syntax error, MAXLEN and MINID options at the same time are not compatible");
    }
    boolean two = call.count() - 1 - at >= 2;
    boolean tilde = two && isWord(call.arg(at + 1), '~');
    approximate = tilde;
    return tilde || (two && isWord(call.arg(at + 1), '=')) ? at + 2 : at + 1;
  }

  private static boolean isWord(Bytes word, char character) {
    return word.length() == 1 && word.at(0) == character;
  }

  /// What the word at `index` says about entries that groups refer to; null if nothing.
  static Trim.@Nullable References references(Call call, int index) {
    if (call.is(index, "KEEPREF")) {
      return Trim.References.KEPT;
    }
    if (call.is(index, "DELREF")) {
      return Trim.References.DROPPED;
    }
    return call.is(index, "ACKED") ? Trim.References.AWAITED : null;
  }

  /// All options were read.
  void check(Call call, boolean required) {
    if (most != 0 && limit == null) {
      throw new Refusal(
          "syntax error, LIMIT cannot be used without specifying a trimming strategy");
    }
    if (required && limit == null) {
      throw new Refusal("syntax error, XTRIM must be called with a trimming strategy");
    }
    if (mostGiven && !approximate) {
      throw new Refusal("syntax error, LIMIT cannot be used without the special ~ option");
    }
    if (!mostGiven && approximate) {
      long entries = BLOCKS_DEFAULT * Streams.blockLimits(call).entriesMax();
      most = entries == 0 ? ENTRIES_DEFAULT : Math.min(entries, ENTRIES_DEFAULT_MAX);
    }
  }

  /// What goes, if anything is to be trimmed at all.
  @Nullable Trim plan(StreamValue stream, StreamOp.@Nullable Added coming) {
    Trim.Limit present = limit;
    if (present == null) {
      return null;
    }
    Trim.References how = references == null ? Trim.References.KEPT : references;
    Trim trim =
        how == Trim.References.KEPT
            ? Trim.plan(stream, coming, present, approximate, most)
            : Trim.planSingly(stream, coming, present, how, most);
    return trim.removed() == 0 ? null : trim;
  }

  /// Adds the ops that carry a plan out, and the event that tells of it.
  void carryOut(Trim trim, Call call, Bytes key, List<Op> ops, List<KeyEvent> events) {
    StreamId through = trim.through();
    if (through != null) {
      ops.add(new StreamOp.Trimmed(call.database(), key, through, trim.place()));
    } else if (trim.ids() != null) {
      if (references == Trim.References.DROPPED) {
        ops.add(new GroupOp.Dropped(call.database(), key, trim.ids()));
      }
      ops.add(new StreamOp.Deleted(call.database(), key, trim.ids(), trim.places(), false));
    }
    events.add(new KeyEvent(KeyEvent.Kind.STREAM, "xtrim", call.database(), key));
  }
}
