package naru.simulator;

import java.io.PrintStream;
import java.util.ArrayDeque;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// What happened, one line each. Keeps the last lines, and a number that all lines lead to: equal
/// numbers mean equal histories.
public final class Timeline {
  private static final int LINES_KEPT = 120;
  private static final int LINE_LENGTH_MAX = 300;
  private static final long PRIME = 0x100000001b3L;

  private final ArrayDeque<String> last = new ArrayDeque<>();
  private final @Nullable PrintStream printer;
  private long fingerprint = 0xcbf29ce484222325L;
  private long lines;

  /// @param printer is shown every line at once; null for none
  public Timeline(@Nullable PrintStream printer) {
    this.printer = printer;
  }

  /// @param who the part that did or saw it: `c3#17` is the 17th connection, of client 3
  public void add(long ns, String who, String what) {
    mix(ns);
    mix(who);
    mix(what);
    lines++;
    String text = what.replace("\r\n", "\\r\\n");
    if (text.length() > LINE_LENGTH_MAX) {
      text = text.substring(0, LINE_LENGTH_MAX) + "..";
    }
    String line = String.format(Locale.ROOT, "%12.6f  %-8s %s", ns / 1e9, who, text);
    if (printer != null) {
      printer.println(line);
    }
    last.add(line);
    if (last.size() > LINES_KEPT) {
      last.remove();
    }
  }

  private void mix(String text) {
    for (int i = 0; i < text.length(); i++) {
      mix(text.charAt(i));
    }
  }

  /// FNV-1a, a number at a time, stirred so that its upper half matters as well.
  private void mix(long number) {
    fingerprint = (fingerprint ^ number) * PRIME;
    fingerprint ^= fingerprint >>> 32;
  }

  public long fingerprint() {
    return fingerprint;
  }

  /// How many lines there were.
  public long lines() {
    return lines;
  }

  /// The last lines.
  public String tail() {
    return String.join("\n", last);
  }
}
