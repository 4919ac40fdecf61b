package naru.broker;

import java.nio.file.Path;
import naru.broker.directory.Backup;
import naru.broker.directory.BrokerConnection;
import org.apache.commons.cli.CommandLine;
import org.apache.commons.cli.Options;
import org.jspecify.annotations.Nullable;

/// `naru backup`: a copy of what a running broker keeps, while it goes on.
final class BackupCommand extends Subcommand {
  private static final String PASSWORD_VARIABLE = "NARU_PASSWORD";

  @Override
  String name() {
    return "backup";
  }

  @Override
  String purpose() {
    return "Copies what a running broker on this machine keeps into a new directory, ready to"
        + " start.";
  }

  @Override
  Options options() {
    return new Options()
        .addOption(valued("to", "NEWDIR", "The new directory; it must not be there yet."))
        .addOption(valued("host", "ADDRESS", "Where the broker listens. Default: 127.0.0.1"))
        .addOption(valued("port", "PORT", "Its port for Redis clients. Default: 6379"))
        .addOption(valued("user", "NAME", "As whom to log in. Default: default"))
        .addOption(
            valued(
                "password",
                "PASSWORD",
                "To log in with; better given as " + PASSWORD_VARIABLE + " in the environment."));
  }

  @Override
  int run(CommandLine line) {
    Path to = Directories.path("--to: into which new directory?", line.getOptionValue("to"));
    @Nullable String password = line.getOptionValue("password", System.getenv(PASSWORD_VARIABLE));
    String host = line.getOptionValue("host", "127.0.0.1");
    try (BrokerConnection broker =
        BrokerConnection.open(host, port(line.getOptionValue("port", "6379")))) {
      if (password != null) {
        broker.call("AUTH", line.getOptionValue("user", "default"), password);
      }
      return new Backup(broker, System.out).run(to) ? 0 : Main.EXIT_DAMAGED;
    }
  }

  private static int port(String word) {
    try {
      int port = Integer.parseInt(word);
      if (port > 0 && port < 1 << 16) {
        return port;
      }
    } catch (NumberFormatException notANumber) {
      throw new BadSetting("--port is a port, not '" + word + "'");
    }
    throw new BadSetting("--port is between 1 and 65535, not " + word);
  }
}
