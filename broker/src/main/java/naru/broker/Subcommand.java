package naru.broker;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.commons.cli.CommandLine;
import org.apache.commons.cli.DefaultParser;
import org.apache.commons.cli.MissingArgumentException;
import org.apache.commons.cli.Option;
import org.apache.commons.cli.Options;
import org.apache.commons.cli.ParseException;
import org.apache.commons.cli.UnrecognizedOptionException;
import org.apache.commons.cli.help.HelpFormatter;
import org.apache.commons.cli.help.TextHelpAppendable;
import org.jspecify.annotations.Nullable;

/// One of the words behind `naru`.
abstract class Subcommand {
  private static final int HELP_WIDTH = 100;
  private static final Option HELP = Option.builder("h").longOpt("help").desc("Shows this.").get();

  abstract String name();

  /// One sentence for `naru --help`.
  abstract String purpose();

  /// What it takes, in the order in which the help shows them.
  abstract Options options();

  /// What it takes, those too that the help leaves out.
  Options accepted() {
    return options();
  }

  /// The name of the word that it takes beside its options, as the help shows it; null for none.
  @Nullable String operand() {
    return null;
  }

  /// How many of these words it takes.
  int operandsMax() {
    return operand() == null ? 0 : 1;
  }

  /// Does it; returns the exit code of the process. What cannot be done is a [BadSetting].
  abstract int run(CommandLine line);

  final int run(String[] words) {
    CommandLine line = parse(words);
    if (line.hasOption("help")) {
      return help(options().addOption(HELP));
    }
    return run(line);
  }

  /// An option that is there or not.
  static Option flag(String name, String description) {
    return Option.builder().longOpt(name).desc(description).get();
  }

  /// An option `--name VALUE`.
  static Option valued(String name, String value, String description) {
    return Option.builder().longOpt(name).hasArg().argName(value).desc(description).get();
  }

  /// The words behind its name, understood; else a [BadSetting].
  final CommandLine parse(String... words) {
    Options options = accepted().addOption(HELP);
    CommandLine line;
    try {
      line = DefaultParser.builder().setAllowPartialMatching(false).get().parse(options, words);
    } catch (UnrecognizedOptionException unknown) {
      throw new BadSetting("there is no option " + unknown.getOption());
    } catch (MissingArgumentException missing) {
      throw new BadSetting("--" + missing.getOption().getLongOpt() + " needs a value");
    } catch (ParseException wrong) {
      throw new BadSetting("the command line is not understood: " + wrong.getMessage());
    }
    if (line.getArgList().size() > operandsMax()) {
      throw new BadSetting("what is '" + line.getArgList().get(operandsMax()) + "'?");
    }
    for (Option option : line.getOptions()) {
      if (option.hasArg() && line.getOptionValues(option).length > 1) {
        throw new BadSetting("--" + option.getLongOpt() + " is given more than once");
      }
    }
    return line;
  }

  private int help(Options options) {
    TextHelpAppendable text = new TextHelpAppendable(System.out);
    text.setMaxWidth(HELP_WIDTH);
    HelpFormatter formatter =
        HelpFormatter.builder()
            .setHelpAppendable(text)
            .setShowSince(false)
            .setComparator((_, _) -> 0) // as they were added
            .get();
    try {
      String operand = operand() == null ? "" : " " + operand();
      formatter.printHelp(
          "naru " + name() + operand + " [OPTION]...", purpose(), options, "", false);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
    return 0;
  }
}
