package naru.compatibility.differential;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import naru.compatibility.RealServer;

/// A redis-server of this test's own: on loopback, a free port, without persistence, ended by
/// `close`.
public final class RedisServer extends RealServer {
  private RedisServer(Process process, int port) {
    super(process, port);
  }

  public static boolean isInstalled() {
    return isInstalled("redis-server");
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
    server.awaitAnswer();
    return server;
  }

  @Override
  protected boolean answers() {
    try (Wire wire = Wire.open(port())) {
      return wire.ask("PING").text().equals("PONG");
    } catch (IOException _) {
      return false;
    }
  }
}
