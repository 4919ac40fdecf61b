package naru.compatibility.memcached;

import java.io.IOException;
import java.io.UncheckedIOException;
import naru.compatibility.RealServer;

/// A memcached of this test's own: on loopback, a free port, ended by `close`.
final class Memcached extends RealServer {
  private Memcached(Process process, int port) {
    super(process, port);
  }

  static boolean isInstalled() {
    return isInstalled("memcached");
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
    server.awaitAnswer();
    return server;
  }

  @Override
  protected boolean answers() {
    try (TextClient client = new TextClient(port())) {
      return client.ask("").isEmpty();
    } catch (UncheckedIOException _) {
      return false;
    }
  }
}
