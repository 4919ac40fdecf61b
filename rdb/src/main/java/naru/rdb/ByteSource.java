package naru.rdb;

/// Where bytes come from.
@FunctionalInterface
public interface ByteSource {
  /// Reads up to `count` bytes into `into` at `offset`; returns how many, 0 at the end.
  int read(byte[] into, int offset, int count);
}
