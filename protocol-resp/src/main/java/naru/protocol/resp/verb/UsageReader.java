package naru.protocol.resp.verb;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/// Reads the arguments of a usage line; walks its tokens once, bracket by bracket.
///
/// A fixed word belongs to what of the client's follows it: a word, a choice, or all words of a
/// group.
final class UsageReader {
  private final List<String> tokens;
  private int at;

  /// Begins behind the `nameWords` words of the name.
  UsageReader(List<String> tokens, int nameWords) {
    this.tokens = tokens;
    this.at = nameWords;
  }

  List<UsageArgument> arguments() {
    return sequence("");
  }

  /// What stands up to `close`, or to the end: a sequence, or a choice of sequences.
  private List<UsageArgument> sequence(String close) {
    List<UsageArgument> choices = new ArrayList<>();
    List<UsageArgument> sequence = new ArrayList<>();
    boolean isChoice = false;
    boolean choiceRepeats = false;
    while (at < tokens.size() && !tokens.get(at).equals(close)) {
      String token = tokens.get(at++);
      switch (token) {
        case "|" -> {
          isChoice = true;
          choices.add(group("", sequence));
          sequence = new ArrayList<>();
        }
        case "[" -> optional(sequence);
        case "<" -> sequence.add(bracketed(">"));
        case "{" -> sequence.add(bracketed("}"));
        case "..." -> {
          if (isChoice && at < tokens.size() && tokens.get(at).equals(close)) {
            choiceRepeats = true;
          } else {
            sequence.add(sequence.removeLast().repeated(false));
          }
        }
        default -> word(token, sequence);
      }
    }
    if (!isChoice) {
      return sequence;
    }
    choices.add(group("", sequence));
    UsageArgument choice = UsageArgument.group(nameOf(choices), "oneof", choices);
    return List.of(choiceRepeats ? choice.repeated(false) : choice);
  }

  private static String nameOf(List<UsageArgument> parts) {
    String usual = UsageWords.choice(parts.getFirst().name());
    return usual.isEmpty() ? joined(parts) : usual;
  }

  private static String joined(List<UsageArgument> parts) {
    return parts.stream().map(UsageArgument::name).collect(Collectors.joining("_"));
  }

  private UsageArgument bracketed(String close) {
    String label = label();
    UsageArgument group = group(label, sequence(close));
    at++;
    return group;
  }

  /// The name that a group is given in the line; empty for none.
  private String label() {
    return at < tokens.size() && UsageWords.isLabel(tokens.get(at))
        ? UsageWords.withoutLabel(tokens.get(at++))
        : "";
  }

  /// Several arguments are a block, one is what it is.
  private static UsageArgument group(String label, List<UsageArgument> parts) {
    if (parts.size() == 1) {
      UsageArgument only = parts.getFirst();
      return label.isEmpty() ? only : only.called(label);
    }
    if (parts.isEmpty()) {
      return UsageArgument.group(label, "block", parts);
    }
    UsageArgument first = parts.getFirst();
    List<UsageArgument> rest = parts.subList(1, parts.size());
    String name = label.isEmpty() ? first.name() : label;
    if (first.isFixed() && rest.stream().allMatch(UsageArgument::optional)) {
      return UsageArgument.group(name, "block", rest).after(first.token());
    }
    if (!first.optional() && rest.stream().allMatch(UsageArgument::isPlain)) {
      List<UsageArgument> all = new ArrayList<>(rest);
      all.addFirst(first.after(""));
      name = label.isEmpty() ? joined(parts) : label;
      return UsageArgument.group(name, "block", all).after(first.token());
    }
    return UsageArgument.group(name, "block", parts);
  }

  /// `[x]` may be left out; `[x ...]` behind `x` says that it may be repeated.
  private void optional(List<UsageArgument> before) {
    String label = label();
    List<UsageArgument> inner = sequence("]");
    at++;
    if (inner.isEmpty()) {
      return;
    }
    boolean repeats = inner.getLast().multiple() && isTail(before, inner);
    if (repeats) {
      List<UsageArgument> tail = before.subList(before.size() - inner.size(), before.size());
      UsageArgument group = group(label, new ArrayList<>(tail));
      tail.clear();
      before.add(group.repeated(inner.getFirst().hasToken()));
    } else {
      before.add(group(label, inner).madeOptional());
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

  private void word(String token, List<UsageArgument> sequence) {
    if (!isFixed(token)) {
      sequence.add(UsageWords.argument(token));
      return;
    }
    String next = at < tokens.size() ? tokens.get(at) : "";
    if (next.equals("<")) {
      at++;
      sequence.add(bracketed(">").after(token));
    } else if (!next.isEmpty() && !isFixed(next)) {
      at++;
      sequence.add(UsageWords.argument(next).after(token));
    } else {
      sequence.add(UsageArgument.fixed(UsageWords.nameOfFixed(token), UsageWords.text(token)));
    }
  }

  /// Whether it is a word that has to stand as it is, or a sign.
  private static boolean isFixed(String token) {
    String text = UsageWords.text(token);
    return text.equals(text.toUpperCase(Locale.ROOT));
  }
}
