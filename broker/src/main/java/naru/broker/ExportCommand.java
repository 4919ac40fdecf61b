package naru.broker;

import java.nio.file.Path;
import naru.broker.exchange.Export;
import naru.rdb.RdbVersion;
import naru.world.real.ReadOnlyDisk;
import org.apache.commons.cli.CommandLine;
import org.apache.commons.cli.Options;
import org.jspecify.annotations.Nullable;

/// `naru export`: what a directory of the broker's keeps becomes an RDB file.
final class ExportCommand extends Subcommand {
  @Override
  String name() {
    return "export";
  }

  @Override
  String purpose() {
    return "Writes what a directory keeps as an RDB file, which Redis loads. No broker may run on"
        + " it. Exit codes: 0 it is written; 2 it is not, and one line says why.";
  }

  @Override
  String operand() {
    return "FILE";
  }

  @Override
  Options options() {
    return new Options()
        .addOption(valued("dir", "DIR", "Where from. Default: naru-data"))
        .addOption(
            valued(
                "rdb-version",
                "NUMBER",
                "The version to write, 10 (Redis 7.0) to 14 (8.8). Default: the lowest that has a"
                    + " place for everything"))
        .addOption(flag("plain", "Does not compress strings."));
  }

  @Override
  int run(CommandLine line) {
    String target = line.getArgList().isEmpty() ? null : line.getArgList().getFirst();
    Path file = Directories.path("export to which file?", target);
    Path directory = Directories.path("--dir", line.getOptionValue("dir", "naru-data"));
    new Export(System.err)
        .run(
            ReadOnlyDisk.open(directory),
            file,
            version(line.getOptionValue("rdb-version")),
            !line.hasOption("plain"));
    return 0;
  }

  private static int version(@Nullable String word) {
    if (word == null) {
      return 0;
    }
    for (int version = RdbVersion.OLDEST_WRITTEN; version <= RdbVersion.NEWEST; version++) {
      if (word.equals(Integer.toString(version))) {
        return version;
      }
    }
    throw new BadSetting(
        "--rdb-version is "
            + RdbVersion.OLDEST_WRITTEN
            + " to "
            + RdbVersion.NEWEST
            + ", not '"
            + word
            + "'");
  }
}
