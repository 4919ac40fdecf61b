package naru.compatibility.script;

import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import naru.compatibility.Broker;
import naru.compatibility.Repository;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The five-minute tour of the README, and the guides, do what they show: their blocks are fenced
/// with ` ```tour `.
///
/// A line that begins with `$ ` is typed into a shell; the lines after it are what is shown. In
/// them `<id>` stands for the id of a stream's entry, and `…` for anything. Where the text before a
/// block speaks of `kill -9`, the broker is killed and started again before the block. Ports 6379
/// and 11211 are the broker's, whichever it has, and `naru-data` its directory; other directories
/// whose names begin with `naru-` are new ones; `redis-cli` shows what it shows on a terminal.
final class TourTest {
  private static final String KILL = "`kill -9`";

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "README.md",
        "docs/guide/operations.md",
        "docs/guide/security.md",
        "docs/guide/memcached.md"
      })
  void whatIsTypedShowsWhatHappens(String name) throws Exception {
    assumeFalse(Broker.isPeer() && !name.equals("README.md"));
    List<Tour.Block> blocks = Tour.blocks(name);
    try (Broker broker = Broker.start(List.of("--memcached-port", "auto"))) {
      putRedisCliFirst(broker);
      for (Tour.Block block : blocks) {
        if (block.text().contains(KILL)) {
          broker.kill9();
          broker.restart();
        }
        for (Tour.Step step : block.steps()) {
          step.check(type(step.command(), broker));
        }
      }
    }
  }

  private void putRedisCliFirst(Broker broker) throws IOException {
    Path script = folder.resolve("redis-cli");
    String real = "#!/bin/sh\nPATH=${PATH#*:} exec redis-cli -p %d --no-raw \"$@\"\n";
    Files.writeString(script, real.formatted(broker.port()));
    Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private String type(String command, Broker broker) throws IOException {
    String port = Integer.toString(broker.port());
    String ported =
        command.contains(":11211")
            ? command.replace(":11211", ":" + broker.memcachedPort())
            : command;
    String here =
        ported
            .replace(" 6379", " " + port)
            .replace(":6379", ":" + port)
            .replace("naru backup", "naru backup --port " + port)
            .replace("naru-data", broker.directory().toString())
            .replaceAll("(naru-(?:backup|new))", folder + "/$1");
    ProcessBuilder builder = new ProcessBuilder("bash", "-c", here);
    builder.directory(Repository.root().toFile()).redirectErrorStream(true);
    builder.environment().put("NARU_BUILD", "never");
    builder.environment().merge("PATH", folder.toString(), (path, first) -> first + ":" + path);
    Process shell = builder.start();
    shell.getOutputStream().close();
    return new String(shell.getInputStream().readAllBytes())
        .replace(folder + "/", "")
        .stripTrailing();
  }
}
