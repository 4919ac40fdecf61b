package naru.compatibility.differential;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/// What can be set from outside, as `-Dnaru.differential.NAME=VALUE`.
///
/// @param seed of the first sequence; the next ones follow. `fresh` takes one from the clock
/// @param sequences in all families and both protocols together
/// @param families `LISTS,STREAMS`, by default all
/// @param broker options for Naru, beside those that it has in any case
record Settings(long seed, int sequences, List<Family> families, List<String> broker) {
  private static final String PREFIX = "naru.differential.";

  static Settings read() {
    String seed = System.getProperty(PREFIX + "seed", "1");
    return new Settings(
        seed.equals("fresh") ? System.currentTimeMillis() * 1000 : Long.parseLong(seed),
        Integer.getInteger(PREFIX + "sequences", 28_000),
        families(System.getProperty(PREFIX + "family", "")),
        words(System.getProperty(PREFIX + "broker", "")));
  }

  private static List<String> words(String line) {
    return line.isBlank() ? List.of() : List.of(line.strip().split("\\s+", -1));
  }

  /// What Naru is started with. Redis does not let those wait who guess passwords.
  List<String> brokerOptions() {
    return Stream.concat(
            Stream.of("--fsync", "no", "--auth-failure-delay-ms", "0"), broker.stream())
        .toList();
  }

  /// How many sequences are played for each of so many cases.
  int share(int cases) {
    return Math.ceilDiv(sequences, cases);
  }

  /// What to type to play one sequence again.
  static String replay(Family family, Sequence sequence) {
    return String.join(
        " ",
        "./x test DifferentialTest",
        "-D" + PREFIX + "family=" + family,
        "-D" + PREFIX + "seed=" + sequence.seed(),
        "-D" + PREFIX + "sequences=1");
  }

  private static List<Family> families(String names) {
    return names.isEmpty()
        ? List.of(Family.values())
        : Arrays.stream(names.split(",")).map(Family::valueOf).toList();
  }

  /// A family in one protocol.
  record Case(Family family, int protocol) {
    @Override
    public String toString() {
      return family + " in RESP" + protocol;
    }
  }

  List<Case> cases() {
    return families.stream()
        .flatMap(family -> Stream.of(new Case(family, 2), new Case(family, 3)))
        .toList();
  }
}
