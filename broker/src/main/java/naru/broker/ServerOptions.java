package naru.broker;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;
import naru.log.Durability;
import naru.world.real.Transport;
import org.apache.commons.cli.CommandLine;
import org.jspecify.annotations.Nullable;

/// What `naru server` was told on the command line, checked.
///
/// @param directory where everything is kept
/// @param bind address to listen on
/// @param isLoopback whether that address is this machine's own
/// @param respPort port for Redis clients: 0 for any, negative for none
/// @param keepsLog whether anything is kept on disk
/// @param config a file of settings, null if none was named
/// @param password that clients have to give, null if none was set here
record ServerOptions(
    Path directory,
    String bind,
    boolean isLoopback,
    int respPort,
    Durability durability,
    boolean keepsLog,
    Transport transport,
    @Nullable Path config,
    @Nullable String password) {
  private static final int PORT_MAX = 65535;

  static ServerOptions of(CommandLine line) {
    if (!line.getOptionValue("shards", "1").equals("1")) {
      throw new BadSetting("--shards is 1 for now, not " + line.getOptionValue("shards"));
    }
    String bind = line.getOptionValue("bind", "127.0.0.1");
    String config = line.getOptionValue("config");
    return new ServerOptions(
        path("dir", line.getOptionValue("dir", "naru-data")),
        bind,
        isLoopback(bind),
        respPort(line.getOptionValue("resp-port", "6379")),
        durability(line.getOptionValue("fsync", "always")),
        keepsLog(line.getOptionValue("log", "on")),
        transport(line.getOptionValue("transport", "auto")),
        config == null ? null : path("config", config),
        line.getOptionValue("requirepass"));
  }

  private static Path path(String option, String name) {
    try {
      return Path.of(name);
    } catch (InvalidPathException wrong) {
      throw new BadSetting("--" + option + " is no path: " + wrong.getMessage());
    }
  }

  private static boolean isLoopback(String bind) {
    try {
      return InetAddress.getByName(bind).isLoopbackAddress();
    } catch (UnknownHostException unknown) {
      throw new BadSetting("--bind: no such address: " + bind);
    }
  }

  private static int respPort(String word) {
    if (word.equalsIgnoreCase("auto")) {
      return 0;
    }
    int port;
    try {
      port = Integer.parseInt(word);
    } catch (NumberFormatException notANumber) {
      throw new BadSetting("--resp-port is a port, 0 or auto, not '" + word + "'");
    }
    if (port < 0 || port > PORT_MAX) {
      throw new BadSetting("--resp-port is between 0 and " + PORT_MAX + ", not " + port);
    }
    return port == 0 ? -1 : port;
  }

  private static Durability durability(String word) {
    return switch (word.toLowerCase(Locale.ROOT)) {
      case "always" -> Durability.ALWAYS;
      case "everysec" -> Durability.EVERYSEC;
      case "no" -> Durability.NO;
      default -> throw new BadSetting("--fsync is always, everysec or no, not '" + word + "'");
    };
  }

  private static boolean keepsLog(String word) {
    return switch (word.toLowerCase(Locale.ROOT)) {
      case "on" -> true;
      case "off" -> false;
      default -> throw new BadSetting("--log is on or off, not '" + word + "'");
    };
  }

  private static Transport transport(String name) {
    try {
      return Transport.valueOf(name.toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException unknown) {
      throw new BadSetting("--transport is auto, io_uring, epoll or nio, not '" + name + "'");
    }
  }
}
