package naru.compatibility.differential;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Random;

/// A usage line that can make calls: `3 SET string value [NX | XX] [EX seconds]`. The number first
/// is how often it is chosen compared with others (1 if none). Capitals and what follows a `'`
/// stand for themselves, small letters name a kind of argument, `[ ]` may be left out, `( )`
/// groups, `|` separates choices, `...` repeats what stands before it.
final class Usage {
  private sealed interface Term {
    record Literal(String word) implements Term {}

    record Kind(String name) implements Term {}

    record Choice(List<List<Term>> choices, boolean optional) implements Term {}

    record Repeat(Term term) implements Term {}
  }

  private static final double OPTION_TAKEN = 0.35;
  private static final double OPTIONS_SHUFFLED = 0.3;
  private static final double OPTION_TWICE = 0.02;
  private static final double OTHER_CASE = 0.05;

  private final int weight;
  private final List<Term> terms;

  private Usage(int weight, List<Term> terms) {
    this.weight = weight;
    this.terms = terms;
  }

  static List<Usage> parseAll(String lines) {
    return lines.lines().filter(line -> !line.isBlank()).map(Usage::parse).toList();
  }

  private static Usage parse(String line) {
    String spaced = line.replaceAll("([\\[\\]()|])", " $1 ").replace("...", " ... ").strip();
    Deque<String> tokens = new ArrayDeque<>(List.of(spaced.split(" +")));
    boolean weighted = tokens.getFirst().matches("\\d+");
    int weight = weighted ? Integer.parseInt(tokens.removeFirst()) : 1;
    return new Usage(weight, terms(tokens));
  }

  private static List<Term> terms(Deque<String> tokens) {
    List<Term> terms = new ArrayList<>();
    while (!tokens.isEmpty() && !List.of("]", ")", "|").contains(tokens.getFirst())) {
      String token = tokens.removeFirst();
      switch (token) {
        case "[", "(" -> terms.add(choice(tokens, token.equals("[")));
        case "..." -> terms.add(new Term.Repeat(terms.removeLast()));
        default -> terms.add(word(token));
      }
    }
    return terms;
  }

  private static Term word(String token) {
    return Character.isLowerCase(token.charAt(0))
        ? new Term.Kind(Arguments.known(token))
        : new Term.Literal(token.startsWith("'") ? token.substring(1) : token);
  }

  private static Term choice(Deque<String> tokens, boolean optional) {
    List<List<Term>> choices = new ArrayList<>();
    String end;
    do {
      choices.add(terms(tokens));
      end = tokens.removeFirst();
    } while (end.equals("|"));
    return new Term.Choice(choices, optional);
  }

  int weight() {
    return weight;
  }

  /// The words of one call.
  List<String> call(Arguments arguments, Random random) {
    List<String> words = new ArrayList<>();
    write(terms, arguments, random, words);
    return words;
  }

  private static void write(
      List<Term> terms, Arguments arguments, Random random, List<String> words) {
    for (Term term : arranged(terms, random)) {
      write(term, arguments, random, words);
    }
  }

  private static void write(Term term, Arguments arguments, Random random, List<String> words) {
    switch (term) {
      case Term.Literal(String word) ->
          words.add(random.nextDouble() < OTHER_CASE ? arguments.otherCase(word) : word);
      case Term.Kind(String name) -> arguments.write(name, words);
      case Term.Choice(List<List<Term>> choices, boolean optional) -> {
        boolean taken = !optional || random.nextDouble() < OPTION_TAKEN;
        int times = !taken ? 0 : optional && random.nextDouble() < OPTION_TWICE ? 2 : 1;
        for (int i = 0; i < times; i++) {
          write(choices.get(random.nextInt(choices.size())), arguments, random, words);
        }
      }
      case Term.Repeat(Term repeated) -> {
        for (int i = arguments.repetitions(); i > 0; i--) {
          write(repeated, arguments, random, words);
        }
      }
    }
  }

  /// Options that follow one another, now and then in another order.
  private static List<Term> arranged(List<Term> terms, Random random) {
    int first = 0;
    while (first < terms.size() && !isOption(terms.get(first))) {
      first++;
    }
    int end = first;
    while (end < terms.size() && isOption(terms.get(end))) {
      end++;
    }
    if (end - first < 2 || random.nextDouble() >= OPTIONS_SHUFFLED) {
      return terms;
    }
    List<Term> arranged = new ArrayList<>(terms);
    Collections.shuffle(arranged.subList(first, end), random);
    return arranged;
  }

  private static boolean isOption(Term term) {
    return term instanceof Term.Choice(_, boolean optional) && optional;
  }
}
