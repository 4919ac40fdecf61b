package naru.protocol.resp.server;

import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;
import naru.bytes.Bytes;
import naru.protocol.resp.wire.Arguments;

/// Clients that are shown every command that is carried out, but for those of administrators:
///
/// ```
/// +1700000000.123456 [0 127.0.0.1:50123] "SET" "k" "v"
/// ```
public final class Monitors {
  private static final Bytes REDACTED = Bytes.of("(redacted)");

  private final Set<Client> monitors = new LinkedHashSet<>();

  /// Whether there are any.
  public boolean isAny() {
    return !monitors.isEmpty();
  }

  public boolean has(Client client) {
    return !monitors.isEmpty() && monitors.contains(client);
  }

  public void add(Client client) {
    monitors.add(client);
  }

  void remove(Client client) {
    monitors.remove(client);
  }

  /// Shows a command of `client`. Words that are secret are left out.
  public void show(Client client, Arguments words, long wallUs) {
    StringBuilder line = new StringBuilder(64);
    line.append(
        String.format(
            Locale.ROOT,
            "%d.%06d [%d %s]",
            Math.floorDiv(wallUs, 1_000_000L),
            Math.floorMod(wallUs, 1_000_000L),
            client.database(),
            client.peer().id() == 0 ? "lua" : client.peer().remoteAddress()));
    int secretFrom = secretFrom(words);
    int secretTo = words.get(0).equalsIgnoreCase("AUTH") ? words.count() : secretFrom + 2;
    for (int i = 0; i < words.count(); i++) {
      line.append(' ');
      quote(i >= secretFrom && i < secretTo ? REDACTED : words.get(i), line);
    }
    String shown = line.toString();
    Message message = new Message(out -> out.simple(shown));
    monitors.forEach(monitor -> monitor.push(message));
  }

  /// The first word of a user's name and password.
  private static int secretFrom(Arguments words) {
    if (words.get(0).equalsIgnoreCase("AUTH")) {
      return 1;
    }
    if (words.get(0).equalsIgnoreCase("HELLO")) {
      for (int i = 1; i < words.count(); i++) {
        if (words.get(i).equalsIgnoreCase("AUTH")) {
          return i + 1;
        }
      }
    }
    return words.count();
  }

  private static void quote(Bytes word, StringBuilder line) {
    line.append('"');
    for (int i = 0; i < word.length(); i++) {
      int b = word.at(i) & 0xFF;
      switch (b) {
        case '\\', '"' -> line.append('\\').append((char) b);
        case '\n' -> line.append("\\n");
        case '\r' -> line.append("\\r");
        case '\t' -> line.append("\\t");
        case 7 -> line.append("\\a");
        case '\b' -> line.append("\\b");
        default -> {
          if (b >= ' ' && b < 127) {
            line.append((char) b);
          } else {
            line.append(String.format(Locale.ROOT, "\\x%02x", b));
          }
        }
      }
    }
    line.append('"');
  }
}
