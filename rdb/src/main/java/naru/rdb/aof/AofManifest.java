package naru.rdb.aof;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Which files an append-only file is made of, since Redis 7: a base, and what came after it.
///
/// ```
/// file appendonly.aof.1.base.rdb seq 1 type b
/// file appendonly.aof.1.incr.aof seq 1 type i
/// ```
///
/// Types are `b` (base), `i` (increment) and `h` (history, not needed any more).
///
/// @param base null if there is none
/// @param increments in the order in which they are read
public record AofManifest(@Nullable String base, List<String> increments) {
  private record Part(String file, long sequence) {}

  /// A line is wrong: its number, and what it says.
  public static final class Malformed extends RuntimeException {
    private static final long serialVersionUID = 1;

    Malformed(int line, String text) {
      super("line " + line + " of the manifest is not understood: " + text);
    }
  }

  /// Reads a manifest. Throws [Malformed].
  public static AofManifest of(List<String> lines) {
    String base = null;
    List<Part> increments = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i).strip();
      if (line.isEmpty() || line.startsWith("#")) {
        continue;
      }
      String[] words = words(line);
      if (words.length != 6 || !words[0].equals("file") || words[1].contains("/")) {
        throw new Malformed(i + 1, line);
      }
      switch (words[5]) {
        case "b" -> {
          if (base != null) {
            throw new Malformed(i + 1, line);
          }
          base = words[1];
        }
        case "i" -> increments.add(new Part(words[1], sequence(words[3], i + 1, line)));
        case "h" -> {}
        default -> throw new Malformed(i + 1, line);
      }
    }
    increments.sort(Comparator.comparingLong(Part::sequence));
    return new AofManifest(base, increments.stream().map(Part::file).toList());
  }

  private static long sequence(String word, int number, String line) {
    try {
      return Long.parseLong(word);
    } catch (NumberFormatException notANumber) {
      throw new Malformed(number, line);
    }
  }

  /// A name with spaces stands in quotes.
  private static String[] words(String line) {
    int open = line.indexOf('"');
    int close = line.lastIndexOf('"');
    if (open < 0 || close == open) {
      return line.split("\\s+");
    }
    String name = line.substring(open + 1, close).replace("\\\"", "\"").replace("\\\\", "\\");
    String[] words = (line.substring(0, open) + "?" + line.substring(close + 1)).split("\\s+");
    if (words.length > 1) {
      words[1] = name;
    }
    return words;
  }
}
