package naru.protocol.resp.verb;

import java.util.List;
import naru.bytes.Bytes;
import naru.engine.Decision;
import naru.engine.Refusal;
import naru.structures.Glob;
import org.jspecify.annotations.Nullable;

/// What `HSCAN`, `SSCAN` and `ZSCAN` are asked: `[MATCH pattern] [COUNT count] [NOVALUES]`.
///
/// https://redis.io/docs/latest/commands/scan/
public final class ScanOptions {
  /// What is said of a collection that is not there, whatever the options.
  public static final RespReply NOTHING = reply(0, List.of());

  private static final int COUNT_DEFAULT = 10;

  private @Nullable Glob pattern;
  private int count = COUNT_DEFAULT;
  private boolean noValues;

  private ScanOptions() {}

  /// Reads the options from the word at `index` on.
  public static ScanOptions read(Call call, int index) {
    ScanOptions options = new ScanOptions();
    int at = index;
    while (at < call.count()) {
      boolean hasNext = at + 1 < call.count();
      if (call.is(at, "COUNT") && hasNext) {
        long count = call.integer(at + 1);
        if (count < 1) {
          throw Call.syntaxError();
        }
        options.count = (int) Math.min(count, Integer.MAX_VALUE);
        at += 2;
      } else if (call.is(at, "MATCH") && hasNext) {
        options.pattern = new Glob(call.arg(at + 1));
        at += 2;
      } else if (call.is(at, "NOVALUES")) {
        if (!call.verb().name().equals("hscan")) {
          throw new Refusal("NOVALUES option can only be used in HSCAN");
        }
        options.noValues = true;
        at++;
      } else {
        throw Call.syntaxError();
      }
    }
    return options;
  }

  /// The cursor at `index`, refused if it is none.
  public static long cursor(Call call, int index) {
    Bytes text = call.arg(index);
    long cursor = 0;
    for (int i = 0; i < text.length(); i++) {
      int digit = text.at(i) - '0';
      if (digit < 0 || digit > 9 || cursor > (Long.MAX_VALUE - digit) / 10) {
        return beyondLong(text);
      }
      cursor = cursor * 10 + digit;
    }
    if (text.isEmpty()) {
      throw new Refusal("invalid cursor");
    }
    return cursor;
  }

  /// A cursor of ours never passes what a long holds, but one that only an unsigned one holds is
  /// still a cursor: of a scan that is over.
  private static long beyondLong(Bytes text) {
    try {
      Long.parseUnsignedLong(text.toString());
    } catch (NumberFormatException _) {
      throw new Refusal("invalid cursor");
    }
    if (text.at(0) == '+') {
      throw new Refusal("invalid cursor");
    }
    return Long.MAX_VALUE;
  }

  /// How many elements to visit at least.
  public int count() {
    return count;
  }

  public boolean noValues() {
    return noValues;
  }

  public boolean admits(Bytes element) {
    return pattern == null || pattern.matchesAll() || pattern.matches(element);
  }

  /// A cursor and the elements it has come by.
  public static Decision done(long cursor, List<Bytes> elements) {
    return Decision.done(reply(cursor, elements));
  }

  private static RespReply reply(long cursor, List<Bytes> elements) {
    return out -> {
      out.array(2);
      out.bulkInteger(cursor);
      out.array(elements.size());
      for (int i = 0; i < elements.size(); i++) {
        out.bulk(elements.get(i));
      }
    };
  }
}
