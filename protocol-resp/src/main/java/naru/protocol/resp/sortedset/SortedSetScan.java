package naru.protocol.resp.sortedset;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import naru.bytes.Bytes;
import naru.bytes.Doubles;
import naru.engine.Decision;
import naru.engine.sortedset.SortedSetValue;
import naru.protocol.resp.verb.Call;
import naru.protocol.resp.verb.Flag;
import naru.protocol.resp.verb.ScanOptions;
import naru.protocol.resp.verb.Verb;

/// Going through a sorted set bit by bit.
public final class SortedSetScan {
  public static final List<Verb> VERBS =
      List.of(
          Verb.of("ZSCAN key cursor [MATCH pattern] [COUNT count]", SortedSetScan::scan)
              .tips("nondeterministic_output")
              .since("2.8.0")
              .flags(Flag.READONLY)
              .keys("RO access")
              .summary("Iterates over members and scores of a sorted set.")
              .complexity(
                  "O(1) for every call. O(N) for a complete iteration, N being the number of"
                      + " members."));

  private static final MathContext SEVENTEEN_DIGITS = new MathContext(17, RoundingMode.HALF_EVEN);

  private SortedSetScan() {}

  private static Decision scan(Call call) {
    long cursor = ScanOptions.cursor(call, 2);
    SortedSetValue set = call.find(call.arg(1), SortedSetValue.class);
    if (set == null) {
      return Decision.done(ScanOptions.NOTHING);
    }
    ScanOptions options = ScanOptions.read(call, 3);
    List<Bytes> found = new ArrayList<>();
    long next =
        set.scan(
            cursor,
            options.count(),
            (member, score) -> {
              if (options.admits(member)) {
                found.add(member);
                found.add(set.isPacked() ? Bytes.of(Doubles.toAscii(score)) : precise(score));
              }
            });
    return ScanOptions.done(next, found);
  }

  /// A score with seventeen digits, as C's `%.17g` gives it: Redis writes those of large sorted
  /// sets this way here, and only here.
  static Bytes precise(double score) {
    if (Double.isInfinite(score) || score == 0) {
      return Bytes.of(Doubles.toAscii(score));
    }
    BigDecimal rounded = new BigDecimal(score).round(SEVENTEEN_DIGITS).stripTrailingZeros();
    int exponent = rounded.precision() - rounded.scale() - 1;
    if (exponent >= -4 && exponent < SEVENTEEN_DIGITS.getPrecision()) {
      return Bytes.of(rounded.toPlainString());
    }
    String digits = rounded.unscaledValue().abs().toString();
    StringBuilder text = new StringBuilder(score < 0 ? "-" : "").append(digits.charAt(0));
    if (digits.length() > 1) {
      text.append('.').append(digits, 1, digits.length());
    }
    text.append(exponent < 0 ? "e-" : "e+");
    text.append(Math.abs(exponent) < 10 ? "0" : "").append(Math.abs(exponent));
    return Bytes.of(text.toString());
  }
}
