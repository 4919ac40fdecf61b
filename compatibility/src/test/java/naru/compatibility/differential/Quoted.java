package naru.compatibility.differential;

import java.util.ArrayList;
import java.util.List;

/// Bytes as readable text and back: words as they are, everything else in double quotes with `\n \r
/// \t \\ \" \xHH`, and a long run of one letter as `*LENGTHLETTER` (`*5000x`), which keeps
/// transcripts short.
final class Quoted {
  private static final int RUN_LENGTH_MIN = 40;

  private Quoted() {}

  static String quote(String text) {
    if (text.length() >= RUN_LENGTH_MIN
        && text.chars().allMatch(c -> c == text.charAt(0))
        && Character.isLetter(text.charAt(0))
        && text.charAt(0) < 128) {
      return "*" + text.length() + text.charAt(0);
    }
    return text.matches("[!#-)+-\\[\\]-~][!#-\\[\\]-~]*") ? text : '"' + escape(text) + '"';
  }

  /// As within the quotes of `quote`.
  static String escape(String text) {
    StringBuilder out = new StringBuilder();
    for (int at = 0; at < text.length(); at++) {
      char c = text.charAt(at);
      switch (c) {
        case '\n' -> out.append("\\n");
        case '\r' -> out.append("\\r");
        case '\t' -> out.append("\\t");
        case '\\', '"' -> out.append('\\').append(c);
        default -> {
          if (c >= ' ' && c < 127) {
            out.append(c);
          } else {
            out.append(String.format("\\x%02x", (int) c));
          }
        }
      }
    }
    return out.toString();
  }

  /// The words of a line that `quote` wrote, joined by single spaces.
  static List<String> words(String line) {
    List<String> words = new ArrayList<>();
    int at = 0;
    while (at < line.length()) {
      int end = line.charAt(at) == '"' ? closingQuote(line, at) + 1 : endOfWord(line, at);
      words.add(unquote(line.substring(at, end)));
      at = end + 1;
    }
    return words;
  }

  private static int endOfWord(String line, int at) {
    int end = line.indexOf(' ', at);
    return end < 0 ? line.length() : end;
  }

  private static int closingQuote(String line, int open) {
    int at = open + 1;
    while (line.charAt(at) != '"') {
      at += line.charAt(at) == '\\' ? 2 : 1;
    }
    return at;
  }

  static String unquote(String word) {
    if (word.startsWith("\"")) {
      return unescape(word.substring(1, word.length() - 1));
    }
    if (word.matches("\\*\\d+[A-Za-z]")) {
      int count = Integer.parseInt(word.substring(1, word.length() - 1));
      return word.substring(word.length() - 1).repeat(count);
    }
    return word;
  }

  static String unescape(String text) {
    StringBuilder out = new StringBuilder();
    int at = 0;
    while (at < text.length()) {
      boolean escaped = text.charAt(at) == '\\';
      int end = !escaped ? at + 1 : text.charAt(at + 1) == 'x' ? at + 4 : at + 2;
      out.append(escaped ? unescaped(text.substring(at + 1, end)) : text.charAt(at));
      at = end;
    }
    return out.toString();
  }

  private static char unescaped(String escape) {
    return switch (escape.charAt(0)) {
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      case 'x' -> (char) Integer.parseInt(escape.substring(1), 16);
      default -> escape.charAt(0);
    };
  }
}
