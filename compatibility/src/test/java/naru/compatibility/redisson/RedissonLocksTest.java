package naru.compatibility.redisson;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;
import naru.compatibility.Eventually;
import naru.compatibility.OneBroker;
import naru.compatibility.Together;
import naru.compatibility.ran.Client;
import naru.compatibility.ran.Shows;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.redisson.api.RCountDownLatch;
import org.redisson.api.RFencedLock;
import org.redisson.api.RLock;
import org.redisson.api.RPermitExpirableSemaphore;
import org.redisson.api.RReadWriteLock;
import org.redisson.api.RSemaphore;
import org.redisson.api.RedissonClient;

@Shows(value = Client.REDISSON, area = "locks")
final class RedissonLocksTest {
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

  @Test
  void aLockLetsOneInAtATime() throws Exception {
    onlyOneAtATime("lock", RedissonClient::getLock);
    onlyOneAtATime("spin lock", RedissonClient::getSpinLock);
    onlyOneAtATime("fenced lock", RedissonClient::getFencedLock);
  }

  private interface Kind {
    RLock of(RedissonClient client, String name);
  }

  /// Adds to a counter by reading and writing it: what two do at the same time is lost.
  private static void onlyOneAtATime(String name, Kind kind) throws Exception {
    anna.getBucket(name + " counter").set(0);
    try (Together together = new Together()) {
      List<Future<Boolean>> all = new ArrayList<>();
      for (RedissonClient client : List.of(anna, berta, anna, berta)) {
        all.add(together.begin(() -> addTwentyTimes(client, name, kind.of(client, name))));
      }
      Together.results(all);
    }
    assertThat(anna.getBucket(name + " counter").get()).isEqualTo(80);
  }

  private static boolean addTwentyTimes(RedissonClient client, String name, RLock lock) {
    for (int n = 0; n < 20; n++) {
      lock.lock();
      try {
        int count = client.<Integer>getBucket(name + " counter").get();
        client.getBucket(name + " counter").set(count + 1);
      } finally {
        lock.unlock();
      }
    }
    return true;
  }

  @Test
  void aLockIsReentrantAndRefusesToBeUnlockedByOthers() throws Exception {
    RLock lock = anna.getLock("lock");
    lock.lock();
    lock.lock();
    assertThat(lock.getHoldCount()).isEqualTo(2);
    assertThat(berta.getLock("lock").tryLock(50, MILLISECONDS)).isFalse();
    assertThat(berta.getLock("lock").isHeldByCurrentThread()).isFalse();
    lock.unlock();
    assertThat(berta.getLock("lock").tryLock()).isFalse();
    lock.unlock();
    assertThat(berta.getLock("lock").tryLock()).isTrue();
    assertThat(lock.forceUnlock()).isTrue();
    assertThat(lock.isLocked()).isFalse();
  }

  @Test
  void aLockWithALeaseIsFreeWhenItIsOver() throws Exception {
    anna.getLock("leased").lock(300, MILLISECONDS);
    assertThat(berta.getLock("leased").tryLock()).isFalse();
    assertThat(berta.getLock("leased").tryLock(5, SECONDS)).isTrue();
    berta.getLock("leased").unlock();
  }

  @Test
  void aLockIsKeptWhileItsHolderLivesAndFreeSoonAfterItIsKilled() throws Exception {
    RLock held = anna.getLock("held");
    try (OtherProcess other = OtherProcess.start(shared.broker())) {
      assertThat(held.tryLock(2 * Redissons.WATCHDOG_MS, MILLISECONDS)).isFalse();
      other.kill9();
      assertThat(held.isLocked()).isTrue();
      assertThat(held.tryLock(10 * Redissons.WATCHDOG_MS, MILLISECONDS)).isTrue();
      held.unlock();
    }
  }

  @Test
  void aFairLockServesInTheOrderOfAsking() throws Exception {
    RLock first = anna.getFairLock("fair");
    first.lock();
    try (Together together = new Together()) {
      List<Future<Boolean>> waiting = new ArrayList<>();
      for (int n = 1; n <= 4; n++) {
        RedissonClient client = n % 2 == 0 ? anna : berta;
        int number = n;
        waiting.add(together.begin(() -> noteWhenLocked(client, number)));
        Eventually.get(
            () -> anna.<String>getList("redisson_lock_queue:{fair}").size(),
            size -> size == number);
      }
      first.unlock();
      Together.results(waiting);
    }
    assertThat(anna.<Integer>getList("served").readAll()).containsExactly(1, 2, 3, 4);
  }

