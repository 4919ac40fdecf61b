package naru.compatibility.redisson;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import naru.compatibility.Broker;
import org.redisson.api.RedissonClient;
import org.redisson.api.WorkerOptions;

/// A client in a process of its own, to be killed: it holds the lock `held`, works for the executor
/// `jobs`, and ends by itself after a minute.
final class OtherProcess implements AutoCloseable {
  private static final String READY = "it holds the lock and works";

  private final Process process;

  private OtherProcess(Process process) {
    this.process = process;
  }

  static OtherProcess start(Broker broker) throws IOException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx128m",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                OtherProcess.class.getName(),
                Integer.toString(broker.port()))
            .redirectErrorStream(true)
            .start();
    BufferedReader lines = process.inputReader();
    StringBuilder said = new StringBuilder();
    for (String line = lines.readLine(); !READY.equals(line); line = lines.readLine()) {
      if (line == null) {
        throw new AssertionError("the other process ended; it said:\n" + said);
      }
      said.append(line).append('\n');
    }
    return new OtherProcess(process);
  }

  void kill9() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }

  public static void main(String[] arguments) throws InterruptedException {
    RedissonClient redisson = Redissons.open(Integer.parseInt(arguments[0]));
    redisson.getLock("held").lock();
    redisson.getExecutorService("jobs").registerWorkers(WorkerOptions.defaults().workers(1));
    System.out.println(READY);
    boolean killedFirst = !new CountDownLatch(1).await(1, TimeUnit.MINUTES);
    System.exit(killedFirst ? 1 : 0);
  }
}
