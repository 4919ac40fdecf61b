package naru.broker;

import java.nio.file.Path;
import naru.broker.directory.Restoration;
import naru.world.real.ReadOnlyDisk;
import org.apache.commons.cli.CommandLine;
import org.apache.commons.cli.Options;

/// `naru repair`: what is whole of a damaged directory, in a new one.
final class RepairCommand extends Subcommand {
  @Override
  String name() {
    return "repair";
  }

  @Override
  String purpose() {
    return "Writes what is whole of a damaged directory into a new one, and says what is not.";
  }

  @Override
  String operand() {
    return Directories.OPERAND;
  }

  @Override
  Options options() {
    return new Options()
        .addOption(Directories.option())
        .addOption(valued("to", "NEWDIR", "The new directory; it must not be there yet."));
  }

  @Override
  int run(CommandLine line) {
    Path to = Directories.path("--to: into which new directory?", line.getOptionValue("to"));
    ReadOnlyDisk from = Directories.read(line);
    return new Restoration(from, System.out).run(to) ? 0 : BadSetting.EXIT_CODE;
  }
}
