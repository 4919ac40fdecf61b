package naru.measure.drive;

import java.util.ArrayDeque;
import java.util.function.LongFunction;

/// Sends at a fixed rate, whatever comes back: the time of a message runs from when it should have
/// been sent, so that a server that stands still is charged for all who would have come meanwhile.
public final class Paced extends Part {
  private final long everyNs;
  private final LongFunction<byte[]> requests;
  private final boolean measured;
  private final ArrayDeque<Long> dueTimes = new ArrayDeque<>();
  private long nextNs = Long.MAX_VALUE;

  /// `requests` makes a request, given when it is due. `measured`: whether its answers are what is
  /// counted.
  public Paced(double perSecond, boolean measured, LongFunction<byte[]> requests) {
    this.everyNs = Math.max(1, (long) (1e9 / perSecond));
    this.measured = measured;
    this.requests = requests;
  }

  @Override
  protected void begin(Line line, long nowNs) {
    nextNs = nowNs + everyNs;
  }

  @Override
  protected long dueNs() {
    return nextNs;
  }

  @Override
  protected void due(Line line, long nowNs) {
    while (nextNs <= nowNs) {
      line.send(requests.apply(nextNs));
      dueTimes.add(nextNs);
      nextNs += everyNs;
    }
  }

  @Override
  protected void replied(Line line, byte[] in, int from, int to, long nowNs) {
    long dueNs = dueTimes.remove();
    if (measured) {
      line.count(1);
      line.took(nowNs - dueNs);
    }
  }

  @Override
  protected boolean isMeasured() {
    return measured;
  }
}
