package naru.compatibility.differential;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;

/// Makes the sequence of a seed: valid calls for the most part, and calls that are wrong in one
/// place.
final class Generator {
  private static final int COMMANDS_MAX = 40;
  private static final int FILLS_MAX = 10;
  private static final double WRONG = 0.1;
  private static final double SAME_CONNECTION = 0.75;
  private static final double SENT_BEHIND = 0.3;
  private static final Set<String> BRACKETS = Set.of("multi", "exec");
  private static final String KEY_OF_TWO_TYPES = "m";

  /// Strange bytes, each a whole request or one that ends the connection. None leaves the server
  /// waiting for more.
  private static final List<String> RAW =
      """
      "PING\\r\\n"
      "PING\\n"
      "\\r\\n"
      "\\r\\n\\r\\nPING\\r\\n"
      "   \\r\\n"
      "*0\\r\\n"
      "*-1\\r\\n"
      "*1\\r\\n$4\\r\\nPING\\r\\n"
      "*1\\r\\n$4\\r\\nping\\r\\n"
      "*01\\r\\n$4\\r\\nPING\\r\\n"
      "*1\\r\\n$04\\r\\nPING\\r\\n"
      "*1\\r\\n$0\\r\\n\\r\\n"
      "*2\\r\\n$4\\r\\nECHO\\r\\n$0\\r\\n\\r\\n"
      "*2\\r\\n$4\\r\\nECHO\\r\\n$4\\r\\na\\r\\nb\\r\\n"
      "*2\\r\\n$3\\r\\nGET\\r\\n$2\\r\\ns1\\r\\n"
      "SET s1 \\"a b\\"\\r\\n"
      "SET s1 'it\\\\'s'\\r\\n"
      "SET s1 \\"\\\\x41\\\\x00\\\\n\\\\r\\\\t\\\\b\\\\a\\\\q\\"\\r\\n"
      "SET s1 '\\\\x41\\\\n'\\r\\n"
      "SET s1 a\\"b c\\"\\r\\n"
      "SET s1 \\"\\"\\r\\n"
      "GET s1\\r\\n"
      "GET  s1  \\r\\n"
      " GET\\ts1\\r\\n"
      "get s1 extra\\r\\n"
      "GET\\r\\n"
      "\\"GET\\" \\"s1\\"\\r\\n"
      "\\"GET\\"s1\\r\\n"
      "SET s1 \\"unbalanced\\r\\n"
      "SET s1 'unbalanced\\r\\n"
      "SET s1 \\"a\\"b\\r\\n"
      "QUIT\\r\\n"
      "quit now\\r\\n"
      "*x\\r\\n"
      "*\\r\\n"
      "*1.5\\r\\n"
      "* 1\\r\\n"
      "*2147483648\\r\\n"
      "*9223372036854775808\\r\\n"
      "*-10\\r\\n"
      "*1\\r\\n:5\\r\\n"
      "*1\\r\\nPING\\r\\n"
      "*1\\r\\n$x\\r\\n"
      "*1\\r\\n$\\r\\n"
      "*1\\r\\n$-1\\r\\n"
      "*1\\r\\n$-5\\r\\n"
      "*1\\r\\n$536870913\\r\\n"
      "*2\\r\\n$3\\r\\nGET\\r\\n$-1\\r\\n"
      "*2\\r\\n$3\\r\\nGET\\r\\n\\r\\n"
      "$4\\r\\n"
      "+OK\\r\\n"
      ":1\\r\\n"
      "\\xff\\xfe\\r\\n"
      "POST / HTTP/1.1\\r\\n"
      "Host: example.org\\r\\n"
      "GET / HTTP/1.1\\r\\n"
      """
          .lines()
          .map(Quoted::unquote)
          .toList();

  private final Family family;
  private final int protocol;
  private final long seed;
  private final Random random;
  private final Arguments arguments;

  private Generator(Family family, int protocol, long seed) {
    this.family = family;
    this.protocol = protocol;
    this.seed = seed;
    // Neighbouring seeds begin alike in java.util.Random, unless they are spread first.
    this.random = new Random(seed * 0x9E3779B97F4A7C15L);
    this.arguments = new Arguments(random);
  }

  static Sequence sequence(Family family, int protocol, long seed) {
    return new Generator(family, protocol, seed).sequence();
  }

  private Sequence sequence() {
    int count = 1 + random.nextInt(COMMANDS_MAX);
    int connections = 1 + random.nextInt(family.connections());
    int connection = 1;
    List<Command> commands = new ArrayList<>(fills());
    if (family == Family.WAKING) {
      return new Sequence(seed, protocol, waking(count, commands));
    }
    while (commands.size() < count) {
      if (random.nextDouble() >= SAME_CONNECTION) {
        connection = 1 + random.nextInt(connections);
      }
      Command command = command(connection);
      if (Fitness.isFit(command) && !isCutScan(command)) {
        commands.add(command);
      }
    }
    return new Sequence(seed, protocol, List.copyOf(commands));
  }

