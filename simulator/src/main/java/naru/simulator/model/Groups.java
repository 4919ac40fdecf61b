package naru.simulator.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import naru.simulator.model.Value.Group;
import naru.simulator.model.Value.Pending;
import naru.simulator.model.Value.Stream;
import org.jspecify.annotations.Nullable;

/// Consumer groups: making them, reading as a member, acknowledging.
final class Groups {
  private Groups() {}

  private static @Nullable Stream find(Turn turn, String key) {
    return turn.find(key, Stream.class);
  }

  static Group need(@Nullable Stream stream, String key, String group, String end) {
    Group found = stream == null ? null : stream.groups.get(group);
    if (found == null) {
      throw new Refused(
          "NOGROUP No such key '" + key + "' or consumer group '" + group + "'" + end);
    }
    return found;
  }

  /// `XGROUP CREATE|SETID|DESTROY|CREATECONSUMER|DELCONSUMER key group ...`
  static Outcome administer(Turn turn) {
    String key = turn.word(2);
    String name = turn.word(3);
    Stream stream = find(turn, key);
    if (turn.word(1).equals("CREATE")) {
      return create(turn, stream);
    }
    if (stream == null) {
      throw missing();
    }
    Group group = stream.groups.get(name);
    if (turn.word(1).equals("DESTROY")) {
      if (stream.groups.remove(name) == null) {
        return Outcome.number(0);
      }
      turn.keys().touch(key);
      return Outcome.number(1);
    }
    if (group == null) {
      throw new Refused("NOGROUP No such consumer group '" + name + "' for key name '" + key + "'");
    }
    return switch (turn.word(1)) {
      case "SETID" -> {
        group.lastId = start(turn.word(4), stream);
        turn.keys().write();
        yield Outcome.done(Reply.OK);
      }
      case "CREATECONSUMER" -> Outcome.number(group.consumers.add(turn.word(4)) ? 1 : 0);
      case "DELCONSUMER" -> {
        long pending = group.pendingOf(turn.word(4));
        group.consumers.remove(turn.word(4));
        group.pending.values().removeIf(entry -> entry.owner().equals(turn.word(4)));
        yield Outcome.number(pending);
      }
      default -> throw new IllegalArgumentException(turn.words().toString());
    };
  }

  private static Outcome create(Turn turn, @Nullable Stream present) {
    boolean makesStream = turn.count() > 5;
    if (present == null && !makesStream) {
      throw missing();
    }
    Stream stream = present == null ? new Stream() : present;
    if (stream.groups.containsKey(turn.word(3))) {
      throw new Refused("BUSYGROUP Consumer Group name already exists");
    }
    stream.groups.put(turn.word(3), new Group(start(turn.word(4), stream)));
    if (present == null) {
      turn.put(turn.word(2), stream);
    }
    return Outcome.done(Reply.OK);
  }

  private static Refused missing() {
    return new Refused(
        "ERR The XGROUP subcommand requires the key to exist. Note that for CREATE you may want to"
            + " use the MKSTREAM option to create an empty stream automatically.");
  }

  private static Id start(String text, Stream stream) {
    return text.equals("$") ? stream.lastId : Id.parse(text);
  }

  /// `XREADGROUP GROUP group consumer [COUNT count] [BLOCK ms] [NOACK] STREAMS key ... id ...`
  static Outcome read(Turn turn) {
    ReadOptions options = ReadOptions.of(turn);
    String group = turn.word(2);
    if (turn.awakenedBy() != null && isReadUp(turn, turn.awakenedBy(), group)) {
      return options.orWait(turn.words());
    }
    for (String key : options.keys()) {
      need(find(turn, key), key, group, " in XREADGROUP with GROUP option");
    }
    List<Reply> parts = new ArrayList<>();
    for (int i = 0; i < options.keys().size(); i++) {
      String key = options.keys().get(i);
      Stream stream = find(turn, key);
      if (stream != null) {
        Member member = new Member(turn, stream, need(stream, key, group, ""));
        member.join(turn.word(3));
        List<Reply> entries = member.read(options, options.ids().get(i));
        if (!entries.isEmpty() || !options.ids().get(i).equals(">")) {
          parts.add(Reply.bulk(key));
          parts.add(Reply.many(entries));
        }
      }
    }
    return parts.isEmpty() ? options.orWait(turn.words()) : Outcome.done(new Reply.Pairs(parts));
  }

