package naru.simulator;

import java.util.ArrayList;
import java.util.List;
import naru.simulator.model.Reply;

/// Reads replies of the Redis protocol, version 2, from text that holds a byte in each character.
final class ReplyReader {
  private final String text;
  private int at;

  ReplyReader(String text) {
    this.text = text;
  }

  /// Whether the text holds nothing more.
  boolean isAtEnd() {
    return at == text.length();
  }

  /// The next reply. Throws [StringIndexOutOfBoundsException] if it is not there whole.
  Reply next() {
    char kind = text.charAt(at++);
    String line = line();
    return switch (kind) {
      case '+' -> new Reply.Status(line);
      case '-' -> new Reply.Failure(line);
      case ':' -> Reply.number(Long.parseLong(line));
      case '$' -> line.equals("-1") ? Reply.NONE : Reply.bulk(bulk(Integer.parseInt(line)));
      case '*' -> line.equals("-1") ? Reply.NONE_MANY : many(Integer.parseInt(line));
      default -> throw new SimulationFailure("not a reply: " + text.substring(at - 1));
    };
  }

  private String line() {
    int end = text.indexOf("\r\n", at);
    String line = text.substring(at, end);
    at = end + 2;
    return line;
  }

  private String bulk(int length) {
    String bulk = text.substring(at, at + length);
    at += length + 2;
    return bulk;
  }

  private Reply many(int count) {
    List<Reply> items = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      items.add(next());
    }
    return Reply.many(items);
  }
}