  /// Commands that may wait go round the connections from the second on, so that queues become
  /// long; what makes something ready is sent on the first.
  private List<Command> waking(int count, List<Command> commands) {
    int waits = 0;
    while (commands.size() < count) {
      Command command = Command.of(1, words());
      if (command.mayWait() && isOrderly(command, commands)) {
        int connection = 2 + waits++ % (family.connections() - 1);
        commands.add(Command.of(connection, command.words()));
        if (random.nextDouble() < SENT_BEHIND) {
          addBehind(connection, commands);
        }
      } else if (!command.mayWait()) {
        commands.add(command);
      }
    }
    return List.copyOf(commands);
  }

  private void addBehind(int connection, List<Command> commands) {
    Command command = Command.behind(connection, words());
    boolean isPlain = command.foreword().isEmpty() && command.clearance().isEmpty();
    if (isPlain && !command.isOneOf(BRACKETS) && isOrderly(command, commands)) {
      commands.add(command);
    }
  }

  private List<String> words() {
    return choose(family.usages()).call(arguments, random);
  }

  /// Redis 7.0 changes the order of those who wait for a list and a sorted set at one key: it moves
  /// who waits for the other type to the end. One of each is still in order.
  private static boolean isOrderly(Command command, List<Command> commands) {
    return !command.mayWait()
        || !command.words().contains(KEY_OF_TWO_TYPES)
        || commands.stream()
            .noneMatch(
                other ->
                    other.mayWait()
                        && other.words().contains(KEY_OF_TWO_TYPES)
                        && other.name().startsWith("bz") == command.name().startsWith("bz"));
  }

  /// A scan in a transaction cannot be followed to its end.
  private boolean isCutScan(Command command) {
    return family == Family.TRANSACTIONS && command.cursorPosition() > 0;
  }

  private List<Command> fills() {
    List<Command> commands = new ArrayList<>();
    int count =
        family.fills().isEmpty() ? 0 : random.nextInt(family == Family.BLOCKING ? 2 : FILLS_MAX);
    for (int i = 0; i < count; i++) {
      commands.add(Command.of(1, choose(family.fills()).call(arguments, random)));
    }
    return commands;
  }

  private Command command(int connection) {
    if (family == Family.PROTOCOL && random.nextDouble() < 0.8) {
      return Command.raw(connection, raw());
    }
    List<Usage> others = family.others();
    boolean other =
        family.usages().isEmpty() || (!others.isEmpty() && random.nextDouble() < otherShare());
    List<String> words = choose(other ? others : family.usages()).call(arguments, random);
    return Command.of(connection, random.nextDouble() < WRONG ? spoilt(words) : words);
  }

  private String raw() {
    StringBuilder bytes = new StringBuilder(RAW.get(random.nextInt(RAW.size())));
    for (int i = random.nextInt(3); i > 0; i--) {
      bytes.append(RAW.get(random.nextInt(RAW.size())));
    }
    // Redis drops the connection of a web browser with all it had to say before.
    int attack = Math.max(bytes.indexOf("POST"), bytes.indexOf("Host:"));
    return bytes.substring(Math.max(0, attack));
  }

  private double otherShare() {
    return family == Family.TRANSACTIONS ? 0.6 : 0.2;
  }

  private Usage choose(List<Usage> usages) {
    int dice = random.nextInt(usages.stream().mapToInt(Usage::weight).sum());
    for (Usage usage : usages) {
      dice -= usage.weight();
      if (dice < 0) {
        return usage;
      }
    }
    throw new IllegalStateException("no usages");
  }

  private List<String> spoilt(List<String> call) {
    List<String> words = new ArrayList<>(call);
    int at = random.nextInt(words.size());
    switch (random.nextInt(8)) {
      case 0 -> words.add(arguments.pick("value"));
      case 1 -> words.add(at, arguments.pick("value"));
      case 2 -> words.add(at, words.get(at));
      case 3 -> words.subList(Math.max(1, at), words.size()).clear();
      case 4 -> words.set(at, arguments.pick("int"));
      case 5 -> words.set(at, arguments.pick("key"));
      case 6 -> Collections.swap(words, at, random.nextInt(words.size()));
      default -> words.remove(Math.min(words.size() - 1, Math.max(1, at)));
    }
    return words.isEmpty() ? call : words;
  }
}
