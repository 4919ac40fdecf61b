package naru.log;

import naru.bytes.ByteReader;

/// Is given every record found at a start, in the order of their positions.
@FunctionalInterface
public interface Replay {
  /// The payload is lent for the length of this call.
  void record(long position, ByteReader payload);
}
