package naru.world;

/// What time it is. Read once per turn, and handed on as a number.
public interface Clock {
  /// Microseconds since 1970-01-01T00:00Z. May jump, in both directions.
  long wallUs();

  /// Nanoseconds since some fixed point. Never goes back.
  long monotonicNs();
}
