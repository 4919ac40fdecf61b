package naru.protocol.resp;

import java.nio.charset.StandardCharsets;
import java.util.StringJoiner;

/// Replies as a person would write them down, see [Bench].
final class ReplyText {
  private final byte[] bytes;
  private int at;

  private ReplyText(byte[] bytes) {
    this.bytes = bytes;
  }

  static String of(byte[] bytes) {
    ReplyText text = new ReplyText(bytes);
    StringJoiner replies = new StringJoiner(" ");
    while (text.at < bytes.length) {
      replies.add(text.next());
    }
    return replies.toString();
  }

  private String next() {
    char type = (char) bytes[at++];
    String line = line();
    return switch (type) {
      case '+' -> line;
      case '-', ':', ',', '#', '(' -> type + line;
      case '_' -> "nil";
      case '$' -> line.equals("-1") ? "nil" : '"' + block(line) + '"';
      case '=' -> '"' + block(line).substring(4) + '"';
      case '*' -> line.equals("-1") ? "nil" : items(Integer.parseInt(line), "[", "]");
      case '~' -> items(Integer.parseInt(line), "~[", "]");
      case '>' -> items(Integer.parseInt(line), ">[", "]");
      case '%' -> pairs(Integer.parseInt(line));
      default -> throw new AssertionError("no reply begins with " + type);
    };
  }

  private String line() {
    int end = at;
    while (bytes[end] != '\r') {
      end++;
    }
    String line = new String(bytes, at, end - at, StandardCharsets.UTF_8);
    at = end + 2;
    return line;
  }

  private String block(String length) {
    int count = Integer.parseInt(length);
    String block = new String(bytes, at, count, StandardCharsets.UTF_8);
    at += count + 2;
    return block;
  }

  private String items(int count, String open, String close) {
    StringJoiner items = new StringJoiner(", ", open, close);
    for (int i = 0; i < count; i++) {
      items.add(next());
    }
    return items.toString();
  }

  private String pairs(int count) {
    StringJoiner pairs = new StringJoiner(", ", "{", "}");
    for (int i = 0; i < count; i++) {
      pairs.add(next() + ": " + next());
    }
    return pairs.toString();
  }
}
