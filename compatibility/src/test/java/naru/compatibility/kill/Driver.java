package naru.compatibility.kill;

import java.util.random.RandomGenerator;
import naru.compatibility.RawClient;

/// One client of the load, with a memory of what it sent and what was acknowledged.
interface Driver {
  /// Works until the connection breaks, which is an [java.io.UncheckedIOException].
  void work(RawClient client, RandomGenerator random);

  /// Compares what is there after the restart with what it remembers, and goes on from what is
  /// there.
  void check(RawClient client);
}
