package naru.engine.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PendingEntriesTest {
  private record Pending(int owner, long atMs, long count) {}

  private static final class Twin {
    final Random random;
    final PendingEntries entries = new PendingEntries();
    final NavigableMap<StreamId, Pending> twin = new TreeMap<>();
    long nextMs = 1000;
    long released = Long.MIN_VALUE;

    Twin(long seed) {
      random = new Random(seed);
    }

    StreamId anyId() {
      return new StreamId(random.nextLong(nextMs + 2), random.nextInt(2));
    }

    StreamId presentId() {
      StreamId found = twin.ceilingKey(anyId());
      return found == null ? anyId() : found;
    }

    void step() {
      switch (random.nextInt(12)) {
        case 0, 1, 2, 3 -> appendMany();
        case 4 -> put(anyId());
        case 5 -> put(presentId());
        case 6, 7 -> removeFromFront();
        case 8 -> remove(presentId());
        case 9 -> release(presentId());
        case 10 -> {
          for (int i = 0; i < 40; i++) {
            put(anyId());
            remove(presentId());
          }
        }
        default -> {
          if (random.nextInt(20) == 0) {
            int owner = random.nextInt(4);
            twin.values().removeIf(pending -> pending.owner == owner);
            entries.removeAll(owner);
          }
        }
      }
    }

    void appendMany() {
      long atMs = nextMs;
      for (int i = random.nextInt(200); i > 0; i--) {
        nextMs += random.nextInt(3) + 1;
        put(new StreamId(nextMs, 0), random.nextInt(4), atMs, 1);
      }
    }

    void put(StreamId id) {
      put(id, random.nextInt(4), random.nextLong(nextMs), random.nextInt(5));
    }

    void put(StreamId id, int owner, long atMs, long count) {
      Pending before = twin.put(id, new Pending(owner, atMs, count));
      assertThat(entries.put(id.ms(), id.seq(), owner, atMs, count))
          .isEqualTo(before == null ? PendingEntries.ABSENT : before.owner);
    }

    void release(StreamId id) {
      Pending before = twin.put(id, new Pending(PendingEntries.NOBODY, released++, 9));
      assertThat(entries.release(id.ms(), id.seq(), 9))
          .isEqualTo(before == null ? PendingEntries.ABSENT : before.owner);
    }

    void removeFromFront() {
      for (int i = random.nextInt(300); i > 0 && !twin.isEmpty(); i--) {
        remove(random.nextInt(5) == 0 ? presentId() : twin.firstKey());
      }
    }

    void remove(StreamId id) {
      Pending before = twin.remove(id);
      assertThat(entries.remove(id.ms(), id.seq()))
          .isEqualTo(before == null ? PendingEntries.ABSENT : before.owner);
    }

    void check() {
      assertThat(entries.size()).isEqualTo(twin.size());
      assertThat(entries.unowned())
          .isEqualTo(twin.values().stream().filter(p -> p.owner < 0).count());
      assertThat(entries.firstId()).isEqualTo(twin.isEmpty() ? null : twin.firstKey());
      assertThat(entries.lastId()).isEqualTo(twin.isEmpty() ? null : twin.lastKey());
      assertThat(entries.earliestMs())
          .isEqualTo(twin.values().stream().mapToLong(Pending::atMs).min().orElse(Long.MAX_VALUE));
      StreamId from = anyId();
      assertThat(read(entries.from(from))).isEqualTo(new TreeMap<>(twin.tailMap(from, true)));
      int owner = random.nextInt(5) - 1;
      TreeMap<StreamId, Pending> owned = new TreeMap<>(twin.tailMap(from, true));
      owned.values().removeIf(pending -> pending.owner != owner);
      assertThat(read(entries.from(from).of(owner))).isEqualTo(owned);
      StreamId id = presentId();
      assertThat(entries.contains(id.ms(), id.seq())).isEqualTo(twin.containsKey(id));
      checkOldest();
    }

    void checkOldest() {
      long untilMs = random.nextLong(nextMs);
      int max = random.nextInt(3) == 0 ? Integer.MAX_VALUE : 1 + random.nextInt(20);
      List<StreamId> expected =
          twin.entrySet().stream()
              .filter(e -> e.getValue().atMs <= untilMs && e.getKey().ms() % 7 != 0)
              .sorted(
                  Comparator.comparingLong((Map.Entry<StreamId, Pending> e) -> e.getValue().atMs)
                      .thenComparing(Map.Entry::getKey))
              .map(Map.Entry::getKey)
              .limit(max)
              .toList();
      IdList oldest = entries.oldest(untilMs, max, (ms, _) -> ms % 7 != 0);
      List<StreamId> found = new ArrayList<>();
      for (int i = 0; i < oldest.size(); i++) {
        found.add(oldest.get(i));
      }
      assertThat(found).isEqualTo(expected);
    }

    private TreeMap<StreamId, Pending> read(PendingEntries.Cursor cursor) {
      TreeMap<StreamId, Pending> read = new TreeMap<>();
      while (cursor.next()) {
        Pending known = twin.get(cursor.id());
        boolean nobody = cursor.owner() == PendingEntries.NOBODY;
        assertThat(nobody && cursor.deliveredAtMs() != 0).isFalse();
        long atMs = nobody && known != null ? known.atMs : cursor.deliveredAtMs();
        read.put(cursor.id(), new Pending(cursor.owner(), atMs, cursor.count()));
      }
      return read;
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void pendingEntriesBehaveLikeASortedMap(long seed) {
    Twin twin = new Twin(seed);
    for (int i = 0; i < 300; i++) {
      twin.step();
      twin.check();
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void aViewShowsWhatIsLeftAsItWasThoughItChanges(long seed) {
    Twin twin = new Twin(seed);
    for (int round = 0; round < 20; round++) {
      for (int i = 0; i < 10; i++) {
        twin.step();
      }
      PendingEntries.Cursor cursor = twin.entries.from(twin.anyId());
      cursor.next();
      PendingEntries.Cursor view = cursor.onView();
      List<Pending> left = read(cursor);
      for (int i = 0; i < 10; i++) {
        twin.step();
        twin.check();
      }
      assertThat(read(view)).isEqualTo(left);
    }
  }

  private static List<Pending> read(PendingEntries.Cursor cursor) {
    List<Pending> read = new ArrayList<>();
    while (cursor.next()) {
      read.add(new Pending(cursor.owner(), cursor.order(), cursor.count()));
    }
    return read;
  }

  @Test
  void aCopyIsNotChangedWithTheOriginal() {
    Twin twin = new Twin(42);
    for (int i = 0; i < 50; i++) {
      twin.step();
    }
    Map<StreamId, Pending> before = new TreeMap<>(twin.twin);
    PendingEntries copy = twin.entries.copy();
    for (int i = 0; i < 50; i++) {
      twin.step();
    }
    List<StreamId> ids = new ArrayList<>();
    for (PendingEntries.Cursor cursor = copy.from(StreamId.ZERO); cursor.next(); ) {
      ids.add(cursor.id());
    }
    assertThat(ids).containsExactlyElementsOf(before.keySet());
  }

  @Test
  void aMillionTakeUnderFortyBytesEach() {
    PendingEntries entries = new PendingEntries();
    for (int i = 0; i < 1_000_000; i++) {
      entries.put(1_700_000_000_000L + i, 0, i & 15, 1_700_000_100_000L, 1);
    }
    assertThat(entries.sizeBytes() / 1_000_000.0).isLessThan(40);
    for (int i = 0; i < 999_000; i++) {
      entries.remove(1_700_000_000_000L + i, 0);
    }
    assertThat(entries.sizeBytes()).isLessThan(200_000);
  }
}
