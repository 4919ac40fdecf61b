package naru.engine.set;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import naru.bytes.Bytes;
import naru.engine.Keyspace;
import naru.engine.OpGolden;
import naru.engine.State;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SetOpTest {
  private static final Bytes KEY = Bytes.of("key");
  private static final Bytes OTHER = Bytes.of("other");

  private final State state = new State(1);
  private final Keyspace keys = state.database(0);

  private static List<Bytes> words(String... words) {
    return Arrays.stream(words).map(Bytes::of).toList();
  }

  private static List<Bytes> numbers(int from, int to) {
    return IntStream.range(from, to).mapToObj(i -> Bytes.of("" + i)).toList();
  }

  private SetValue set(Bytes key) {
    return (SetValue) Objects.requireNonNull(keys.value(key));
  }

  private void add(String... members) {
    new SetOp.Added(0, KEY, words(members)).applyTo(state);
  }

  private static List<String> members(SetValue set) {
    List<String> members = new ArrayList<>();
    set.forEach(member -> members.add(member.toString()));
    return members;
  }

  @Test
  void opsAreReadAsTheyWereWritten() {
    OpGolden.check(
        new SetOp.Added(0, KEY, words("a", "")),
        new SetOp.Removed(0, KEY, words("a", "b")),
        new SetOp.Moved(0, KEY, OTHER, Bytes.of("a")),
        new SetOp.Stored(0, KEY, words("a", "1")),
        new SetOp.Restored(0, KEY, SetForm.TABLE, words("a", "1")));
  }

  @Test
  void theKeyGoesWithItsLastMember() {
    add("a", "b");
    new SetOp.Removed(0, KEY, words("a", "c")).applyTo(state);
    new SetOp.Moved(0, KEY, OTHER, Bytes.of("b")).applyTo(state);
    assertThat(keys.entry(KEY)).isNull();
    assertThat(members(set(OTHER))).containsExactly("b");
  }

  @Test
  void aStoredSetTakesThePlaceOfAnythingAndDoesNotExpire() {
    add("a");
    keys.expireAt(KEY, 5);
    new SetOp.Stored(0, KEY, words("x")).applyTo(state);
    assertThat(members(set(KEY))).containsExactly("x");
    assertThat(keys.expiring()).isZero();
  }

  @Test
  void whatIsKeptIsACopy() {
    byte[] buffer = "borrowed".getBytes(StandardCharsets.US_ASCII);
    new SetOp.Added(0, KEY, List.of(Bytes.of(buffer))).applyTo(state);
    Arrays.fill(buffer, (byte) '!');
    assertThat(members(set(KEY))).containsExactly("borrowed");
  }

  @Test
  void numbersAreSortedAndOtherMembersStandInTheOrderTheyCameIn() {
    add("3", "-1", "20");
    assertThat(members(set(KEY))).containsExactly("-1", "3", "20");
    add("b", "a", "3");
    assertThat(members(set(KEY))).containsExactly("-1", "3", "20", "b", "a");
    assertThat(set(KEY).encoding()).isEqualTo("listpack");
  }

  @Test
  void theKindOfASetFollowsItsMembers() {
    new SetOp.Added(0, KEY, numbers(0, 512)).applyTo(state);
    assertThat(set(KEY).encoding()).isEqualTo("intset");
    add("512");
    assertThat(set(KEY).encoding()).isEqualTo("hashtable");
    new SetOp.Stored(0, KEY, numbers(0, 200)).applyTo(state);
    add("a");
    assertThat(set(KEY).encoding()).isEqualTo("hashtable");
    new SetOp.Stored(0, KEY, words("a".repeat(64))).applyTo(state);
    assertThat(set(KEY).encoding()).isEqualTo("listpack");
    add("a".repeat(65));
    assertThat(set(KEY).encoding()).isEqualTo("hashtable");
  }

  @ParameterizedTest
  @CsvSource({"5, false", "100, false", "600, true", "600, false", "5000, false"})
  void itIsASetWhateverHappens(int size, boolean numbers) {
    Random random = new Random(size);
    Set<String> twin = new TreeSet<>();
    for (int step = 0; step < 12 * size; step++) {
      String member = (numbers || random.nextInt(3) > 0 ? "" : "m") + random.nextInt(size);
      if (random.nextInt(10) < (step / size % 3 < 2 ? 7 : 2)) {
        add(member);
        twin.add(member);
      } else {
        new SetOp.Removed(0, KEY, words(member)).applyTo(state);
        twin.remove(member);
      }
      if (twin.isEmpty()) {
        assertThat(keys.entry(KEY)).isNull();
      } else {
        assertThat(set(KEY).size()).isEqualTo(twin.size());
        assertThat(set(KEY).contains(Bytes.of(member))).isEqualTo(twin.contains(member));
        assertThat(twin.contains(set(KEY).random(random.nextLong()).toString())).isTrue();
      }
    }
    assertThat(members(set(KEY))).containsExactlyInAnyOrderElementsOf(twin);
    assertThat(members(set(KEY).copy())).containsExactlyInAnyOrderElementsOf(twin);
    List<String> scanned = new ArrayList<>();
    long cursor = 0;
    do {
      cursor = set(KEY).scan(cursor, 7, member -> scanned.add(member.toString()));
    } while (cursor != 0);
    assertThat(scanned).containsExactlyInAnyOrderElementsOf(twin);
  }
}
