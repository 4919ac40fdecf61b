package naru.broker;

import naru.broker.directory.Check;
import naru.broker.directory.NamedBlocks;
import naru.engine.State;
import naru.log.Replay;
import naru.reactor.StateReplay;
import org.apache.commons.cli.CommandLine;
import org.apache.commons.cli.Option;
import org.apache.commons.cli.Options;

/// `naru check`: is everything in a directory whole?
final class CheckCommand extends Subcommand {
  @Override
  String name() {
    return "check";
  }

  @Override
  String purpose() {
    return "Reads all that a directory holds, changes nothing, and says what is damaged.";
  }

  @Override
  String operand() {
    return Directories.OPERAND;
  }

  @Override
  Options options() {
    return new Options()
        .addOption(Directories.option())
        .addOption(
            Option.builder()
                .longOpt("load")
                .desc("Also builds the state in memory, as a start does, and counts its keys.")
                .get());
  }

  @Override
  int run(CommandLine line) {
    Replay replay = line.hasOption("load") ? new StateReplay(new State(0)) : new NamedBlocks();
    return new Check(Directories.read(line), System.out).run(replay) ? 0 : Main.EXIT_DAMAGED;
  }
}
