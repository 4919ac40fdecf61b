package naru.broker;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import naru.world.real.ReadOnlyDisk;
import org.apache.commons.cli.CommandLine;
import org.apache.commons.cli.Option;
import org.jspecify.annotations.Nullable;

/// How subcommands are told which directory they are to work on.
final class Directories {
  static final String OPERAND = "DIR";

  private Directories() {}

  /// The same as the operand, under the name that the server has for it.
  static Option option() {
    return Subcommand.valued("dir", "DIR", "The directory, if it is not named without this.");
  }

  /// The directory that was named, to be read.
  static ReadOnlyDisk read(CommandLine line) {
    return ReadOnlyDisk.open(named(line));
  }

  private static Path named(CommandLine line) {
    String operand = line.getArgList().isEmpty() ? null : line.getArgList().getFirst();
    String option = line.getOptionValue("dir");
    if (operand != null && option != null) {
      throw new BadSetting("one directory, not '" + operand + "' and --dir " + option);
    }
    return path("which directory?", operand == null ? option : operand);
  }

  /// @param missing what to say if there is no such word
  static Path path(String missing, @Nullable String word) {
    if (word == null) {
      throw new BadSetting(missing);
    }
    try {
      return Path.of(word);
    } catch (InvalidPathException wrong) {
      throw new BadSetting("no path: " + wrong.getMessage());
    }
  }
}
