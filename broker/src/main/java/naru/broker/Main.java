package naru.broker;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/// Where the process starts.
@Command(
    name = "naru",
    description = "A message broker for the clients of several systems.",
    subcommands = {ServerCommand.class, CommandLine.HelpCommand.class},
    mixinStandardHelpOptions = true,
    version = "naru " + Main.VERSION)
public final class Main implements Runnable {
  static final String VERSION = "0.1.0";

  @CommandLine.Spec CommandLine.Model.CommandSpec spec = CommandLine.Model.CommandSpec.create();

  @Override
  public void run() {
    spec.commandLine().usage(System.out);
  }

  public static void main(String[] arguments) {
    int code =
        new CommandLine(new Main())
            .setCaseInsensitiveEnumValuesAllowed(true)
            .setParameterExceptionHandler(
                (wrong, _) -> {
                  System.err.println("naru: " + wrong.getMessage());
                  return BadSetting.EXIT_CODE;
                })
            .execute(arguments);
    System.exit(code);
  }
}
