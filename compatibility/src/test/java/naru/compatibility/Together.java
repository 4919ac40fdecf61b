package naru.compatibility;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Several clients at work at the same time, each on a thread of its own.
public final class Together implements AutoCloseable {
  private static final int PATIENCE_SECONDS = 50;

  private final ExecutorService threads =
      Executors.newThreadPerTaskExecutor(Thread.ofPlatform().daemon().factory());

  public <T> Future<T> begin(Callable<T> task) {
    return threads.submit(task);
  }

  /// The task's result, or its failure as it was thrown.
  public static <T> T result(Future<T> task) throws Exception {
    try {
      return task.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof Exception exception) {
        throw exception;
      }
      throw new AssertionError(e.getCause());
    } catch (TimeoutException e) {
      throw new AssertionError("not done after " + PATIENCE_SECONDS + " s", e);
    }
  }

  public static <T> List<T> results(List<Future<T>> tasks) throws Exception {
    List<T> results = new ArrayList<>();
    for (Future<T> task : tasks) {
      results.add(result(task));
    }
    return results;
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
