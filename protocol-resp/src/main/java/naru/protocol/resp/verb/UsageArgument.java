package naru.protocol.resp.verb;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// One argument of a usage line, as `COMMAND DOCS` describes it: a word of the client's, a fixed
/// word, a choice, or several arguments together.
///
/// @param name what it is called
/// @param type `key`, `string`, `integer`, `double`, `pattern`, `unix-time`, `pure-token`, `oneof`
///     or `block`
/// @param token the fixed word before it, or that it is; empty for none
/// @param optional whether it may be left out
/// @param multiple whether it may be repeated
/// @param parts what it consists of, for `oneof` and `block`
public record UsageArgument(
    String name,
    String type,
    String token,
    boolean optional,
    boolean multiple,
    List<UsageArgument> parts) {
  private static final Set<String> KEYS =
      Set.of("key", "key1", "key2", "source", "destination", "newkey", "destkey");
  private static final Set<String> INTEGERS =
      Set.of(
          "count",
          "numkeys",
          "seconds",
          "milliseconds",
          "index",
          "start",
          "stop",
          "offset",
          "increment",
          "decrement",
          "timeout",
          "db",
          "cursor",
          "rank",
          "maxlen",
          "len",
          "threshold",
          "end",
          "numfields",
          "limit",
          "num-matches",
          "id-count",
          "port",
          "numreplicas",
          "numlocal",
          "client-id",
          "min-idle-time",
          "ms",
          "protover",
          "index1",
          "index2",
          "maxage",
          "size");
  private static final Set<String> DOUBLES =
      Set.of("score", "min-score", "max-score", "weight", "longitude", "latitude", "radius");

  /// The arguments of a usage line whose name has `nameWords` words.
  static List<UsageArgument> of(List<String> tokens, int nameWords) {
    return new Reader(tokens, nameWords).sequence("");
  }

  private UsageArgument with(boolean nowOptional) {
    return new UsageArgument(name, type, token, nowOptional, multiple, parts);
  }

  private UsageArgument repeated() {
    return new UsageArgument(name, type, token, optional, true, parts);
  }

  private UsageArgument after(String newToken) {
    return new UsageArgument(name, type, newToken, optional, multiple, parts);
  }

  private static UsageArgument word(String word) {
    String type =
        KEYS.contains(word)
            ? "key"
            : INTEGERS.contains(word)
                ? "integer"
                : DOUBLES.contains(word)
                    ? "double"
                    : word.startsWith("unix-time") || word.startsWith("timestamp")
                        ? "unix-time"
                        : word.equals("pattern") ? "pattern" : "string";
    return new UsageArgument(word, type, "", false, false, List.of());
  }

  private static UsageArgument fixed(String token) {
    String name = token.equals("*") ? "auto" : token.toLowerCase(Locale.ROOT);
    return new UsageArgument(name, "pure-token", token, false, false, List.of());
  }

  private static UsageArgument group(String type, List<UsageArgument> parts) {
    if (parts.size() == 1) {
      return parts.getFirst();
    }
    String name = parts.isEmpty() ? "" : parts.getFirst().name();
    return new UsageArgument(name, type, "", false, false, parts);
  }

  /// Walks the tokens once, bracket by bracket.
  private static final class Reader {
    private final List<String> tokens;
    private int at;

    Reader(List<String> tokens, int from) {
      this.tokens = tokens;
      this.at = from;
    }

    /// What stands up to `close`, or to the end: a sequence, or a choice of sequences.
    List<UsageArgument> sequence(String close) {
      List<UsageArgument> choices = new ArrayList<>();
      List<UsageArgument> sequence = new ArrayList<>();
      boolean isChoice = false;
      while (at < tokens.size() && !tokens.get(at).equals(close)) {
        String token = tokens.get(at++);
        switch (token) {
          case "|" -> {
            isChoice = true;
            choices.add(group("block", sequence));
            sequence = new ArrayList<>();
          }
          case "[" -> optional(sequence);
          case "<" -> {
            List<UsageArgument> inner = sequence(">");
            at++;
            sequence.add(group("block", inner));
          }
          case "..." -> sequence.add(sequence.removeLast().repeated());
          default -> word(token, sequence);
        }
      }
      if (!isChoice) {
        return sequence;
      }
      choices.add(group("block", sequence));
      return List.of(new UsageArgument(nameOf(choices), "oneof", "", false, false, choices));
    }

    private static String nameOf(List<UsageArgument> choices) {
      return choices.getFirst().name();
    }

    /// `[x]` may be left out; `[x ...]` behind `x` says that it may be repeated.
    private void optional(List<UsageArgument> before) {
      List<UsageArgument> inner = sequence("]");
      at++;
      if (inner.isEmpty()) {
        return;
      }
      boolean repeats = inner.getLast().multiple() && isTail(before, inner);
      if (repeats && inner.size() > 1) {
        List<UsageArgument> tail =
            new ArrayList<>(before.subList(before.size() - inner.size(), before.size()));
        before.subList(before.size() - inner.size(), before.size()).clear();
        before.add(group("block", tail).repeated());
      } else if (repeats) {
        before.add(before.removeLast().repeated());
      } else {
        before.add(group("block", inner).with(true));
      }
    }

    private static boolean isTail(List<UsageArgument> before, List<UsageArgument> inner) {
      int from = before.size() - inner.size();
      for (int i = 0; i < inner.size(); i++) {
        if (from < 0 || !before.get(from + i).name().equals(inner.get(i).name())) {
          return false;
        }
      }
      return true;
    }

    /// A fixed word belongs to the word of the client's that follows it, if one does.
    private void word(String token, List<UsageArgument> sequence) {
      boolean isFixed = token.equals(token.toUpperCase(Locale.ROOT));
      if (!isFixed) {
        sequence.add(UsageArgument.word(token));
        return;
      }
      boolean precedes = at < tokens.size() && isClientsWord(tokens.get(at));
      if (precedes) {
        sequence.add(UsageArgument.word(tokens.get(at++)).after(token));
      } else {
        sequence.add(fixed(token));
      }
    }

    private static boolean isClientsWord(String token) {
      return Character.isLowerCase(token.charAt(0));
    }
  }
}
