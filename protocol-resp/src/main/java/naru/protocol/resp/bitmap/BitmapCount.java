package naru.protocol.resp.bitmap;

import java.util.List;
import naru.engine.Decision;
import naru.engine.Refusal;
import naru.engine.string.StringValue;
import naru.protocol.resp.verb.Call;
import naru.protocol.resp.verb.Flag;
import naru.protocol.resp.verb.Replies;
import naru.protocol.resp.verb.Verb;

/// Counting and finding bits that are set or clear.
public final class BitmapCount {
  public static final List<Verb> VERBS =
      List.of(
          Verb.of("BITCOUNT key [index= start end [BYTE | BIT]]", BitmapCount::count)
              .since("2.6.0")
              .flags(Flag.READONLY)
              .keys("RO access")
              .summary("Counts the number of set bits (population counting) in a string.")
              .complexity("O(N)"),
          Verb.of("BITPOS key bit [index= start [end_index= end [BYTE | BIT]]]", BitmapCount::find)
              .since("2.8.7")
              .flags(Flag.READONLY)
              .keys("RO access")
              .summary("Finds the first set (1) or clear (0) bit in a string.")
              .complexity("O(N)"));

  private BitmapCount() {}

  private static Decision count(Call call) {
    boolean whole = call.count() == 2;
    if (!whole && call.count() != 4 && call.count() != 5) {
      throw Call.syntaxError();
    }
    long start = whole ? 0 : call.integer(2);
    long end = whole ? -1 : call.integer(3);
    boolean bits = call.count() == 5 && BitRange.countsBits(call, 4);
    StringValue string = call.find(call.arg(1), StringValue.class);
    if (string == null || (start < 0 && end < 0 && start > end)) {
      return Decision.done(Replies.ZERO);
    }
    BitRange range = BitRange.of(start, end, bits, string.length());
    return Decision.done(
        range.isEmpty() ? Replies.ZERO : Replies.integer(Bits.count(string.bytes(), range)));
  }

  private static Decision find(Call call) {
    long bit = call.integer(2);
    if (bit != 0 && bit != 1) {
      throw new Refusal("The bit argument must be 1 or 0.");
    }
    if (call.count() > 6) {
      throw Call.syntaxError();
    }
    long start = call.count() > 3 ? call.integer(3) : 0;
    boolean bits = call.count() == 6 && BitRange.countsBits(call, 5);
    boolean ends = call.count() > 4;
    long end = ends ? call.integer(4) : -1;
    StringValue string = call.find(call.arg(1), StringValue.class);
    if (string == null) {
      return Decision.done(Replies.integer(bit == 1 ? -1 : 0));
    }
    BitRange range = BitRange.of(start, end, bits, string.length());
    if (range.isEmpty()) {
      return Decision.done(Replies.integer(-1));
    }
    long found = Bits.find(string.bytes(), range, bit == 1);
    // Where no end is given, the string goes on as zeros.
    boolean behind = found < 0 && bit == 0 && !ends;
    return Decision.done(Replies.integer(behind ? string.length() * 8L : found));
  }
}
