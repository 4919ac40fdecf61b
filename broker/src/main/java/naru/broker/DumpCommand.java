package naru.broker;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import naru.broker.directory.Dump;
import naru.world.real.ReadOnlyDisk;
import org.apache.commons.cli.CommandLine;
import org.apache.commons.cli.Option;
import org.apache.commons.cli.Options;

/// `naru dump`: what the log says, for people.
final class DumpCommand extends Subcommand {
  @Override
  String name() {
    return "dump";
  }

  @Override
  String purpose() {
    return "Shows the records of a directory's log as lines of JSON.";
  }

  @Override
  String operand() {
    return Directories.OPERAND;
  }

  @Override
  Options options() {
    return new Options()
        .addOption(Directories.option())
        .addOption(valued("from", "POSITION", "The first record to show. Default: 1"))
        .addOption(valued("to", "POSITION", "The last record to show. Default: all"))
        .addOption(
            Option.builder().longOpt("snapshot").desc("Shows the newest snapshot first.").get());
  }

  @Override
  int run(CommandLine line) {
    long from = position("from", line.getOptionValue("from", "1"));
    long to = position("to", line.getOptionValue("to", "" + Long.MAX_VALUE));
    ReadOnlyDisk disk = Directories.read(line);
    Dump dump = new Dump(disk, new FileOutputStream(FileDescriptor.out));
    return dump.run(line.hasOption("snapshot"), from, to) ? 0 : Main.EXIT_DAMAGED;
  }

  private static long position(String option, String word) {
    try {
      long position = Long.parseLong(word);
      if (position >= 1) {
        return position;
      }
    } catch (NumberFormatException notANumber) {
      throw new BadSetting("--" + option + " is the position of a record, not '" + word + "'");
    }
    throw new BadSetting("--" + option + " is at least 1, not " + word);
  }
}
