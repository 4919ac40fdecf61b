package naru.protocol.resp.connection;

import naru.protocol.resp.server.Client;
import naru.protocol.resp.server.ClientTracking;
import naru.protocol.resp.server.Subscriptions.Kind;

/// A client in one line, as `CLIENT LIST` shows it.
public final class ClientLine {
  private ClientLine() {}

  public static String of(Client client, long nowMs) {
    StringBuilder line = new StringBuilder(256);
    add(line, "id", client.id());
    add(line, "addr", client.peer().remoteAddress());
    add(line, "laddr", client.peer().localAddress());
    add(line, "fd", -1);
    add(line, "name", client.name());
    add(line, "age", (nowMs - client.createdMs()) / 1000);
    add(line, "idle", (nowMs - client.lastCommandMs()) / 1000);
    add(line, "flags", flags(client));
    add(line, "db", client.database());
    add(line, "sub", client.listening(Kind.CHANNEL).size());
    add(line, "psub", client.listening(Kind.PATTERN).size());
    add(line, "ssub", client.listening(Kind.SHARD_CHANNEL).size());
    add(line, "multi", client.queuedCount());
    add(line, "watch", client.watch().size());
    add(line, "qbuf", client.peer().bufferBytes() - client.peer().unsentBytes());
    add(line, "qbuf-free", 0);
    add(line, "argv-mem", 0);
    add(line, "multi-mem", client.queuedBytes());
    add(line, "rbs", 0);
    add(line, "rbp", 0);
    add(line, "obl", 0);
    add(line, "oll", 0);
    add(line, "omem", client.peer().unsentBytes());
    add(line, "tot-mem", client.sizeBytes());
    add(line, "events", "r");
    add(line, "cmd", client.lastCommand());
    add(line, "user", client.user().name());
    ClientTracking tracking = client.tracking();
    add(line, "redir", tracking == null ? -1 : tracking.options().redirect());
    add(line, "resp", client.protocolVersion());
    add(line, "lib-name", client.libraryName());
    add(line, "lib-ver", client.libraryVersion());
    return line.substring(0, line.length() - 1);
  }

  private static void add(StringBuilder line, String name, Object value) {
    line.append(name).append('=').append(value).append(' ');
  }

  private static String flags(Client client) {
    StringBuilder flags = new StringBuilder();
    ClientTracking tracking = client.tracking();
    flags.append(client.server().monitors().has(client) ? "O" : "");
    flags.append(client.isReplica() ? "S" : "");
    flags.append(client.isListening() ? "P" : "");
    flags.append(client.isInTransaction() ? "x" : "");
    flags.append(client.peer().isWaiting() ? "b" : "");
    flags.append(tracking != null ? "t" : "");
    flags.append(tracking != null && tracking.isRedirectBroken() ? "R" : "");
    flags.append(tracking != null && tracking.options().broadcast() ? "B" : "");
    flags.append(client.watch().isTouched() ? "d" : "");
    flags.append(client.readsReplicas() ? "r" : "");
    flags.append(client.isEvictable() ? "" : "e");
    flags.append(client.touchesKeys() ? "" : "T");
    return flags.isEmpty() ? "N" : flags.toString();
  }
}
