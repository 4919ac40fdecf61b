package naru.reactor;

/// How much a client may leave unread before it is closed.
///
/// @param hardBytes closed at once beyond this; 0 for no limit
/// @param softBytes closed when beyond this for `softMs` without a break; 0 for no limit
public record OutputLimit(long hardBytes, long softBytes, long softMs) {
  public static final OutputLimit NONE = new OutputLimit(0, 0, 0);
}