  private static boolean noteWhenLocked(RedissonClient client, int number) {
    RLock lock = client.getFairLock("fair");
    lock.lock();
    client.getList("served").add(number);
    lock.unlock();
    return true;
  }

  @Test
  void manyMayReadAndOneMayWrite() throws Exception {
    RReadWriteLock mine = anna.getReadWriteLock("book");
    RReadWriteLock theirs = berta.getReadWriteLock("book");
    mine.readLock().lock();
    assertThat(theirs.readLock().tryLock()).isTrue();
    assertThat(theirs.writeLock().tryLock()).isFalse();
    theirs.readLock().unlock();
    mine.readLock().unlock();
    assertThat(theirs.writeLock().tryLock(5, SECONDS)).isTrue();
    assertThat(mine.readLock().tryLock()).isFalse();
    theirs.writeLock().unlock();
  }

  @Test
  void theTokensOfAFencedLockRise() {
    RFencedLock mine = anna.getFencedLock("fenced");
    RFencedLock theirs = berta.getFencedLock("fenced");
    long before = mine.lockAndGetToken();
    assertThat(theirs.tryLock()).isFalse();
    mine.unlock();
    assertThat(theirs.tryLockAndGetToken()).isGreaterThan(before);
    theirs.unlock();
  }

  @Test
  void aMultiLockTakesAllOrNone() throws Exception {
    RLock all = anna.getMultiLock(anna.getLock("one"), anna.getLock("two"));
    berta.getLock("two").lock();
    assertThat(all.tryLock(100, MILLISECONDS)).isFalse();
    assertThat(berta.getLock("one").isLocked()).isFalse();
    berta.getLock("two").unlock();
    assertThat(all.tryLock(5, SECONDS)).isTrue();
    assertThat(berta.getLock("one").isLocked()).isTrue();
    all.unlock();
  }

  @Test
  void aSemaphoreGivesOutAsManyPermitsAsThereAre() throws Exception {
    RSemaphore semaphore = anna.getSemaphore("semaphore");
    assertThat(semaphore.trySetPermits(2)).isTrue();
    semaphore.acquire(2);
    assertThat(berta.getSemaphore("semaphore").tryAcquire()).isFalse();
    try (Together together = new Together()) {
      Future<Boolean> waiting =
          together.begin(() -> berta.getSemaphore("semaphore").tryAcquire(Duration.ofSeconds(20)));
      semaphore.release();
      assertThat(Together.result(waiting)).isTrue();
    }
    assertThat(semaphore.availablePermits()).isZero();
  }

  @Test
  void aPermitThatIsNotGivenBackExpires() throws Exception {
    RPermitExpirableSemaphore semaphore = anna.getPermitExpirableSemaphore("leases");
    assertThat(semaphore.trySetPermits(1)).isTrue();
    String lost = semaphore.acquire(200, MILLISECONDS);
    assertThat(berta.getPermitExpirableSemaphore("leases").tryAcquire()).isNull();
    String id = berta.getPermitExpirableSemaphore("leases").tryAcquire(5, 10, SECONDS);
    assertThat(id).isNotNull();
    assertThat(semaphore.tryRelease(lost)).isFalse();
    assertThat(semaphore.tryRelease(id)).isTrue();
  }

  @Test
  void aLatchOpensForAllWhoWait() throws Exception {
    RCountDownLatch latch = anna.getCountDownLatch("latch");
    assertThat(latch.trySetCount(2)).isTrue();
    try (Together together = new Together()) {
      Future<Boolean> one = together.begin(() -> latch.await(20, SECONDS));
      Future<Boolean> other =
          together.begin(() -> berta.getCountDownLatch("latch").await(20, SECONDS));
      latch.countDown();
      assertThat(latch.await(50, MILLISECONDS)).isFalse();
      latch.countDown();
      assertThat(Together.results(List.of(one, other))).containsExactly(true, true);
    }
  }
}
