package naru.compatibility.differential;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads replies from one connection. It is as strict as a comparison of bytes: a length that is
/// not written in its shortest form is not RESP to it. Nothing is thrown: once a connection is
/// broken, every further reply says how.
final class ReplyReader {
  private final InputStream in;
  private Reply.@Nullable Broken broken;

  ReplyReader(InputStream in) {
    this.in = in;
  }

  /// Reads what `Reply.wire` wrote.
  static ReplyReader of(String wire) {
    return new ReplyReader(new ByteArrayInputStream(wire.getBytes(StandardCharsets.ISO_8859_1)));
  }

  Reply read() {
    if (broken == null) {
      try {
        return next();
      } catch (SocketTimeoutException _) {
        broken = new Reply.Broken("silent");
      } catch (Unreadable e) {
        broken = new Reply.Broken(e.why());
      } catch (IOException _) {
        // A reset is how a close looks when our own bytes were still on the way.
        broken = new Reply.Broken("closed");
      }
    }
    return broken;
  }

  /// Whether there is something to read, were it that nothing will come.
  boolean hasInput() {
    try {
      return broken != null || in.available() > 0;
    } catch (IOException _) {
      return true;
    }
  }

  boolean isBroken() {
    return broken != null;
  }

  private Reply next() throws IOException {
    char type = (char) octet();
    if (type == '<') {
      // No reply begins so: a transcript tells that there was none.
      String why = line();
      throw new Unreadable(why.substring(0, why.length() - 1));
    }
    String line = line();
    return switch (type) {
      case '+', '-', ':', ',', '#', '(', '_' -> new Reply.Line(type, line);
      case '$', '!', '=' -> line.equals("-1") ? new Reply.Absent(type) : bulk(type, count(line));
      case '*', '~', '>' -> line.equals("-1") ? new Reply.Absent(type) : group(type, count(line));
      case '%' -> group(type, 2 * count(line));
      default -> throw new Unreadable("not RESP: " + Quoted.quote(type + line));
    };
  }

  private Reply bulk(char type, int size) throws IOException {
    byte[] bytes = in.readNBytes(size + 2);
    if (bytes.length < size + 2) {
      throw new EOFException();
    }
    if (bytes[size] != '\r' || bytes[size + 1] != '\n') {
      throw new Unreadable("not RESP: no line end after a bulk of " + size + " bytes");
    }
    return new Reply.Bulk(type, new String(bytes, 0, size, StandardCharsets.ISO_8859_1));
  }

  private Reply group(char type, int count) throws IOException {
    List<Reply> items = new ArrayList<>(Math.min(count, 1024));
    for (int i = 0; i < count; i++) {
      items.add(next());
    }
    return new Reply.Group(type, items);
  }

  private static int count(String line) throws Unreadable {
    boolean canonical = line.matches("0|[1-9][0-9]{0,8}");
    if (!canonical) {
      throw new Unreadable("not RESP: the length " + Quoted.quote(line));
    }
    return Integer.parseInt(line);
  }

  private String line() throws IOException {
    StringBuilder out = new StringBuilder();
    for (int octet = octet(); octet != '\r'; octet = octet()) {
      out.append((char) octet);
    }
    if (octet() != '\n') {
      throw new Unreadable("not RESP: a line that ends in \\r alone");
    }
    return out.toString();
  }

  private int octet() throws IOException {
    int octet = in.read();
    if (octet < 0) {
      throw new EOFException();
    }
    return octet;
  }

  private static final class Unreadable extends IOException {
    private static final long serialVersionUID = 1;
    private final String why;

    Unreadable(String why) {
      super(why);
      this.why = why;
    }

    String why() {
      return why;
    }
  }
}
