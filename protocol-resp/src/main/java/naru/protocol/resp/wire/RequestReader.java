package naru.protocol.resp.wire;

import java.util.Arrays;
import naru.bytes.ByteReader;
import naru.bytes.Bytes;
import naru.bytes.Numbers;

/// Cuts requests out of what has been received: arrays of bulk strings, and inline commands.
///
/// ```
/// *2\r\n$4\r\nLLEN\r\n$6\r\nmylist\r\n      an array of bulk strings
/// LLEN mylist\r\n                           the same, typed by hand
/// ```
///
/// A request that is not complete is left where it is, and what was learnt of it is remembered, so
/// that a large one is not parsed from its start each time. Memory grows with what was received,
/// never with what was announced. https://redis.io/docs/latest/develop/reference/protocol-spec/
public final class RequestReader {
  /// Inline commands and the lines that announce lengths are no longer than this.
  private static final int LINE_MAX_BYTES = 64 << 10;

  /// `$`, four digits and what ends them.
  private static final int SHORT_LINE_BYTES = 6;

  private static final int UNAUTHENTICATED_ARGUMENTS_MAX = 10;
  private static final int UNAUTHENTICATED_BULK_MAX_BYTES = 16 << 10;

  private final Arguments arguments = new Arguments();
  private boolean trusted = true;
  private long bulkMaxBytes = 512L << 20;

  /// Of the request begun: how many words it has, -1 before that is known.
  private int expected = -1;

  /// Start and end of each complete word, from the request's first byte.
  private int[] bounds = new int[16];

  private int complete;

  /// The length of the word that begins, negative if it is none.
  private long announced;

  /// Where to go on, from the request's first byte.
  private int resumeAt;

  /// Whether the client may send requests of full size. Others are told no before they cost memory.
  public void trusted(boolean newTrusted) {
    trusted = newTrusted;
  }

  /// The setting `proto-max-bulk-len`.
  public void bulkMaxBytes(long newBulkMaxBytes) {
    bulkMaxBytes = newBulkMaxBytes;
  }

  /// The words of the request that [#next] found.
  public Arguments arguments() {
    return arguments;
  }

  /// Takes the next request off `in`; false, with nothing taken, if it is not all there. A request
  /// without words (`*0`, an empty line) is passed over. Throws [Violation].
  public boolean next(ByteReader in) {
    while (in.remaining() > 0) {
      if (expected < 0 && in.array()[in.position()] != '*') {
        if (!inline(in)) {
          return false;
        }
      } else if (!array(in)) {
        return false;
      }
      if (arguments.count() > 0) {
        return true;
      }
    }
    return false;
  }

  private boolean inline(ByteReader in) {
    int newline = newline(in, in.position());
    if (newline < 0) {
      if (in.remaining() > LINE_MAX_BYTES) {
        throw new Violation("too big inline request");
      }
      return false;
    }
    int end = newline;
    if (end > in.position() && in.array()[end - 1] == '\r') {
      end--;
    }
    arguments.clear();
    InlineWords.split(Bytes.of(in.array(), in.position(), end - in.position()), arguments);
    in.position(newline + 1);
    return true;
  }

  private boolean array(ByteReader in) {
    int start = in.position();
    if (expected < 0 && !header(in)) {
      return false;
    }
    while (complete < expected) {
      if (!bulk(in, start)) {
        return false;
      }
    }
    arguments.clear();
    for (int i = 0; i < complete; i++) {
      int from = bounds[2 * i];
      arguments.add(Bytes.of(in.array(), start + from, bounds[2 * i + 1] - from));
    }
    in.position(start + resumeAt);
    forget();
    return true;
  }

  private void forget() {
    expected = -1;
    complete = 0;
    resumeAt = 0;
    if (bounds.length > 4096) {
      bounds = new int[16];
    }
  }

  private boolean header(ByteReader in) {
    int end = line(in, in.position(), "too big mbulk count string");
    if (end < 0) {
      return false;
    }
    long count = number(in, in.position() + 1, end);
    if (count == NOT_A_NUMBER || count > Integer.MAX_VALUE) {
      throw new Violation("invalid multibulk length");
    }
    if (count > UNAUTHENTICATED_ARGUMENTS_MAX && !trusted) {
      throw new Violation("unauthenticated multibulk length");
    }
    expected = (int) Math.max(count, 0);
    resumeAt = end + 2 - in.position();
    return true;
  }

