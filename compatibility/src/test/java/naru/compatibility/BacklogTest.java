package naru.compatibility;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// A stream that is several times as large as the heap.
class BacklogTest {
  private static final String HEAP = "-Xmx128m";
  private static final int ENTRIES = 6_000;
  private static final int PAGE = 50;
  private static final String BODY = "b".repeat(100_000);

  @BeforeAll
  static void onlyNaru() {
    Assumptions.assumeFalse(Broker.isPeer());
  }

  @Test
  @Timeout(value = 120, unit = TimeUnit.SECONDS)
  void aStreamLargerThanTheHeapIsFilledKilledReadAndTrimmed() {
    try (Broker broker = Broker.startWithHeap(HEAP, List.of("--fsync", "no"))) {
      try (RawClient client = RawClient.to(broker).patienceMs(60_000)) {
        client.call("XGROUP", "CREATE", "stream", "group", "0", "MKSTREAM");
        fill(client);
        assertThat(figure(client, "stream_blocks_filed_bytes")).isGreaterThan(400_000_000);
        assertThat(figure(client, "stream_blocks_memory_bytes")).isLessThan(64_000_000);
        assertThat(read(client, 0, ENTRIES / 2)).isEqualTo(ENTRIES / 2);
      }
      broker.kill9();
      broker.restart();
      try (RawClient client = RawClient.to(broker).patienceMs(60_000)) {
        assertThat(client.call("XLEN", "stream")).isEqualTo(new Reply.Whole(ENTRIES));
        assertThat(read(client, ENTRIES / 2, ENTRIES)).isEqualTo(ENTRIES);
        assertThat(client.call("XPENDING", "stream", "group").toString())
            .contains("Whole[value=0]");
        assertThat(client.call("XTRIM", "stream", "MAXLEN", "10"))
            .isEqualTo(new Reply.Whole(ENTRIES - 10));
      }
      broker.kill9();
      broker.restart();
      try (RawClient client = RawClient.to(broker)) {
        assertThat(client.call("XLEN", "stream")).isEqualTo(new Reply.Whole(10));
      }
    }
  }

  private static void fill(RawClient client) {
    for (int i = 0; i < ENTRIES; i += PAGE) {
      List<String[]> page = new ArrayList<>();
      for (int n = i; n < i + PAGE; n++) {
        page.add(new String[] {"XADD", "stream", (n + 1) + "-1", "body", BODY});
      }
      client.pipeline(page);
    }
  }

  /// Reads and acknowledges, from one entry to another; each has to come, in order and whole.
  private static int read(RawClient client, int from, int to) {
    String[] read =
        "XREADGROUP GROUP group anna COUNT %d STREAMS stream >".formatted(PAGE).split(" ", -1);
    int next = from;
    while (next < to) {
      Reply.Sequence streams = (Reply.Sequence) client.call(read);
      Reply.Sequence stream = (Reply.Sequence) streams.items().getFirst();
      List<String> acknowledged = new ArrayList<>(List.of("XACK", "stream", "group"));
      for (Reply item : ((Reply.Sequence) stream.items().get(1)).items()) {
        List<Reply> entry = ((Reply.Sequence) item).items();
        next++;
        assertThat(entry.getFirst()).isEqualTo(new Reply.Bulk(next + "-1"));
        Reply body = ((Reply.Sequence) entry.get(1)).items().get(1);
        assertThat(body.equals(new Reply.Bulk(BODY))).isTrue();
        acknowledged.add(next + "-1");
      }
      client.call(acknowledged.toArray(String[]::new));
    }
    return next;
  }

  private static long figure(RawClient client, String name) {
    String text = ((Reply.Bulk) client.call("INFO", "persistence")).bytes();
    return text.lines()
        .filter(line -> line.startsWith(name + ":"))
        .mapToLong(line -> Long.parseLong(line.substring(name.length() + 1).strip()))
        .findFirst()
        .orElseThrow();
  }
}
