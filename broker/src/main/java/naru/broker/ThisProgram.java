package naru.broker;

import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// How this process was started, to start another one alike.
///
/// @param java the virtual machine and its options
record ThisProgram(List<String> java) {
  private static final String CACHE = "-XX:AOTCache";

  /// Given once more with the path itself.
  private static final String MODULES = "--module-path";

  static ThisProgram running() {
    List<String> words = new ArrayList<>();
    words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    for (String option : ManagementFactory.getRuntimeMXBean().getInputArguments()) {
      if (!option.startsWith(MODULES)) {
        words.add(option);
      }
    }
    words.addAll(List.of("-p", System.getProperty("jdk.module.path", "")));
    words.addAll(List.of("-cp", System.getProperty("java.class.path", "")));
    return new ThisProgram(List.copyOf(words));
  }

  /// The broker; options of `naru server` follow.
  List<String> server() {
    List<String> words = new ArrayList<>(java);
    words.addAll(List.of("-m", "naru.broker/naru.broker.Main", "server"));
    return words;
  }

  /// The server that does nothing. The cache is the broker's, and nobody reads its log.
  List<String> floor() {
    List<String> words = new ArrayList<>(java);
    words.removeIf(word -> word.startsWith(CACHE));
    words.add("-Dslf4j.provider=org.slf4j.helpers.NOP_FallbackServiceProvider");
    words.addAll(List.of("-m", "naru.measure/naru.measure.server.FloorServer"));
    return words;
  }
}
