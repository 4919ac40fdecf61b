package naru.measure.load;

import naru.measure.server.Server;

/// Looks at a server's memory, its children's too, now and then on a thread of its own.
final class PeakMemory {
  private static final long EVERY_MS = 100;

  private final Server server;
  private final Thread thread;

  /// The thread's own until it has ended.
  private long bytes;

  PeakMemory(Server server) {
    this.server = server;
    this.thread = Thread.ofPlatform().daemon().name("peak-memory").start(this::look);
  }

  private void look() {
    while (!Thread.currentThread().isInterrupted()) {
      bytes = Math.max(bytes, server.proportionalBytes());
      try {
        // Memory can only be looked at now and then.
        Thread.sleep(EVERY_MS);
      } catch (InterruptedException ended) {
        return;
      }
    }
  }

  void end() {
    thread.interrupt();
    try {
      thread.join();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /// The most that was seen; for who has ended it.
  long bytes() {
    return bytes;
  }
}
