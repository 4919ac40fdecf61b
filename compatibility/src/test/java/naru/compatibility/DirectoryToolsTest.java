package naru.compatibility;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// `naru check`, `repair`, `backup` and `dump`, on directories of real brokers that were damaged in
/// every way.
final class DirectoryToolsTest {
  @TempDir Path folder;

  @BeforeEach
  void onlyNaruHasThem() {
    assumeFalse(Broker.isPeer());
  }

  private Ended naru(String... words) throws IOException, InterruptedException {
    return Ended.after(folder, words);
  }

  private static void fill(Broker broker) throws IOException {
    try (RawClient client = RawClient.to(broker)) {
      for (int i = 1; i <= 10; i++) {
        client.call("SET", "key" + i, "value" + i);
      }
      client.call("SAVE");
      for (int i = 1; i <= 10; i++) {
        client.call("RPUSH", "list", "element" + i);
      }
    }
  }

  /// A copy of what a broker keeps, which may be damaged.
  private Path copy(Broker broker, String name) throws IOException {
    Path copy = Files.createDirectory(folder.resolve(name));
    try (Stream<Path> files = Files.list(broker.directory())) {
      for (Path file : files.filter(each -> each.toString().endsWith(".naru")).toList()) {
        Files.copy(file, copy.resolve(file.getFileName()));
      }
    }
    return copy;
  }

