package naru.protocol.resp.cluster;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import naru.bytes.Bytes;
import naru.bytes.Numbers;
import naru.engine.Refusal;
import naru.protocol.resp.server.RespServer;
import naru.protocol.resp.setting.Settings;
import naru.protocol.resp.verb.Call;

/// What the one node of the cluster is called, and where it is found.
///
/// @param id forty hexadecimal digits; the same after a restart in the same directory with the same
///     port
/// @param shardId likewise
record ClusterNode(String id, String shardId, String host, int port) {
  static final int EPOCH = 1;
  private static final int BUS_PORT_ABOVE = 10_000;

  /// As the client of a call is to see it: at the address that it has connected to, if the settings
  /// announce no other.
  static ClusterNode of(Call call) {
    RespServer server = call.server();
    Settings settings = server.settings();
    String place = settings.dir.text() + '\n' + settings.port.text();
    return new ClusterNode(
        digits("node\n" + place), digits("shard\n" + place), host(call), port(call));
  }

  static boolean isEnabled(Call call) {
    return call.server().settings().clusterEnabled.value();
  }

  static void demandEnabled(Call call) {
    if (!isEnabled(call)) {
      throw new Refusal("This instance has cluster support disabled");
    }
  }

  private static String host(Call call) {
    String announced = call.server().settings().clusterAnnounceIp.text();
    if (!announced.isEmpty()) {
      return announced;
    }
    String address = call.client().peer().localAddress();
    int colon = address.lastIndexOf(':');
    String host = colon < 0 ? address : address.substring(0, colon);
    return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
  }

  private static int port(Call call) {
    Settings settings = call.server().settings();
    long announced = settings.clusterAnnouncePort.value();
    if (announced != 0) {
      return (int) announced;
    }
    String address = call.client().peer().localAddress();
    Bytes port = Bytes.of(address.substring(address.lastIndexOf(':') + 1));
    long connected = Numbers.isLong(port) ? Numbers.parseLong(port) : 0;
    return (int) (connected == 0 ? settings.port.value() : connected);
  }

  private static String digits(String place) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-1");
      return HexFormat.of().formatHex(digest.digest(place.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java has SHA-1", impossible);
    }
  }

  int busPort() {
    return port + BUS_PORT_ABOVE;
  }

  /// The line of `CLUSTER NODES`.
  String line() {
    return id
        + " "
        + host
        + ":"
        + port
        + "@"
        + busPort()
        + " myself,master - 0 0 "
        + EPOCH
        + " connected 0-"
        + (Slots.COUNT - 1)
        + "\n";
  }
}
