package naru.compatibility;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// A server that Naru is compared with, in a process of this test's own, on loopback and a free
/// port; ended by `close`.
public abstract class RealServer implements AutoCloseable {
  private static final long START_NANOS_MAX = 10_000_000_000L;
  private static final int END_S_MAX = 5;

  private final Process process;
  private final int port;

  protected RealServer(Process process, int port) {
    this.process = process;
    this.port = port;
  }

  /// Whether a program of this name is on the path.
  public static boolean isInstalled(String program) {
    return List.of(System.getenv().getOrDefault("PATH", "/usr/bin").split(File.pathSeparator))
        .stream()
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
  }

  /// A port that was free a moment ago.
  protected static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  public final int port() {
    return port;
  }

  /// Whether it answers by now.
  protected abstract boolean answers();

  /// Returns when it answers. It is ended if it does not.
  protected final void awaitAnswer() throws IOException {
    long deadline = System.nanoTime() + START_NANOS_MAX;
    while (process.isAlive() && System.nanoTime() < deadline) {
      if (answers()) {
        return;
      }
      Thread.onSpinWait();
    }
    close();
    throw new IOException(getClass().getSimpleName() + " did not answer on port " + port);
  }

  @Override
  public final void close() {
    process.destroy();
    try {
      if (!process.waitFor(END_S_MAX, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException _) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