  private static Path file(Path directory, String beginning) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files
          .filter(each -> each.getFileName().toString().startsWith(beginning))
          .findFirst()
          .orElseThrow();
    }
  }

  private static TreeMap<String, String> content(Path directory) throws IOException {
    TreeMap<String, String> content = new TreeMap<>();
    try (Stream<Path> files = Files.list(directory)) {
      for (Path file : files.toList()) {
        String name = file.getFileName().toString();
        if (!name.equals("naru.lock")) {
          content.put(name, Arrays.toString(Files.readAllBytes(file)));
        }
      }
    }
    return content;
  }

  private static void flip(Path file, int at) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    bytes[at] ^= 2;
    Files.write(file, bytes);
  }

  private static void cut(Path file, int length) throws IOException {
    Files.write(file, Arrays.copyOf(Files.readAllBytes(file), length));
  }

  /// How a directory is damaged, and whether anything can be made of it.
  @ParameterizedTest
  @CsvSource({
    "flip, log-, 60, 32, true",
    "flip, log-, 3, 0, true",
    "flip, snapshot-, 50, 32, true",
    "cut, snapshot-, 100, 32, true",
    "cut, snapshot-, 0, 0, true",
    "cut, log-, 200, 168, true",
    "cut, log-, 10, 0, true",
    "missing, log-, 0, 0, true",
    "both, snapshot-, 50, 32, false",
  })
  void damageIsNamedAndWhatIsWholeIsTaken(
      String damage, String beginning, int at, int offset, boolean isRepaired) throws Exception {
    try (Broker broker = Broker.start()) {
      fill(broker);
      broker.stop();
      Path directory = copy(broker, "data");
      Path file = file(directory, beginning);
      switch (damage) {
        case "flip" -> flip(file, at);
        case "cut" -> cut(file, at);
        case "missing" -> Files.delete(file);
        default -> {
          flip(file, at);
          flip(file(directory, "log-"), 20);
        }
      }
      var before = content(directory);

      Ended check = naru("check", directory.toString());
      Ended start = naru("server", "--dir", directory.toString(), "--resp-port", "auto");
      Path repaired = folder.resolve("repaired");
      Ended repair = naru("repair", directory.toString(), "--to", repaired.toString());

      assertThat(check.code()).as(check.output()).isEqualTo(1);
      assertThat(check.output()).contains("A start refuses: damaged log: ").endsWith("DAMAGED\n");
      assertThat(start.code()).isEqualTo(2);
      assertThat(start.errors())
          .contains("naru: damaged log: ", ", offset " + offset + ": expected ", "Nothing was");
      assertThat(content(directory)).isEqualTo(before);
      if (!isRepaired) {
        assertThat(repair.code()).isEqualTo(2);
        assertThat(repair.errors()).contains("has nothing to begin with");
        assertThat(repaired).doesNotExist();
        return;
      }
      assertThat(repair.code()).as(repair.errors()).isZero();
      assertThat(repair.output()).contains("taken: ", "is ready to start");
      assertThat(naru("check", repaired.toString(), "--load").code()).isZero();
    }
  }

  @Test
  void aMissingFileOfBlocksIsFoundThoughNothingIsLoaded() throws Exception {
    try (Broker broker = Broker.start()) {
      try (RawClient client = RawClient.to(broker)) {
        for (int i = 0; i < 10; i++) {
          client.call("XADD", "stream", "*", "body", "b".repeat(20_000));
        }
        client.call("SAVE");
      }
      broker.kill9();
      Path directory = copy(broker, "data");
      assertThat(naru("check", directory.toString()).output()).endsWith("whole\n");
      Path blocks = file(directory, "blocks-");
      Files.delete(blocks);
      Ended check = naru("check", directory.toString());
      assertThat(check.code()).isEqualTo(1);
      assertThat(check.output())
          .contains("A start refuses", blocks.getFileName().toString(), "no such file")
          .endsWith("DAMAGED\n");
    }
  }

  @Test
  void aTornEndIsWholeAndSaid() throws Exception {
    try (Broker broker = Broker.start()) {
      fill(broker);
      broker.kill9();
      Path directory = copy(broker, "data");
      Path log = file(directory, "log-");
      cut(log, (int) Files.size(log) - 3);
      Ended check = naru("check", directory.toString());
      assertThat(check.code()).isZero();
      assertThat(check.output())
          .contains("torn end", "half written when a crash came", "keeps them aside")
          .endsWith("whole\n");
    }
  }

  @Test
  void aBackupIsWhatThereWasWhileOthersWrite() throws Exception {
    Path backup = folder.resolve("backup");
    try (Broker broker = Broker.start(List.of("--requirepass", "secret"))) {
      try (RawClient client = RawClient.to(broker)) {
        client.call("AUTH", "secret");
        client.call("RPUSH", "list", "before");
        client.call("SAVE");
        client.call("RPUSH", "list", "before too");
      }
      String port = Integer.toString(broker.port());
      Ended refused = naru("backup", "--to", backup.toString(), "--port", port);
      assertThat(refused.code()).isEqualTo(2);
      assertThat(refused.errors()).contains("NOAUTH");
      assertThat(backup).doesNotExist();
      assertThat(folder.resolve("backup.partial")).doesNotExist();

      Ended done =
          naru("backup", "--to", backup.toString(), "--port", port, "--password", "secret");

      assertThat(done.code()).as(done.errors()).isZero();
      assertThat(done.output()).contains("has everything up to position 2");
      try (RawClient client = RawClient.to(broker)) {
        client.call("AUTH", "secret");
        assertThat(client.call("RPUSH", "list", "after").text()).isEqualTo("3");
      }
      Ended again =
          naru("backup", "--to", backup.toString(), "--port", port, "--password", "secret");
      assertThat(again.errors()).contains("is there already");
    }
    Ended dump = naru("dump", backup.toString(), "--snapshot");
    assertThat(dump.code()).isZero();
    assertThat(dump.output().lines())
        .hasSize(3)
        .allMatch(line -> line.startsWith("{\"") && line.endsWith("]}"));
    assertThat(dump.output())
        .contains("\"op\":\"list.pushed\"", "\"elements\":[\"before too\"]")
        .doesNotContain("after");
  }

  @Test
  void whoReadsNoFurtherIsNoFailure() throws Exception {
    try (Broker broker = Broker.start()) {
      try (RawClient client = RawClient.to(broker)) {
        for (int i = 0; i < 2000; i++) {
          client.call("SET", "key" + i, "x".repeat(100));
        }
      }
      Process shell =
          new ProcessBuilder(
                  "bash",
                  "-c",
                  "NARU_BUILD=never '%s' dump '%s' | head -n 1; echo ${PIPESTATUS[0]}"
                      .formatted(Repository.root().resolve("naru"), broker.directory()))
              .redirectErrorStream(true)
              .start();
      String output = new String(shell.getInputStream().readAllBytes());
      assertThat(output.lines()).hasSize(2);
      assertThat(output).startsWith("{\"position\":1,").endsWith("\n0\n");
    }
  }

  @Test
  void aRunningBrokersDirectoryIsNotRepaired() throws Exception {
    try (Broker broker = Broker.start()) {
      fill(broker);
      Path to = folder.resolve("new");
      Ended repair = naru("repair", broker.directory().toString(), "--to", to.toString());
      assertThat(repair.code()).isEqualTo(2);
      assertThat(repair.errors())
          .contains("is in use by a broker (process " + broker.pid() + "): stop it first");
      Ended check = naru("check", broker.directory().toString());
      assertThat(check.code()).isZero();
      assertThat(check.output()).startsWith("A broker (process " + broker.pid() + ") runs on it");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "check | which directory?",
        "check /no/such | cannot read /no/such: there is no such directory",
        "check /etc/passwd | cannot read /etc/passwd: it is no directory",
        "check /usr | /usr holds no log and no snapshot",
        "check /usr /etc | what is '/etc'?",
        "check /usr --dir /etc | one directory, not '/usr' and --dir /etc",
        "dump /usr --from x | --from is the position of a record, not 'x'",
        "dump /usr --to 0 | --to is at least 1, not 0",
        "dump /usr | /usr holds no log and no snapshot",
        "repair /usr | --to: into which new directory?",
        "repair /usr --to /nowhere | /usr holds no log and no snapshot",
        "backup | --to: into which new directory?",
        "backup --to /tmp --port 0 | --port is between 1 and 65535, not 0",
        "backup --to /x --port 1 | cannot connect to a broker on 127.0.0.1:1: Connection refused",
      })
  void whatCannotBeDoneIsSaidInALine(String words, String reason) throws Exception {
    Ended ended = naru(words.split(" "));
    assertThat(ended.errors()).isEqualTo("naru: " + reason + "\n");
    assertThat(ended.code()).isEqualTo(2);
  }
}