  private boolean bulk(ByteReader in, int start) {
    int at = start + resumeAt;
    if (at >= in.limit()) {
      return false;
    }
    int from = wordStart(in, at);
    if (from < 0) {
      return false;
    }
    long length = announced;
    if (length < 0 || length > bulkMaxBytes) {
      throw new Violation("invalid bulk length");
    }
    if (length > UNAUTHENTICATED_BULK_MAX_BYTES && !trusted) {
      throw new Violation("unauthenticated bulk length");
    }
    if (in.limit() - from < length + 2) {
      return false;
    }
    if (2 * complete == bounds.length) {
      bounds = Arrays.copyOf(bounds, bounds.length * 2);
    }
    bounds[2 * complete] = from - start;
    bounds[2 * complete + 1] = from - start + (int) length;
    complete++;
    // Redis does not look at the two bytes behind a bulk string either.
    resumeAt = from - start + (int) length + 2;
    return true;
  }

  /// Where the word begins whose length is announced at `at`, and is in [#announced] then; -1 if
  /// the
  /// line is not all there. Of short lengths, all but always, each byte is looked at once.
  private int wordStart(ByteReader in, int at) {
    byte[] array = in.array();
    int limit = Math.min(in.limit() - 1, at + SHORT_LINE_BYTES);
    int i = at + 1;
    int length = 0;
    while (i < limit && array[i] >= '0' && array[i] <= '9') {
      length = length * 10 + array[i++] - '0';
    }
    boolean isPlain = i == at + 2 || (i > at + 2 && array[at + 1] != '0');
    if (isPlain && i < limit && array[i] == '\r' && array[at] == '$') {
      announced = length;
      return i + 2;
    }
    return wordStartSlowly(in, at);
  }

  private int wordStartSlowly(ByteReader in, int at) {
    int end = line(in, at, "too big bulk count string");
    if (end < 0) {
      return -1;
    }
    byte first = in.array()[at];
    if (first != '$') {
      throw new Violation("expected '$', got '" + (char) (first & 0xFF) + "'");
    }
    long length = number(in, at + 1, end);
    announced = length == NOT_A_NUMBER ? -1 : length;
    return end + 2;
  }

  /// Where the line from `from` ends: at its `\r`, which one more byte follows. -1 if it does not
  /// yet. Redis does not look at that byte either.
  private static int line(ByteReader in, int from, String tooLong) {
    byte[] array = in.array();
    int limit = (int) Math.min(in.limit(), from + LINE_MAX_BYTES + 2L);
    for (int i = from; i < limit; i++) {
      if (array[i] == '\r') {
        return i + 1 < in.limit() ? i : -1;
      }
    }
    if (in.limit() - from > LINE_MAX_BYTES) {
      throw new Violation(tooLong);
    }
    return -1;
  }

  private static int newline(ByteReader in, int from) {
    byte[] array = in.array();
    int limit = (int) Math.min(in.limit(), from + LINE_MAX_BYTES + 2L);
    for (int i = from; i < limit; i++) {
      if (array[i] == '\n') {
        return i;
      }
    }
    return -1;
  }

  /// Larger than any count or length that is taken.
  private static final long NOT_A_NUMBER = Long.MAX_VALUE;

  /// The number that ends before `end`. Short ones, all but always, are read on the spot.
  private static long number(ByteReader in, int from, int end) {
    byte[] array = in.array();
    long value = 0;
    if (end - from <= 9 && end > from && (array[from] != '0' || end - from == 1)) {
      for (int i = from; i < end; i++) {
        int digit = array[i] - '0';
        if (digit < 0 || digit > 9) {
          return slowNumber(array, from, end);
        }
        value = value * 10 + digit;
      }
      return value;
    }
    return slowNumber(array, from, end);
  }

  private static long slowNumber(byte[] array, int from, int end) {
    Bytes text = Bytes.of(array, from, end - from);
    return Numbers.isLong(text) ? Numbers.parseLong(text) : NOT_A_NUMBER;
  }
}
