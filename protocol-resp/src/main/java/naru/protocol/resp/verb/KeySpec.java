package naru.protocol.resp.verb;

import java.util.List;
import java.util.function.IntConsumer;
import naru.bytes.Bytes;
import naru.protocol.resp.wire.Arguments;
import org.jspecify.annotations.Nullable;

/// Where some of a command's keys stand among its words. Word 0 is the command's name.
///
/// @param keyword the keys begin behind this word if it is not empty, else at `first`
/// @param first index of the first key, of the count of keys for [Extent#COUNTED]; with a keyword,
///     the index where the search for it begins; if that is negative, the search goes backwards
///     from so many words before the end, up to word 2
/// @param extent how far the keys reach
/// @param access what is done to the keys, in Redis' words: `RW access delete`
/// @param told whether clients are told where the keys stand; if not, only that there may be some
/// @param options what stands around the keyword; null if nothing does that could be taken for it
public record KeySpec(
    String keyword,
    int first,
    Extent extent,
    String access,
    boolean told,
    @Nullable Options options) {
  /// How a keyword is found among options with words of their own, one of which may be the same.
  ///
  /// @param from index of the first word that may be an option
  /// @param withWords options with how many words follow them: `BY 1`
  /// @param takesLast whether the last one counts, not the first
  /// @param rival an option that says the same with another word, so that the last of both counts;
  ///     empty for none
  public record Options(int from, List<String> withWords, boolean takesLast, String rival) {
    public Options(int from, List<String> withWords, boolean takesLast) {
      this(from, withWords, takesLast, "");
    }

    private int wordsBehind(Bytes word) {
      for (String option : withWords) {
        int space = option.indexOf(' ');
        if (word.equalsIgnoreCase(option.substring(0, space))) {
          return option.charAt(space + 1) - '0';
        }
      }
      return 0;
    }

    private int find(String keyword, Arguments words) {
      int found = -1;
      int i = from;
      while (i < words.count()) {
        if (words.get(i).equalsIgnoreCase(keyword) && i + 1 < words.count()) {
          i++;
          found = i;
          if (!takesLast) {
            return found;
          }
        } else if (!rival.isEmpty() && words.get(i).equalsIgnoreCase(rival)) {
          i++;
          found = i < words.count() ? -1 : found;
        } else {
          i += wordsBehind(words.get(i));
        }
        i++;
      }
      return found;
    }
  }

  /// How far keys reach.
  public enum Extent {
    /// None that stand among the words: their names follow from what other keys hold.
    ELSEWHERE,
    /// One key.
    ONE,
    /// Two keys side by side.
    TWO,
    /// Every word from the first key on.
    ALL,
    /// Every other word: keys alternate with values.
    ALTERNATING,
    /// All words but the last.
    ALL_BUT_LAST,
    /// The first half of the words that are left: the others belong to the keys, one each.
    HALF,
    /// As many as the word at `first` says; they follow it.
    COUNTED,
    /// As [#COUNTED], each key followed by a value.
    COUNTED_PAIRS
  }

  public KeySpec(String keyword, int first, Extent extent, String access) {
    this(keyword, first, extent, access, true, null);
  }

  /// Whether these are keys at all: `not_key` are words that are placed as if they were.
  public boolean isKey() {
    return !access.startsWith("not_key");
  }

  /// Whether by that access what the keys hold is read.
  public static boolean reads(String access) {
    return says(access, "access");
  }

  /// Whether by that access the keys, or what they hold, are changed.
  public static boolean writes(String access) {
    return says(access, "insert") || says(access, "update") || says(access, "delete");
  }

  private static boolean says(String access, String word) {
    return (" " + access + " ").contains(" " + word + " ");
  }

  KeySpec access(String newAccess) {
    return new KeySpec(keyword, first, extent, newAccess, told, options);
  }

  /// The same keys, of which clients are told only that there may be some.
  public KeySpec untold() {
    return new KeySpec(keyword, first, extent, access, false, options);
  }

  /// The same keys, found among options.
  public KeySpec among(Options newOptions) {
    return new KeySpec(keyword, first, extent, access, told, newOptions);
  }

  /// Visits the index of each key. A call whose words do not fit visits none.
  public void forEachIndex(Arguments words, IntConsumer visitor) {
    int start = start(words);
    if (start < 0 || start >= words.count()) {
      return;
    }
    int count = words.count();
    switch (extent) {
      case ELSEWHERE -> {}
      case ONE -> visitor.accept(start);
      case TWO -> visit(start, Math.min(start + 2, count), 1, visitor);
      case ALL -> visit(start, count, 1, visitor);
      case ALTERNATING -> visit(start, count, 2, visitor);
      case ALL_BUT_LAST -> visit(start, count - 1, 1, visitor);
      case HALF -> visit(start, start + (count - start) / 2, 1, visitor);
      case COUNTED -> visitCounted(words, start, 1, visitor);
      case COUNTED_PAIRS -> visitCounted(words, start, 2, visitor);
    }
  }

  private static void visit(int from, int to, int step, IntConsumer visitor) {
    for (int i = from; i < to; i += step) {
      visitor.accept(i);
    }
  }

  private static void visitCounted(Arguments words, int start, int step, IntConsumer visitor) {
    long count = Parse.longOr(words.get(start), -1);
    if (count > 0 && count <= (words.count() - start - 1) / step) {
      visit(start + 1, start + 1 + (int) count * step, step, visitor);
    }
  }

  private int start(Arguments words) {
    if (keyword.isEmpty()) {
      return first;
    }
    if (options != null) {
      return options.find(keyword, words);
    }
    boolean backwards = first < 0;
    int from = backwards ? words.count() + first : first;
    int end = backwards ? 1 : words.count();
    for (int i = from; backwards ? i > end : i < end; i += backwards ? -1 : 1) {
      if (words.get(i).equalsIgnoreCase(keyword)) {
        return i + 1;
      }
    }
    return -1;
  }
}
