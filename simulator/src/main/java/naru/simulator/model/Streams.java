package naru.simulator.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import naru.simulator.model.Value.Stream;
import org.jspecify.annotations.Nullable;

/// Streams without groups.
final class Streams {
  private static final Reply TOO_SMALL =
      new Reply.Failure(
          "ERR The ID specified in XADD is equal or smaller than the target stream top item");

  private static final Reply ZERO =
      new Reply.Failure("ERR The ID specified in XADD must be greater than 0-0");

  private Streams() {}

  private static @Nullable Stream find(Turn turn, String key) {
    return turn.find(key, Stream.class);
  }

  /// `XADD key [NOMKSTREAM] [MAXLEN|MINID [=] threshold] id field value ...`
  static Outcome add(Turn turn) {
    String key = turn.word(1);
    boolean creates = !turn.word(2).equals("NOMKSTREAM");
    int trim = creates ? 2 : 3;
    int at = afterTrim(turn, trim);
    if (turn.word(at).equals("0-0")) {
      return Outcome.done(ZERO);
    }
    Stream present = find(turn, key);
    if (present == null && !creates) {
      return Outcome.done(Reply.NONE);
    }
    Stream stream = present == null ? new Stream() : present;
    Id id = turn.word(at).equals("*") ? nextId(stream, turn.nowMs()) : Id.parse(turn.word(at));
    if (id.compareTo(stream.lastId) <= 0) {
      return Outcome.done(TOO_SMALL);
    }
    stream.entries.put(id, List.copyOf(turn.from(at + 1)));
    stream.lastId = id;
    stream.added++;
    if (trim < at) {
      trim(turn, trim, stream);
    }
    turn.put(key, stream);
    return Outcome.done(Reply.bulk(id.toString()));
  }

  private static Id nextId(Stream stream, long nowMs) {
    return nowMs > stream.lastId.ms() ? new Id(nowMs, 0) : stream.lastId.next();
  }

  private static int afterTrim(Turn turn, int at) {
    boolean trims = turn.word(at).equals("MAXLEN") || turn.word(at).equals("MINID");
    return !trims ? at : turn.word(at + 1).equals("=") ? at + 3 : at + 2;
  }

  private static int trim(Turn turn, int at, Stream stream) {
    String threshold = turn.word(turn.word(at + 1).equals("=") ? at + 2 : at + 1);
    int before = stream.entries.size();
    if (turn.word(at).equals("MINID")) {
      stream.entries.headMap(Id.parse(threshold), false).clear();
    } else {
      while (stream.entries.size() > Long.parseLong(threshold)) {
        stream.entries.pollFirstEntry();
      }
    }
    return before - stream.entries.size();
  }

  static Outcome trim(Turn turn) {
    Stream stream = find(turn, turn.word(1));
    if (stream == null) {
      return Outcome.number(0);
    }
    int trimmed = trim(turn, 2, stream);
    if (trimmed > 0) {
      turn.keys().change(turn.word(1));
    }
    return Outcome.number(trimmed);
  }

  static Outcome delete(Turn turn) {
    Stream stream = find(turn, turn.word(1));
    long deleted = 0;
    for (String id : turn.from(2)) {
      if (stream != null && delete(stream, Id.parse(id))) {
        turn.keys().change(turn.word(1));
        deleted++;
      }
    }
    return Outcome.number(deleted);
  }

  static boolean delete(Stream stream, Id id) {
    if (stream.entries.remove(id) == null) {
      return false;
    }
    if (id.compareTo(stream.maxDeleted) > 0) {
      stream.maxDeleted = id;
    }
    return true;
  }

  static Outcome length(Turn turn) {
    Stream stream = find(turn, turn.word(1));
    return Outcome.number(stream == null ? 0 : stream.entries.size());
  }

  /// `XRANGE key from to [COUNT count]`, or the other way round.
  static Outcome range(Turn turn, boolean backwards) {
    Stream stream = find(turn, turn.word(1));
    Id from = Id.bound(turn.word(backwards ? 3 : 2), Id.ZERO);
    Id to = Id.bound(turn.word(backwards ? 2 : 3), Id.MAX);
    if (stream == null || from.compareTo(to) > 0) {
      return Outcome.done(Reply.many());
    }
    NavigableMap<Id, List<String>> part = stream.entries.subMap(from, true, to, true);
    long most = turn.count() > 4 ? turn.number(5) : Long.MAX_VALUE;
    return Outcome.done(entries(backwards ? part.descendingMap() : part, most));
  }

  static Reply entries(Map<Id, List<String>> entries, long most) {
    List<Reply> replies = new ArrayList<>();
    entries.forEach(
        (id, fields) -> {
          if (replies.size() < most) {
            replies.add(entry(id, fields));
          }
        });
    return Reply.many(replies);
  }

  static Reply entry(Id id, List<String> fields) {
    return Reply.many(Reply.bulk(id.toString()), Reply.bulks(fields));
  }

  /// `XREAD [COUNT count] [BLOCK ms] STREAMS key ... id ...`
  static Outcome read(Turn turn) {
    ReadOptions options = ReadOptions.of(turn);
    List<Reply> parts = new ArrayList<>();
    List<String> again = new ArrayList<>(turn.words());
    for (int i = 0; i < options.keys().size(); i++) {
      String key = options.keys().get(i);
      Stream stream = turn.waitedFor(key, Stream.class);
      Id after = after(options.ids().get(i), stream);
      again.set(options.firstId() + i, after.toString());
      if (stream != null && !stream.entries.tailMap(after, false).isEmpty()) {
        Reply entries = entries(stream.entries.tailMap(after, false), options.count());
        parts.add(Reply.bulk(key));
        parts.add(entries);
      }
    }
    if (!parts.isEmpty()) {
      return Outcome.done(new Reply.Pairs(parts));
    }
    return options.orWait(again);
  }

  private static Id after(String text, @Nullable Stream stream) {
    if (text.equals("$")) {
      return stream == null ? Id.ZERO : stream.lastId;
    }
    return Id.parse(text);
  }
}
