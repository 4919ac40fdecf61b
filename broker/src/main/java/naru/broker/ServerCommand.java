package naru.broker;

import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import naru.log.DamagedLog;
import naru.log.Durability;
import naru.world.WorldFailure;
import naru.world.real.DiskInUse;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `naru server`: runs the broker until it is told to stop.
@Command(
    name = "server",
    description = "Runs the broker.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class ServerCommand implements Callable<Integer> {
  @Option(
      names = "--dir",
      defaultValue = "naru-data",
      description = "Where everything is kept; made if missing. Default: ${DEFAULT-VALUE}")
  Path directory = Path.of("naru-data");

  @Option(
      names = "--bind",
      defaultValue = "127.0.0.1",
      description =
          "Address to listen on; others than loopback need a password."
              + " Default: ${DEFAULT-VALUE}")
  String bind = "127.0.0.1";

  @Option(
      names = "--resp-port",
      defaultValue = "6379",
      description = "Port for Redis clients; 0 for none, auto for any. Default: ${DEFAULT-VALUE}")
  String respPort = "6379";

  @Option(names = "--kafka-port", description = "Accepted; Kafka is not spoken yet.")
  @Nullable String kafkaPort;

  @Option(names = "--amqp-port", description = "Accepted; AMQP is not spoken yet.")
  @Nullable String amqpPort;

  @Option(names = "--memcached-port", description = "Accepted; memcached is not spoken yet.")
  @Nullable String memcachedPort;

  @Option(names = "--admin-port", description = "Accepted; there is no console yet.")
  @Nullable String adminPort;

  @Option(
      names = "--fsync",
      defaultValue = "always",
      description =
          "When a write counts as safe and is answered: always (synced to disk), everysec, no."
              + " Default: ${DEFAULT-VALUE}")
  Durability durability = Durability.ALWAYS;

  @Option(
      names = "--log",
      defaultValue = "on",
      description = "off keeps nothing on disk: a pure cache. Default: ${DEFAULT-VALUE}")
  String log = "on";

  @Option(
      names = "--shards",
      defaultValue = "1",
      description = "Only 1 for now. Default: ${DEFAULT-VALUE}")
  int shards = 1;

  @Option(
      names = "--config",
      description = "A file of settings under their Redis names, one a line: 'name value'.")
  @Nullable Path config;

  @Option(names = "--requirepass", description = "Password that clients have to give.")
  @Nullable String password;

  @Option(
      names = "--transport",
      defaultValue = "auto",
      description = "auto, io_uring, epoll or nio. Default: ${DEFAULT-VALUE}")
  String transport = "auto";

  @Override
  public Integer call() {
    try {
      return Broker.run(this);
    } catch (BadSetting | DiskInUse | DamagedLog | WorldFailure refusal) {
      System.err.println("naru: " + refusal.getMessage());
      return BadSetting.EXIT_CODE;
    }
  }

  /// Whether anything is kept on disk.
  boolean keepsLog() {
    return switch (log.toLowerCase(Locale.ROOT)) {
      case "on" -> true;
      case "off" -> false;
      default -> throw new BadSetting("--log is on or off, not '" + log + "'");
    };
  }

  /// The port to listen on: 0 for any, negative for none.
  int respPort() {
    if (respPort.equalsIgnoreCase("auto")) {
      return 0;
    }
    try {
      int port = Integer.parseInt(respPort);
      if (port >= 0 && port <= 65535) {
        return port == 0 ? -1 : port;
      }
    } catch (NumberFormatException notANumber) {
      throw new BadSetting("--resp-port is a port, 0 or auto, not '" + respPort + "'");
    }
    throw new BadSetting("--resp-port is at most 65535, not " + respPort);
  }
}
