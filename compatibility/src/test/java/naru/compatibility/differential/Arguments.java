package naru.compatibility.differential;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/// Makes the arguments of one sequence. Few keys, so that types collide; few members, so that they
/// meet; and the values at which number readers, range checks and size limits change their minds.
final class Arguments {
  private static final double RARE = 0.08;

  /// Kinds that are no pool.
  private static final Set<String> MADE =
      Set.of(
          "seconds",
          "milliseconds",
          "unix-seconds",
          "unix-milliseconds",
          "next-id",
          "streams-after",
          "streams-new",
          "element",
          "zsets-weighted");

  /// Kind, usual words, and after `|` words that come seldom.
  private static final Map<String, Pool> POOLS =
      Pool.parseAll(
          """
          string s1 s1 s1 s2 s2 s3 | l1 h1 t1 z1 x1 "" "k\\x00\\xff" nokey
          list l1 l1 l1 l2 l2 l3 | s1 h1 t1 z1 x1 "" nokey
          hash h1 h1 h1 h2 h2 h3 | s1 l1 t1 z1 x1 "" nokey
          set t1 t1 t1 t2 t2 t3 | s1 l1 h1 z1 x1 "" nokey
          zset z1 z1 z1 z2 z2 z3 | s1 l1 h1 t1 x1 "" nokey
          lex-zset y1 y1 y1 y2 | s1 l1 h1 t1 x1 "" nokey
          stream x1 x1 x1 x1 x2 | s1 l1 h1 t1 z1 "" nokey
          waking-list a a b b c | m
          waking-zset y y z | m
          waking-stream x1 x1 x2 | x3
          waking-key a b c m m y z x1 | x2 x3
          waking-end LEFT RIGHT | LEFT
          key s1 s1 l1 l1 h1 h1 t1 t1 z1 z1 x1 x1 s2 l2 h2 t2 z2 x2 | s3 l3 h3 t3 z3 nokey ""
          value a b hello 1 2 10 3.0 | "" -5 "hello world" 9223372036854775807 \
          -9223372036854775808 "\\x00\\xff" nan 1e5 *50x *200y *5000z " 1" 0x10 007
          field f1 f2 f3 f4 a 1 | "" f5 f6 f7 "\\x00\\xff" -1 *70f
          member a b c d e 1 2 3 10 | "" f -1 01 1.5 "\\x00\\xff" 9223372036854775807 \
          9223372036854775808 *70m
          int 0 1 -1 2 5 10 100 | 9223372036854775807 -9223372036854775808 9223372036854775808 \
          -9223372036854775809 abc "" 1.5 " 1" "1 " 01 +1 -0 --1 0x10 1e2
          float 0 1 -1 0.1 0.2 1.5 2.5 -2.75 10 3.0 1e3 | 1e10 1e15 1e16 1e17 1e18 1e21 1e22 1e-5 \
          1e-7 1.1e-10 3.14159265358979 0.30000000000000004 123456789.123456789 \
          12345678901234567890 1e308 1.7976931348623157e308 -1.7976931348623157e308 5e-324 1e-320 \
          1e400 inf -inf +inf infinity nan -nan abc "" " 1" "1 " 1. .5 -.5 0x1p3 0x10 1e 1e5x --1 \
          -0 9007199254740993 4503599627370497.5 0.000001 100000000000000000000
          score 0 1 2 3 -1 1.5 2.5 10 0.1 | inf -inf +inf nan 1e10 1e17 1e21 1e22 -1e21 1e-5 1e-7 \
          3.14159265358979 1.7976931348623157e308 5e-324 1e400 abc "" 1. .5 0x10 -0 \
          9007199254740993 12345678901234567890 100000000000000000 0.30000000000000004 " 1"
          score-bound 0 1 2 3 -1 (1 (2 1.5 -inf +inf | inf (inf (-inf nan (nan abc "" ( ((1 [1 \
          (abc 1e400 "(1 " -0
          lex-bound - + [a [b [c (a (b (d [1 | [ ( "" a [zz +a -b ++ "[\\x00" "[\\xff" (\\xff [10
          rank 0 0 1 2 3 -1 -1 -2 -3 | 100 -100 9223372036854775807 -9223372036854775808 \
          9223372036854775808 abc "" 1.5 -0
          index 0 0 1 2 3 -1 -1 -2 -3 | 100 -100 9223372036854775807 -9223372036854775808 \
          9223372036854775808 abc "" 1.5 2147483648
          count 0 1 1 2 3 10 | -1 -2 9223372036854775807 -9223372036854775808 9223372036854775808 \
          abc "" 1.5 2147483648
          sample 0 1 2 3 10 -1 -2 -5 | -9223372036854775808 9223372036854775808 abc "" 1.5 1000
          removals 0 1 -1 2 -2 | 100 -100 9223372036854775807 -9223372036854775808 abc ""
          lpos-rank 1 2 -1 -2 | 0 3 -9223372036854775808 9223372036854775807 abc ""
          offset 0 1 2 5 10 100 | -1 4096 536870912 9223372036854775807 abc "" 1.5
          pattern * s* ?1 [st]1 h[^2] l[1-2] | "" nomatch \\\\* s[1 [ ** ?? *1* [z-a]1 s[\\\\1] \
          "\\x00*" [^] *a* [
          cursor 0 0 0 0 0 0 0 0 0 | abc 18446744073709551616 1.5
          scan-count 1 2 10 100 1000 | 0 -1 abc 9223372036854775807 ""
          type string list hash set zset stream | none foo "" String
          db 0 0 1 1 2 | 15 16 -1 abc "" 9223372036854775808 1.5 2147483648
          channel c1 c2 c3 | "" "c\\x00\\xff" news.art
          channel-pattern c* c? c1 | "" * [c]1 news.* c[1
          group g1 g1 g1 g1 g2 | "" g3 nogroup
          consumer a b c | "" d
          entry-id 1-1 1-2 2-1 2-2 3-1 3 4 5-1 6 7-3 8 9-9 | 0-0 0-1 0 1-* 5-* 9-* \
          18446744073709551615-18446744073709551615 18446744073709551615-* 18446744073709551615 \
          18446744073709551616-1 -1-1 1- -1 abc "" 1-1-1 1-18446744073709551616 - + 01-01 1_1 \
          10-* 20-* 1-a a-1
          last-id 40 50-1 60-6 100 | abc "" 0-0 18446744073709551615-18446744073709551615 1- 70-a -
          add-id 1-1 1-2 2-1 3-1 3 4 5-1 6 7-3 8 9-9 1-* 5-* 10-* 20-* 10-1 11-1 12-1 13 14-5 \
          20-2 30 31 32 33 * | 0-0 0-1 0-* 0 18446744073709551615-18446744073709551615 \
          18446744073709551615-* 18446744073709551615 18446744073709551616-1 -1-1 1- -1 abc "" \
          1-1-1 - + ** *-1 *-*
          range-id - + - + 1-1 2 3-1 5 (1-1 (2-2 (5 | 0 9-9 10 18446744073709551615 ( (- (+ abc \
          "" 1- (18446744073709551615-18446744073709551615 (0-0 (abc \
          18446744073709551615-18446744073709551615 1-1-1 > $
          after-id 0 0-0 1-1 2 5-1 $ | abc "" - > 18446744073709551615-18446744073709551615 1-
          group-id > > > 0 0-0 1-1 | $ abc "" + -
          group-start 0 $ 0-0 1-1 5 | abc "" - + > 18446744073709551615-18446744073709551615
          min-idle 0 0 0 100000000 | -1 abc "" 9223372036854775807 9223372036854775808
          idle 0 5000000 100000000 | -1 abc ""
          retries 0 1 2 3 100 | -1 -2 abc "" 9223372036854775807
          entries-read 0 0 -1 | -2 abc ""
          entries-added 100 1000 | -1 abc ""
          threshold 0 1 2 3 5 | -1 abc "" 1000 9223372036854775807 9223372036854775808
          block-time 0 0 0 0 0 0 1 | 2 -1 abc "" 9223372036854775808 1.5
          timeout 0 0 0 0 0 0 0.001 | .002 -1 -0.01 abc "" nan 1e10x 0x 1000000
          weight 1 2 0.5 -1 | 0 inf -inf nan abc "" 1e308 1e-320
          geo g1 g1 g1 g2 g2 g3 | s1 l1 z1 "" nokey
          longitude 0 13.361389 15.087269 13.5 -0.1 2.35 2.3522 179.99 -179.99 -122.42 120 | 180 \
          -180 180.1 -181 1e308 inf nan abc "" 90.5 -0
          latitude 0 38.115556 37.502669 38 51.5 48.85 48.8566 84.9 -84.9 37.77 -33.9 70 | \
          85.05112878 -85.05112878 85.06 -90 1e-300 -inf nan abc "" 1.
          radius 0 1 100 200 300 1000 5000 10000 0.5 12345.678 | 20000000 1e10 -1 inf nan abc ""
          unit m km ft mi KM m km | M cm "" 1
          geo-score 0 1 3479099956230698 4503599627370496 | 9007199254740991 1.5
          sketch p1 p1 p1 p2 p2 p3 | s1 l1 h1 "" nokey
          sketch-offset 0 4 5 8 15 16 17 18 | 3 100
          word a b hello PING | "" "a b" "\\x00\\xff" 1
          client-name me worker-1 | "" "a b" "a\\n" "\\xff" a\\x00 *60n
          setting maxmemory databases maxclients timeout | nosuch "" database? proto-max-bulk-len
          by-pattern nosort w_* w_* h1->f* s* | # "" nosuch_* *->f1 w_*->
          get-pattern # w_* s* h1->f* | nosort "" h1->f1 *->f1 h*->
          bit 0 1 | 2 -1 abc ""
          bit-offset 0 1 2 7 8 9 15 100 | -1 1000 4294967296 9223372036854775807 abc ""
          bit-index 0 1 2 3 7 8 12 20 -1 -2 -7 -8 -9 -20 | 100 -100 9223372036854775807 \
          -9223372036854775808 abc "" 1.5
          bit-type u8 i8 u1 i5 u63 i64 u16 i1 u3 i63 | u64 u0 i65 x8 "" u i i0 u08 U8
          field-number 0 1 -1 2 10 -10 127 128 255 256 -128 -129 1000 | 9223372036854775807 \
          -9223372036854775808 -9223372036854775807 9223372036854775808 abc "" 1.5
          field-offset 0 1 3 8 13 100 #0 #1 #2 | -1 abc "" # #-1 #abc
          """);

