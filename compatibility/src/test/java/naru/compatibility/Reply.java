package naru.compatibility;

import java.util.List;
import java.util.Map;

/// A reply of RESP2 or RESP3. Bytes are held as ISO 8859-1 text: one character a byte, none lost.
public sealed interface Reply {
  record Simple(String text) implements Reply {}

  /// An error; its message starts with the code, without the `-`.
  record Problem(String message) implements Reply {}

  record Whole(long value) implements Reply {}

  record Bulk(String bytes) implements Reply {}

  /// `$-1`, `*-1` or `_`.
  record Nothing() implements Reply {}

  record Sequence(List<Reply> items) implements Reply {}

  record Members(List<Reply> items) implements Reply {}

  record Push(List<Reply> items) implements Reply {}

  record Mapping(Map<Reply, Reply> entries) implements Reply {}

  record Fraction(double value) implements Reply {}

  record Truth(boolean value) implements Reply {}

  record Big(String digits) implements Reply {}

  record Verbatim(String format, String bytes) implements Reply {}

  /// What a person would read; an error keeps its `-`, so that it is never taken for a value.
  default String text() {
    return switch (this) {
      case Simple(String text) -> text;
      case Problem(String message) -> "-" + message;
      case Whole(long value) -> Long.toString(value);
      case Bulk(String bytes) -> bytes;
      case Nothing() -> "(nil)";
      case Sequence(List<Reply> items) -> texts(items);
      case Members(List<Reply> items) -> texts(items);
      case Push(List<Reply> items) -> texts(items);
      case Mapping(Map<Reply, Reply> entries) -> entries.toString();
      case Fraction(double value) -> Double.toString(value);
      case Truth(boolean value) -> Boolean.toString(value);
      case Big(String digits) -> digits;
      case Verbatim(String _, String bytes) -> bytes;
    };
  }

  default long whole() {
    if (this instanceof Whole(long value)) {
      return value;
    }
    throw new AssertionError("not a whole number: " + this);
  }

  default List<Reply> items() {
    return switch (this) {
      case Sequence(List<Reply> items) -> items;
      case Members(List<Reply> items) -> items;
      case Push(List<Reply> items) -> items;
      case Simple _, Problem _, Whole _, Bulk _, Nothing _, Mapping _ -> throw notItems(this);
      case Fraction _, Truth _, Big _, Verbatim _ -> throw notItems(this);
    };
  }

  /// The items of a sequence, each as text.
  default List<String> texts() {
    return items().stream().map(Reply::text).toList();
  }

  private static AssertionError notItems(Reply reply) {
    return new AssertionError("not a sequence: " + reply);
  }

  private static String texts(List<Reply> items) {
    return items.stream().map(Reply::text).toList().toString();
  }
}
