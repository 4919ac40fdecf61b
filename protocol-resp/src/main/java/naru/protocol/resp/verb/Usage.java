package naru.protocol.resp.verb;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import naru.protocol.resp.verb.KeySpec.Extent;

/// A usage line as Redis' documentation writes it, and what follows from it.
///
/// ```
/// LPUSH key element [element ...]
/// XREAD [COUNT count] [BLOCK milliseconds] STREAMS key [key ...] id [id ...]
/// ZUNIONSTORE destination numkeys key [key ...] [WEIGHTS weight [weight ...]]
/// CLIENT KILL <ip:port | <[ID client-id] | ...>>
/// ```
///
/// Leading words in capitals are the name; `[...]` may be left out; `<a | b>` is a choice; `...`
/// repeats. Words that name a key ([#KEY_WORDS]) say where keys stand. What more there is to say of
/// arguments than the line shows may be written into it, see [UsageWords].
///
/// @param line the line itself
/// @param notation the tokens of the line with what is said of them
/// @param name `lpush`, `client|kill`
/// @param arity Redis' way: a number of words, negative when it is the least number
/// @param keys where the keys stand, in the order of the line
public record Usage(
    String line, List<String> notation, String name, int arity, List<KeySpec> keys) {
  private static final Set<String> KEY_WORDS =
      Set.of("key", "key1", "key2", "source", "destination", "newkey", "destkey");

  /// What [UsageWords] says beside the line: a name of a group, a note on a word, a group unseen.
  private static final Pattern NOTES =
      Pattern.compile("(?<=[\\[<{])[a-z0-9_:-]+= |\\([^)]*\\)|[{}]");

  public static Usage of(String annotated) {
    List<String> notation = tokens(annotated);
    List<String> tokens = UsageWords.plain(notation);
    int nameLength = 0;
    while (nameLength < Math.min(2, tokens.size()) && isKeyword(tokens.get(nameLength))) {
      nameLength++;
    }
    String name = String.join("|", tokens.subList(0, nameLength)).toLowerCase(Locale.ROOT);
    String line = NOTES.matcher(annotated).replaceAll("");
    return new Usage(line, notation, name, arity(tokens), keys(tokens, nameLength));
  }

  /// The arguments as `COMMAND DOCS` describes them.
  public List<UsageArgument> arguments() {
    return new UsageReader(notation, name.indexOf('|') < 0 ? 1 : 2).arguments();
  }

  private static List<String> tokens(String line) {
    String spaced = line.replace("[", " [ ").replace("]", " ] ").replace("<", " < ");
    spaced = spaced.replace(">", " > ").replace("|", " | ");
    spaced = spaced.replace("{", " { ").replace("}", " } ");
    return List.of(spaced.trim().split(" +"));
  }

  private static boolean isKeyword(String token) {
    return Character.isUpperCase(token.charAt(0)) && token.equals(token.toUpperCase(Locale.ROOT));
  }

  /// Counts what has to be there: of a choice, the first alternative.
  private static int arity(List<String> tokens) {
    int least = 0;
    int optional = 0;
    int choice = 0;
    boolean open = false;
    boolean otherAlternative = false;
    for (String token : tokens) {
      switch (token) {
        case "[" -> {
          optional++;
          open = true;
        }
        case "]" -> optional--;
        case "<" -> choice++;
        case ">" -> {
          choice--;
          otherAlternative = choice > 0 && otherAlternative;
        }
        case "|" -> otherAlternative = otherAlternative || (choice > 0 && optional == 0);
        case "..." -> open = true;
        default -> least += optional == 0 && !otherAlternative ? 1 : 0;
      }
    }
    return open ? -least : least;
  }

  private static List<KeySpec> keys(List<String> tokens, int nameLength) {
    List<KeySpec> keys = new ArrayList<>();
    int position = nameLength == 0 ? 1 : nameLength;
    String keyword = "";
    int depth = 0;
    int otherAlternative = Integer.MAX_VALUE;
    boolean fixed = true;
    for (int i = nameLength; i < tokens.size(); i++) {
      String token = tokens.get(i);
      switch (token) {
        case "[", "<" -> {
          depth++;
          fixed = fixed && token.equals("<");
        }
        case "]", ">" -> {
          depth--;
          otherAlternative = depth < otherAlternative ? Integer.MAX_VALUE : otherAlternative;
        }
        case "|" -> otherAlternative = Math.min(otherAlternative, depth);
        case "..." -> {}
        default -> {
          if (KEY_WORDS.contains(token) && !(depth > 0 && repeats(tokens, i))) {
            keys.add(spec(tokens, i, fixed ? position : -1, keyword));
          }
          keyword = isKeyword(token) ? token : keyword;
          position += depth < otherAlternative ? 1 : 0;
        }
      }
    }
    return List.copyOf(keys);
  }

  /// Whether the token at `i` says again what stands right before: the `[key ...]` of `key [key
  /// ...]`.
  private static boolean repeats(List<String> tokens, int i) {
    return i >= 2
        && tokens.get(i - 1).equals("[")
        && i + 1 < tokens.size()
        && (tokens.get(i + 1).equals("...") || tokens.get(i + 2).equals("..."));
  }

  private static KeySpec spec(List<String> tokens, int i, int position, String keyword) {
    Extent extent = Extent.ONE;
    if (i > 0 && tokens.get(i - 1).equals("numkeys")) {
      return new KeySpec(
          position < 0 ? keyword : "", Math.max(position - 1, 1), Extent.COUNTED, "");
    }
    boolean again =
        i + 3 < tokens.size()
            && tokens.get(i + 1).equals("[")
            && tokens.get(i + 2).equals(tokens.get(i));
    if (again && tokens.get(i + 3).equals("...")) {
      extent = i + 5 >= tokens.size() ? Extent.ALL : Extent.ALL_BUT_LAST;
      if (i + 6 < tokens.size() && tokens.get(i + 6).equals("[")) {
        extent = Extent.HALF;
      }
    } else if (i + 2 < tokens.size()
        && tokens.get(i + 2).equals("[")
        && i + 3 < tokens.size()
        && tokens.get(i + 3).equals(tokens.get(i))) {
      extent = Extent.ALTERNATING;
    }
    return position < 0 || extent == Extent.HALF
        ? new KeySpec(keyword, 1, extent, "")
        : new KeySpec("", position, extent, "");
  }
}
