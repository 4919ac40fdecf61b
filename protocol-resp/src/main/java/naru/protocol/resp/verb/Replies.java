package naru.protocol.resp.verb;

import java.nio.charset.StandardCharsets;
import java.util.List;
import naru.bytes.Bytes;
import naru.protocol.resp.wire.RespWriter;
import org.jspecify.annotations.Nullable;

/// The replies that many commands give.
public final class Replies {
  public static final RespReply OK = encoded("+OK\r\n");
  public static final RespReply PONG = encoded("+PONG\r\n");
  public static final RespReply QUEUED = encoded("+QUEUED\r\n");
  public static final RespReply ZERO = encoded(":0\r\n");
  public static final RespReply ONE = encoded(":1\r\n");
  public static final RespReply EMPTY_BULK = encoded("$0\r\n\r\n");
  public static final RespReply EMPTY_ARRAY = encoded("*0\r\n");
  public static final RespReply NULL = RespWriter::nullBulk;
  public static final RespReply NULL_ARRAY = RespWriter::nullArray;
  public static final RespReply EMPTY_MAP = out -> out.map(0);
  public static final RespReply EMPTY_SET = out -> out.set(0);

  /// Nothing at all: the command has written for itself, or is answered by pushes.
  public static final RespReply NONE = _ -> {};

  private Replies() {}

  private static RespReply encoded(String ascii) {
    byte[] bytes = ascii.getBytes(StandardCharsets.US_ASCII);
    return out -> out.raw(bytes);
  }

  /// A reply written by a lambda, where the type alone does not say that it is one.
  public static RespReply of(RespReply reply) {
    return reply;
  }

  public static RespReply integer(long value) {
    return value == 0 ? ZERO : value == 1 ? ONE : out -> out.integer(value);
  }

  /// A bulk string; the bytes may be borrowed.
  public static RespReply bulk(Bytes bytes) {
    return out -> out.bulk(bytes);
  }

  public static RespReply bulk(String text) {
    return out -> out.bulk(text);
  }

  public static RespReply bulkOrNull(@Nullable Bytes bytes) {
    return bytes == null ? NULL : bulk(bytes);
  }

  /// A double.
  public static RespReply number(double value) {
    return out -> out.number(value);
  }

  public static RespReply simple(String ascii) {
    return out -> out.simple(ascii);
  }

  /// An error as part of a reply, in a place where declining is not possible.
  public static RespReply error(String text) {
    return out -> out.error(text);
  }

  /// An array of bulk strings, null for each that is missing.
  public static RespReply bulks(List<? extends @Nullable Bytes> items) {
    return out -> {
      out.array(items.size());
      for (Bytes item : items) {
        out.bulkOrNull(item);
      }
    };
  }

  /// An array of replies.
  public static RespReply array(List<? extends RespReply> items) {
    return out -> {
      out.array(items.size());
      for (RespReply item : items) {
        item.writeTo(out);
      }
    };
  }

  /// An array of bulk strings of ASCII or UTF-8, as `HELP` subcommands give it.
  public static RespReply lines(List<String> lines) {
    return out -> {
      out.array(lines.size());
      for (String line : lines) {
        out.simple(line);
      }
    };
  }
}
