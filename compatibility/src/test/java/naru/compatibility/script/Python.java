package naru.compatibility.script;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import naru.compatibility.Broker;
import naru.compatibility.Repository;

/// The Python that has the clients: Debian's packages belong to Debian's Python.
final class Python {
  private static final String EXECUTABLE = find();

  private Python() {}

  static Path folder() {
    return Repository.tests().resolve("python");
  }

  static Script.Outcome run(Broker broker, String script) {
    return Script.run(folder(), broker, List.of(EXECUTABLE, script));
  }

  private static String find() {
    for (String candidate : List.of("/usr/bin/python3", "python3")) {
      try {
        Process process = new ProcessBuilder(candidate, "-c", "import redis, celery, rq").start();
        if (process.waitFor() == 0) {
          return candidate;
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
    }
    throw new AssertionError(
        "no python3 with redis, celery and rq"
            + " (Debian: apt-get install python3-redis python3-celery python3-rq)");
  }
}
