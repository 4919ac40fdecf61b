package naru.protocol.resp.setting;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import naru.bytes.Bytes;
import naru.bytes.Numbers;
import naru.reactor.OutputLimit;
import org.jspecify.annotations.Nullable;

/// How much each class of clients may leave unread: `client-output-buffer-limit`.
///
/// As text: for one or more classes, its name, the hard limit, the soft limit, and for how many
/// seconds the soft one may be passed. Classes that are not named keep their limits.
public final class OutputLimits {
  static final String INITIAL =
      "normal 0 0 0 slave 268435456 67108864 60 pubsub 33554432 8388608 60";

  private final Map<String, OutputLimit> byClass = new LinkedHashMap<>();

  OutputLimits() {
    take(INITIAL);
  }

  public OutputLimit normal() {
    return limit("normal");
  }

  public OutputLimit replica() {
    return limit("slave");
  }

  public OutputLimit pubSub() {
    return limit("pubsub");
  }

  private OutputLimit limit(String name) {
    return byClass.getOrDefault(name, OutputLimit.NONE);
  }

  static @Nullable String refusal(String text) {
    String[] words = text.trim().split("\\s+", -1);
    if (words.length % 4 != 0) {
      return "Wrong number of arguments in buffer limit configuration.";
    }
    for (int i = 0; i < words.length; i += 4) {
      if (name(words[i]) == null) {
        return "Invalid client class specified in buffer limit configuration.";
      }
      if (MemorySize.parse(words[i + 1]) < 0
          || MemorySize.parse(words[i + 2]) < 0
          || !isSeconds(words[i + 3])) {
        return "Error in hard, soft or soft_seconds setting in buffer limit configuration.";
      }
    }
    return null;
  }

  private static boolean isSeconds(String word) {
    Bytes text = Bytes.of(word);
    return Numbers.isLong(text)
        && Numbers.parseLong(text) >= 0
        && Numbers.parseLong(text) <= Integer.MAX_VALUE;
  }

  private static @Nullable String name(String word) {
    return switch (word.toLowerCase(Locale.ROOT)) {
      case "normal" -> "normal";
      case "slave", "replica" -> "slave";
      case "pubsub" -> "pubsub";
      default -> null;
    };
  }

  void take(String text) {
    String[] words = text.trim().split("\\s+", -1);
    for (int i = 0; i < words.length; i += 4) {
      String name = name(words[i]);
      if (name != null) {
        long softMs = Numbers.parseLong(Bytes.of(words[i + 3])) * 1000;
        OutputLimit limit =
            new OutputLimit(MemorySize.parse(words[i + 1]), MemorySize.parse(words[i + 2]), softMs);
        byClass.put(name, limit);
      }
    }
  }

  /// All classes as text.
  String text() {
    StringBuilder text = new StringBuilder();
    byClass.forEach(
        (name, limit) ->
            text.append(text.isEmpty() ? "" : " ")
                .append(name)
                .append(' ')
                .append(limit.hardBytes())
                .append(' ')
                .append(limit.softBytes())
                .append(' ')
                .append(limit.softMs() / 1000));
    return text.toString();
  }
}
