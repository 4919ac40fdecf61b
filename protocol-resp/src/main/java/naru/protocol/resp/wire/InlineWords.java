package naru.protocol.resp.wire;

import naru.bytes.ByteWriter;
import naru.bytes.Bytes;

/// Splits a line typed by hand into words, with quotes and escapes as `redis-cli` knows them:
/// `"..."` with `\n \r \t \b \a \xHH` and `\` before any other byte, `'...'` with `\'`.
final class InlineWords {
  private final Bytes line;
  private int at;

  private InlineWords(Bytes line) {
    this.line = line;
  }

  /// Throws [Violation] when a quote is not closed, or closed in the middle of a word.
  static void split(Bytes line, Arguments into) {
    InlineWords words = new InlineWords(line);
    while (words.skipSpaces()) {
      into.add(words.word());
    }
  }

  private boolean skipSpaces() {
    while (at < line.length() && isSpace(line.at(at))) {
      at++;
    }
    return at < line.length();
  }

  private Bytes word() {
    ByteWriter word = new ByteWriter(32);
    while (at < line.length() && !isSpace(line.at(at))) {
      byte b = line.at(at++);
      if (b == '"') {
        doubleQuoted(word);
      } else if (b == '\'') {
        singleQuoted(word);
      } else if (b == 0) {
        break;
      } else {
        word.writeByte(b);
      }
    }
    return Bytes.of(word.toArray());
  }

  private void doubleQuoted(ByteWriter word) {
    while (at < line.length()) {
      byte b = line.at(at++);
      if (b == '"') {
        requireEnd();
        return;
      }
      if (b == '\\' && at < line.length()) {
        escaped(word);
      } else {
        word.writeByte(b);
      }
    }
    throw unbalanced();
  }

  private void escaped(ByteWriter word) {
    byte b = line.at(at++);
    if (b == 'x' && at + 1 < line.length() && isHex(line.at(at)) && isHex(line.at(at + 1))) {
      word.writeByte(Character.digit(line.at(at), 16) * 16 + Character.digit(line.at(at + 1), 16));
      at += 2;
      return;
    }
    word.writeByte(
        switch (b) {
          case 'n' -> '\n';
          case 'r' -> '\r';
          case 't' -> '\t';
          case 'b' -> '\b';
          case 'a' -> 7;
          default -> b;
        });
  }

  private void singleQuoted(ByteWriter word) {
    while (at < line.length()) {
      byte b = line.at(at++);
      if (b == '\'') {
        requireEnd();
        return;
      }
      if (b == '\\' && at < line.length() && line.at(at) == '\'') {
        word.writeByte('\'');
        at++;
      } else {
        word.writeByte(b);
      }
    }
    throw unbalanced();
  }

  private void requireEnd() {
    if (at < line.length() && !isSpace(line.at(at))) {
      throw unbalanced();
    }
  }

  private static Violation unbalanced() {
    return new Violation("unbalanced quotes in request");
  }

  private static boolean isSpace(byte b) {
    return b == ' ' || (b >= '\t' && b <= '\r');
  }

  private static boolean isHex(byte b) {
    return Character.digit(b, 16) >= 0;
  }
}
