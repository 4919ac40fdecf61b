package naru.protocol.resp;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// A RESP2 reply as lists within lists: integers are `Long`, all else is text, null is `nil`.
public final class ReplyTree {
  private final byte[] bytes;
  private int at;

  private ReplyTree(byte[] bytes) {
    this.bytes = bytes;
  }

  public static Object of(byte[] reply) {
    return new ReplyTree(reply).next();
  }

  /// The items of an array.
  @SuppressWarnings("unchecked")
  public static List<Object> items(Object reply) {
    return (List<Object>) reply;
  }

  private Object next() {
    int type = bytes[at++];
    String line = line();
    return switch (type) {
      case '*' -> array(Integer.parseInt(line));
      case '$' -> bulk(Integer.parseInt(line));
      case ':' -> Long.valueOf(line);
      default -> line;
    };
  }

  private Object array(int count) {
    if (count < 0) {
      return "nil";
    }
    List<Object> items = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      items.add(next());
    }
    return items;
  }

  private Object bulk(int length) {
    if (length < 0) {
      return "nil";
    }
    String text = new String(bytes, at, length, StandardCharsets.UTF_8);
    at += length + 2;
    return text;
  }

  private String line() {
    int from = at;
    while (bytes[at] != '\r') {
      at++;
    }
    at += 2;
    return new String(bytes, from, at - 2 - from, StandardCharsets.UTF_8);
  }
}
