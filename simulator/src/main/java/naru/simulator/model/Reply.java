package naru.simulator.model;

import java.util.List;

/// A reply of the Redis protocol, version 2.
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

  /// `$3 abc`
  record Bulk(String text) implements Reply {}

  /// `$-1`
  record NoBulk() implements Reply {}

  /// `*-1`
  record NoMany() implements Reply {}

  /// `*2 ...`
  record Many(List<Reply> items) implements Reply {}

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
    return many(texts.stream().map(Reply::bulk).toList());
  }

  /// The bytes, one in each character.
  default String encoded() {
    StringBuilder out = new StringBuilder();
    write(out);
    return out.toString();
  }

  private void write(StringBuilder out) {
    switch (this) {
      case Status(String text) -> out.append('+').append(text);
      case Failure(String text) -> out.append('-').append(text);
      case Number(long value) -> out.append(':').append(value);
      case Bulk(String text) -> out.append('$').append(text.length()).append("\r\n").append(text);
      case NoBulk() -> out.append("$-1");
      case NoMany() -> out.append("*-1");
      case Many(List<Reply> items) -> {
        out.append('*').append(items.size()).append("\r\n");
        items.forEach(item -> item.write(out));
        return;
      }
    }
    out.append("\r\n");
  }

  /// For people: one line.
  default String shown() {
    return switch (this) {
      case Status(String text) -> text;
      case Failure(String text) -> "-" + text;
      case Number(long value) -> ":" + value;
      case Bulk(String text) -> text.length() > 40 ? text.substring(0, 40) + ".." : text;
      case NoBulk() -> "nil";
      case NoMany() -> "nil[]";
      case Many(List<Reply> items) -> items.stream().map(Reply::shown).toList().toString();
    };
  }
}