  private final Random random;
  private int clockCalls;
  private int ids;

  Arguments(Random random) {
    this.random = random;
  }

  private record Pool(List<String> usual, List<String> rare) {
    static Map<String, Pool> parseAll(String table) {
      Map<String, Pool> pools = new HashMap<>();
      for (String line : table.lines().toList()) {
        String[] halves = line.split(" \\| ", 2);
        List<String> usual = new ArrayList<>(Quoted.words(halves[0]));
        pools.put(usual.removeFirst(), new Pool(usual, Quoted.words(halves[1])));
      }
      return pools;
    }
  }

  /// The name, if there is such a kind.
  static String known(String kind) {
    String plain = kind.replaceFirst("^numkeys-", "");
    if (!POOLS.containsKey(plain) && !MADE.contains(plain)) {
      throw new IllegalArgumentException("no such kind of argument: " + kind);
    }
    return kind;
  }

  void write(String kind, List<String> words) {
    switch (kind) {
      case "seconds" -> words.add(lifetime(1));
      case "milliseconds" -> words.add(lifetime(1000));
      case "unix-seconds" -> words.add(deadline(""));
      case "unix-milliseconds" -> words.add(deadline("000"));
      case "next-id" -> words.add(nextId());
      case "element" -> elements(words);
      case "streams-after" -> streams("after-id", words);
      case "streams-new" -> streams("group-id", words);
      case "zsets-weighted" -> weighted(words);
      default -> {
        if (kind.startsWith("numkeys-")) {
          counted(kind.substring("numkeys-".length()), words);
        } else {
          words.add(pick(kind));
        }
      }
    }
  }

