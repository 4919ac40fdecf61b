package naru.broker;

import naru.broker.exchange.Import;
import org.apache.commons.cli.CommandLine;
import org.apache.commons.cli.Options;

/// `naru import`: what Redis keeps becomes a directory of the broker's.
final class ImportCommand extends Subcommand {
  @Override
  String name() {
    return "import";
  }

  @Override
  String purpose() {
    return "Reads an RDB file, an append-only file, or Redis' directory into a new directory."
        + " Exit codes: 0 all was read; 1 all but the end of an append-only file, which is torn; 2"
        + " nothing, and one line says why.";
  }

  @Override
  String operand() {
    return "FILE|DIR";
  }

  @Override
  Options options() {
    return new Options()
        .addOption(valued("dir", "DIR", "Where to; made if missing. Default: naru-data"))
        .addOption(
            flag(
                "merge",
                "Adds to a directory that has data already; keys that are in both are replaced."));
  }

  @Override
  int run(CommandLine line) {
    String source = line.getArgList().isEmpty() ? null : line.getArgList().getFirst();
    boolean all =
        new Import(System.err)
            .run(
                Directories.path("import which file?", source),
                Directories.path("--dir", line.getOptionValue("dir", "naru-data")),
                line.hasOption("merge"));
    return all ? 0 : Main.EXIT_DAMAGED;
  }
}
