package naru.compatibility.memcached;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// A memcached of this test's own: on loopback, a free port, ended by `close`.
final class Memcached implements AutoCloseable {
  private static final long START_NANOS_MAX = 10_000_000_000L;

  private final Process process;
  private final int port;

  private Memcached(Process process, int port) {
    this.process = process;
    this.port = port;
  }

  static boolean isInstalled() {
    return List.of(System.getenv().getOrDefault("PATH", "/usr/bin").split(File.pathSeparator))
        .stream()
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, "memcached")));
  }

  static Memcached start() throws IOException {
    int port = freePort();
    Process process =
        new ProcessBuilder(
                "memcached",
                "-l",
                "127.0.0.1",
                "-U",
                "0",
                "-p",
                Integer.toString(port),
                "-u",
                "nobody")
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    Memcached server = new Memcached(process, port);
    server.awaitPort();
    return server;
  }

  int port() {
    return port;
  }

  private void awaitPort() throws IOException {
    long deadline = System.nanoTime() + START_NANOS_MAX;
    while (process.isAlive() && System.nanoTime() < deadline) {
      try (TextClient client = new TextClient(port)) {
        if (client.ask("").isEmpty()) {
          return;
        }
      } catch (UncheckedIOException _) {
        Thread.onSpinWait();
      }
    }
    close();
    throw new IOException("memcached did not answer on port " + port);
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(5, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException _) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
