package naru.architecture;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// Reads the sources themselves. What google-java-format already sees to is not asked again.
class TidyTest {
  private static final int LINE_LENGTH_MAX = 100;
  private static final int FILE_LENGTH_TO_LOOK_AT = 500;
  private static final int PACKAGE_FILES_MAX = 30;

  private static final String SLEEP = "Thread" + ".sleep";
  private static final Pattern UNFINISHED =
      Pattern.compile("\\b(TO" + "DO|FIX" + "ME|XX" + "X)\\b");
  private static final Pattern TYPE =
      Pattern.compile("^\\s*(?:[a-z-]+ )*(?:class|interface|record|enum|@interface) (\\w+)");
  private static final Pattern EMPTY_WORD =
      Pattern.compile("Abstract[A-Z]\\w*|\\w*(?:Manager|Helper|Utils?|Impl|Base|Data)|\\w+Info");
  private static final Pattern LOCKING = Pattern.compile("^[^\"]*\\b(synchronized|volatile)\\b");

  private final List<Source> sources = Source.all();

  @Test
  void allModulesAreRead() {
    assertThat(sources.stream().map(source -> source.path().getName(0).toString()))
        .contains("bytes", "engine", "broker", "architecture");
  }

  @Test
  void linesFitTheWidth() {
    List<String> offences = new ArrayList<>();
    for (Source source : sources) {
      boolean inTextBlock = false;
      for (String line : source.lines()) {
        boolean isText = inTextBlock;
        inTextBlock ^= line.split("\"\"\"", -1).length % 2 == 0;
        boolean cannotBreak = line.startsWith("import ") || line.contains("https://");
        if (line.length() > LINE_LENGTH_MAX && !isText && !cannotBreak) {
          offences.add(source.path() + ": " + line.strip());
        }
      }
    }
    assertThat(offences).isEmpty();
  }

  @Test
  void nothingIsLeftForLater() {
    assertThat(offences(_ -> true, line -> UNFINISHED.matcher(line).find())).isEmpty();
  }

  @Test
  void namesSayWhatTheyName() {
    assertThat(offences(_ -> true, TidyTest::hasEmptyName)).isEmpty();
  }

  private static boolean hasEmptyName(String line) {
    var type = TYPE.matcher(line);
    return type.find() && EMPTY_WORD.matcher(type.group(1)).matches();
  }

  /// Where a pause is what the test is about, and not a way to wait, the line before says so.
  @Test
  void testsDoNotSleep() {
    List<String> offences = new ArrayList<>();
    for (Source source : sources) {
      String before = "";
      for (String line : source.lines()) {
        if (line.contains(SLEEP) && !before.strip().startsWith("//")) {
          offences.add(source.path() + ": " + line.strip());
        }
        before = line;
      }
    }
    assertThat(offences).isEmpty();
  }

  @Test
  void locksStayWhereThreadsMeet() {
    assertThat(
            offences(
                source -> source.isProduction() && !Threads.mayMeetIn(source.packageName()),
                line -> isCode(line) && LOCKING.matcher(line).find()))
        .isEmpty();
  }

  private static boolean isCode(String line) {
    String text = line.strip();
    return !text.startsWith("//") && !text.startsWith("*");
  }

  @Test
  void everyPackageSaysWhatItIs() {
    var silent = new TreeSet<Path>();
    sources.stream().filter(this::needsPackageInfo).map(Source::folder).forEach(silent::add);
    sources.stream()
        .filter(source -> source.fileName().equals("package-info.java"))
        .filter(source -> source.lines().getFirst().startsWith("///"))
        .filter(source -> source.lines().contains("@NullMarked"))
        .map(Source::folder)
        .forEach(silent::remove);
    assertThat(silent).isEmpty();
  }

  private boolean needsPackageInfo(Source source) {
    return source.isProduction() && !source.packageName().isEmpty();
  }

  @Test
  void packagesAreNotDrawersForEverything() {
    Map<Path, Long> counts =
        sources.stream()
            .filter(Source::isProduction)
            .collect(groupingBy(Source::folder, counting()));
    counts.values().removeIf(files -> files <= PACKAGE_FILES_MAX);
    assertThat(counts).isEmpty();
  }

  /// A list to look at now and then, not a gate: a long file may be right.
  @Test
  void longFilesAreShown() {
    List<Source> longFiles =
        sources.stream()
            .filter(source -> source.lines().size() > FILE_LENGTH_TO_LOOK_AT)
            .sorted(Comparator.comparingInt((Source source) -> source.lines().size()).reversed())
            .toList();
    longFiles.forEach(
        source -> System.out.println("long: " + source.lines().size() + " " + source.path()));
    assertThat(longFiles).hasSizeLessThan(sources.size());
  }

  private List<String> offences(Predicate<Source> where, Predicate<String> rule) {
    return sources.stream()
        .filter(where)
        .flatMap(source -> source.offences(rule).stream())
        .toList();
  }
}
