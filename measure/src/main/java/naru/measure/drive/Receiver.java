package naru.measure.drive;

import java.nio.charset.StandardCharsets;

/// Waits for messages that carry the time when they should have been sent, behind an `@`: what a
/// blocking pop brings, or what is published. Asks again after each, if it has to.
public final class Receiver extends Part {
  private final byte[] request;
  private final boolean asksAgain;
  private boolean isConfirmed;

  private Receiver(byte[] request, boolean asksAgain) {
    this.request = request;
    this.asksAgain = asksAgain;
  }

  /// Takes from the tail of a list.
  public static Receiver popping(String list) {
    return new Receiver(resp("BRPOP", list, "0"), true);
  }

  public static Receiver subscribed(String channel) {
    return new Receiver(resp("SUBSCRIBE", channel), false);
  }

  public static Receiver subscribedToPattern(String pattern) {
    return new Receiver(resp("PSUBSCRIBE", pattern), false);
  }

  /// A message due at that time, as long as asked for.
  public static String message(long dueNs, int bytes) {
    StringBuilder text = new StringBuilder("@").append(dueNs).append(' ');
    while (text.length() < bytes) {
      text.append('x');
    }
    return text.toString();
  }

  @Override
  protected void begin(Line line, long nowNs) {
    line.send(request);
  }

  @Override
  protected void replied(Line line, byte[] in, int from, int to, long nowNs) {
    isConfirmed = true;
    int mark = to - 1;
    while (mark > from && in[mark] != '@') {
      mark--;
    }
    if (mark > from) {
      line.count(1);
      line.took(nowNs - Framing.number(in, mark + 1));
    }
    if (asksAgain) {
      line.send(request);
    }
  }

  /// A subscription is confirmed first, a pop is not.
  @Override
  protected boolean isReady() {
    return asksAgain || isConfirmed;
  }

  @Override
  public String toString() {
    return new String(request, StandardCharsets.ISO_8859_1);
  }
}
