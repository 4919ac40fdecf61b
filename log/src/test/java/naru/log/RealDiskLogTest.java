package naru.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import naru.bytes.ByteReader;
import naru.world.WorldFailure;
import naru.world.real.RealDisk;
import naru.world.real.SystemClock;
import naru.world.real.SystemRandomness;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The log on the machine's own disk.
class RealDiskLogTest {
  @TempDir Path directory;

  private final LinkedBlockingQueue<Runnable> mailbox = new LinkedBlockingQueue<>();
  private final List<WorldFailure> failures = new ArrayList<>();
  private final List<String> replayed = new ArrayList<>();

  @Test
  void whatWasSafeIsFoundAgain() throws InterruptedException {
    try (RealDisk disk = RealDisk.open(directory)) {
      LocalLog log = start(disk);
      for (int i = 1; i <= 1000; i++) {
        log.record().writeAscii("record " + i);
        log.seal();
      }
      while (log.safePosition() < 1000) {
        mailbox.poll(10, TimeUnit.SECONDS).run();
      }
      // Not closed: the process ends here, as it were.
    }
    try (RealDisk disk = RealDisk.open(directory)) {
      LocalLog log = start(disk);

      assertThat(replayed).hasSize(1000).endsWith("record 999", "record 1000");
      assertThat(log.position()).isEqualTo(1000);
      log.close();
    }
    assertThat(failures).isEmpty();
  }

  private LocalLog start(RealDisk disk) {
    LogSettings settings = new LogSettings(Durability.ALWAYS, 4096, 1024, 0);
    Recovery recovery = new Recovery(disk, new SystemClock(), new SystemRandomness(), settings);
    recovery.replay((_, payload) -> replayed.add(text(payload)));
    return recovery.log(
        mailbox::add,
        new LogListener() {
          @Override
          public void safe(long position) {}

          @Override
          public void failed(WorldFailure failure) {
            failures.add(failure);
          }
        });
  }

  private static String text(ByteReader payload) {
    return new String(payload.read(payload.remaining()).toArray(), StandardCharsets.UTF_8);
  }
}
