package naru.engine;

/// All that a decision may know of the world: what time it is, and one random number.
///
/// Read once, before the decision; what the time and the chance led to is in the ops.
///
/// @param wallUs microseconds since 1970-01-01T00:00Z
/// @param random a number from which a decision may draw more, see [Draws]
public record Moment(long wallUs, long random) {
  /// Milliseconds since 1970-01-01T00:00Z.
  public long wallMs() {
    return Math.floorDiv(wallUs, 1000L);
  }

  /// A fresh run of draws that starts from this moment's random number.
  public Draws draws() {
    return new Draws(random);
  }
}
