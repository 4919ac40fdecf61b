package naru.simulator.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import naru.simulator.model.Value.Group;
import naru.simulator.model.Value.Pending;
import naru.simulator.model.Value.Stream;

/// A consumer who reads or claims.
final class Member {
  private final Turn turn;
  private final Stream stream;
  private final Group group;
  private String name = "";

  Member(Turn turn, Stream stream, Group group) {
    this.turn = turn;
    this.stream = stream;
    this.group = group;
  }

  void join(String consumer) {
    name = consumer;
    group.consumers.add(consumer);
  }

  /// New entries for `>`, else those pending with this consumer behind the id.
  List<Reply> read(ReadOptions options, String id) {
    return id.equals(">") ? fresh(options) : history(options, Id.parse(id));
  }

  private List<Reply> fresh(ReadOptions options) {
    List<Reply> entries = new ArrayList<>();
    for (Map.Entry<Id, List<String>> entry :
        stream.entries.tailMap(group.lastId, false).entrySet()) {
      if (entries.size() == options.count()) {
        break;
      }
      entries.add(Streams.entry(entry.getKey(), entry.getValue()));
      group.lastId = entry.getKey();
      if (!options.unacknowledged()) {
        group.pending.put(entry.getKey(), new Pending(name, turn.nowMs(), 1));
      }
    }
    return entries;
  }

  private List<Reply> history(ReadOptions options, Id after) {
    List<Reply> entries = new ArrayList<>();
    for (Map.Entry<Id, Pending> each : group.pending.tailMap(after, false).entrySet()) {
      Pending pending = each.getValue();
      if (entries.size() == options.count() || !pending.owner().equals(name)) {
        continue;
      }
      List<String> fields = stream.entries.get(each.getKey());
      if (fields == null) {
        entries.add(Reply.many(Reply.bulk(each.getKey().toString()), Reply.NONE_MANY));
      } else {
        entries.add(Streams.entry(each.getKey(), fields));
        each.setValue(new Pending(name, turn.nowMs(), pending.count() + 1));
      }
    }
    return entries;
  }

  /// `XCLAIM key group consumer min-idle-time id ... [FORCE] [JUSTID]`
  static Outcome claim(Turn turn) {
    Member member = of(turn);
    boolean force = turn.words().contains("FORCE");
    boolean justIds = turn.words().contains("JUSTID");
    List<Reply> claimed = new ArrayList<>();
    for (String text : turn.from(5)) {
      if (Character.isDigit(text.charAt(0))) {
        Id id = Id.parse(text);
        member.take(id, force, justIds, claimed);
      }
    }
    return Outcome.done(Reply.many(claimed));
  }

  private static Member of(Turn turn) {
    String key = turn.word(1);
    Stream stream = turn.find(key, Stream.class);
    Group group = Groups.need(stream, key, turn.word(2), "");
    Member member = new Member(turn, stream == null ? new Stream() : stream, group);
    member.join(turn.word(3));
    return member;
  }

  /// What becomes of an entry that is claimed.
  private enum Fate {
    TAKEN,
    LEFT,
    GONE
  }

  private Fate take(Id id, boolean force, boolean justIds, List<Reply> claimed) {
    Pending pending = group.pending.get(id);
    List<String> fields = stream.entries.get(id);
    if (fields == null) {
      return group.pending.remove(id) == null ? Fate.LEFT : Fate.GONE;
    }
    if (pending == null && !force) {
      return Fate.LEFT;
    }
    long minIdleMs = turn.number(4);
    if (pending != null && minIdleMs > 0 && turn.nowMs() - pending.deliveredMs() < minIdleMs) {
      return Fate.LEFT;
    }
    long before = pending == null ? 1 : pending.count();
    group.pending.put(id, new Pending(name, turn.nowMs(), justIds ? before : before + 1));
    turn.keys().write();
    claimed.add(justIds ? Reply.bulk(id.toString()) : Streams.entry(id, fields));
    return Fate.TAKEN;
  }

  /// `XAUTOCLAIM key group consumer min-idle-time start COUNT count [JUSTID]`
  static Outcome claimIdle(Turn turn) {
    Member member = of(turn);
    boolean justIds = turn.words().contains("JUSTID");
    long left = turn.number(7);
    long attempts = left * 10;
    List<Reply> claimed = new ArrayList<>();
    List<Reply> gone = new ArrayList<>();
    Id next = Id.ZERO;
    for (Id id : List.copyOf(member.group.pending.tailMap(Id.parse(turn.word(5)), true).keySet())) {
      if (left == 0 || attempts == 0) {
        next = id;
        break;
      }
      attempts--;
      Fate fate = member.take(id, false, justIds, claimed);
      left -= fate == Fate.LEFT ? 0 : 1;
      if (fate == Fate.GONE) {
        gone.add(Reply.bulk(id.toString()));
      }
    }
    return Outcome.done(
        Reply.many(Reply.bulk(next.toString()), Reply.many(claimed), Reply.many(gone)));
  }
}
