package naru.measure.drive;

/// Where the replies of a protocol end.
public interface Framing {
  /// Where the reply that begins at `from` ends, the first byte behind it; -1 if it is not whole
  /// yet. Only bytes before `limit` are there.
  int end(byte[] in, int from, int limit);

  /// Where the line that begins at `from` ends, behind its line feed; -1 if it is not whole yet.
  static int lineEnd(byte[] in, int from, int limit) {
    for (int i = from; i < limit; i++) {
      if (in[i] == '\n') {
        return i + 1;
      }
    }
    return -1;
  }

  /// The whole number that begins at `from`.
  static long number(byte[] in, int from) {
    int at = in[from] == '-' ? from + 1 : from;
    long number = 0;
    for (; in[at] >= '0' && in[at] <= '9'; at++) {
      number = number * 10 + in[at] - '0';
    }
    return in[from] == '-' ? -number : number;
  }
}
