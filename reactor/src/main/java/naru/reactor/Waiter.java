package naru.reactor;

import naru.engine.Decision.Wait;
import naru.engine.Request;
import org.jspecify.annotations.Nullable;

/// A request that waits, and whose it is.
final class Waiter implements Comparable<Waiter> {
  final Connection connection;
  final Request request;
  final Wait wait;
  Timers.@Nullable Timer timeout;

  /// Rises with each that waits: the order in which they came.
  long number;

  /// The wall clock time that [#timeout] is set to.
  long scheduledMs = Wait.FOR_EVER;

  /// False once it was answered or given up.
  boolean waiting = true;

  Waiter(Connection connection, Request request, Wait wait) {
    this.connection = connection;
    this.request = request;
    this.wait = wait;
  }

  @Override
  public int compareTo(Waiter other) {
    return Long.compare(number, other.number);
  }
}
