package naru.compatibility.replication;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import naru.compatibility.RawClient;
import naru.compatibility.RealServer;

/// Redis' own sentinel, which alone decides that a master is gone and who comes in its place.
final class Sentinel extends RealServer {
  /// What it calls the one that it watches.
  private static final String NAME = "watched";

  private Sentinel(Process process, int port) {
    super(process, port);
  }

  static Sentinel start(Path folder, int masterPort) throws IOException {
    int port = freePort();
    Path settings = folder.resolve("sentinel.conf");
    Files.write(
        settings,
        List.of(
            "port " + port,
            "bind 127.0.0.1",
            "dir " + folder,
            "sentinel monitor " + NAME + " 127.0.0.1 " + masterPort + " 1",
            "sentinel down-after-milliseconds " + NAME + " 1000",
            "sentinel failover-timeout " + NAME + " 5000"));
    Process process =
        new ProcessBuilder("redis-server", settings.toString(), "--sentinel")
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("sentinel.log").toFile())
            .start();
    Sentinel sentinel = new Sentinel(process, port);
    sentinel.awaitAnswer();
    return sentinel;
  }

  @Override
  protected boolean answers() {
    try (RawClient client = RawClient.to(port())) {
      return client.call("PING").text().equals("PONG");
    } catch (UncheckedIOException _) {
      return false;
    }
  }

  /// Where it says that the master is.
  int masterPort() {
    try (RawClient client = RawClient.to(port())) {
      return Integer.parseInt(
          client.call("SENTINEL", "GET-MASTER-ADDR-BY-NAME", NAME).texts().get(1));
    }
  }

  /// How many followers it knows of.
  int followers() {
    try (RawClient client = RawClient.to(port())) {
      return client.call("SENTINEL", "REPLICAS", NAME).items().size();
    }
  }
}
