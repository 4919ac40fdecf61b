package naru.measure.drive;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// Reads entries of a stream for a group, a hundred at a time, and acknowledges them together with
/// asking for more. A value that is a [Receiver#message] tells since when its entry was due.
public final class GroupConsumer extends Part {
  private final String stream;
  private final String group;
  private final byte[] read;

  /// Whether the next reply is that to an acknowledgement.
  private boolean acknowledging;

  public GroupConsumer(String stream, String group, String consumer, int count) {
    this.stream = stream;
    this.group = group;
    this.read =
        resp(
            "XREADGROUP",
            "GROUP",
            group,
            consumer,
            "COUNT",
            Integer.toString(count),
            "BLOCK",
            "1000",
            "STREAMS",
            stream,
            ">");
  }

  @Override
  protected void begin(Line line, long nowNs) {
    line.send(read);
  }

  @Override
  protected void replied(Line line, byte[] in, int from, int to, long nowNs) {
    if (acknowledging) {
      acknowledging = false;
      return;
    }
    List<String> words = new ArrayList<>(List.of("XACK", stream, group));
    entries(line, in, from, to, nowNs, words);
    if (words.size() > 3) {
      line.count(words.size() - 3L);
      line.send(resp(words.toArray(new String[0])));
      acknowledging = true;
    }
    line.send(read);
  }

  /// Ids stand in strings of digits with one hyphen in them: `1700000000000-0`.
  private static void entries(
      Line line, byte[] in, int from, int to, long nowNs, List<String> words) {
    int at = from;
    while (at < to) {
      int next = Framing.lineEnd(in, at, to);
      if (in[at] == '$') {
        int count = (int) Framing.number(in, at + 1);
        if (count > 2 && isId(in, next, count)) {
          words.add(new String(in, next, count, StandardCharsets.ISO_8859_1));
        } else if (count > 2 && in[next] == '@') {
          line.took(nowNs - Framing.number(in, next + 1));
        }
        next += Math.max(0, count) + (count < 0 ? 0 : 2);
      }
      at = next;
    }
  }

  private static boolean isId(byte[] in, int from, int count) {
    int hyphens = 0;
    for (int i = from; i < from + count; i++) {
      if (in[i] == '-') {
        hyphens++;
      } else if (in[i] < '0' || in[i] > '9') {
        return false;
      }
    }
    return hyphens == 1;
  }
}
