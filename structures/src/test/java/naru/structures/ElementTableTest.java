package naru.structures;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import naru.bytes.Bytes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ElementTableTest {
  private static Bytes key(int i) {
    return Bytes.of("key:" + i);
  }

  /// Eight bytes that say `value`, then the key.
  private static byte[] element(int key, int value) {
    byte[] name = key(key).toArray();
    byte[] element = new byte[8 + name.length];
    element[0] = (byte) value;
    System.arraycopy(name, 0, element, 8, name.length);
    return element;
  }

  @ParameterizedTest
  @ValueSource(ints = {10, 300, 5_000, 60_000})
  void itIsAMapWhateverHappens(int keys) {
    ElementTable table = new ElementTable(ElementLayout.AFTER_EIGHT, 42);
    Map<Integer, Integer> twin = new HashMap<>();
    Random random = new Random(keys);
    for (int step = 0; step < 6 * keys; step++) {
      int key = random.nextInt(keys);
      boolean mostlyAdding = step / keys % 2 == 0;
      if (random.nextInt(10) < (mostlyAdding ? 8 : 2)) {
        byte[] before = table.put(element(key, step));
        Integer twinBefore = twin.put(key, (int) (byte) step);
        assertThat(before == null ? null : (Integer) (int) before[0]).isEqualTo(twinBefore);
      } else {
        byte[] removed = table.remove(key(key));
        Integer twinRemoved = twin.remove(key);
        assertThat(removed == null ? null : (Integer) (int) removed[0]).isEqualTo(twinRemoved);
      }
      assertThat(table.size()).isEqualTo(twin.size());
    }
    for (int key = 0; key < keys; key++) {
      byte[] found = table.get(key(key));
      assertThat(found == null ? null : (Integer) (int) found[0]).isEqualTo(twin.get(key));
    }
    Set<Bytes> visited = new HashSet<>();
    table.forEach(element -> assertThat(visited.add(keyOf(element))).isTrue());
    assertThat(visited).hasSize(twin.size());
    assertThat(keysOf(table.copy())).isEqualTo(visited);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 100, 700, 60_000})
  void lookingAheadSeesWhatIsThere(int keys) {
    ElementTable table = new ElementTable(ElementLayout.AFTER_EIGHT, 42);
    long bytes = 0;
    int[] hashes = new int[keys + 1];
    for (int i = 0; i < keys; i++) {
      table.put(element(i, i));
      bytes += element(i, i).length;
      hashes[i] = Hash.of(key(i), 42);
    }
    hashes[keys] = Hash.of(key(keys), 42);
    // Of several with one hash it sees the first.
    assertThat(table.lookAhead(hashes, keys + 1)).isBetween(bytes - 40, bytes + 40);
    assertThat(table.lookAhead(hashes, 0)).isZero();
    assertThat(table.size()).isEqualTo(keys);
  }

  private static Bytes keyOf(byte[] element) {
    return ElementLayout.AFTER_EIGHT.key(element).owned();
  }

  private static Set<Bytes> keysOf(ElementTable table) {
    Set<Bytes> keys = new HashSet<>();
    table.forEach(element -> keys.add(keyOf(element)));
    return keys;
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
  void aScanReturnsOnceWhatIsThereAllTheTime(int seed) {
    Random random = new Random(seed);
    ElementTable table = new ElementTable(ElementLayout.AFTER_EIGHT, seed);
    int staying = random.nextInt(3_000);
    for (int i = 0; i < staying; i++) {
      table.put(element(i, 0));
    }
    List<Bytes> visited = new ArrayList<>();
    long cursor = 0;
    int passing = 1_000_000;
    int passingFrom = passing;
    while (cursor < ElementTable.END) {
      cursor = table.scan(cursor, 1 + random.nextInt(20), element -> visited.add(keyOf(element)));
      boolean growing = random.nextInt(4) > 0 == seed % 2 > 0;
      for (int i = random.nextInt(60); i > 0; i--) {
        if (growing) {
          table.put(element(passing++, 0));
        } else if (passingFrom < passing) {
          table.remove(key(passingFrom++));
        }
      }
    }
    Map<Bytes, Integer> times = new HashMap<>();
    visited.forEach(key -> times.merge(key, 1, Integer::sum));
    for (int i = 0; i < staying; i++) {
      assertThat(times.get(key(i))).isEqualTo(1);
    }
  }

  @Test
  void aScanVisitsAboutAsManyAsAsked() {
    ElementTable table = new ElementTable(ElementLayout.WHOLE, 5);
    for (int i = 0; i < 1_000; i++) {
      assertThat(table.add(key(i))).isTrue();
      assertThat(table.add(key(i))).isFalse();
    }
    List<byte[]> visited = new ArrayList<>();
    table.scan(0, 10, visited::add);
    assertThat(visited).hasSize(10);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 100, 129, 700})
  void everyElementIsDrawnAsOftenAsAnyOther(int size) {
    ElementTable table = new ElementTable(ElementLayout.WHOLE, 9);
    for (int i = 0; i < size; i++) {
      table.add(key(i));
    }
    Map<Bytes, Integer> drawn = new HashMap<>();
    Random random = new Random(3);
    int times = 400 * size;
    for (int i = 0; i < times; i++) {
      drawn.merge(Bytes.of(table.random(random.nextLong())), 1, Integer::sum);
    }
    assertThat(drawn).hasSize(size);
    double chiSquare =
        drawn.values().stream().mapToDouble(n -> (n - 400.0) * (n - 400) / 400).sum();
    assertThat(chiSquare).isLessThan(size + 6 * Math.sqrt(2.0 * size));
  }

  @Test
  void whatIsEmptiedIsSmallAgain() {
    ElementTable table = new ElementTable(ElementLayout.WHOLE, 1);
    for (int i = 0; i < 50_000; i++) {
      table.add(key(i));
    }
    assertThat(table.overheadBytes() / 50_000).isLessThan(14);
    for (int i = 0; i < 50_000; i++) {
      table.remove(key(i));
    }
    assertThat(table.size()).isZero();
    assertThat(table.overheadBytes()).isLessThan(20_000);
  }

  @ParameterizedTest
  @ValueSource(ints = {10, 300, 5_000, 60_000})
  void aViewStaysAsItWasWhateverHappensToTheTable(int keys) {
    ElementTable table = new ElementTable(ElementLayout.AFTER_EIGHT, 42);
    Random random = new Random(keys);
    List<ElementTable> views = new ArrayList<>();
    List<Set<Bytes>> then = new ArrayList<>();
    for (int step = 0; step < 6 * keys; step++) {
      if (step % keys == keys / 2) {
        views.add(table.view());
        then.add(elementsOf(table));
      }
      boolean mostlyAdding = step / keys % 2 == 0;
      if (random.nextInt(10) < (mostlyAdding ? 8 : 2)) {
        table.put(element(random.nextInt(keys), step));
      } else {
        table.remove(key(random.nextInt(keys)));
      }
    }
    for (int i = 0; i < views.size(); i++) {
      assertThat(elementsOf(views.get(i))).isEqualTo(then.get(i));
      assertThat(views.get(i).size()).isEqualTo(then.get(i).size());
    }
    assertThat(table.overheadBytes()).as("reckoned as walked").isEqualTo(walkedBytes(table));
  }

  /// What [ElementTable#sizeBytes] counts, without the elements.
  private static long walkedBytes(ElementTable table) {
    long[] elements = new long[1];
    table.forEach(element -> elements[0] += HeapSize.bytes(element.length));
    return table.sizeBytes() - elements[0];
  }

  private static Set<Bytes> elementsOf(ElementTable table) {
    Set<Bytes> elements = new HashSet<>();
    for (long cursor = 0; cursor < ElementTable.END; ) {
      cursor = table.scan(cursor, 3, element -> elements.add(Bytes.of(element)));
    }
    return elements;
  }
}
