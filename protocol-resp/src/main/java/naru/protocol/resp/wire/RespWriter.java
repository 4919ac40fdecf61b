package naru.protocol.resp.wire;

import naru.bytes.ByteWriter;
import naru.bytes.Bytes;
import naru.bytes.Doubles;
import naru.bytes.Numbers;
import org.jspecify.annotations.Nullable;

/// Writes replies in the version of the protocol that a client speaks. What RESP2 lacks is written
/// as RESP2 clients know it: maps and sets as arrays, doubles as bulk strings, booleans as
/// integers.
///
/// ```
///            RESP2              RESP3
/// null       $-1\r\n            _\r\n
/// null array *-1\r\n            _\r\n
/// map of n   *2n\r\n            %n\r\n
/// set of n   *n\r\n             ~n\r\n
/// push of n  *n\r\n             >n\r\n
/// double     $3\r\n1.5\r\n      ,1.5\r\n
/// boolean    :1\r\n             #t\r\n
/// ```
public final class RespWriter {
  private ByteWriter out;
  private int version;

  /// `version` is 2 or 3.
  public RespWriter(ByteWriter out, int version) {
    this.out = out;
    this.version = version;
  }

  /// Writes to another place from now on.
  public void reset(ByteWriter newOut, int newVersion) {
    out = newOut;
    version = newVersion;
  }

  public int version() {
    return version;
  }

  /// How much has been written, for [#backTo].
  public int mark() {
    return out.length();
  }

  /// Takes back what was written since [#mark].
  public void backTo(int mark) {
    out.truncate(mark);
  }

  /// A whole reply, encoded before.
  public void raw(byte[] encoded) {
    out.write(encoded);
  }

  /// A status: ASCII without line breaks.
  public void simple(String text) {
    line('+', text);
  }

  /// An error: its code, a space, a sentence, one byte for each char. Line breaks in it become
  /// spaces.
  public void error(String text) {
    out.writeByte('-');
    out.writeAscii(text.replace('\r', ' ').replace('\n', ' '));
    end();
  }

  /// As [#error(String)], from bytes that may come from a client.
  public void error(Bytes text) {
    out.writeByte('-');
    for (int i = 0; i < text.length(); i++) {
      byte b = text.at(i);
      out.writeByte(b == '\r' || b == '\n' ? ' ' : b);
    }
    end();
  }

  public void integer(long value) {
    header(':', value);
  }

  public void bulk(Bytes bytes) {
    bulk(bytes.array(), bytes.offset(), bytes.length());
  }

  public void bulk(byte[] array, int offset, int length) {
    header('$', length);
    byte[] into = out.ensure(length + 2);
    int at = out.length();
    System.arraycopy(array, offset, into, at, length);
    into[at + length] = '\r';
    into[at + length + 1] = '\n';
    out.advance(length + 2);
  }

  /// A bulk string of UTF-8.
  public void bulk(String text) {
    bulk(Bytes.of(text));
  }

  /// A bulk string with the decimal form of a number.
  public void bulkInteger(long value) {
    header('$', Numbers.length(value));
    out.writeDecimal(value);
    end();
  }

  /// A bulk string, or null.
  public void bulkOrNull(@Nullable Bytes bytes) {
    if (bytes == null) {
      nullBulk();
    } else {
      bulk(bytes);
    }
  }

  public void nullBulk() {
    out.writeAscii(version >= 3 ? "_\r\n" : "$-1\r\n");
  }

  public void nullArray() {
    out.writeAscii(version >= 3 ? "_\r\n" : "*-1\r\n");
  }

  /// An array; its `count` elements follow.
  public void array(int count) {
    header('*', count);
  }

  /// A map; `count` pairs follow.
  public void map(int count) {
    header(version >= 3 ? '%' : '*', version >= 3 ? count : 2L * count);
  }

  /// A set; its `count` members follow.
  public void set(int count) {
    header(version >= 3 ? '~' : '*', count);
  }

  /// Something nobody asked for; its `count` elements follow.
  public void push(int count) {
    header(version >= 3 ? '>' : '*', count);
  }

  public void bool(boolean value) {
    if (version >= 3) {
      out.writeAscii(value ? "#t\r\n" : "#f\r\n");
    } else {
      integer(value ? 1 : 0);
    }
  }

  /// A double, in the shortest form that reads back as the same, as Redis writes it.
  public void number(double value) {
    if (version >= 3) {
      out.writeByte(',');
      Doubles.write(value, out);
      end();
    } else {
      byte[] text = Doubles.toAscii(value);
      bulk(text, 0, text.length);
    }
  }

  /// Text with a format of three letters (`txt`, `mkd`); a bulk string in RESP2.
  public void verbatim(String format, String text) {
    if (version < 3) {
      bulk(text);
      return;
    }
    Bytes bytes = Bytes.of(text);
    header('=', bytes.length() + 4L);
    out.writeAscii(format);
    out.writeByte(':');
    out.write(bytes);
    end();
  }

  /// A number of any size, given as its digits; a bulk string in RESP2.
  public void bigNumber(Bytes digits) {
    if (version < 3) {
      bulk(digits);
      return;
    }
    out.writeByte('(');
    out.write(digits);
    end();
  }

  /// As [#verbatim(String, String)], from bytes.
  public void verbatim(Bytes format, Bytes text) {
    if (version < 3) {
      bulk(text);
      return;
    }
    header('=', text.length() + 4L);
    for (int i = 0; i < 3; i++) {
      out.writeByte(i < format.length() ? format.at(i) : ' ');
    }
    out.writeByte(':');
    out.write(text);
    end();
  }

  /// A status of bytes that may come from a client: line breaks in it become spaces.
  public void simple(Bytes text) {
    out.writeByte('+');
    for (int i = 0; i < text.length(); i++) {
      byte b = text.at(i);
      out.writeByte(b == '\r' || b == '\n' ? ' ' : b);
    }
    end();
  }

  private void line(char type, String ascii) {
    out.writeByte(type);
    out.writeAscii(ascii);
    end();
  }

  private void header(char type, long value) {
    byte[] into = out.ensure(Numbers.LONG_DIGITS_MAX + 3);
    int at = out.length();
    into[at++] = (byte) type;
    if (value >= 0 && value < 10) {
      into[at++] = (byte) ('0' + value);
    } else {
      at += Numbers.length(value);
      Numbers.write(value, into, at);
    }
    into[at++] = '\r';
    into[at++] = '\n';
    out.advance(at - out.length());
  }

  private void end() {
    byte[] into = out.ensure(2);
    into[out.length()] = '\r';
    into[out.length() + 1] = '\n';
    out.advance(2);
  }
}
