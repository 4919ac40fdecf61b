package naru.protocol.resp.setting;

import java.util.Locale;
import naru.bytes.Bytes;
import naru.bytes.Numbers;

/// Sizes as Redis' configuration writes them: a number, and `b`, `k` (1000), `kb` (1024), `m`,
/// `mb`, `g` or `gb` behind it.
final class MemorySize {
  private MemorySize() {}

  /// The number of bytes, -1 if `text` is no size.
  static long parse(String text) {
    int end = 0;
    while (end < text.length() && Character.isDigit(text.charAt(end))) {
      end++;
    }
    Bytes digits = Bytes.of(text.substring(0, end));
    long unit = unit(text.substring(end).toLowerCase(Locale.ROOT));
    if (!Numbers.isLong(digits) || unit < 0) {
      return -1;
    }
    long number = Numbers.parseLong(digits);
    return number > Long.MAX_VALUE / unit ? -1 : number * unit;
  }

  private static long unit(String name) {
    return switch (name) {
      case "", "b" -> 1;
      case "k" -> 1000;
      case "kb" -> 1L << 10;
      case "m" -> 1_000_000;
      case "mb" -> 1L << 20;
      case "g" -> 1_000_000_000;
      case "gb" -> 1L << 30;
      default -> -1;
    };
  }
}