  String pick(String kind) {
    Pool pool = POOLS.get(kind);
    return pool == null ? "" : oneOf(random.nextDouble() < RARE ? pool.rare() : pool.usual());
  }

  int repetitions() {
    double dice = random.nextDouble();
    if (dice < 0.003) {
      return 130 + random.nextInt(500);
    }
    return dice < 0.5 ? 1 : dice < 0.75 ? 2 : dice < 0.9 ? 3 : 4 + random.nextInt(5);
  }

  String otherCase(String word) {
    StringBuilder out = new StringBuilder();
    for (int at = 0; at < word.length(); at++) {
      char c = word.charAt(at);
      out.append(random.nextBoolean() ? Character.toLowerCase(c) : c);
    }
    return random.nextBoolean() ? word.toLowerCase(Locale.ROOT) : out.toString();
  }

  /// A time to live that is either over at once or far off, and never the same twice, so that no
  /// two deadlines of a sequence depend on which millisecond it was.
  private String lifetime(long unit) {
    clockCalls++;
    double dice = random.nextDouble();
    if (dice < 0.8) {
      return Long.toString(
          (100L * (1 + random.nextInt(4)) + 1000L * random.nextInt(3) + 10_000L * clockCalls)
              * unit);
    }
    return oneOf(
        List.of(
            "0",
            "-1",
            "-100",
            "9223372036854775807",
            "-9223372036854775808",
            "9223372036854775808",
            "9223372036854775",
            "abc",
            "",
            "1.5"));
  }

