package naru.broker;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import naru.measure.Measure;
import naru.measure.Plan;
import naru.measure.load.Catalogue;
import naru.measure.load.Group;
import naru.measure.load.Load;
import naru.measure.load.Scale;
import naru.measure.server.Program;
import naru.world.real.Transport;
import org.apache.commons.cli.CommandLine;
import org.apache.commons.cli.Options;

/// `naru bench`: this broker beside redis-server, on this machine.
final class BenchCommand extends Subcommand {
  private static final int EXIT_NOT_ALL = 1;
  private static final String NONE = "none";
  private static final int ROUNDS_MAX = 1000;
  private static final double SECONDS_MAX = 86_400;
  private static final long COUNT_MAX = 1_000_000_000;

  @Override
  String name() {
    return "bench";
  }

  @Override
  String purpose() {
    return "Measures Naru beside redis-server on this machine, both with the same durability.";
  }

  @Override
  String operand() {
    return "[LOAD]...";
  }

  @Override
  int operandsMax() {
    return Integer.MAX_VALUE;
  }

  @Override
  Options options() {
    return new Options()
        .addOption(
            flag(
                "list",
                "Lists all loads. A LOAD is one, or a beginning of one, with * for any part; or"
                    + " all."))
        .addOption(valued("rounds", "N", "Rounds of each load, servers in turns. Default: 3"))
        .addOption(valued("seconds", "S", "How long a round lasts, about. Default: 3"))
        .addOption(
            valued("fsync", "WHEN", "always, everysec or no, on both sides. Default: everysec"))
        .addOption(
            valued(
                "count",
                "N",
                "Keys, entries, elements of pending, start, memory, snapshot. Default: 1000000"))
        .addOption(flag("floor", "Shows beside them a server that answers and does nothing."))
        .addOption(
            valued("peer", "PROGRAM", "A redis-server, or none: Naru alone. Default: redis-server"))
        .addOption(
            valued("driver", "WHICH", "auto: redis-benchmark where it can; own. Default: auto"))
        .addOption(valued("transport", "KIND", "Of Naru: auto, epoll, io_uring, nio."))
        .addOption(flag("json", "Prints JSON instead of tables."))
        .addOption(
            valued("out", "DIR", "Gets bench.md, bench.json, bench.svg. Default: naru-bench"))
        .addOption(
            valued(
                "data",
                "DIR",
                "On whose disk the servers write, for as long as it takes. Default: the system's"
                    + " folder for such files"));
  }

  @Override
  int run(CommandLine line) {
    Scale scale = scale(line);
    if (line.hasOption("list")) {
      list(scale);
      return 0;
    }
    try {
      Plan plan = plan(line, scale);
      return new Measure(plan, System.out, System.err).run() ? 0 : EXIT_NOT_ALL;
    } catch (IOException failure) {
      System.err.println("naru: " + failure.getMessage());
      return EXIT_NOT_ALL;
    }
  }

  private static Scale scale(CommandLine line) {
    String fsync = line.getOptionValue("fsync", "everysec");
    if (!List.of("always", "everysec", "no").contains(fsync)) {
      throw new BadSetting("--fsync is always, everysec or no, not '" + fsync + "'");
    }
    long count = whole(line, "count", "1000000", 10, COUNT_MAX);
    return new Scale(fsync, count, usesRedisBenchmark(line.getOptionValue("driver", "auto")));
  }

  private static boolean usesRedisBenchmark(String driver) {
    return switch (driver) {
      case "auto" -> Program.find("redis-benchmark").isPresent();
      case "own" -> false;
      default -> throw new BadSetting("--driver is auto or own, not '" + driver + "'");
    };
  }

