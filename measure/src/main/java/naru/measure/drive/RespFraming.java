package naru.measure.drive;

/// Replies of Redis: lines, strings with their length before them, arrays of both.
public final class RespFraming implements Framing {
  @Override
  public int end(byte[] in, int from, int limit) {
    int at = from;
    for (long open = 1; open > 0; open--) {
      if (at >= limit) {
        return -1;
      }
      int next = Framing.lineEnd(in, at, limit);
      if (next < 0) {
        return -1;
      }
      switch (in[at]) {
        case '$' -> {
          long count = Framing.number(in, at + 1);
          next += count < 0 ? 0 : (int) count + 2;
        }
        case '*', '>', '~' -> open += Math.max(0, Framing.number(in, at + 1));
        case '%' -> open += 2 * Framing.number(in, at + 1);
        default -> {
          // A line by itself.
        }
      }
      at = next;
    }
    return at <= limit ? at : -1;
  }
}
