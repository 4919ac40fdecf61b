package naru.structures;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import naru.bytes.Bytes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RankTreeTest {
  private record Entry(long order, String key) implements Comparable<Entry> {
    @Override
    public int compareTo(Entry other) {
      int byOrder = Long.compare(order, other.order);
      return byOrder != 0 ? byOrder : Bytes.of(key).compareTo(Bytes.of(other.key));
    }

    byte[] element() {
      return Bytes.of(key).toArray();
    }
  }

  private final RankTree tree = new RankTree(ElementLayout.WHOLE);
  private final List<Entry> twin = new ArrayList<>();

  private void add(Entry entry) {
    int at = Collections.binarySearch(twin, entry);
    if (at < 0) {
      twin.add(-1 - at, entry);
      tree.add(entry.order, entry.element());
    }
  }

  private void remove(Entry entry) {
    int at = Collections.binarySearch(twin, entry);
    byte[] removed = tree.remove(entry.order, Bytes.of(entry.key));
    assertThat(removed != null).isEqualTo(at >= 0);
    if (at >= 0) {
      twin.remove(at);
    }
  }

  private void checkOrder(RankTree checked) {
    assertThat(checked.size()).isEqualTo(twin.size());
    RankTree.Cursor up = checked.cursor(0, true);
    RankTree.Cursor down = checked.cursor(twin.size() - 1, false);
    for (int i = 0; i < twin.size(); i++) {
      assertThat(up.next()).isEqualTo(twin.get(i).element());
      assertThat(down.next()).isEqualTo(twin.get(twin.size() - 1 - i).element());
    }
    assertThat(up.next()).isNull();
    assertThat(down.next()).isNull();
  }

  private static int below(List<Entry> entries, Entry bound, boolean andEqual) {
    int at = Collections.binarySearch(entries, bound);
    return at < 0 ? -1 - at : andEqual ? at + 1 : at;
  }

  @ParameterizedTest
  @ValueSource(ints = {5, 100, 2_000, 20_000})
  void itIsASortedListWhateverHappens(int keys) {
    Random random = new Random(keys);
    for (int phase = 0; phase < 6; phase++) {
      int adding = phase % 2 == 0 ? 8 : 1;
      for (int step = 0; step < keys; step++) {
        Entry entry = new Entry(random.nextInt(1 + keys / 7), "k" + random.nextInt(20));
        if (random.nextInt(10) < adding) {
          add(entry);
        } else if (random.nextBoolean() || twin.isEmpty()) {
          remove(entry);
        } else {
          int rank = random.nextInt(twin.size());
          assertThat(tree.removeAt(rank)).isEqualTo(twin.remove(rank).element());
        }
      }
      checkOrder(tree);
      for (int i = 0; i < 200; i++) {
        Entry bound = new Entry(random.nextInt(1 + keys / 7), "k" + random.nextInt(20));
        Bytes key = Bytes.of(bound.key);
        for (boolean andEqual : new boolean[] {false, true}) {
          assertThat(tree.countBelow(bound.order, key, andEqual))
              .isEqualTo(below(twin, bound, andEqual));
          long fewer =
              twin.stream()
                  .filter(e -> e.order < bound.order || (andEqual && e.order == bound.order))
                  .count();
          assertThat(tree.countBelow(bound.order, andEqual)).isEqualTo((int) fewer);
        }
      }
      if (!twin.isEmpty()) {
        int rank = random.nextInt(twin.size());
        assertThat(tree.at(rank)).isEqualTo(twin.get(rank).element());
        assertThat(tree.firstOrder()).isEqualTo(twin.get(0).order);
      }
    }
    checkOrder(tree.copy());
  }

  @Test
  void aReplacedElementKeepsItsRank() {
    for (int i = 0; i < 1_000; i++) {
      add(new Entry(i / 3, "k" + i));
    }
    byte[] other = Bytes.of("k500").copy();
    assertThat(tree.replace(500 / 3, other)).isTrue();
    assertThat(tree.replace(5, other)).isFalse();
    assertThat(tree.at(tree.countBelow(500 / 3, Bytes.of("k500"), false))).isSameAs(other);
    checkOrder(tree);
  }

  @Test
  void whatIsTakenFromTheFrontAndPutBehindStaysInOrder() {
    for (int i = 0; i < 3_000; i++) {
      add(new Entry(i, "k"));
    }
    for (int i = 3_000; i < 20_000; i++) {
      assertThat(tree.removeAt(0)).isEqualTo(twin.remove(0).element());
      add(new Entry(i, "k"));
    }
    checkOrder(tree);
  }

  @Test
  void anElementCostsFewBytes() {
    Random random = new Random(1);
    for (int i = 0; i < 100_000; i++) {
      tree.add(random.nextLong(), Bytes.of("k" + i).toArray());
    }
    assertThat(tree.overheadBytes() / 100_000).isLessThan(18);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void aViewStaysAsItWasWhateverHappensToTheTree(long seed) {
    Random random = new Random(seed);
    int keys = 3_000 * (int) seed;
    List<RankTree> views = new ArrayList<>();
    List<List<Entry>> then = new ArrayList<>();
    for (int step = 0; step < 6 * keys; step++) {
      if (step % keys == keys / 2) {
        views.add(tree.view());
        then.add(List.copyOf(twin));
      }
      Entry entry = new Entry(random.nextInt(keys / 10), "key" + random.nextInt(10));
      boolean mostlyAdding = step / keys % 2 == 0;
      if (random.nextInt(10) < (mostlyAdding ? 8 : 2)) {
        add(entry);
        tree.replace(entry.order, entry.element());
      } else {
        remove(entry);
      }
    }
    checkOrder(tree);
    checkOrder(tree.copy());
    for (int i = 0; i < views.size(); i++) {
      twin.clear();
      twin.addAll(then.get(i));
      checkOrder(views.get(i));
      int middle = twin.size() / 2;
      assertThat(views.get(i).at(middle)).isEqualTo(twin.get(middle).element());
    }
  }
}
