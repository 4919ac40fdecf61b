package naru.structures;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import naru.bytes.Bytes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GlobTest {
  @ParameterizedTest
  @CsvSource({
    "*, anything, true",
    "*, '', false",
    "**, '', false",
    "'', '', true",
    "'', a, false",
    "a*, a, true",
    "a*c, abbc, true",
    "a*c, abbd, false",
    "h?llo, hello, true",
    "h?llo, hllo, false",
    "h[ae]llo, hallo, true",
    "h[ae]llo, hillo, false",
    "h[^e]llo, hallo, true",
    "h[^e]llo, hello, false",
    "h[a-c]llo, hbllo, true",
    "h[c-a]llo, hbllo, true",
    "h[a-c]llo, hdllo, false",
    "a\\*c, a*c, true",
    "a\\*c, abc, false",
    "a\\, a\\, true",
    "[\\]]x, ]x, true",
    "[a\\-z], -, true",
    "[a\\-z], m, false",
    "[], a, false",
    "[^], a, true",
    "[abc, b, true",
    "[a-, -, true",
    "[a-], b, false",
    "[a-], _, true",
    "user:*:name, user:1:name, true",
    "user:*:name, user:1:nam, false",
    "***a, ba, true",
    "a?*, a, false",
    "A, a, false"
  })
  void matchesAsRedisDoes(String pattern, String text, boolean expected) {
    assertThat(new Glob(Bytes.of(pattern)).matches(Bytes.of(text))).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({"MAX*, maxmemory, true", "[A-C]x, bX, true", "\\Ab, aB, true", "a, b, false"})
  void canIgnoreTheCaseOfLetters(String pattern, String text, boolean expected) {
    assertThat(Glob.ignoringCase(Bytes.of(pattern)).matches(Bytes.of(text))).isEqualTo(expected);
  }

  @Test
  @Timeout(10)
  void manyStarsTakeNoTime() {
    Bytes text = Bytes.of("a".repeat(100_000));
    Glob glob = new Glob(Bytes.of("a*".repeat(60) + "b"));
    long before = System.nanoTime();
    assertThat(glob.matches(text)).isFalse();
    assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(5));
  }

  @Test
  void agreesWithATwinThatTriesEverything() {
    Random random = new Random(7);
    for (int i = 0; i < 200_000; i++) {
      String pattern = draw(random, "ab*?[]^-\\", 7);
      String text = draw(random, "ab]-^", 6);
      boolean expected = text.isEmpty() ? pattern.isEmpty() : matches(pattern, 0, text, 0);
      assertThat(new Glob(Bytes.of(pattern)).matches(Bytes.of(text)))
          .as("%s on %s", pattern, text)
          .isEqualTo(expected);
    }
  }

  private static String draw(Random random, String letters, int most) {
    StringBuilder drawn = new StringBuilder();
    for (int i = random.nextInt(most + 1); i > 0; i--) {
      drawn.append(letters.charAt(random.nextInt(letters.length())));
    }
    return drawn.toString();
  }

  /// Tries every length for every star.
  private static boolean matches(String pattern, int p, String text, int t) {
    if (p == pattern.length()) {
      return t == text.length();
    }
    char part = pattern.charAt(p);
    if (part == '*') {
      return matches(pattern, p + 1, text, t)
          || (t < text.length() && matches(pattern, p, text, t + 1));
    }
    if (t == text.length()) {
      return false;
    }
    char c = text.charAt(t);
    if (part == '[') {
      int end = p + 1;
      boolean negated = end < pattern.length() && pattern.charAt(end) == '^';
      end += negated ? 1 : 0;
      boolean found = false;
      for (; end < pattern.length() && pattern.charAt(end) != ']'; end++) {
        int left = pattern.length() - end;
        if (pattern.charAt(end) == '\\' && left >= 2) {
          end++;
          found |= pattern.charAt(end) == c;
        } else if (left >= 3 && pattern.charAt(end + 1) == '-') {
          int low = Math.min(pattern.charAt(end), pattern.charAt(end + 2));
          int high = Math.max(pattern.charAt(end), pattern.charAt(end + 2));
          found |= c >= low && c <= high;
          end += 2;
        } else {
          found |= pattern.charAt(end) == c;
        }
      }
      int after = Math.min(end + 1, pattern.length());
      return found != negated && matches(pattern, after, text, t + 1);
    }
    int literal = part == '\\' && p + 1 < pattern.length() ? p + 1 : p;
    boolean same = part == '?' || pattern.charAt(literal) == c;
    return same && matches(pattern, literal + 1, text, t + 1);
  }
}
