package naru.measure.drive;

/// Replies of memcached: lines, but that a value follows its line, and `END` ends those of a get.
public final class MemcachedFraming implements Framing {
  @Override
  public int end(byte[] in, int from, int limit) {
    int at = from;
    while (true) {
      int next = Framing.lineEnd(in, at, limit);
      if (next < 0) {
        return -1;
      }
      boolean isValue = startsWith(in, at, "VALUE ");
      if (!isValue && !startsWith(in, at, "VA ")) {
        return next;
      }
      long count = Framing.number(in, isValue ? wordStart(in, at, 3) : at + 3);
      at = next + (int) count + 2;
      if (at > limit) {
        return -1;
      }
      if (!isValue) {
        return at;
      }
    }
  }

  private static boolean startsWith(byte[] in, int from, String word) {
    for (int i = 0; i < word.length(); i++) {
      if (in[from + i] != word.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  /// Where the word of that number begins, the first is 0.
  private static int wordStart(byte[] in, int from, int number) {
    int at = from;
    for (int words = 0; words < number; at++) {
      if (in[at] == ' ') {
        words++;
      }
    }
    return at;
  }
}
