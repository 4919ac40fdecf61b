package naru.engine.hash;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import naru.bytes.Bytes;
import naru.engine.Entry;
import naru.engine.Expiration;
import naru.engine.Keyspace;
import naru.engine.Op;
import naru.engine.OpGolden;
import naru.engine.State;
import naru.engine.key.KeyOp;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HashOpTest {
  private static final Bytes KEY = Bytes.of("key");

  private final State state = new State(1);
  private final Keyspace keys = state.database(0);

  private static List<Bytes> words(String... words) {
    return Arrays.stream(words).map(Bytes::of).toList();
  }

  private HashValue hash() {
    return (HashValue) Objects.requireNonNull(keys.value(KEY));
  }

  private void set(String... pairs) {
    new HashOp.Set(0, KEY, words(pairs)).applyTo(state);
  }

  private void expireAt(long atMs, String... names) {
    new HashOp.ExpiryChanged(0, KEY, atMs, words(names)).applyTo(state);
  }

  private List<String> names() {
    List<String> names = new ArrayList<>();
    hash().forEach((name, _) -> names.add(name.toString()));
    return names;
  }

  @Test
  void opsAreReadAsTheyWereWritten() {
    OpGolden.check(
        new HashOp.Set(0, KEY, words("a", "1", "", "")),
        new HashOp.Replaced(0, KEY, words("a", "1")),
        new HashOp.Removed(0, KEY, words("a", "b")),
        new HashOp.ExpiryChanged(0, KEY, 1_800_000_000_000L, words("a")),
        new HashOp.Expired(0, KEY, 1_800_000_000_000L),
        new HashOp.Restored(
            0,
            KEY,
            HashForm.PACKED_TIMED,
            List.of(
                new HashField(Bytes.of("a"), Bytes.of("1"), 1_800_000_000_000L),
                new HashField(Bytes.of("b"), Bytes.EMPTY, Entry.NEVER))));
  }

  @Test
  void theKeyGoesWithItsLastField() {
    set("a", "1", "b", "2");
    new HashOp.Removed(0, KEY, words("a", "b", "c")).applyTo(state);
    assertThat(keys.entry(KEY)).isNull();
    set("a", "1");
    expireAt(100, "a");
    new HashOp.Expired(0, KEY, 100).applyTo(state);
    assertThat(keys.entry(KEY)).isNull();
    assertThat(keys.nextDueMs()).isEqualTo(Entry.NEVER);
  }

  @Test
  void whatIsKeptIsACopy() {
    byte[] buffer = "borrowed".getBytes(StandardCharsets.US_ASCII);
    new HashOp.Set(0, KEY, List.of(Bytes.of(buffer), Bytes.of(buffer))).applyTo(state);
    Arrays.fill(buffer, (byte) '!');
    assertThat(hash().get(Bytes.of("borrowed"))).isEqualTo(Bytes.of("borrowed"));
  }

  @Test
  void fieldsStandInTheOrderTheyCameInUntilOneMayExpire() {
    set("b", "1", "a", "2", "c", "3");
    set("b", "4");
    assertThat(names()).containsExactly("b", "a", "c");
    expireAt(200, "c");
    expireAt(100, "a");
    assertThat(names()).containsExactly("a", "c", "b");
    assertThat(hash().encoding()).isEqualTo("listpackex");
    set("a", "5");
    assertThat(names()).containsExactly("c", "b", "a");
    expireAt(Entry.NEVER, "c");
    assertThat(names()).containsExactly("b", "a", "c");
    assertThat(hash().nextDueMs()).isEqualTo(Entry.NEVER);
  }

  @Test
  void aSetFieldLosesItsExpiryAndAReplacedOneKeepsIt() {
    set("a", "1", "b", "2");
    expireAt(100, "a", "b");
    set("a", "3");
    new HashOp.Replaced(0, KEY, words("b", "4")).applyTo(state);
    assertThat(hash().expiresAtMs(Bytes.of("a"))).isEqualTo(Entry.NEVER);
    assertThat(hash().expiresAtMs(Bytes.of("b"))).isEqualTo(100);
  }

  @Test
  void whatIsDueIsTakenAwayAtItsTimeAndTheNextTimeIsNoted() {
    set("a", "1", "b", "2", "c", "3");
    expireAt(100, "a");
    expireAt(200, "b");
    assertThat(keys.nextDueMs()).isEqualTo(100);
    assertThat(keys.pollDue(99)).isNull();
    Entry entry = Objects.requireNonNull(keys.pollDue(150));
    List<Op> ops = Expiration.due(entry, 0, 150);
    assertThat(ops).containsExactly(new HashOp.Expired(0, KEY, 150));
    ops.forEach(op -> op.applyTo(state));
    assertThat(names()).containsExactly("b", "c");
    assertThat(keys.nextDueMs()).isEqualTo(200);
  }

  @Test
  void aHashAllOfWhichIsDueGoesAltogether() {
    set("a", "1");
    expireAt(100, "a");
    List<Op> ops = Expiration.due(Objects.requireNonNull(keys.entry(KEY)), 0, 100);
    assertThat(ops)
        .containsExactly(
            new HashOp.Expired(0, KEY, 100), new KeyOp.Removed(0, KEY, KeyOp.Cause.DELETED));
    assertThat(Expiration.event(ops.get(0)).orElseThrow().name()).isEqualTo("hexpired");
    assertThat(Expiration.event(ops.get(1)).orElseThrow().name()).isEqualTo("del");
  }

  @ParameterizedTest
  @CsvSource({"10, 10", "128, 10", "600, 10", "1500, 10", "40, 100"})
  void itIsAMapWhateverHappens(int fields, int valueBytes) {
    Random random = new Random(fields);
    Map<String, String> twin = new TreeMap<>();
    Map<String, Long> times = new TreeMap<>();
    for (int step = 0; step < 20 * fields; step++) {
      String name = "f" + random.nextInt(fields);
      String value = "v".repeat(random.nextInt(valueBytes)) + step;
      switch (random.nextInt(8)) {
        case 0, 1, 2 -> {
          set(name, value);
          twin.put(name, value);
          times.remove(name);
        }
        case 3 -> {
          new HashOp.Replaced(0, KEY, words(name, value)).applyTo(state);
          twin.put(name, value);
        }
        case 4 -> {
          new HashOp.Removed(0, KEY, words(name)).applyTo(state);
          twin.remove(name);
          times.remove(name);
        }
        case 5, 6 -> {
          long atMs = random.nextInt(3) == 0 ? Entry.NEVER : step + random.nextInt(10 * fields);
          expireAt(atMs, name);
          if (twin.containsKey(name) && atMs != Entry.NEVER) {
            times.put(name, atMs);
          } else {
            times.remove(name);
          }
        }
        default -> {
          long untilMs = step;
          new HashOp.Expired(0, KEY, untilMs).applyTo(state);
          times.entrySet().stream()
              .filter(entry -> entry.getValue() <= untilMs)
              .forEach(entry -> twin.remove(entry.getKey()));
          times.values().removeIf(atMs -> atMs <= untilMs);
        }
      }
      check(twin, times, step % (4 * fields) == 0);
    }
  }

  private void check(Map<String, String> twin, Map<String, Long> times, boolean all) {
    if (twin.isEmpty()) {
      assertThat(keys.entry(KEY)).isNull();
      return;
    }
    assertThat(hash().size()).isEqualTo(twin.size());
    long next = times.values().stream().mapToLong(atMs -> atMs).min().orElse(Entry.NEVER);
    assertThat(hash().nextDueMs()).isEqualTo(next);
    assertThat(keys.nextDueMs()).isLessThanOrEqualTo(next);
    String name = twin.keySet().iterator().next();
    assertThat(hash().get(Bytes.of(name))).isEqualTo(Bytes.of(twin.get(name)));
    assertThat(hash().expiresAtMs(Bytes.of(name))).isEqualTo(times.getOrDefault(name, Entry.NEVER));
    if (all) {
      checkAll(hash(), twin);
      checkAll(hash().copy(), twin);
    }
  }

  private static void checkAll(HashValue hash, Map<String, String> twin) {
    Map<String, String> all = new TreeMap<>();
    hash.forEach((field, value) -> all.put(field.toString(), value.toString()));
    assertThat(all).isEqualTo(twin);
    all.clear();
    long cursor = 0;
    do {
      cursor = hash.scan(cursor, 7, (field, value) -> all.put(field.toString(), value.toString()));
    } while (cursor != 0);
    assertThat(all).isEqualTo(twin);
    hash.random(-1, (field, value) -> assertThat(twin).containsEntry(field + "", value + ""));
  }
}