  private static Plan plan(CommandLine line, Scale scale) throws IOException {
    String peer = line.getOptionValue("peer", "redis-server");
    String transport = transport(line.getOptionValue("transport", "auto"));
    ThisProgram self = ThisProgram.running();
    Optional<Program> memcached =
        peer.equals(NONE) ? Optional.empty() : cachePeer(Program.find("memcached"));
    return new Plan(
        words(line, scale),
        (int) whole(line, "rounds", "3", 1, ROUNDS_MAX),
        number(line, "seconds", "3", 0.05, SECONDS_MAX),
        scale,
        Program.naru(self.server(), Main.VERSION, transport),
        redis(peer, line.hasOption("peer")),
        memcached,
        line.hasOption("floor")
            ? Optional.of(Program.floor(self.floor(), transport))
            : Optional.empty(),
        folder(line),
        Directories.path("--out: into which directory?", line.getOptionValue("out", "naru-bench")),
        line.hasOption("json"));
  }

  private static List<String> words(CommandLine line, Scale scale) {
    List<String> words = line.getArgList().isEmpty() ? Catalogue.USUAL : line.getArgList();
    for (String word : words) {
      boolean isThere =
          Catalogue.groups(scale).stream()
              .flatMap(group -> group.loads().stream())
              .anyMatch(load -> Catalogue.matches(word, load.name()));
      if (!isThere) {
        throw new BadSetting("there is no load '" + word + "'; see naru bench --list");
      }
    }
    return words;
  }

  private static Optional<Program> redis(String peer, boolean isAskedFor) throws IOException {
    Optional<Path> file = peer.equals(NONE) ? Optional.empty() : Program.find(peer);
    if (file.isPresent()) {
      return Optional.of(Program.redis(file.get()));
    }
    if (isAskedFor && !peer.equals(NONE)) {
      throw new BadSetting("--peer: there is no program " + peer);
    }
    System.err.println(
        peer.equals(NONE) ? "Naru alone" : "there is no redis-server on the PATH: Naru alone");
    return Optional.empty();
  }

  private static Optional<Program> cachePeer(Optional<Path> file) throws IOException {
    return file.isEmpty() ? Optional.empty() : Optional.of(Program.memcached(file.get()));
  }

  private static String transport(String word) {
    try {
      return Transport.valueOf(word.toUpperCase(Locale.ROOT)).name().toLowerCase(Locale.ROOT);
    } catch (IllegalArgumentException unknown) {
      throw new BadSetting("--transport is auto, io_uring, epoll or nio, not '" + word + "'");
    }
  }

  private static Path folder(CommandLine line) {
    String word = line.getOptionValue("data", System.getProperty("java.io.tmpdir"));
    Path folder = Directories.path("--data: on which directory's disk?", word);
    if (!Files.isDirectory(folder)) {
      throw new BadSetting("--data: there is no directory " + folder);
    }
    return folder.toAbsolutePath();
  }

  private static long whole(
      CommandLine line, String option, String standard, long least, long most) {
    double number = number(line, option, standard, (double) least, (double) most);
    if (number != Math.rint(number)) {
      String word = line.getOptionValue(option, standard);
      throw new BadSetting("--" + option + " is a whole number, not '" + word + "'");
    }
    return (long) number;
  }

  private static double number(
      CommandLine line, String option, String standard, double least, double most) {
    String word = line.getOptionValue(option, standard);
    try {
      double number = Double.parseDouble(word);
      if (number >= least && number <= most) {
        return number;
      }
    } catch (NumberFormatException notANumber) {
      throw new BadSetting("--" + option + " is a number, not '" + word + "'");
    }
    throw new BadSetting(
        String.format(
            Locale.ROOT,
            "--%s is between %s and %s, not %s",
            option,
            plain(least),
            plain(most),
            word));
  }

  private static String plain(double number) {
    return number == Math.rint(number) ? Long.toString((long) number) : Double.toString(number);
  }

  private static void list(Scale scale) {
    for (Group group : Catalogue.groups(scale)) {
      System.out.printf("%s: %s%n", group.name(), group.purpose());
      for (Load load : group.loads()) {
        String mark = Catalogue.isUsual(load.name()) ? "*" : " ";
        System.out.printf("%s %-28s %s%n", mark, load.name(), load.title());
      }
    }
    System.out.println("* if no LOAD is named");
  }
}
