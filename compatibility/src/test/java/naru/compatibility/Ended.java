package naru.compatibility;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// How a run of `./naru` ended that is not a broker which goes on: its exit code, and what it wrote
/// to stdout and stderr.
public record Ended(int code, String output, String errors) {
  private static final int PATIENCE_S = 50;

  /// Runs `./naru` with these words to its end.
  ///
  /// @param folder where what it writes is kept meanwhile
  public static Ended after(Path folder, String... words) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Repository.root().resolve("naru").toString());
    command.addAll(List.of(words));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().put("NARU_BUILD", "never");
    Path output = folder.resolve("output");
    Path errors = folder.resolve("errors");
    Process process =
        builder.redirectOutput(output.toFile()).redirectError(errors.toFile()).start();
    try {
      assertThat(process.waitFor(PATIENCE_S, TimeUnit.SECONDS)).as("it ends").isTrue();
    } finally {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
    return new Ended(process.exitValue(), Files.readString(output), Files.readString(errors));
  }
}