  /// Whether a group is there and has nothing left to read: its members go on waiting.
  private static boolean isReadUp(Turn turn, String key, String name) {
    if (!(turn.keys().find(key) instanceof Stream stream)) {
      return false;
    }
    Group group = stream.groups.get(name);
    return group != null && stream.entries.higherKey(group.lastId) == null;
  }

  /// `XACK key group id ...`
  static Outcome acknowledge(Turn turn) {
    Stream stream = find(turn, turn.word(1));
    Group group = stream == null ? null : stream.groups.get(turn.word(2));
    long acknowledged = 0;
    for (String id : turn.from(3)) {
      if (group != null && group.pending.remove(Id.parse(id)) != null) {
        acknowledged++;
      }
    }
    return Outcome.number(acknowledged);
  }

  /// `XACKDEL key group IDS n id ...`: acknowledges, and deletes what was acknowledged.
  static Outcome acknowledgeAndDelete(Turn turn) {
    Stream stream = find(turn, turn.word(1));
    Group group = stream == null ? null : stream.groups.get(turn.word(2));
    List<Reply> statuses = new ArrayList<>();
    for (String text : turn.from(5)) {
      Id id = Id.parse(text);
      if (stream == null || group == null || group.pending.remove(id) == null) {
        statuses.add(Reply.number(-1));
      } else {
        if (Streams.delete(stream, id)) {
          turn.keys().change(turn.word(1));
        }
        statuses.add(Reply.number(1));
      }
    }
    return Outcome.done(Reply.many(statuses));
  }

  /// `XPENDING key group [[IDLE ms] start end count [consumer]]`
  static Outcome pending(Turn turn) {
    Stream stream = find(turn, turn.word(1));
    Group group = need(stream, turn.word(1), turn.word(2), "");
    if (turn.count() == 3) {
      return Outcome.done(summary(group));
    }
    boolean idle = turn.word(3).equals("IDLE");
    long minIdleMs = idle ? turn.number(4) : 0;
    int at = idle ? 5 : 3;
    String consumer = turn.count() > at + 3 ? turn.word(at + 3) : "";
    Id from = Id.bound(turn.word(at), Id.ZERO);
    Id to = Id.bound(turn.word(at + 1), Id.MAX);
    List<Reply> found = new ArrayList<>();
    for (Map.Entry<Id, Pending> each : group.pending.entrySet()) {
      Id id = each.getKey();
      Pending entry = each.getValue();
      boolean fits = id.compareTo(from) >= 0 && id.compareTo(to) <= 0;
      boolean mine = consumer.isEmpty() || consumer.equals(entry.owner());
      boolean idles = minIdleMs == 0 || turn.nowMs() - entry.deliveredMs() >= minIdleMs;
      if (fits && mine && idles && found.size() < turn.number(at + 2)) {
        found.add(
            Reply.many(
                Reply.bulk(id.toString()),
                Reply.bulk(entry.owner()),
                Reply.number(entry.idleMs(turn.nowMs())),
                Reply.number(entry.count())));
      }
    }
    return Outcome.done(Reply.many(found));
  }

  private static Reply summary(Group group) {
    if (group.pending.isEmpty()) {
      return Reply.many(Reply.number(0), Reply.NONE, Reply.NONE, Reply.NONE_MANY);
    }
    List<Reply> owners = new ArrayList<>();
    for (String consumer : group.consumers) {
      long count = group.pendingOf(consumer);
      if (count > 0) {
        owners.add(Reply.bulks(List.of(consumer, Long.toString(count))));
      }
    }
    return Reply.many(
        Reply.number(group.pending.size()),
        Reply.bulk(group.pending.firstKey().toString()),
        Reply.bulk(group.pending.lastKey().toString()),
        Reply.many(owners));
  }
}
