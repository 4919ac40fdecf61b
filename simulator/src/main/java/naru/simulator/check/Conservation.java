package naru.simulator.check;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import naru.simulator.SimulationFailure;
import naru.simulator.model.Id;
import naru.simulator.model.Reply;

/// What holds for messages whatever the broker's commands mean, seen from the clients alone and
/// over all crashes: a value that was pushed once is popped once at most; ids of a stream rise, and
/// an id names one entry for ever.
///
/// Values are unique, and streams whose names begin with `s` are never deleted.
public final class Conservation {
  private static final Set<String> POPS = Set.of("LPOP", "RPOP", "BLPOP", "BRPOP");

  private final Set<String> popped = new HashSet<>();
  private final Map<String, String> entries = new HashMap<>();
  private final Map<String, Id> greatestSeen = new HashMap<>();
  private final Map<Sent, Id> greatestBefore = new HashMap<>();
  private final Map<String, Published> published = new HashMap<>();
  private final Map<String, Integer> heard = new HashMap<>();

  /// @param place among all messages, in the order in which they were sent
  private record Published(String connection, int place) {}

  /// More was lost than somebody may have seen, and rightly: from here it begins anew.
  public void forget() {
    popped.clear();
    entries.clear();
    greatestSeen.clear();
    greatestBefore.clear();
  }

  /// A client sends a command.
  public void sent(String connection, Sent sent) {
    if (sent.words().getFirst().equals("XADD")) {
      greatestBefore.put(sent, greatestSeen.getOrDefault(sent.words().get(1), new Id(0, 0)));
    } else if (sent.words().getFirst().equals("PUBLISH")) {
      published.put(sent.words().get(2), new Published(connection, published.size()));
    }
  }

  /// A client has the reply to a command, or a message.
  ///
  /// @param listener a connection
  public void received(String listener, Sent sent) {
    if (sent.reply() instanceof Reply.Push(List<Reply> parts)) {
      noteMessage(listener, parts);
    }
    String verb = sent.words().getFirst();
    String key = sent.words().size() > 1 ? sent.words().get(1) : "";
    Reply reply = sent.reply();
    if (POPS.contains(verb) && reply != null) {
      notePopped(sent, verb.startsWith("B"), reply);
    } else if (verb.equals("XADD")
        && key.startsWith("s")
        && reply instanceof Reply.Bulk(String id)) {
      noteAdded(sent, key, Id.parse(id));
    } else if (verb.equals("XRANGE") && key.startsWith("s") && reply != null) {
      noteEntries(key, reply);
    } else if (verb.startsWith("XREAD") && reply instanceof Reply.Pairs(List<Reply> streams)) {
      noteStreams(streams);
    }
  }

  private void noteMessage(String listener, List<Reply> parts) {
    String message = text(parts.getLast());
    Published source = published.get(message);
    if (source == null) {
      throw new SimulationFailure(listener + " was told what nobody has published: " + message);
    }
    // The same message may come for a channel and for a pattern.
    String line = listener + " " + text(parts.getFirst()) + " " + source.connection();
    Integer before = heard.put(line, source.place());
    if (before != null && before >= source.place()) {
      throw new SimulationFailure(listener + " was told too late, or twice: " + message);
    }
  }

  private static String text(Reply reply) {
    return reply instanceof Reply.Bulk(String text) ? text : reply.shown();
  }

  private void notePopped(Sent sent, boolean blocking, Reply reply) {
    switch (reply) {
      case Reply.Bulk(String value) -> notePopped(sent, value);
      case Reply.Many(List<Reply> items) ->
          items
              .subList(blocking ? 1 : 0, items.size())
              .forEach(item -> notePopped(sent, false, item));
      case Reply.Status _,
          Reply.Failure _,
          Reply.Number _,
          Reply.Score _,
          Reply.NoBulk _,
          Reply.NoMany _,
          Reply.Table _,
          Reply.Pairs _,
          Reply.Push _,
          Reply.Several _ -> {}
    }
  }

  private void notePopped(Sent sent, String value) {
    if (!popped.add(value)) {
      throw new SimulationFailure("popped twice: " + value + ", the second time by " + sent);
    }
  }

  private void noteAdded(Sent sent, String key, Id id) {
    Id before = greatestBefore.remove(sent);
    if (before != null && id.compareTo(before) <= 0) {
      throw new SimulationFailure("ids fall: " + sent + " gave " + id + ", after " + before);
    }
    see(key, id);
  }

  private void see(String key, Id id) {
    greatestSeen.merge(key, id, (one, other) -> one.compareTo(other) > 0 ? one : other);
  }

  private void noteStreams(List<Reply> streams) {
    for (int i = 0; i < streams.size(); i += 2) {
      if (streams.get(i) instanceof Reply.Bulk(String key) && key.startsWith("s")) {
        noteEntries(key, streams.get(i + 1));
      }
    }
  }

  private void noteEntries(String key, Reply list) {
    if (list instanceof Reply.Many(List<Reply> items)) {
      for (Reply item : items) {
        if (item instanceof Reply.Many(List<Reply> parts)
            && parts.getFirst() instanceof Reply.Bulk(String id)
            && parts.get(1) instanceof Reply.Many fields) {
          noteEntry(key, id, fields.encoded(2));
        }
      }
    }
  }

  private void noteEntry(String key, String id, String fields) {
    see(key, Id.parse(id));
    String before = entries.putIfAbsent(key + " " + id, fields);
    if (before != null && !before.equals(fields)) {
      throw new SimulationFailure(
          "entry " + id + " of " + key + " has changed from " + before + " to " + fields);
    }
  }
}
