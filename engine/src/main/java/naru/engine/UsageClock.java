package naru.engine;

/// What is noted in an [Entry] of how it is used, for whoever has to choose what goes first when
/// memory is short.
public enum UsageClock {
  /// When it was last read or written, in seconds.
  RECENCY,
  /// How often it is read or written, see [Frequency].
  FREQUENCY,
  /// When it was last written, in seconds.
  MODIFICATION
}
