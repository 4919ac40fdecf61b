package naru.engine.sortedset;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import naru.bytes.Bytes;
import naru.engine.Keyspace;
import naru.engine.OpGolden;
import naru.engine.State;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SortedSetOpTest {
  private static final Bytes KEY = Bytes.of("key");

  private final State state = new State(1);
  private final Keyspace keys = state.database(0);

  private static ScoredMember scored(String member, double score) {
    return new ScoredMember(Bytes.of(member), score);
  }

  private SortedSetValue set() {
    return (SortedSetValue) Objects.requireNonNull(keys.value(KEY));
  }

  private void put(ScoredMember... members) {
    new SortedSetOp.Scored(0, KEY, List.of(members)).applyTo(state);
  }

  private static List<String> members(SortedSetValue set) {
    List<String> members = new ArrayList<>();
    set.forEach((member, score) -> members.add(member + "=" + score));
    return members;
  }

  private static List<String> backwards(SortedSetValue set) {
    List<String> members = new ArrayList<>();
    SortedSetValue.Cursor cursor = set.cursor(set.size() - 1, false);
    while (cursor.next()) {
      members.add(cursor.member() + "=" + cursor.score());
    }
    return members;
  }

  @Test
  void opsAreReadAsTheyWereWritten() {
    OpGolden.check(
        new SortedSetOp.Scored(0, KEY, List.of(scored("a", 0.5), scored("", -1))),
        new SortedSetOp.Removed(0, KEY, List.of(Bytes.of("a"), Bytes.of("b"))),
        new SortedSetOp.RangeRemoved(0, KEY, 300, 2),
        new SortedSetOp.Stored(0, KEY, List.of(scored("a", Double.POSITIVE_INFINITY))),
        new SortedSetOp.Restored(0, KEY, true, List.of(scored("a", 1.5))));
  }

  @Test
  void theKeyGoesWithItsLastMember() {
    put(scored("a", 1), scored("b", 2), scored("c", 3));
    new SortedSetOp.Removed(0, KEY, List.of(Bytes.of("b"))).applyTo(state);
    new SortedSetOp.RangeRemoved(0, KEY, 0, 2).applyTo(state);
    assertThat(keys.entry(KEY)).isNull();
  }

  @Test
  void aStoredSetTakesThePlaceOfAnythingAndDoesNotExpire() {
    put(scored("a", 1));
    keys.expireAt(KEY, 5);
    new SortedSetOp.Stored(0, KEY, List.of(scored("b", 2))).applyTo(state);
    assertThat(members(set())).containsExactly("b=2.0");
    assertThat(keys.expiring()).isZero();
  }

  @Test
  void whatIsKeptIsACopy() {
    byte[] buffer = "borrowed".getBytes(StandardCharsets.US_ASCII);
    put(new ScoredMember(Bytes.of(buffer), 1));
    Arrays.fill(buffer, (byte) '!');
    assertThat(members(set())).containsExactly("borrowed=1.0");
  }

  @Test
  void scoresAreKeptExactly() {
    double[] scores = {
      0.1,
      -0.0,
      0,
      1e300,
      -1e-300,
      1 / 3.0,
      0x1p53,
      0x1p53 + 2,
      -5,
      4096,
      1e17,
      Double.NEGATIVE_INFINITY,
      Double.POSITIVE_INFINITY,
      Double.MIN_VALUE,
      Double.longBitsToDouble(0x3132333435363738L)
    };
    for (int extra : new int[] {0, 200}) {
      for (int i = 0; i < extra; i++) {
        put(scored("x" + i, i));
      }
      for (double score : scores) {
        put(scored("m", score));
        assertThat(set().score(Bytes.of("m"))).isEqualTo(score);
      }
    }
  }

  @Test
  void membersOfZeroAndMinusZeroAreInTheOrderOfTheirNames() {
    put(scored("c", -0.0), scored("b", 0.0), scored("a", -0.0));
    assertThat(members(set())).containsExactly("a=0.0", "b=0.0", "c=0.0");
    for (int i = 0; i < 200; i++) {
      put(scored("x" + i, 1));
    }
    put(scored("c", -0.0), scored("b", 0.0), scored("a", -0.0));
    assertThat(members(set())).startsWith("a=-0.0", "b=0.0", "c=-0.0");
  }

  @ParameterizedTest
  @ValueSource(ints = {5, 100, 140, 3_000})
  void itIsASortedListWhateverHappens(int size) {
    Random random = new Random(size);
    Map<String, Double> twin = new HashMap<>();
    for (int step = 0; step < 12 * size; step++) {
      String member = "m" + random.nextInt(size);
      switch (random.nextInt(10)) {
        case 0, 1, 2, 3, 4, 5 -> {
          double score = random.nextBoolean() ? random.nextInt(20) : random.nextGaussian();
          put(scored(member, score));
          twin.put(member, score);
        }
        case 6, 7 -> {
          new SortedSetOp.Removed(0, KEY, List.of(Bytes.of(member))).applyTo(state);
          twin.remove(member);
        }
        default -> {
          if (!twin.isEmpty() && random.nextInt(5) == 0) {
            int from = random.nextInt(twin.size());
            int count = Math.min(1 + random.nextInt(5), twin.size() - from);
            sorted(twin).subList(from, from + count).forEach(name -> twin.remove(name));
            new SortedSetOp.RangeRemoved(0, KEY, from, count).applyTo(state);
          }
        }
      }
      if (twin.isEmpty()) {
        assertThat(keys.entry(KEY)).isNull();
      } else {
        assertThat(set().size()).isEqualTo(twin.size());
        assertThat(set().score(Bytes.of(member))).isEqualTo(twin.getOrDefault(member, Double.NaN));
      }
    }
    checkAll(twin, random);
  }

  private static List<String> sorted(Map<String, Double> twin) {
    return twin.keySet().stream()
        .sorted(Comparator.comparing((String name) -> twin.get(name)).thenComparing(name -> name))
        .toList();
  }

  private void checkAll(Map<String, Double> twin, Random random) {
    List<String> sorted = sorted(twin);
    List<String> expected = new ArrayList<>();
    sorted.forEach(name -> expected.add(name + "=" + twin.get(name)));
    assertThat(members(set())).isEqualTo(expected);
    assertThat(members(set().copy())).isEqualTo(expected);
    List<String> scanned = new ArrayList<>();
    long cursor = 0;
    do {
      cursor = set().scan(cursor, 9, (member, score) -> scanned.add(member + "=" + score));
    } while (cursor != 0);
    assertThat(scanned).containsExactlyInAnyOrderElementsOf(expected);
    Collections.reverse(expected);
    assertThat(backwards(set())).isEqualTo(expected);
    for (int i = 0; i < 100; i++) {
      String name = sorted.get(random.nextInt(sorted.size()));
      double score = twin.get(name);
      assertThat(set().rank(Bytes.of(name), score)).isEqualTo(sorted.indexOf(name));
      assertThat(set().countBelow(score, Bytes.of(name), true)).isEqualTo(sorted.indexOf(name) + 1);
      long lower = twin.values().stream().filter(other -> other < score).count();
      long notHigher = twin.values().stream().filter(other -> other <= score).count();
      assertThat(set().countBelow(score, false)).isEqualTo((int) lower);
      assertThat(set().countBelow(score, true)).isEqualTo((int) notHigher);
    }
  }
}
