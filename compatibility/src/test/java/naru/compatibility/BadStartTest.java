package naru.compatibility;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// A broker that cannot start as it was told to says why, in one line, and ends with 2.
final class BadStartTest {
  @TempDir Path folder;

  @BeforeEach
  void onlyNaruStartsSo() {
    assumeFalse(Broker.isPeer());
  }

  private Ended start(String... options) throws IOException, InterruptedException {
    List<String> words = new ArrayList<>();
    words.add("server");
    if (!List.of(options).contains("--dir")) {
      words.addAll(List.of("--dir", folder.resolve("data").toString()));
    }
    words.addAll(List.of(options));
    return Ended.after(folder, words.toArray(String[]::new));
  }

  private static void assertRefused(Ended ended, String reason) {
    assertThat(ended.errors()).isEqualTo("naru: " + reason + "\n");
    assertThat(ended.output()).isEmpty();
    assertThat(ended.code()).isEqualTo(2);
  }

  @Test
  void inAFolderThatAnotherBrokerUses() throws Exception {
    try (Broker broker = Broker.start()) {
      String directory = broker.directory().toString();
      Ended second = start("--dir", directory, "--resp-port", "auto");
      assertRefused(
          second, directory + " is in use by another broker (process " + broker.pid() + ")");
      try (RawClient client = RawClient.to(broker)) {
        assertThat(client.call("PING").text()).as("the first one carries on").isEqualTo("PONG");
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"auto", "nio"})
  void onAPortThatIsTaken(String transport) throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String port = Integer.toString(taken.getLocalPort());
      assertRefused(
          start("--resp-port", port, "--transport", transport),
          "cannot listen on 127.0.0.1:" + port + ": Address already in use");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--nosuch 1 | there is no option --nosuch",
        "--dir | --dir needs a value",
        "something | what is 'something'?",
        "--resp-port abc | --resp-port is a port, 0 or auto, not 'abc'",
        "--resp-port 70000 | --resp-port is between 0 and 65535, not 70000",
        "--fsync maybe | --fsync is always, everysec or no, not 'maybe'",
        "--log maybe | --log is on or off, not 'maybe'",
        "--shards 2 | --shards is 1 for now, not 2",
        "--transport tcp | --transport is auto, io_uring, epoll or nio, not 'tcp'",
        "--bind no.such.host.invalid | --bind: no such address: no.such.host.invalid",
        "--bind 0.0.0.0 | --bind 0.0.0.0 is reachable from outside: set a --requirepass first",
      })
  void withAnOptionThatItDoesNotTake(String options, String reason) throws Exception {
    assertRefused(start(options.split(" ")), reason);
    assertThat(folder.resolve("data")).as("nothing was made").doesNotExist();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "nosuch 1 | line 1: unknown setting 'nosuch'",
        "timeout x | line 1: timeout: argument couldn't be parsed into an integer",
        "timeout -1 | line 1: timeout: argument must be between 0 and 2147483647 inclusive",
        "port x | --resp-port is a port, 0 or auto, not 'x' (FILE, line 1)",
        "databases 17 | line 1: databases: argument must be between 16 and 16 inclusive",
        "daemonize yes | line 1: unknown setting 'daemonize'",
      })
  void withASettingThatItDoesNotTake(String line, String reason) throws Exception {
    Path file = Files.writeString(folder.resolve("naru.conf"), line + "\n");
    String words =
        reason.startsWith("--") ? reason.replace("FILE", "" + file) : file + ", " + reason;
    assertRefused(start("--config", file.toString()), words);
    assertThat(folder.resolve("data")).as("nothing was made").doesNotExist();
  }

  @Test
  void withASettingsFileThatItCannotRead() throws Exception {
    Path missing = folder.resolve("missing");
    assertRefused(
        start("--config", missing.toString()),
        "cannot read " + missing + ": there is no such file");
    assertRefused(
        start("--config", folder.toString()), "cannot read " + folder + ": Is a directory");
    Path noText = Files.write(folder.resolve("binary"), new byte[] {-1, -2, 0, 1});
    assertRefused(
        start("--config", noText.toString()),
        "cannot read " + noText + ": it is not text in UTF-8");
  }

  @Test
  void withAWrongLineInTheFileOfUsers() throws Exception {
    Path file =
        Files.writeString(folder.resolve("users"), "user anna on nopass\nuser ben on nosuch\n");
    assertRefused(start("--aclfile", file.toString()), "aclfile: " + file + ":2: Syntax error");
    Path missing = folder.resolve("missing");
    assertRefused(
        start("--aclfile", missing.toString()),
        "aclfile: opening file '" + missing + "': No such file or directory");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a.conf | user anna on nosuch | user anna: rule 'nosuch': Syntax error",
        "a.conf | user anna on +nosuch | user anna: rule '+nosuch': Unknown command or category"
            + " name in ACL",
        "a.conf | user anna on #secret | user anna: rule '#…': The password hash must be exactly 64"
            + " characters and contain only lowercase hexadecimal characters",
        "a.conf | user anna on (+get | user anna: Unmatched parenthesis in acl selector starting at"
            + " '(+get'.",
        "a.conf | user default on | user default: a user can only be defined once",
        "a.toml | user.anna = 'on nosuch' | user anna: rule 'nosuch': Syntax error",
      })
  void withAWrongUserInASettingsFile(String name, String line, String reason) throws Exception {
    boolean isToml = name.endsWith(".toml");
    String before = isToml ? "[slowlog]\nmax-len = 5\n" : "user default on nopass\n";
    String text = isToml ? "timeout = 0\n" + line + "\n" + before : before + line + "\n";
    Path file = Files.writeString(folder.resolve(name), text);
    assertRefused(start("--config", file.toString()), file + ", line 2: " + reason);
  }

  @Test
  void withAWrongUserInATableOfUsers() throws Exception {
    Path file =
        Files.writeString(
            folder.resolve("naru.toml"), "[user]\nanna = 'on nopass'\n\nben = 'on nosuch'\n");
    assertRefused(
        start("--config", file.toString()),
        file + ", line 4: user ben: rule 'nosuch': Syntax error");
  }

  @Test
  void inAFolderThatCannotBe() throws Exception {
    Path file = Files.writeString(folder.resolve("file"), "");
    assertRefused(
        start("--dir", file.toString(), "--resp-port", "auto"),
        "cannot create the directory " + file + ": the name is taken");
  }
}
