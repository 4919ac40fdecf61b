package naru.measure.drive;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

/// What one connection does in a load.
public abstract class Part {
  /// How it reaches its connection.
  public interface Line {
    /// Sends bytes when the driver has gone through everything that came.
    void send(byte[] request);

    /// That many messages have been dealt with.
    void count(long messages);

    /// A message took so long.
    void took(long nanoseconds);
  }

  /// It is connected, and all others are too.
  protected abstract void begin(Line line, long nowNs);

  /// A reply has come: `in[from]` to before `in[to]`. A refusal never comes here.
  protected abstract void replied(Line line, byte[] in, int from, int to, long nowNs);

  /// A refusal has come instead; unless a part expects it, that ends the measurement.
  protected void refused(String reason) throws IOException {
    throw new IOException("refused: " + reason);
  }

  /// When it wants to be asked again though nothing has come; never by default.
  protected long dueNs() {
    return Long.MAX_VALUE;
  }

  /// It is that time.
  protected void due(Line line, long nowNs) {}

  /// Whether it does what it is there for; what it has to send before that is not measured.
  protected boolean isReady() {
    return true;
  }

  /// Whether its messages are what is counted and waited for; else it only serves others.
  protected boolean isMeasured() {
    return true;
  }

  /// A request of Redis.
  public static byte[] resp(String... words) {
    StringBuilder text = new StringBuilder("*").append(words.length).append("\r\n");
    for (String word : words) {
      text.append('$').append(word.length()).append("\r\n").append(word).append("\r\n");
    }
    return text.toString().getBytes(StandardCharsets.ISO_8859_1);
  }
}
