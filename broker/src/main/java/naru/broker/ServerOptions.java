package naru.broker;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import naru.log.Durability;
import naru.protocol.memcached.MemcachedSettings;
import naru.world.real.Transport;

/// What the broker was told of its surroundings, checked.
///
/// @param directory where everything is kept
/// @param addresses to listen on, one at least
/// @param respPort port for Redis clients: 0 for any, negative for none
/// @param memcachedPort port for memcached clients, likewise
/// @param itemMaxBytes the longest item that memcached clients may store
/// @param tlsPort port for Redis clients with TLS: 0 for any, negative for none
/// @param keepsLog whether anything is kept on disk
record ServerOptions(
    Path directory,
    List<Address> addresses,
    int respPort,
    int tlsPort,
    int memcachedPort,
    int itemMaxBytes,
    Durability durability,
    boolean keepsLog,
    Transport transport) {
  /// Every option that the broker itself is told, and no setting.
  static final Set<String> NAMES =
      Set.of(
          "dir",
          "bind",
          "resp-port",
          "kafka-port",
          "amqp-port",
          "memcached-port",
          "tls-port",
          "memcached-item-size-max",
          "admin-port",
          "fsync",
          "log",
          "shards",
          "transport");

  private static final int PORT_MAX = 65535;

  /// An address to listen on.
  ///
  /// @param isLoopback whether it is this machine's own
  /// @param isOptional whether it does not matter if the machine has no such address
  record Address(String host, boolean isLoopback, boolean isOptional) {}

  static ServerOptions of(Configuration configuration) {
    Told shards = configuration.option("shards", "1");
    if (!shards.value().equals("1")) {
      throw new BadSetting("--shards is 1 for now, not " + shards.value() + shards.place());
    }
    return new ServerOptions(
        directory(configuration.option("dir", "naru-data")),
        addresses(configuration.option("bind", "127.0.0.1")),
        port("resp-port", configuration.option("resp-port", "6379")),
        port("tls-port", configuration.option("tls-port", "0")),
        port("memcached-port", configuration.option("memcached-port", "0")),
        itemMaxBytes(configuration.option("memcached-item-size-max", "1m")),
        durability(configuration.option("fsync", "always")),
        keepsLog(configuration.option("log", "on")),
        transport(configuration.option("transport", "auto")));
  }

  /// The addresses, as the setting `bind` shows them.
  String bind() {
    return String.join(" ", addresses.stream().map(Address::host).toList());
  }

  private static Path directory(Told told) {
    try {
      return Path.of(told.value());
    } catch (InvalidPathException wrong) {
      throw new BadSetting("--dir is no path: " + wrong.getMessage() + told.place());
    }
  }

  /// As Redis has it: separated by spaces, `*` is every address, a `-` before one makes it
  /// optional.
  private static List<Address> addresses(Told told) {
    if (told.value().isBlank()) {
      throw new BadSetting("--bind needs an address" + told.place());
    }
    List<Address> addresses = new ArrayList<>();
    for (String word : told.value().trim().split("\\s+")) {
      boolean isOptional = word.startsWith("-");
      String name = isOptional ? word.substring(1) : word;
      String host = name.equals("*") ? "0.0.0.0" : name.equals("::*") ? "::" : name;
      try {
        InetAddress found = InetAddress.getByName(host);
        addresses.add(new Address(host, found.isLoopbackAddress(), isOptional));
      } catch (UnknownHostException unknown) {
        if (!isOptional) {
          throw new BadSetting("--bind: no such address: " + host + told.place());
        }
      }
    }
    if (addresses.isEmpty()) {
      throw new BadSetting("--bind needs an address" + told.place());
    }
    return List.copyOf(addresses);
  }

  private static int port(String option, Told told) {
    if (told.value().equalsIgnoreCase("auto")) {
      return 0;
    }
    int port;
    try {
      port = Integer.parseInt(told.value());
    } catch (NumberFormatException notANumber) {
      throw new BadSetting(
          "--" + option + " is a port, 0 or auto, not '" + told.value() + "'" + told.place());
    }
    if (port < 0 || port > PORT_MAX) {
      throw new BadSetting(
          "--" + option + " is between 0 and " + PORT_MAX + ", not " + port + told.place());
    }
    return port == 0 ? -1 : port;
  }

  /// A number of bytes, with `k` or `m` behind it if it is one of kilobytes or megabytes.
  private static int itemMaxBytes(Told told) {
    String word = told.value().toLowerCase(Locale.ROOT);
    int shift = word.endsWith("k") ? 10 : word.endsWith("m") ? 20 : 0;
    long most = MemcachedSettings.ITEM_MAX_BYTES;
    try {
      long number = Long.parseLong(shift == 0 ? word : word.substring(0, word.length() - 1));
      if (number >= 0
          && number <= most >> shift
          && number << shift >= MemcachedSettings.ITEM_MIN_BYTES) {
        return (int) (number << shift);
      }
    } catch (NumberFormatException notANumber) {
      // Said below, together with what is out of bounds.
    }
    throw notOneOf("--memcached-item-size-max is a size between 1k and 1024m", told);
  }

  private static Durability durability(Told told) {
    return switch (told.value().toLowerCase(Locale.ROOT)) {
      case "always" -> Durability.ALWAYS;
      case "everysec" -> Durability.EVERYSEC;
      case "no" -> Durability.NO;
      default -> throw notOneOf("--fsync is always, everysec or no", told);
    };
  }

  private static boolean keepsLog(Told told) {
    return switch (told.value().toLowerCase(Locale.ROOT)) {
      case "on", "yes" -> true;
      case "off", "no" -> false;
      default -> throw notOneOf("--log is on or off", told);
    };
  }

  private static Transport transport(Told told) {
    try {
      return Transport.valueOf(told.value().toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException unknown) {
      throw notOneOf("--transport is auto, io_uring, epoll or nio", told);
    }
  }

  private static BadSetting notOneOf(String choices, Told told) {
    return new BadSetting(choices + ", not '" + told.value() + "'" + told.place());
  }
}
