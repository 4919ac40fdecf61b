package naru.protocol.resp.stream;

import static org.assertj.core.api.Assertions.assertThat;

import naru.protocol.resp.Bench;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class StreamGroupTest {
  private final Bench bench = new Bench();

  @AfterEach
  void close() {
    bench.close();
  }

  private String run(String line) {
    return bench.run(line);
  }

  @Test
  void aGroupNeedsAStreamOrMakesOne() {
    assertThat(run("XGROUP CREATE s g $"))
        .isEqualTo(
            "-ERR The XGROUP subcommand requires the key to exist. Note that for CREATE you may"
                + " want to use the MKSTREAM option to create an empty stream automatically.");
    assertThat(run("XGROUP CREATE s g $ MKSTREAM")).isEqualTo("OK");
    assertThat(run("XGROUP CREATE s g 0"))
        .isEqualTo("-BUSYGROUP Consumer Group name already exists");
    assertThat(run("XLEN s")).isEqualTo(":0");
    assertThat(run("TYPE s")).isEqualTo("stream");
  }

  @Test
  void aGroupIsMovedAndRemoved() {
    run("XADD s 1-0 f v");
    run("XADD s 2-0 f v");
    run("XGROUP CREATE s g $ ENTRIESREAD 99");
    assertThat(run("XINFO GROUPS s"))
        .isEqualTo(
            "[[\"name\", \"g\", \"consumers\", :0, \"pending\", :0, \"last-delivered-id\","
                + " \"2-0\", \"entries-read\", :2, \"lag\", :0]]");
    assertThat(run("XGROUP SETID s g 1-0")).isEqualTo("OK");
    assertThat(run("XINFO GROUPS s")).contains("\"1-0\", \"entries-read\", nil, \"lag\", :1");
    assertThat(run("XGROUP SETID s none 0"))
        .isEqualTo("-NOGROUP No such consumer group 'none' for key name 's'");
    assertThat(run("XGROUP DESTROY s g")).isEqualTo(":1");
    assertThat(run("XGROUP DESTROY s g")).isEqualTo(":0");
  }

  @Test
  void consumersComeAndGo() {
    run("XADD s 1-0 f v");
    run("XGROUP CREATE s g 0");
    assertThat(run("XGROUP CREATECONSUMER s g c")).isEqualTo(":1");
    assertThat(run("XGROUP CREATECONSUMER s g c")).isEqualTo(":0");
    run("XREADGROUP GROUP g c STREAMS s >");
    assertThat(run("XGROUP DELCONSUMER s g c")).isEqualTo(":1");
    assertThat(run("XPENDING s g")).isEqualTo("[:0, nil, nil, nil]");
    assertThat(run("XGROUP DELCONSUMER s g c")).isEqualTo(":0");
  }

  @Test
  void subcommandsThatDoNotFitAreRefused() {
    run("XADD s 1-0 f v");
    assertThat(run("XGROUP CREATE s g 0 FOO"))
        .isEqualTo(
            "-ERR unknown subcommand or wrong number of arguments for 'CREATE'. Try XGROUP HELP.");
    assertThat(run("XGROUP CREATE s g 0 ENTRIESREAD -2"))
        .isEqualTo("-ERR value for ENTRIESREAD must be positive or -1");
    assertThat(run("XGROUP FOO s g")).isEqualTo("-ERR unknown subcommand 'FOO'. Try XGROUP HELP.");
    assertThat(run("XGROUP CREATE s"))
        .isEqualTo("-ERR wrong number of arguments for 'xgroup|create' command");
    assertThat(run("XGROUP HELP")).startsWith("[XGROUP <subcommand>");
  }

  @Test
  void aCopyHasItsOwnGroups() {
    run("XADD s IDMP p m * f v");
    run("XGROUP CREATE s g 0");
    run("XREADGROUP GROUP g c STREAMS s >");
    assertThat(run("COPY s t")).isEqualTo(":1");
    String pending = run("XPENDING s g - + 9");
    run("XGROUP DELCONSUMER s g c");
    assertThat(run("XPENDING t g - + 9")).isEqualTo(pending);
    run("XADD t IDMP p m * f v");
    assertThat(run("XLEN t")).isEqualTo(":1");
  }

  @Test
  void aRenamedStreamServesWhoWaitsForItsNewName() {
    run("XADD s 1-0 f v");
    Bench.Connection reader = bench.connect();
    reader.run("XREAD BLOCK 0 STREAMS t 0");
    run("RENAME s t");
    assertThat(reader.receive()).isEqualTo("[[\"t\", [[\"1-0\", [\"f\", \"v\"]]]]]");
  }
}
