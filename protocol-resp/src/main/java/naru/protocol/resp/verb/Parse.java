package naru.protocol.resp.verb;

import naru.bytes.Bytes;
import naru.bytes.Numbers;

/// Words as numbers.
final class Parse {
  private Parse() {}

  static long longOr(Bytes text, long otherwise) {
    return Numbers.isLong(text) ? Numbers.parseLong(text) : otherwise;
  }
}
