package naru.world.real;

/// The system's ways to sockets. Whichever is wanted, the next one stands in where it is not to be
/// had; NIO works everywhere.
public enum Transport {
  /// The fastest that works here.
  AUTO,
  IO_URING,
  EPOLL,
  NIO
}
