package naru.compatibility.differential;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import naru.compatibility.differential.Duel.Difference;

/// Plays the sequences of one family in one protocol until it has seen enough differences of
/// different kinds.
final class Hunt {
  private static final int DIFFERENCES_MAX = 5;
  private static final int KINDS_MAX = 3;
  private static final Path FOLDER = Path.of("target", "transcripts");

  private Hunt() {}

  /// What was found, as text that tells all that is needed to see it again; empty if nothing was.
  static String report(Duel duel, Settings.Case played, long firstSeed, int sequences) {
    Map<String, String> reports = new LinkedHashMap<>();
    int found = 0;
    for (int i = 0; i < sequences && found < DIFFERENCES_MAX && reports.size() < KINDS_MAX; i++) {
      Sequence sequence = Generator.sequence(played.family(), played.protocol(), firstSeed + i);
      Optional<Difference> difference = duel.differenceIn(sequence);
      if (difference.isPresent()) {
        found++;
        reports.putIfAbsent(difference.get().cause(), report(played, difference.get()));
      }
    }
    return String.join("\n", reports.values());
  }

  private static String report(Settings.Case played, Difference difference) {
    Sequence sequence = difference.transcript().sequence();
    String text =
        "# "
            + played
            + ": "
            + Settings.replay(played.family(), sequence)
            + "\n"
            + difference.transcript().text();
    String name = played.family() + "-" + played.protocol() + "-" + sequence.seed() + ".txt";
    try {
      Files.createDirectories(FOLDER);
      Files.writeString(FOLDER.resolve(name), text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text;
  }
}
