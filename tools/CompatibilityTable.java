import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Writes the tables of docs/compatibility.md from what the tests saw running:
/// `java tools/CompatibilityTable.java compatibility/target/ran.tsv docs/compatibility.md OUTPUT`.
///
/// A line of the first file is a client, its version, an area and a sentence, between tabs. In the
/// second, what stands between `<!-- ran: CLIENT -->` and `<!-- end -->` is replaced; `summary` has
/// a line for each client. A client without a place, or a place without a client, is an error.
public final class CompatibilityTable {
  private static final Pattern PLACE =
      Pattern.compile("(?s)(<!-- ran: (.+?) -->\n).*?(<!-- end -->)");

  private record Client(String version, SortedMap<String, SortedSet<String>> sentences) {
    int count() {
      return sentences.values().stream().mapToInt(Set::size).sum();
    }
  }

  private CompatibilityTable() {}

  public static void main(String[] arguments) throws IOException {
    SortedMap<String, Client> ran = read(Path.of(arguments[0]));
    String page = Files.readString(Path.of(arguments[1]));
    Set<String> places = new LinkedHashSet<>();
    String written =
        PLACE.matcher(page).replaceAll(place -> Matcher.quoteReplacement(fill(place, ran, places)));
    Set<String> homeless = new TreeSet<>(ran.keySet());
    homeless.removeAll(places);
    if (!homeless.isEmpty()) {
      throw new IllegalStateException("docs/compatibility.md has no place for " + homeless);
    }
    Files.writeString(Path.of(arguments[2]), written);
  }

  private static SortedMap<String, Client> read(Path file) throws IOException {
    SortedMap<String, Client> ran = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    for (String line : Files.readAllLines(file, UTF_8)) {
      List<String> cells = List.of(line.split("\t"));
      ran.computeIfAbsent(cells.get(0), _ -> new Client(cells.get(1), new TreeMap<>()))
          .sentences()
          .computeIfAbsent(cells.get(2), _ -> new TreeSet<>())
          .add(cells.get(3));
    }
    return ran;
  }

  private static String fill(MatchResult place, SortedMap<String, Client> ran, Set<String> places) {
    String name = place.group(2);
    places.add(name);
    if (name.equals("summary")) {
      return place.group(1) + summary(ran) + place.group(3);
    }
    Client client = ran.get(name);
    if (client == null) {
      throw new IllegalStateException("nothing of " + name + " ran");
    }
    return place.group(1) + table(name, client) + place.group(3);
  }

  private static String summary(SortedMap<String, Client> ran) {
    StringBuilder text = new StringBuilder();
    text.append("| client | version | what was seen to run |\n|---|---|---|\n");
    ran.forEach(
        (name, client) ->
            text.append(
                "| [%s](#%s) | %s | %d things |\n"
                    .formatted(name, anchor(name), client.version(), client.count())));
    return text.toString();
  }

  private static String anchor(String name) {
    return name.toLowerCase(Locale.ROOT).replace(' ', '-');
  }

  private static String table(String name, Client client) {
    StringBuilder text = new StringBuilder();
    text.append("| %s %s | what runs |\n|---|---|\n".formatted(name, client.version()));
    client
        .sentences()
        .forEach(
            (area, sentences) ->
                sentences.forEach(
                    sentence -> text.append("| %s | %s |\n".formatted(area, sentence))));
    return text.toString();
  }
}
