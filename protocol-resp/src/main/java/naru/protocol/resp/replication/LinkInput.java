package naru.protocol.resp.replication;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import naru.bytes.Bytes;
import naru.world.Dialer;
import org.jspecify.annotations.Nullable;

/// What a server that is followed has sent, in the order in which it came.
final class LinkInput {
  private static final int WINDOW_BYTES = 64 << 10;
  private static final int LINE_MAX_BYTES = 4096;

  private final Dialer.Line line;
  private byte[] window = new byte[WINDOW_BYTES];
  private int from;
  private int to;

  LinkInput(Dialer.Line line) {
    this.line = line;
  }

  /// Reads up to `count` bytes; 0 if none came in time. Throws [LinkFailure] at the end.
  int read(byte[] into, int offset, int count, int timeoutMs) {
    if (from < to) {
      int taken = Math.min(count, to - from);
      System.arraycopy(window, from, into, offset, taken);
      from += taken;
      return taken;
    }
    return ended(line.read(into, offset, count, timeoutMs));
  }

  private static int ended(int count) {
    if (count < 0) {
      throw new LinkFailure("the connection was closed by the other side");
    }
    return count;
  }

  /// The next line, without its end; empty lines are signs of life. Null if nothing more came in
  /// time: what came is kept.
  @Nullable String line(int timeoutMs) {
    int end = from;
    while (true) {
      for (; end < to; end++) {
        if (window[end] == '\n') {
          return take(end);
        }
      }
      if (end - from > LINE_MAX_BYTES) {
        throw new LinkFailure("a reply without end");
      }
      makeRoom();
      end = to;
      int count = ended(line.read(window, to, window.length - to, timeoutMs));
      if (count == 0) {
        return null;
      }
      to += count;
    }
  }

  private String take(int end) {
    int stop = end > from && window[end - 1] == '\r' ? end - 1 : end;
    String text = new String(window, from, stop - from, StandardCharsets.UTF_8);
    from = end + 1;
    return text;
  }

  private void makeRoom() {
    if (to == window.length) {
      byte[] larger = from > 0 ? new byte[window.length] : new byte[2 * window.length];
      System.arraycopy(window, from, larger, 0, to - from);
      window = larger;
      to -= from;
      from = 0;
    }
  }

  /// Bytes that were read, and are to be read once more.
  void unread(Bytes bytes) {
    byte[] left = Arrays.copyOfRange(window, from, to);
    window = new byte[Math.max(WINDOW_BYTES, bytes.length() + left.length)];
    System.arraycopy(bytes.array(), bytes.offset(), window, 0, bytes.length());
    System.arraycopy(left, 0, window, bytes.length(), left.length);
    from = 0;
    to = bytes.length() + left.length;
  }
}
