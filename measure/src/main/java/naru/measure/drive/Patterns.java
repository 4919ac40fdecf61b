package naru.measure.drive;

/// Listens to patterns that match nothing.
public final class Patterns extends Part {
  private final String prefix;
  private final int count;
  private int confirmed;

  public Patterns(String prefix, int count) {
    this.prefix = prefix;
    this.count = count;
  }

  @Override
  protected void begin(Line line, long nowNs) {
    for (int i = 0; i < count; i++) {
      line.send(resp("PSUBSCRIBE", prefix + ":" + i + ":*"));
    }
  }

  @Override
  protected void replied(Line line, byte[] in, int from, int to, long nowNs) {
    confirmed++;
  }

  @Override
  protected boolean isReady() {
    return confirmed >= count;
  }

  @Override
  protected boolean isMeasured() {
    return false;
  }
}
