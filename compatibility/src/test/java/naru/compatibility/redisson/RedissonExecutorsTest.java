package naru.compatibility.redisson;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.Serializable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import naru.compatibility.Eventually;
import naru.compatibility.OneBroker;
import naru.compatibility.ran.Client;
import naru.compatibility.ran.Shows;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.redisson.api.RRateLimiter;
import org.redisson.api.RScheduledExecutorService;
import org.redisson.api.RScheduledFuture;
import org.redisson.api.RateType;
import org.redisson.api.RedissonClient;
import org.redisson.api.WorkerOptions;
import org.redisson.api.annotation.RInject;
import org.redisson.api.options.ExecutorOptions;

@Shows(value = Client.REDISSON, area = "executors and rates")
final class RedissonExecutorsTest {
  @RegisterExtension static final OneBroker shared = new OneBroker();

  private static RedissonClient anna;
  private static RedissonClient berta;

  @BeforeAll
  static void open() {
    anna = Redissons.open(shared.port());
    berta = Redissons.open(shared.port());
  }

  @AfterAll
  static void close() {
    anna.shutdown(0, 1, SECONDS);
    berta.shutdown(0, 1, SECONDS);
  }

  public static final class Square implements Callable<Integer>, Serializable {
    @RInject private transient RedissonClient redisson;
    private int number;

    public Square() {}

    Square(int number) {
      this.number = number;
    }

    @Override
    public Integer call() {
      redisson.getList("squared").add(number);
      return number * number;
    }
  }

  /// Hangs when it is tried first.
  public static final class Hanging implements Callable<String>, Serializable {
    @RInject private transient RedissonClient redisson;

    @Override
    public String call() throws InterruptedException {
      if (redisson.getAtomicLong("tries").incrementAndGet() == 1) {
        new CountDownLatch(1).await();
      }
      return "done by another";
    }
  }

  public static final class Tick implements Runnable, Serializable {
    @RInject private transient RedissonClient redisson;

    @Override
    public void run() {
      redisson.getAtomicLong("ticks").incrementAndGet();
    }
  }

  @Test
  void everyTaskIsDoneOnceByOneOfTheWorkers() throws Exception {
    berta.getExecutorService("squares").registerWorkers(WorkerOptions.defaults().workers(3));
    anna.getExecutorService("squares").registerWorkers(WorkerOptions.defaults().workers(2));
    RScheduledExecutorService executor = anna.getExecutorService("squares");
    assertThat(executor.countActiveWorkers()).isEqualTo(5);
    List<Future<Integer>> results = new ArrayList<>();
    for (int n = 0; n < 60; n++) {
      results.add(executor.submit(new Square(n)));
    }
    for (int n = 0; n < 60; n++) {
      assertThat(results.get(n).get(20, SECONDS)).isEqualTo(n * n);
    }
    assertThat(anna.<Integer>getList("squared").readAll())
        .containsExactlyInAnyOrderElementsOf(IntStream.range(0, 60).boxed().toList());
    assertThat(executor.getTaskCount()).isZero();
  }

  @Test
  void theTaskOfAWorkerThatWasKilledIsDoneByAnother() throws Exception {
    RScheduledExecutorService executor =
        anna.getExecutorService(
            ExecutorOptions.name("jobs").taskRetryInterval(Duration.ofSeconds(2)));
    try (OtherProcess other = OtherProcess.start(shared.broker())) {
      Future<String> result = executor.submit(new Hanging());
      Eventually.get(() -> anna.getAtomicLong("tries").get(), tries -> tries == 1);
      other.kill9();
      executor.registerWorkers(WorkerOptions.defaults().workers(1));
      assertThat(result.get(30, SECONDS)).isEqualTo("done by another");
    }
    assertThat(anna.getAtomicLong("tries").get()).isEqualTo(2);
  }

  @Test
  void scheduledTasksRunAtTheirTimesUntilTheyAreCancelled() throws Exception {
    RScheduledExecutorService executor = anna.getExecutorService("schedule");
    executor.registerWorkers(WorkerOptions.defaults().workers(1));
    long begin = System.nanoTime();
    Future<Integer> once = executor.schedule(new Square(3), 300, MILLISECONDS);
    assertThat(once.get(20, SECONDS)).isEqualTo(9);
    assertThat(System.nanoTime() - begin).isGreaterThan(MILLISECONDS.toNanos(290));
    RScheduledFuture<?> ticking = executor.scheduleAtFixedRate(new Tick(), 0, 100, MILLISECONDS);
    Eventually.get(() -> anna.getAtomicLong("ticks").get(), ticks -> ticks >= 3);
    executor.cancelTask(ticking.getTaskId());
    Eventually.get(() -> executor.hasTask(ticking.getTaskId()), there -> !there);
    Eventually.get(executor::getTaskIds, Set::isEmpty);
  }

  @Test
  void aRateLimiterLetsThroughWhatTheRateAllows() {
    RRateLimiter limiter = anna.getRateLimiter("limiter");
    assertThat(limiter.trySetRate(RateType.OVERALL, 3, Duration.ofMillis(700))).isTrue();
    assertThat(berta.getRateLimiter("limiter").tryAcquire(2)).isTrue();
    assertThat(limiter.tryAcquire(2)).isFalse();
    assertThat(limiter.availablePermits()).isEqualTo(1);
    long begin = System.nanoTime();
    assertThat(limiter.tryAcquire(3, Duration.ofSeconds(10))).isTrue();
    assertThat(System.nanoTime() - begin).isGreaterThan(MILLISECONDS.toNanos(200));
  }

  /// What the remote service is asked.
  public interface Calculator {
    int add(int one, int other);

    int divide(int one, int other);
  }

  /// What answers.
  public static final class Adder implements Calculator {
    @Override
    public int add(int one, int other) {
      return one + other;
    }

    @Override
    public int divide(int one, int other) {
      return one / other;
    }
  }

  @Test
  void aRemoteServiceIsCalledLikeAnObject() {
    berta.getRemoteService("calculators").register(Calculator.class, new Adder(), 2);
    Calculator calculator = anna.getRemoteService("calculators").get(Calculator.class);
    assertThat(calculator.add(40, 2)).isEqualTo(42);
    assertThatThrownBy(() -> calculator.divide(1, 0)).isInstanceOf(ArithmeticException.class);
  }
}
