package naru.broker;

import naru.protocol.resp.setting.Setting;
import naru.protocol.resp.setting.Settings;
import org.apache.commons.cli.CommandLine;
import org.apache.commons.cli.Options;

/// `naru server`: runs the broker until it is told to stop.
final class ServerCommand extends Subcommand {
  @Override
  String name() {
    return "server";
  }

  @Override
  String purpose() {
    return "Runs the broker.";
  }

  @Override
  Options options() {
    return new Options()
        .addOption(
            valued("dir", "DIR", "Where everything is kept; made if missing. Default: naru-data"))
        .addOption(
            valued(
                "bind",
                "ADDRESS",
                "Addresses to listen on, separated by spaces; others than loopback need a password."
                    + " Default: 127.0.0.1"))
        .addOption(
            valued(
                "resp-port",
                "PORT",
                "Port for Redis clients; 0 for none, auto for any. Default: 6379"))
        .addOption(
            valued(
                "tls-port",
                "PORT",
                "Port for Redis clients with TLS (see the tls- settings); the same as --resp-port:"
                    + " there both. Default: 0"))
        .addOption(valued("kafka-port", "PORT", "Accepted; Kafka is not spoken yet."))
        .addOption(valued("amqp-port", "PORT", "Accepted; AMQP is not spoken yet."))
        .addOption(
            valued(
                "memcached-port",
                "PORT",
                "Port for memcached clients (11211 is theirs); 0 for none, auto for any. Default:"
                    + " 0"))
        .addOption(
            valued(
                "memcached-item-size-max",
                "BYTES",
                "The longest item that memcached clients may store, 1k to 1024m. Default: 1m"))
        .addOption(valued("admin-port", "PORT", "Accepted; there is no console yet."))
        .addOption(
            valued(
                "fsync",
                "WHEN",
                "When a write counts as safe and is answered: always (synced to disk), everysec,"
                    + " no. Default: always"))
        .addOption(valued("log", "on|off", "off keeps nothing on disk: a pure cache. Default: on"))
        .addOption(valued("shards", "NUMBER", "Only 1 for now. Default: 1"))
        .addOption(
            valued(
                "config",
                "FILE",
                "A redis.conf, or a .toml file with the same names and those of these options. The"
                    + " environment (NARU_FSYNC=no) overrules it, the command line both."))
        .addOption(flag("check-config", "Prints what is in force and who said so, and ends."))
        .addOption(valued("requirepass", "PASSWORD", "Password that clients have to give."))
        .addOption(
            valued("SETTING", "VALUE", "Any setting, by its name: docs/reference/settings.md."))
        .addOption(valued("transport", "NAME", "auto, io_uring, epoll or nio. Default: auto"));
  }

  /// Every setting is an option too; the help does not list them all.
  @Override
  Options accepted() {
    Options options = options();
    for (Setting setting : new Settings().all()) {
      if (!options.hasLongOption(setting.name())) {
        options.addOption(valued(setting.name(), "VALUE", setting.sentence()));
      }
    }
    return options;
  }

  @Override
  int run(CommandLine line) {
    Configuration configuration = new Configuration(line, System.getenv(), ServerOptions.NAMES);
    ServerOptions options = ServerOptions.of(configuration);
    Broker.configure(configuration, options);
    if (line.hasOption("check-config")) {
      configuration.lines().forEach(System.out::println);
      return 0;
    }
    return Broker.run(configuration, options);
  }
}
