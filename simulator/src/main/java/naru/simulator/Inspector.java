package naru.simulator;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import naru.simulator.check.Sent;
import naru.simulator.model.Drawing;
import naru.simulator.model.Reply;
import naru.world.simulated.SimulatedClient;

/// A client that looks at everything in a broker while time stands still.
final class Inspector {
  /// When a consumer was last seen is not kept for ever.
  private static final Pattern SEEN = Pattern.compile("seen-time\r\n:\\d+");

  /// How an answer begins that there cannot be because a file of blocks is damaged.
  static final String UNREADABLE = "damaged log: blocks-";

  private final SimulatedClient client;
  private final Runnable turn;

  /// @param turn lets the broker do what it was asked
  Inspector(SimulatedClient client, Runnable turn) {
    this.client = client;
    this.turn = turn;
  }

  /// What each key holds, in the model's words.
  Map<String, String> picture() {
    Map<String, String> picture = new TreeMap<>();
    for (String key : texts(ask("KEYS", "*"))) {
      picture.put(key, look(key));
    }
    return picture;
  }

  /// All that a broker says of its streams. Not for the model to foretell: only to be the same
  /// after a restart.
  Map<String, String> details() {
    Map<String, String> details = new TreeMap<>();
    for (String key : texts(ask("KEYS", "*"))) {
      if (ask("TYPE", key).equals(new Reply.Status("stream"))) {
        Reply report = ask("XINFO", "STREAM", key, "FULL", "COUNT", "0");
        details.put(key, SEEN.matcher(report.encoded(2)).replaceAll("seen-time"));
      }
    }
    return details;
  }

  private String look(String key) {
    return Drawing.key(value(key), due(ask("PEXPIRETIME", key)));
  }

  private static long due(Reply reply) {
    return number(reply) == -1 ? Long.MAX_VALUE : number(reply);
  }

  private String value(String key) {
    Reply type = ask("TYPE", key);
    return switch (type.encoded(2).strip()) {
      case "+string" -> Drawing.text(text(ask("GET", key)));
      case "+list" -> Drawing.list(texts(ask("LRANGE", key, "0", "-1")));
      case "+hash" -> hash(key);
      case "+set" -> Drawing.set(new TreeSet<>(texts(ask("SMEMBERS", key))));
      case "+zset" -> Drawing.sortedSet(scores(texts(ask("ZRANGE", key, "0", "-1", "WITHSCORES"))));
      case "+stream" -> stream(key);
      default -> type.shown();
    };
  }

  private static List<String> scores(List<String> flat) {
    List<String> members = new ArrayList<>();
    for (int i = 0; i < flat.size(); i += 2) {
      members.add(flat.get(i) + "=" + flat.get(i + 1));
    }
    return members;
  }

  private String hash(String key) {
    List<String> flat = texts(ask("HGETALL", key));
    TreeMap<String, String> fields = new TreeMap<>();
    TreeMap<String, Long> dueMs = new TreeMap<>();
    for (int i = 0; i < flat.size(); i += 2) {
      String field = flat.get(i);
      fields.put(field, flat.get(i + 1));
      long due = number(items(ask("HPEXPIRETIME", key, "FIELDS", "1", field)).getFirst());
      if (due != -1) {
        dueMs.put(field, due);
      }
    }
    return Drawing.hash(fields, dueMs);
  }

  private String stream(String key) {
    Reply reply = ask("XINFO", "STREAM", key, "FULL", "COUNT", "0");
    if (reply instanceof Reply.Failure(String text) && text.contains(UNREADABLE)) {
      return text;
    }
    Fields stream = fields(reply);
    Drawing drawing =
        new Drawing(
            stream.text("last-generated-id"),
            stream.text("max-deleted-entry-id"),
            stream.number("entries-added"));
    for (Reply entry : items(stream.value("entries"))) {
      drawing.entry(text(items(entry).get(0)), texts(items(entry).get(1)));
    }
    for (Reply group : items(stream.value("groups"))) {
      group(fields(group), drawing);
    }
    return drawing.text();
  }

  private void group(Fields group, Drawing drawing) {
    drawing.group(group.text("name"), group.text("last-delivered-id"));
    for (Reply each : items(group.value("consumers"))) {
      Fields consumer = fields(each);
      drawing.consumer(consumer.text("name"), consumer.number("pel-count"));
    }
    for (Reply each : items(group.value("pending"))) {
      List<Reply> entry = items(each);
      drawing.pending(
          text(entry.get(0)), text(entry.get(1)), number(entry.get(2)), number(entry.get(3)));
    }
  }

  /// Asks, and waits for the answer without letting time pass.
  private Reply ask(String... words) {
    String request = new Sent(List.of(words), Sent.Kind.ALONE).encoded();
    client.send(request.getBytes(StandardCharsets.ISO_8859_1));
    StringBuilder got = new StringBuilder();
    for (int turns = 0; turns < 100; turns++) {
      turn.run();
      got.append(new String(client.receive(), StandardCharsets.ISO_8859_1));
      if (!got.isEmpty()) {
        ReplyReader reader = new ReplyReader(got.toString());
        Reply reply = reader.next();
        if (!reader.isAtEnd()) {
          throw new SimulationFailure("more than a reply to " + List.of(words) + ": " + got);
        }
        return reply;
      }
    }
    throw new SimulationFailure("no reply to " + List.of(words) + " from an idle broker");
  }

  void close() {
    client.close();
  }

  /// Names and values by turns.
  private record Fields(Map<String, Reply> values) {
    String text(String name) {
      return Inspector.text(value(name));
    }

    long number(String name) {
      return Inspector.number(value(name));
    }

    Reply value(String name) {
      Reply value = values.get(name);
      if (value == null) {
        throw new SimulationFailure("there is no " + name + " among " + values.keySet());
      }
      return value;
    }
  }

  private static Fields fields(Reply reply) {
    List<Reply> items = items(reply);
    Map<String, Reply> values = new TreeMap<>();
    for (int i = 0; i < items.size(); i += 2) {
      values.put(text(items.get(i)), items.get(i + 1));
    }
    return new Fields(values);
  }

  private static List<Reply> items(Reply reply) {
    if (reply instanceof Reply.Many(List<Reply> items)) {
      return items;
    }
    throw new SimulationFailure("an array was expected, not " + reply.shown());
  }

  private static List<String> texts(Reply reply) {
    List<String> texts = new ArrayList<>();
    items(reply).forEach(item -> texts.add(text(item)));
    return texts;
  }

  private static String text(Reply reply) {
    if (reply instanceof Reply.Bulk(String text)) {
      return text;
    }
    throw new SimulationFailure("a text was expected, not " + reply.shown());
  }

  private static long number(Reply reply) {
    if (reply instanceof Reply.Number(long value)) {
      return value;
    }
    throw new SimulationFailure("a number was expected, not " + reply.shown());
  }
}
