package naru.structures;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import naru.bytes.Bytes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HashTableTest {
  private static final class Counter extends HashTable.Node {
    final int value;

    Counter(Bytes key, int value) {
      super(key.toArray());
      this.value = value;
    }
  }

  private static Bytes key(int i) {
    return Bytes.of("key:" + i);
  }

  @ParameterizedTest
  @ValueSource(ints = {3, 50, 1_000, 40_000})
  void itIsAMapWhateverHappens(int keys) {
    HashTable<Counter> table = new HashTable<>(keys);
    Map<Integer, Integer> twin = new HashMap<>();
    Random random = new Random(keys);
    for (int step = 0; step < 6 * keys; step++) {
      int key = random.nextInt(keys);
      int adding = step / keys % 2 == 0 ? 8 : 2;
      Counter present = table.get(key(key));
      assertThat(present == null ? null : (Integer) present.value).isEqualTo(twin.get(key));
      if (random.nextInt(10) < adding) {
        if (present == null) {
          table.add(new Counter(key(key), step));
        } else {
          table.replace(new Counter(key(key), step));
        }
        twin.put(key, step);
      } else {
        assertThat(table.remove(key(key))).isSameAs(present);
        twin.remove(key);
      }
      assertThat(table.size()).isEqualTo(twin.size());
    }
    Map<Bytes, Integer> visited = new HashMap<>();
    table.forEach(node -> assertThat(visited.put(node.keyBytes(), node.value)).isNull());
    Map<Bytes, Integer> expected = new HashMap<>();
    twin.forEach((key, value) -> expected.put(key(key), value));
    assertThat(visited).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 600, 1_025, 5_000})
  void aGuessByHashFindsNearlyAllThatIsThere(int keys) {
    HashTable<Counter> table = new HashTable<>(7);
    for (int i = 0; i < keys; i++) {
      table.add(new Counter(key(i), i));
    }
    int[] hashes = new int[keys + 1];
    for (int i = 0; i <= keys; i++) {
      hashes[i] = Hash.of(key(i), 7);
    }
    Counter[] found = new Counter[keys + 1];
    table.guess(hashes, keys, found);
    assertThat(found[keys]).isNull();
    int right = 0;
    for (int i = 0; i < keys; i++) {
      assertThat(found[i]).isNotNull();
      right += found[i].value == i ? 1 : 0;
    }
    assertThat(right).isBetween(keys * 8 / 10, keys);
  }

  /// Scans while the table grows and shrinks by thousands between two steps.
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
  void aScanReturnsWhatIsThereAllTheTimeAtLeastOnce(int seed) {
    Random random = new Random(seed);
    HashTable<Counter> table = new HashTable<>(seed);
    int staying = 1 + random.nextInt(2_000);
    for (int i = 0; i < staying; i++) {
      table.add(new Counter(key(i), i));
    }
    Set<Integer> visited = new HashSet<>();
    int passingFrom = staying;
    int passingTo = staying;
    long cursor = 0;
    boolean growing = true;
    while (cursor < HashTable.END) {
      long next = cursor;
      for (int i = random.nextInt(5); i >= 0 && next < HashTable.END; i--) {
        long before = next;
        next = table.scan(next, node -> visited.add(node.value));
        assertThat(next).isGreaterThan(before);
      }
      cursor = next;
      growing = random.nextInt(40) == 0 ? !growing : growing;
      for (int i = random.nextInt(200); i > 0; i--) {
        if (growing) {
          table.add(new Counter(key(passingTo), passingTo));
          passingTo++;
        } else if (passingFrom < passingTo) {
          assertThat(table.remove(key(passingFrom))).isNotNull();
          passingFrom++;
        }
      }
    }
    for (int i = 0; i < staying; i++) {
      assertThat(visited).contains(i);
    }
  }

  @Test
  void everyKeyIsDrawnSooner() {
    HashTable<Counter> table = new HashTable<>(4);
    assertThat(table.random(1)).isNull();
    for (int i = 0; i < 100; i++) {
      table.add(new Counter(key(i), i));
    }
    Random random = new Random(8);
    Set<Integer> drawn = new HashSet<>();
    for (int i = 0; i < 5_000; i++) {
      Counter counter = table.random(random.nextLong());
      drawn.add(counter == null ? -1 : counter.value);
    }
    assertThat(drawn).hasSize(100).doesNotContain(-1);
  }

  @Test
  void whatWasClearedIsEmptyAndUsable() {
    HashTable<Counter> table = new HashTable<>(4);
    for (int i = 0; i < 1_000; i++) {
      table.add(new Counter(key(i), i));
    }
    table.clear();
    assertThat(table.size()).isZero();
    assertThat(table.get(key(1))).isNull();
    table.add(new Counter(key(1), 5));
    assertThat(table.size()).isEqualTo(1);
  }
}
