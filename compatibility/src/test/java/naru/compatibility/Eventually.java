package naru.compatibility;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;

/// Asks again until the answer is the one waited for.
public final class Eventually {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final long PAUSE_MS = 10;

  private Eventually() {}

  public static <T> T get(Callable<T> question, Predicate<T> enough) throws Exception {
    Instant end = Instant.now().plus(PATIENCE);
    T answer = question.call();
    while (!enough.test(answer)) {
      if (Instant.now().isAfter(end)) {
        throw new AssertionError("the answer is still " + answer);
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(PAUSE_MS));
      answer = question.call();
    }
    return answer;
  }

  /// Asks until there is an answer instead of an exception of that type.
  public static <T> T succeeds(Class<? extends Exception> passing, Callable<T> question)
      throws Exception {
    Instant end = Instant.now().plus(PATIENCE);
    while (true) {
      try {
        return question.call();
      } catch (Exception e) {
        if (!passing.isInstance(e) || Instant.now().isAfter(end)) {
          throw e;
        }
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(PAUSE_MS));
      }
    }
  }
}
