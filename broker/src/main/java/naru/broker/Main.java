package naru.broker;

import java.util.Arrays;
import java.util.List;
import naru.broker.exchange.RefusedFile;
import naru.log.DamagedLog;
import naru.world.WorldFailure;
import naru.world.real.DiskInUse;

/// Where the process starts: finds the subcommand and runs it.
///
/// Exit codes: 0 ended as asked; 1 failed while running, or found damage; 2 could not do what the
/// command line asks,
/// and one line on stderr says why.
public final class Main {
  static final String VERSION = "0.1.0";

  /// What was looked at is damaged.
  static final int EXIT_DAMAGED = 1;

  private static final String[] HELP = {"--help"};
  private static final List<Subcommand> SUBCOMMANDS =
      List.of(
          new ServerCommand(),
          new CheckCommand(),
          new RepairCommand(),
          new BackupCommand(),
          new DumpCommand(),
          new ImportCommand(),
          new ExportCommand(),
          new BenchCommand());

  private Main() {}

  public static void main(String[] arguments) {
    System.exit(run(arguments));
  }

  private static int run(String[] arguments) {
    try {
      if (arguments.length == 0) {
        return help();
      }
      String[] rest = Arrays.copyOfRange(arguments, 1, arguments.length);
      return switch (arguments[0]) {
        case "help", "--help", "-h" -> rest.length == 0 ? help() : named(rest[0]).run(HELP);
        case "--version", "-V" -> version();
        default -> named(arguments[0]).run(rest);
      };
    } catch (BadSetting | RefusedFile | DiskInUse | DamagedLog | WorldFailure refusal) {
      System.err.println("naru: " + refusal.getMessage());
      return BadSetting.EXIT_CODE;
    }
  }

  private static Subcommand named(String word) {
    for (Subcommand subcommand : SUBCOMMANDS) {
      if (subcommand.name().equals(word)) {
        return subcommand;
      }
    }
    throw new BadSetting("there is no subcommand '" + word + "'; see naru --help");
  }

  private static int version() {
    System.out.println("naru " + VERSION);
    return 0;
  }

  private static int help() {
    System.out.println("Usage: naru SUBCOMMAND [OPTION]...");
    System.out.println("A message broker for the clients of several systems.\n");
    for (Subcommand subcommand : SUBCOMMANDS) {
      System.out.printf("  %-10s %s%n", subcommand.name(), subcommand.purpose());
    }
    System.out.printf("  %-10s %s%n", "help", "What a subcommand takes: naru help SUBCOMMAND");
    System.out.printf("  %-10s %s%n", "--version", "Which version this is.");
    return 0;
  }
}
