package naru.protocol.resp.stream;

import naru.bytes.Bytes;
import naru.engine.Refusal;
import naru.engine.stream.IdList;
import naru.engine.stream.StreamId;
import naru.protocol.resp.verb.Call;
import org.jspecify.annotations.Nullable;

/// Ids of entries as clients write them: `ms-seq`, or `ms` alone; `-` and `+` in ranges.
final class Ids {
  private static final int TEXT_MAX = 127;

  private Ids() {}

  /// A whole id; where only milliseconds are given, `missingSeq` is the rest.
  static StreamId parse(Bytes text, long missingSeq) {
    StreamId id = parseOrNull(text, missingSeq);
    if (id == null) {
      throw invalid();
    }
    return id;
  }

  /// The words `from .. to - 1`.
  static IdList parseAll(Call call, int from, int to) {
    IdList ids = new IdList(to - from);
    for (int i = from; i < to; i++) {
      ids.add(parse(call.arg(i), 0));
    }
    return ids;
  }

  /// As [#parse], null if it is not an id.
  static @Nullable StreamId parseOrNull(Bytes text, long missingSeq) {
    if (text.length() > TEXT_MAX) {
      return null;
    }
    int dash = text.indexOf((byte) '-', 0);
    int end = dash < 0 ? text.length() : dash;
    Unsigned ms = Unsigned.parse(text, 0, end);
    Unsigned seq =
        dash < 0 ? new Unsigned(missingSeq) : Unsigned.parse(text, dash + 1, text.length());
    return ms == null || seq == null ? null : new StreamId(ms.value, seq.value);
  }

  /// Milliseconds of an id whose sequence number is left to the broker (`ms-*`); null if it is not
  /// one.
  static @Nullable Long parseOpen(Bytes text) {
    int length = text.length();
    if (length < 3 || length > TEXT_MAX) {
      return null;
    }
    if (text.at(length - 1) != '*' || text.indexOf((byte) '-', 0) != length - 2) {
      return null;
    }
    Unsigned ms = Unsigned.parse(text, 0, length - 2);
    return ms == null ? null : ms.value;
  }

  /// Where a range begins: an id, `-`, `+`, or `(` and an id that does not belong to it.
  static StreamId start(Bytes text) {
    StreamId id = bound(text, 0);
    StreamId start = isExclusive(text) ? id.next() : id;
    if (start == null) {
      throw new Refusal("invalid start ID for the interval");
    }
    return start;
  }

  /// Where a range ends.
  static StreamId end(Bytes text) {
    StreamId id = bound(text, -1L);
    StreamId end = isExclusive(text) ? id.previous() : id;
    if (end == null) {
      throw new Refusal("invalid end ID for the interval");
    }
    return end;
  }

  private static boolean isExclusive(Bytes text) {
    return text.length() > 1 && text.at(0) == '(';
  }

  private static StreamId bound(Bytes text, long missingSeq) {
    if (isExclusive(text)) {
      return parse(text.slice(1, text.length()), missingSeq);
    }
    return orExtreme(text, missingSeq);
  }

  /// An id, `-` for the least or `+` for the greatest.
  static StreamId orExtreme(Bytes text, long missingSeq) {
    if (text.length() == 1 && text.at(0) == '-') {
      return StreamId.ZERO;
    }
    if (text.length() == 1 && text.at(0) == '+') {
      return StreamId.MAX;
    }
    return parse(text, missingSeq);
  }

  static Refusal invalid() {
    return new Refusal("Invalid stream ID specified as stream command argument");
  }

  /// An unsigned number as C's `strtoull` reads it: spaces, a sign and leading zeros may be there.
  private record Unsigned(long value) {
    private static final long TENTH_MAX = Long.divideUnsigned(-1L, 10);

    static @Nullable Unsigned parse(Bytes text, int from, int to) {
      int at = from;
      while (at < to && (text.at(at) == ' ' || (text.at(at) >= '\t' && text.at(at) <= '\r'))) {
        at++;
      }
      if (at < to && text.at(at) == '+') {
        at++;
      }
      if (at == to) {
        return null;
      }
      long value = 0;
      for (; at < to; at++) {
        int digit = text.at(at) - '0';
        if (digit < 0 || digit > 9 || Long.compareUnsigned(value, TENTH_MAX) > 0) {
          return null;
        }
        value = value * 10 + digit;
        if (Long.compareUnsigned(value, digit) < 0) {
          return null;
        }
      }
      return new Unsigned(value);
    }
  }
}
