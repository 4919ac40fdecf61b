package naru.simulator.model;

import java.util.ArrayList;
import java.util.List;

/// A reply of the Redis protocol, in both of its versions.
@SuppressWarnings({"ClassInitializationDeadlock", "AvoidCommonTypeNames"})
public sealed interface Reply {
  Reply OK = new Status("OK");
  Reply QUEUED = new Status("QUEUED");
  Reply NONE = new NoBulk();
  Reply NONE_MANY = new NoMany();

  /// `+OK`
  record Status(String text) implements Reply {}

  /// `-ERR sentence`
  record Failure(String text) implements Reply {}

  /// `:7`
  record Number(long value) implements Reply {}

  /// `$1 7`, or `,7`.
  record Score(long value) implements Reply {}

  /// `$3 abc`
  record Bulk(String text) implements Reply {}

  /// `$-1`
  record NoBulk() implements Reply {}

  /// `*-1`
  record NoMany() implements Reply {}

  /// `*2 ...`
  record Many(List<Reply> items) implements Reply {}

  /// Names and values by turns: `*4 ...`, or `%2 ...`.
  record Table(List<Reply> items) implements Reply {}

  /// Names and values by turns: `*2 *2 ... *2 ...`, or `%2 ...`.
  record Pairs(List<Reply> items) implements Reply {}

  /// What nobody asked for: `*3 ...`, or `>3 ...`.
  record Push(List<Reply> items) implements Reply {}

  /// One after the other.
  record Several(List<Reply> replies) implements Reply {}

  static Reply number(long value) {
    return new Number(value);
  }

  static Reply bulk(String text) {
    return new Bulk(text);
  }

  static Reply many(List<? extends Reply> items) {
    return new Many(List.copyOf(items));
  }

  static Reply many(Reply... items) {
    return new Many(List.of(items));
  }

  static Reply bulks(List<String> texts) {
    return many(texts(texts));
  }

  static List<Reply> texts(List<String> texts) {
    return texts.stream().map(Reply::bulk).toList();
  }

  static Reply push(Reply... items) {
    return new Push(List.of(items));
  }

  /// The bytes, one in each character.
  ///
  /// @param version of the protocol, 2 or 3
  default String encoded(int version) {
    StringBuilder out = new StringBuilder();
    write(out, version);
    return out.toString();
  }

  private void write(StringBuilder out, int version) {
    switch (this) {
      case Status(String text) -> out.append('+').append(text);
      case Failure(String text) -> out.append('-').append(text);
      case Number(long value) -> out.append(':').append(value);
      case Score(long value) -> {
        if (version == 2) {
          bulk(Long.toString(value)).write(out, version);
          return;
        }
        out.append(',').append(value);
      }
      case Bulk(String text) -> out.append('$').append(text.length()).append("\r\n").append(text);
      case NoBulk() -> out.append(version == 2 ? "$-1" : "_");
      case NoMany() -> out.append(version == 2 ? "*-1" : "_");
      case Many(List<Reply> items) -> {
        write(out, '*', items.size(), items, version);
        return;
      }
      case Table(List<Reply> items) -> {
        int size = version == 2 ? items.size() : items.size() / 2;
        write(out, version == 2 ? '*' : '%', size, items, version);
        return;
      }
      case Pairs(List<Reply> items) -> {
        if (version == 2) {
          many(pairs(items)).write(out, version);
        } else {
          write(out, '%', items.size() / 2, items, version);
        }
        return;
      }
      case Push(List<Reply> items) -> {
        write(out, version == 2 ? '*' : '>', items.size(), items, version);
        return;
      }
      case Several(List<Reply> replies) -> {
        replies.forEach(reply -> reply.write(out, version));
        return;
      }
    }
    out.append("\r\n");
  }

  private static void write(
      StringBuilder out, char kind, int size, List<Reply> items, int version) {
    out.append(kind).append(size).append("\r\n");
    items.forEach(item -> item.write(out, version));
  }

  private static List<Reply> pairs(List<Reply> items) {
    List<Reply> pairs = new ArrayList<>();
    for (int i = 0; i < items.size(); i += 2) {
      pairs.add(many(items.subList(i, i + 2)));
    }
    return pairs;
  }

  /// For people: one line.
  default String shown() {
    return switch (this) {
      case Status(String text) -> text;
      case Failure(String text) -> "-" + text;
      case Number(long value) -> ":" + value;
      case Score(long value) -> "," + value;
      case Bulk(String text) -> text.length() > 40 ? text.substring(0, 40) + ".." : text;
      case NoBulk() -> "nil";
      case NoMany() -> "nil[]";
      case Many(List<Reply> items) -> shown(items);
      case Table(List<Reply> items) -> shown(items);
      case Pairs(List<Reply> items) -> shown(items);
      case Push(List<Reply> items) -> ">" + shown(items);
      case Several(List<Reply> replies) -> shown(replies);
    };
  }

  private static String shown(List<Reply> replies) {
    return replies.stream().map(Reply::shown).toList().toString();
  }
}