  /// 1-1, 1-2, 2-1, 2-2, 3-1 and so on.
  private String nextId() {
    ids++;
    return (ids + 1) / 2 + "-" + (2 - ids % 2);
  }

  private String deadline(String zeros) {
    clockCalls++;
    if (random.nextDouble() < 0.7) {
      return 4102444800L + 100L * clockCalls + zeros;
    }
    return oneOf(
        List.of(
            "1", "0", "-1", "1000000", "9223372036854775807", "abc", "", "9223372036854775808"));
  }

  /// A count, seldom a wrong one, and so many of a kind; answers how many.
  private int counted(String kind, List<String> words) {
    int count = Math.min(repetitions(), 4);
    words.add(random.nextDouble() < RARE ? pick("count") : Integer.toString(count));
    repeat(kind, count, words);
    return count;
  }

  private void weighted(List<String> words) {
    int count = counted("zset", words);
    if (random.nextBoolean()) {
      words.add("WEIGHTS");
      repeat("weight", count, words);
    }
  }

  private void repeat(String kind, int count, List<String> words) {
    for (int i = 0; i < count; i++) {
      words.add(pick(kind));
    }
  }

  /// One stream or two, now and then the same.
  private void streams(String idKind, List<String> words) {
    int count = random.nextBoolean() ? 1 : 2;
    repeat("stream", count, words);
    repeat(idKind, count, words);
  }

  /// One element, or so many that a sketch becomes dense.
  private void elements(List<String> words) {
    int count = random.nextInt(60) == 0 ? 1000 + random.nextInt(2000) : 1;
    for (int i = 0; i < count; i++) {
      words.add(Integer.toString(random.nextInt(count > 1 ? 100_000 : 3000)));
    }
  }

  private String oneOf(List<String> words) {
    return words.get(random.nextInt(words.size()));
  }
}
