package naru.protocol.resp.stream;

import naru.bytes.Bytes;
import naru.engine.Decision.Wait;
import naru.engine.Refusal;
import naru.protocol.resp.verb.Call;
import org.jspecify.annotations.Nullable;

/// The words of `XREAD` and `XREADGROUP`, which differ in a few of them.
final class ReadOptions {
  static final long NOT_GIVEN = -1;

  private final Call call;
  private final boolean inGroup;
  private @Nullable Bytes group;
  private @Nullable Bytes consumer;
  private long count;
  private long maxCount = Long.MAX_VALUE;
  private long maxSizeBytes = Long.MAX_VALUE;
  private long untilMs = NOT_GIVEN;
  private long minIdleMs = NOT_GIVEN;
  private boolean unacknowledged;
  private int firstKey;
  private int streams;

  private ReadOptions(Call call, boolean inGroup) {
    this.call = call;
    this.inGroup = inGroup;
  }

  static ReadOptions of(Call call, boolean inGroup) {
    ReadOptions options = new ReadOptions(call, inGroup);
    int at = 1;
    while (at < call.count() && options.firstKey == 0) {
      at += options.read(at);
    }
    options.check();
    return options;
  }

  private int read(int at) {
    int more = call.count() - 1 - at;
    if (more > 0 && call.is(at, "CLAIM")) {
      needsGroup("CLAIM");
      minIdleMs = call.integer(at + 1, "min-idle-time is not an integer or out of range");
      if (minIdleMs < 0) {
        throw new Refusal("min-idle-time must be a positive integer");
      }
      return 2;
    }
    if (more > 0 && call.is(at, "BLOCK")) {
      untilMs = untilMs(at + 1);
      return 2;
    }
    if (more > 0 && call.is(at, "COUNT")) {
      count = Math.max(0, call.integer(at + 1));
      return 2;
    }
    if (more > 0 && call.is(at, "MAXCOUNT")) {
      maxCount = positive(at + 1, "MAXCOUNT");
      return 2;
    }
    if (more > 0 && call.is(at, "MAXSIZE")) {
      maxSizeBytes = positive(at + 1, "MAXSIZE");
      return 2;
    }
    return readMore(at, more);
  }

  private int readMore(int at, int more) {
    if (more > 0 && call.is(at, "STREAMS")) {
      beginStreams(at + 1);
      return 1;
    }
    if (more > 1 && call.is(at, "GROUP")) {
      needsGroup("GROUP");
      group = call.arg(at + 1);
      consumer = call.arg(at + 2);
      return 3;
    }
    if (call.is(at, "NOACK")) {
      needsGroup("NOACK");
      unacknowledged = true;
      return 1;
    }
    throw Call.syntaxError();
  }

  private void needsGroup(String option) {
    if (!inGroup) {
      throw new Refusal(
          "The " + option + " option is only supported by XREADGROUP. You called XREAD instead.");
    }
  }

  private long positive(int index, String option) {
    String refusal = option + " must be a positive integer";
    return call.integerBetween(index, 1, Long.MAX_VALUE, refusal);
  }

  private long untilMs(int index) {
    long timeoutMs = call.integer(index, "timeout is not an integer or out of range");
    if (timeoutMs < 0) {
      throw new Refusal("timeout is negative");
    }
    if (timeoutMs > Long.MAX_VALUE - call.nowMs()) {
      throw new Refusal("timeout is out of range");
    }
    return timeoutMs == 0 ? Wait.FOR_EVER : call.nowMs() + timeoutMs;
  }

  private void beginStreams(int index) {
    int words = call.count() - index;
    if (words % 2 != 0) {
      throw new Refusal(
          "Unbalanced '"
              + call.verb().name()
              + "' list of streams: for each stream key an "
              + (inGroup ? "ID or '>'" : "ID, '+', or '$'")
              + " must be specified.");
    }
    firstKey = index;
    streams = words / 2;
  }

  private void check() {
    if (firstKey == 0) {
      throw Call.syntaxError();
    }
    if (inGroup && group == null) {
      throw new Refusal("Missing GROUP option for XREADGROUP");
    }
    if (maxCount < count) {
      throw new Refusal("MAXCOUNT must be greater than or equal to COUNT");
    }
  }

  Bytes group() {
    return group == null ? Bytes.EMPTY : group;
  }

  Bytes consumer() {
    return consumer == null ? Bytes.EMPTY : consumer;
  }

  /// How many entries of one stream at most.
  long count() {
    return count == 0 ? Long.MAX_VALUE : count;
  }

  Budget budget() {
    return new Budget(maxCount, maxSizeBytes);
  }

  boolean blocks() {
    return untilMs != NOT_GIVEN;
  }

  long untilMs() {
    return untilMs;
  }

  /// How long entries have been pending that are taken over; [#NOT_GIVEN] if none are.
  long minIdleMs() {
    return minIdleMs;
  }

  boolean isUnacknowledged() {
    return unacknowledged;
  }

  int streams() {
    return streams;
  }

  int keyIndex(int stream) {
    return firstKey + stream;
  }

  int idIndex(int stream) {
    return firstKey + streams + stream;
  }

  Bytes key(int stream) {
    return call.arg(keyIndex(stream));
  }

  Bytes id(int stream) {
    return call.arg(idIndex(stream));
  }
}
