package naru.measure.drive;

import java.util.function.LongFunction;

/// Sends so many requests together, and the next ones when all are answered. The time is that from
/// the sending to the last answer, once for each of them.
public final class ClosedLoop extends Part {
  private final int pipeline;
  private final boolean measured;
  private final LongFunction<byte[]> requests;
  private final long limit;
  private long number;
  private int open;
  private long sentNs;

  /// `requests` makes the request of a number, rising from `first` by one.
  /// `measured`: whether its answers are what is counted.
  public ClosedLoop(int pipeline, boolean measured, long first, LongFunction<byte[]> requests) {
    this(pipeline, measured, first, requests, Long.MAX_VALUE);
  }

  /// Ends before the number `limit`.
  public ClosedLoop(
      int pipeline, boolean measured, long first, LongFunction<byte[]> requests, long limit) {
    this.pipeline = pipeline;
    this.measured = measured;
    this.requests = requests;
    this.number = first;
    this.limit = limit;
  }

  @Override
  protected void begin(Line line, long nowNs) {
    sentNs = nowNs;
    open = (int) Math.min(pipeline, limit - number);
    for (int i = 0; i < open; i++) {
      line.send(requests.apply(number++));
    }
  }

  @Override
  protected void replied(Line line, byte[] in, int from, int to, long nowNs) {
    line.count(1);
    line.took(nowNs - sentNs);
    if (--open == 0) {
      begin(line, nowNs);
    }
  }

  @Override
  protected boolean isMeasured() {
    return measured;
  }
}
