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
/// over
/// all crashes: a value that was pushed once is popped once at most; ids of a stream rise, and an
/// id
/// names one entry for ever.
///
/// Values are unique, and streams whose names begin with `s` are never deleted.
public final class Conservation {
  private static final Set<String> POPS = Set.of("LPOP", "RPOP", "BLPOP", "BRPOP");

  private final Set<String> popped = new HashSet<>();
  private final Map<String, String> entries = new HashMap<>();
  private final Map<String, Id> greatestSeen = new HashMap<>();
  private final Map<Sent, Id> greatestBefore = new HashMap<>();

  /// More was lost than somebody may have seen, and rightly: from here it begins anew.
  public void forget() {
    popped.clear();
    entries.clear();
    greatestSeen.clear();
    greatestBefore.clear();
  }

  /// A client sends a command.
  public void sent(Sent sent) {
    if (sent.words().getFirst().equals("XADD")) {
      greatestBefore.put(sent, greatestSeen.getOrDefault(sent.words().get(1), new Id(0, 0)));
    }
  }

  /// A client has the reply to a command.
  public void received(Sent sent) {
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
    } else if (verb.startsWith("XREAD") && reply instanceof Reply.Many(List<Reply> streams)) {
      streams.forEach(this::noteStream);
    }
  }

  private void notePopped(Sent sent, boolean blocking, Reply reply) {
    switch (reply) {
      case Reply.Bulk(String value) -> notePopped(sent, value);
      case Reply.Many(List<Reply> items) ->
          items
              .subList(blocking ? 1 : 0, items.size())
              .forEach(item -> notePopped(sent, false, item));
      case Reply.Status _, Reply.Failure _, Reply.Number _, Reply.NoBulk _, Reply.NoMany _ -> {}
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

  private void noteStream(Reply stream) {
    if (stream instanceof Reply.Many(List<Reply> parts)
        && parts.getFirst() instanceof Reply.Bulk(String key)
        && key.startsWith("s")) {
      noteEntries(key, parts.get(1));
    }
  }

  private void noteEntries(String key, Reply list) {
    if (list instanceof Reply.Many(List<Reply> items)) {
      for (Reply item : items) {
        if (item instanceof Reply.Many(List<Reply> parts)
            && parts.getFirst() instanceof Reply.Bulk(String id)
            && parts.get(1) instanceof Reply.Many fields) {
          noteEntry(key, id, fields.encoded());
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
