package naru.compatibility.faults;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Assumptions;

/// Has the system refuse calls, or take long over them, for one file of a broker: by `strace`,
/// which runs the broker as its own child, as a debugger may.
///
/// A fault reads as in `fdatasync:error=EIO:when=20+`: the call, what comes of it, and for which
/// calls of each thread.
final class Strace {
  private static final List<String> STRACE =
      List.of("strace", "-f", "-q", "-o", "/dev/null", "--seccomp-bpf");

  private Strace() {}

  /// The command that has faults in what is done with files in the broker's folder; an empty name
  /// is the folder itself.
  static Function<Path, List<String>> with(List<String> files, String... faults) {
    return folder -> {
      List<String> command = new ArrayList<>(STRACE);
      files.forEach(file -> command.addAll(List.of("-P", real(folder).resolve(file).toString())));
      List<String> calls = new ArrayList<>();
      for (String fault : faults) {
        command.addAll(List.of("-e", "inject=" + fault));
        calls.add(fault.substring(0, fault.indexOf(':')));
      }
      command.addAll(List.of("-e", "trace=" + String.join(",", calls)));
      return command;
    };
  }

  private static Path real(Path folder) {
    try {
      return folder.toRealPath();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /// Skips the test, and says why, where processes may not be traced.
  static void assumePermitted() {
    String reason = refusal();
    if (!reason.isEmpty()) {
      System.out.println("faults of a real disk are NOT tried: " + reason);
    }
    Assumptions.assumeTrue(reason.isEmpty(), reason);
  }

  private static String refusal() {
    List<String> command = new ArrayList<>(STRACE);
    command.addAll(List.of("-e", "trace=fdatasync", "-e", "inject=fdatasync:error=EIO", "true"));
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return process.waitFor() == 0 ? "" : "strace may not trace here (ptrace): " + said.strip();
    } catch (IOException e) {
      return "there is no strace (Debian: apt-get install strace)";
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
