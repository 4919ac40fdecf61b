package naru.compatibility.differential;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// A redis-server of this test's own: on loopback, a free port, without persistence, ended by
/// `close`.
public final class RedisServer implements AutoCloseable {
  private static final long START_NANOS_MAX = 10_000_000_000L;

  private final Process process;
  private final int port;

  private RedisServer(Process process, int port) {
    this.process = process;
    this.port = port;
  }

  public static boolean isInstalled() {
    return List.of(System.getenv().getOrDefault("PATH", "/usr/bin").split(File.pathSeparator))
        .stream()
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, "redis-server")));
  }

  /// @param options more of them, as on the command line
  public static RedisServer start(Path directory, String... options) throws IOException {
    int port = freePort();
    List<String> command =
        new ArrayList<>(
            List.of(
                "redis-server",
                "--bind",
                "127.0.0.1",
                "--port",
                Integer.toString(port),
                "--dir",
                directory.toString(),
                // How often it looks whether a blocking command's time is up, per second.
                "--hz",
                "500",
                "--save",
                "",
                "--appendonly",
                "no"));
    command.addAll(List.of(options));
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("redis-" + port + ".log").toFile())
            .start();
    RedisServer server = new RedisServer(process, port);
    server.awaitPort();
    return server;
  }

  public int port() {
    return port;
  }

  private void awaitPort() throws IOException {
    long deadline = System.nanoTime() + START_NANOS_MAX;
    while (process.isAlive() && System.nanoTime() < deadline) {
      try (Wire wire = Wire.open(port)) {
        if (wire.ask("PING").text().equals("PONG")) {
          return;
        }
      } catch (IOException _) {
        Thread.onSpinWait();
      }
    }
    close();
    throw new IOException("redis-server did not answer on port " + port);
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
