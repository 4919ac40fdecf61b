package naru.world.real;

/// The system's ways to sockets. Whichever is wanted, the next one stands in where it is not to be
/// had; NIO works everywhere.
public enum Transport {
  /// The first of epoll, io_uring and NIO that works here: the order that measuring gave, see
  /// `docs/internals/speed.md`.
  AUTO,
  IO_URING,
  EPOLL,
  NIO
}
