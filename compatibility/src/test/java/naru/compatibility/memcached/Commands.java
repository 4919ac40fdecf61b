package naru.compatibility.memcached;

import java.util.List;
import java.util.Random;

/// Makes commands of memcached at random, right ones and wrong ones. Each ends where the next may
/// begin, whatever becomes of it.
///
/// `@` stands where a version belongs that the server has shown for that key.
final class Commands {
  private static final List<String> NUMBERS =
      List.of(
          "0",
          "1",
          "7",
          "10",
          "99",
          "18446744073709551615",
          "9223372036854775808",
          "007",
          " 5",
          "5 x",
          "x",
          "",
          "-1",
          "+3",
          "1.5");
  private static final List<String> TIMES = List.of("0", "0", "0", "-1", "1000", "2592000", "9");
  private static final List<String> META_GET =
      List.of(
          "v", "v", "s", "f", "c", "k", "Oabc", "t", "h", "q", "u", "N100", "R500", "T100", "R30",
          "T500", "b", "!", "Tx", "v");
  private static final List<String> META_SET =
      List.of(
          "c",
          "k",
          "Ox",
          "q",
          "F5",
          "T100",
          "T0",
          "ME",
          "MA",
          "MP",
          "MR",
          "MS",
          "C@",
          "C@",
          "C1",
          "I",
          "MZ",
          "b",
          "F99999999999",
          "T-1",
          "!");
  private static final List<String> META_DELETE =
      List.of("q", "k", "Oq", "C@", "C1", "I", "I", "T100", "T-1", "!");
  private static final List<String> META_COUNT =
      List.of(
          "v", "v", "c", "t", "k", "Oq", "q", "N0", "N100", "J13", "D5", "D100", "MD", "MI", "M+",
          "M-", "C@", "T100", "Dx", "MZ");

  private final Random random;
  private final String prefix;

  /// @param prefix of all keys, so that sequences do not meet
  Commands(long seed, String prefix) {
    this.random = new Random(seed);
    this.prefix = prefix;
  }

  record Command(String key, String text) {}

  Command next() {
    String key = key();
    return new Command(key, text(key));
  }

  private String key() {
    return random.nextInt(60) == 0
        ? prefix + "k".repeat(251)
        : prefix + "abcd".charAt(random.nextInt(4));
  }

  private String of(List<String> choices) {
    return choices.get(random.nextInt(choices.size()));
  }

  private String value() {
    return switch (random.nextInt(4)) {
      case 0 -> of(NUMBERS);
      case 1 -> "v" + random.nextInt(100);
      case 2 -> "\r\nget a\r\n\0";
      default -> Integer.toString(random.nextInt(1000));
    };
  }

  private String quiet() {
    return random.nextInt(6) == 0 ? " noreply" : "";
  }

  private String text(String key) {
    return switch (random.nextInt(20)) {
      case 0, 1 -> storing("set", key, "");
      case 2 -> storing("add", key, "");
      case 3 -> storing("replace", key, "");
      case 4 -> storing("append", key, "");
      case 5 -> storing("prepend", key, "");
      case 6, 7 -> storing("cas", key, random.nextInt(4) == 0 ? " 1" : " @");
      case 8 -> of(List.of("get ", "gets ")) + key + " " + prefix + "a " + prefix + "b\r\n";
      case 9 -> of(List.of("gat ", "gats ")) + of(TIMES) + " " + key + "\r\n";
      case 10 -> "incr " + key + " " + of(NUMBERS) + quiet() + "\r\n";
      case 11 -> "decr " + key + " " + of(NUMBERS) + quiet() + "\r\n";
      case 12 -> "touch " + key + " " + of(TIMES) + quiet() + "\r\n";
      case 13 -> "delete " + key + of(List.of("", "", " 0", " 1", " noreply")) + "\r\n";
      case 14, 15 -> "mg " + key + flags(META_GET) + "\r\n";
      case 16 -> metaSet(key);
      case 17 -> "md " + key + flags(META_DELETE) + "\r\n";
      case 18 -> "ma " + key + flags(META_COUNT) + "\r\n";
      default -> odd();
    };
  }

  private String storing(String name, String key, String version) {
    String value = value();
    String length = Integer.toString(value.length());
    if (random.nextInt(30) == 0) {
      // Too short an announcement; the rest is read as a command.
      length = Integer.toString(Math.max(0, value.length() - 1));
    }
    if (random.nextInt(40) == 0) {
      length = of(List.of("-1", "x"));
    }
    String flags = of(List.of("0", "5", "4294967295", "4294967296", "x", "-1", "7"));
    String time = of(TIMES);
    return name + " " + key + " " + flags + " " + time + " " + length + version + quiet() + "\r\n"
        + value + "\r\n";
  }

  private String metaSet(String key) {
    String value = value();
    return "ms " + key + " " + value.length() + flags(META_SET) + "\r\n" + value + "\r\n";
  }

  private String flags(List<String> choices) {
    StringBuilder flags = new StringBuilder();
    for (int i = random.nextInt(6); i > 0; i--) {
      flags.append(' ').append(of(choices));
    }
    return flags.toString();
  }

  private String odd() {
    return of(
        List.of(
            "get\r\n",
            "\r\n",
            "foo\r\n",
            "verbosity 1\r\n",
            "verbosity\r\n",
            "set a 0 0\r\n",
            "incr a\r\n",
            "ms a\r\n",
            "mg\r\n",
            "touch a\r\n",
            "version\r\n",
            "flush_all x\r\n",
            "flush_all\r\n",
            "flush_all 0\r\n",
            "cas a 0 0 1\r\n",
            "GET a\r\n",
            "stats nonsense\r\n",
            "stats detail\r\n",
            "delete\r\n"));
  }
}
