package naru.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import naru.bytes.Bytes;
import naru.engine.string.StringValue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DueQueueTest {
  private final DueQueue queue = new DueQueue();

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void doesWhatAPlainMapDoes(long seed) {
    Random random = new Random(seed);
    List<Entry> entries = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      entries.add(entry(i));
    }
    Map<Entry, Long> twin = new HashMap<>();
    for (int i = 0; i < 50_000; i++) {
      Entry entry = entries.get(random.nextInt(entries.size()));
      long atMs = random.nextInt(4) == 0 ? Entry.NEVER : random.nextInt(1000);
      queue.set(entry, atMs);
      if (atMs == Entry.NEVER) {
        twin.remove(entry);
      } else {
        twin.put(entry, atMs);
      }
      if (random.nextInt(20) == 0) {
        poll(twin, random.nextInt(1000));
      }
      assertThat(queue.size()).isEqualTo(twin.size());
      assertThat(queue.nextAtMs()).isEqualTo(earliest(twin));
      assertThat(queue.atMs(entry)).isEqualTo(twin.getOrDefault(entry, Entry.NEVER));
    }
  }

  private void poll(Map<Entry, Long> twin, long nowMs) {
    Entry polled = queue.poll(nowMs);
    long earliest = earliest(twin);
    if (earliest > nowMs) {
      assertThat(polled).isNull();
    } else {
      assertThat(twin.remove(polled)).isEqualTo(earliest);
    }
  }

  private static long earliest(Map<Entry, Long> twin) {
    return twin.values().stream().mapToLong(Long::longValue).min().orElse(Entry.NEVER);
  }

  @Test
  void anEntryWhoseTimeChangesOftenStandsInItOnce() {
    Entry entry = entry(0);
    for (int i = 0; i < 100_000; i++) {
      queue.set(entry, i);
    }
    assertThat(queue.size()).isEqualTo(1);
    assertThat(queue.nextAtMs()).isEqualTo(99_999);
  }

  private static Entry entry(int number) {
    return new Entry(Bytes.of("key " + number).toArray(), new StringValue(Bytes.EMPTY), false);
  }
}
