package naru.rdb;

/// Where bytes go.
@FunctionalInterface
public interface ByteSink {
  /// Takes `count` bytes of `from` at `offset`; they are the caller's again when this returns.
  void write(byte[] from, int offset, int count);
}
