package naru.simulator.model;

/// The id of a stream's entry. The model needs none beyond 2^63.
public record Id(long ms, long seq) implements Comparable<Id> {
  static final Id ZERO = new Id(0, 0);
  static final Id MAX = new Id(Long.MAX_VALUE, Long.MAX_VALUE);

  public static Id parse(String text) {
    int dash = text.indexOf('-');
    return dash < 0
        ? new Id(Long.parseLong(text), 0)
        : new Id(Long.parseLong(text.substring(0, dash)), Long.parseLong(text.substring(dash + 1)));
  }

  /// One end of a range: an id, `-` or `+`.
  static Id bound(String text, Id ifMissing) {
    return text.equals("-") || text.equals("+") ? ifMissing : parse(text);
  }

  Id next() {
    return new Id(ms, seq + 1);
  }

  @Override
  public int compareTo(Id other) {
    int byMs = Long.compare(ms, other.ms);
    return byMs != 0 ? byMs : Long.compare(seq, other.seq);
  }

  @Override
  public String toString() {
    return ms + "-" + seq;
  }
}
