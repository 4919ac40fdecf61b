package naru.broker;

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
                "Address to listen on; others than loopback need a password. Default: 127.0.0.1"))
        .addOption(
            valued(
                "resp-port",
                "PORT",
                "Port for Redis clients; 0 for none, auto for any. Default: 6379"))
        .addOption(valued("kafka-port", "PORT", "Accepted; Kafka is not spoken yet."))
        .addOption(valued("amqp-port", "PORT", "Accepted; AMQP is not spoken yet."))
        .addOption(valued("memcached-port", "PORT", "Accepted; memcached is not spoken yet."))
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
                "A file of settings under their Redis names, one a line: 'name value'."))
        .addOption(valued("requirepass", "PASSWORD", "Password that clients have to give."))
        .addOption(valued("transport", "NAME", "auto, io_uring, epoll or nio. Default: auto"));
  }

  @Override
  int run(CommandLine line) {
    return Broker.run(ServerOptions.of(line));
  }
}
