package naru.compatibility;

/// How many clients wait for an element, an entry or the like, as `INFO clients` tells it.
public final class BlockedClients {
  private BlockedClients() {}

  public static void await(Broker broker, int count) throws Exception {
    try (RawClient client = RawClient.to(broker)) {
      Eventually.get(() -> client.call("INFO", "clients").text(), it -> it.contains(line(count)));
    }
  }

  private static String line(int count) {
    return "blocked_clients:" + count + "\r\n";
  }
}
