package naru.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import naru.bytes.Bytes;
import naru.engine.string.StringValue;
import naru.structures.HashTable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeyspaceTest {
  private record Twin(String value, long expiresAtMs) {}

  private Keyspace keys = new Keyspace(0, 11, new Notes(7));
  private Keyspace other = new Keyspace(1, 11, new Notes(7));
  private Map<String, Twin> twins = new HashMap<>();
  private Map<String, Twin> otherTwins = new HashMap<>();

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void doesWhatPlainMapsDo(long seed) {
    Random random = new Random(seed);
    for (int i = 0; i < 15_000; i++) {
      change(random, i);
      assertThat(keys.size()).isEqualTo(twins.size());
      assertThat(keys.expiring()).isEqualTo((int) expiring());
      assertThat(keys.nextDueMs()).isEqualTo(earliest());
      String name = name(random);
      assertThat(seen(keys.entry(Bytes.of(name)))).isEqualTo(twins.get(name));
    }
  }

  private void change(Random random, int step) {
    String name = name(random);
    Bytes key = Bytes.of(name);
    switch (random.nextInt(100)) {
      case 0 -> swap();
      case 1 -> clear(random);
      case 2, 3, 4, 5 -> pollDue(random.nextInt(1000));
      default -> {
        Twin before = twins.get(name);
        assertThat(seen(keys.entry(key))).isEqualTo(before);
        int kind = random.nextInt(3);
        if (kind == 0) {
          keys.put(key, new StringValue(Bytes.of("value " + step)));
          long expiresAtMs = before == null ? Entry.NEVER : before.expiresAtMs;
          twins.put(name, new Twin("value " + step, expiresAtMs));
        } else if (kind == 1) {
          assertThat(seen(keys.remove(key))).isEqualTo(twins.remove(name));
        } else {
          long atMs = random.nextInt(3) == 0 ? Entry.NEVER : random.nextInt(1000);
          keys.expireAt(key, atMs);
          twins.computeIfPresent(name, (_, twin) -> new Twin(twin.value, atMs));
        }
        assertThat(seen(keys.entry(key))).isEqualTo(twins.get(name));
      }
    }
  }

  private void swap() {
    keys.swap(other);
    Map<String, Twin> swapped = twins;
    twins = otherTwins;
    otherTwins = swapped;
  }

  private void clear(Random random) {
    if (random.nextInt(20) == 0) {
      keys.clear();
      twins.clear();
    }
  }

  private void pollDue(long nowMs) {
    Entry entry = keys.pollDue(nowMs);
    if (entry == null) {
      assertThat(earliest()).isGreaterThan(nowMs);
      return;
    }
    assertThat(entry.expiresAtMs()).isEqualTo(earliest());
    keys.remove(entry.keyBytes());
    twins.remove(entry.keyBytes().toString());
  }

  private long expiring() {
    return twins.values().stream().filter(twin -> twin.expiresAtMs != Entry.NEVER).count();
  }

  private long earliest() {
    return twins.values().stream().mapToLong(Twin::expiresAtMs).min().orElse(Entry.NEVER);
  }

  private static Twin seen(Entry entry) {
    return entry == null
        ? null
        : new Twin(((StringValue) entry.value()).bytes().toString(), entry.expiresAtMs());
  }

  private static String name(Random random) {
    return "key " + random.nextInt(300);
  }

  @Test
  void aScanReturnsWhatWasThereAllTheTime() {
    Random random = new Random(9);
    for (int round = 0; round < 6; round++) {
      keys.clear();
      Set<String> there = new HashSet<>();
      for (int i = 0; i < 2000; i++) {
        put("stays " + i);
        there.add("stays " + i);
      }
      Set<String> returned = new HashSet<>();
      long cursor = 0;
      int grown = round % 2 == 0 ? 20_000 : 0;
      for (int step = 0; cursor != HashTable.END; step++) {
        cursor = keys.scan(cursor, entry -> returned.add(entry.keyBytes().toString()));
        if (step < grown) {
          put("comes " + step);
        } else if (random.nextBoolean()) {
          keys.remove(Bytes.of("comes " + random.nextInt(20_000)));
        }
      }
      assertThat(returned).containsAll(there);
    }
  }

  private void put(String name) {
    keys.put(Bytes.of(name), new StringValue(Bytes.EMPTY));
  }

  @Test
  void aKeyThatIsGoneIsNotKeptUntilItWouldHaveExpired() {
    List<Bytes> names = new ArrayList<>();
    for (int i = 0; i < 1000; i++) {
      names.add(Bytes.of("key " + i));
      keys.expireAt(keys.put(names.get(i), new StringValue(Bytes.EMPTY)), 1_000_000 + i);
    }
    names.forEach(keys::remove);
    assertThat(keys.nextDueMs()).isEqualTo(Entry.NEVER);
  }
}
