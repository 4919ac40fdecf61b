package naru.compatibility;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `naru export` and `naru import --merge` of directories in which blocks of streams lie in files.
final class MergeTest {
  private static final String BODY = "b".repeat(20_000);
  private static final int ENTRIES = 10;

  @TempDir Path folder;

  @BeforeEach
  void onlyNaruHasThem() {
    assumeFalse(Broker.isPeer());
  }

  @Test
  void blocksOfStreamsInFilesAreKeptWhenMoreComesToThem() throws Exception {
    try (Broker one = Broker.start(List.of("--stream-memory", "1"));
        Broker other = Broker.start(List.of("--stream-memory", "1"))) {
      fill(one, "one");
      fill(other, "other");
      String dump = folder.resolve("dump.rdb").toString();
      naru(0, "export", dump, "--dir", other.directory().toString());
      String there = one.directory().toString();
      assertThat(naru(2, "import", dump, "--dir", there).errors()).contains("say --merge to add");

      naru(0, "import", dump, "--dir", there, "--merge");

      assertThat(naru(0, "check", there, "--load").output()).endsWith("whole\n");
      one.restart();
      try (RawClient client = RawClient.to(one)) {
        assertThat(client.call("DBSIZE").whole()).isEqualTo(3);
        entriesAreThere(client, "one");
        entriesAreThere(client, "other");
        assertThat(client.call("GET", "both").text()).isEqualTo("other");
        assertThat(client.call("XPENDING", "other", "group").items().getFirst().whole())
            .isEqualTo(3);
        assertThat(client.call("SAVE").text()).isEqualTo("OK");
        assertThat(client.call("XADD", "one", "11-0", "body", "last").text()).isEqualTo("11-0");
      }
      one.kill9();
      one.restart();
      try (RawClient client = RawClient.to(one)) {
        assertThat(client.call("XLEN", "one").whole()).isEqualTo(ENTRIES + 1);
        entriesAreThere(client, "one");
        entriesAreThere(client, "other");
      }
    }
  }

  private static void fill(Broker broker, String stream) {
    try (RawClient client = RawClient.to(broker)) {
      for (int i = 1; i <= ENTRIES; i++) {
        client.call("XADD", stream, i + "-0", "body", stream + i + BODY);
      }
      client.call("XGROUP", "CREATE", stream, "group", "0");
      client.call("XREADGROUP", "GROUP", "group", "anna", "COUNT", "3", "STREAMS", stream, ">");
      client.call("SET", "both", stream);
      assertThat(client.call("SAVE").text()).isEqualTo("OK");
      assertThat(client.call("INFO", "persistence").text())
          .containsPattern("stream_blocks_filed_bytes:[1-9][0-9]{5}");
    }
    broker.stop();
  }

  private static void entriesAreThere(RawClient client, String stream) {
    String entries = client.call("XRANGE", stream, "-", "+").text();
    for (int i = 1; i <= ENTRIES; i++) {
      assertThat(entries).contains(stream + i + BODY);
    }
  }

  private Ended naru(int code, String... words) throws Exception {
    Ended ended = Ended.after(folder, words);
    assertThat(ended.code()).as(ended.errors()).isEqualTo(code);
    return ended;
  }
}
