package naru.compatibility.differential;

import java.util.List;

/// One reply as it stood on the wire. Text holds one byte in each char (ISO-8859-1), so that two
/// equal replies are equal bytes. The types are the first bytes of RESP2 and RESP3.
sealed interface Reply {
  /// A reply that is one line: `+ - : , # ( _`.
  record Line(char type, String text) implements Reply {}

  /// A length and then as many bytes: `$ ! =`.
  record Bulk(char type, String text) implements Reply {}

  /// A count and then as many replies: `* ~ > %`; a map's keys and values alternate.
  record Group(char type, List<Reply> items) implements Reply {}

  /// RESP2's two nulls, `$-1` and `*-1`.
  record Absent(char type) implements Reply {}

  /// No reply: the connection was closed, or stayed silent, or sent what is not RESP.
  record Broken(String why) implements Reply {}

  /// The text of a line or a bulk, else the empty string.
  default String text() {
    return switch (this) {
      case Line line -> line.text();
      case Bulk bulk -> bulk.text();
      case Group _, Absent _, Broken _ -> "";
    };
  }

  /// The items of a group, else none.
  default List<Reply> items() {
    return switch (this) {
      case Group group -> group.items();
      case Line _, Bulk _, Absent _, Broken _ -> List.of();
    };
  }

  default boolean isError() {
    return this instanceof Line(char type, _) && type == '-';
  }

  /// Whether this is `*N` or `>N` whose first item is one of these words, which is how pub/sub
  /// speaks.
  default boolean speaks(List<String> words) {
    return this instanceof Group(char type, List<Reply> items)
        && (type == '*' || type == '>')
        && !items.isEmpty()
        && words.contains(items.getFirst().text());
  }

  /// The bytes that were read.
  default String wire() {
    StringBuilder out = new StringBuilder();
    write(this, out);
    return out.toString();
  }

  private static void write(Reply reply, StringBuilder out) {
    switch (reply) {
      case Line(char type, String text) -> out.append(type).append(text).append("\r\n");
      case Bulk(char type, String text) ->
          out.append(type).append(text.length()).append("\r\n").append(text).append("\r\n");
      case Absent(char type) -> out.append(type).append("-1\r\n");
      case Broken(String why) -> out.append("<").append(why).append(">\r\n");
      case Group(char type, List<Reply> items) -> {
        int count = type == '%' ? items.size() / 2 : items.size();
        out.append(type).append(count).append("\r\n");
        items.forEach(item -> write(item, out));
      }
    }
  }
}
