package naru.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import naru.bytes.Bytes;
import naru.engine.hash.HashOp;
import naru.engine.hash.HashValue;
import naru.engine.list.ListOp;
import naru.engine.list.ListValue;
import naru.engine.set.SetOp;
import naru.engine.set.SetValue;
import naru.engine.sortedset.ScoredMember;
import naru.engine.sortedset.SortedSetOp;
import naru.engine.sortedset.SortedSetValue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PackedLimitsTest {
  private static final Bytes KEY = Bytes.of("key");

  private final State state = new State(1);

  private static Bytes word(int length) {
    return Bytes.of("w".repeat(length));
  }

  private void limit(int fields, int bytes, int numbers, int listSize) {
    state.packedLimits(
        new PackedLimits(fields, bytes, numbers, fields, bytes, fields, bytes, listSize));
  }

  private String encoding() {
    return switch (Objects.requireNonNull(state.database(0).value(KEY))) {
      case ListValue list -> list.encoding();
      case HashValue hash -> hash.encoding();
      case SetValue set -> set.encoding();
      case SortedSetValue set -> set.encoding();
      default -> throw new AssertionError();
    };
  }

  private void push(int count, int length) {
    List<Bytes> elements = Collections.nCopies(count, word(length));
    new ListOp.Pushed(0, KEY, false, elements).applyTo(state);
  }

  private void pop(int count) {
    new ListOp.Popped(0, KEY, true, count).applyTo(state);
  }

  @Test
  void aHashFollowsItsLimits() {
    limit(2, 3, 0, -2);
    new HashOp.Set(0, KEY, List.of(word(3), word(1), word(2), word(3))).applyTo(state);
    assertThat(encoding()).isEqualTo("listpack");
    new HashOp.Set(0, KEY, List.of(word(1), word(1))).applyTo(state);
    assertThat(encoding()).isEqualTo("hashtable");
    state.database(0).clear();
    new HashOp.Set(0, KEY, List.of(word(1), word(4))).applyTo(state);
    assertThat(encoding()).isEqualTo("hashtable");
  }

  @Test
  void aSetFollowsItsLimits() {
    limit(3, 4, 2, -2);
    add("-100", "5");
    assertThat(encoding()).isEqualTo("intset");
    add("abcd");
    assertThat(encoding()).isEqualTo("listpack");
    add("e");
    assertThat(encoding()).isEqualTo("hashtable");
    state.database(0).clear();
    add("-1000", "5");
    add("a");
    assertThat(encoding()).as("a number is longer than a packed member").isEqualTo("hashtable");
    state.database(0).clear();
    add("1", "2", "3");
    assertThat(encoding()).isEqualTo("listpack");
  }

  private void add(String... members) {
    List<Bytes> words = new ArrayList<>();
    for (String member : members) {
      words.add(Bytes.of(member));
    }
    new SetOp.Added(0, KEY, words).applyTo(state);
  }

  @Test
  void aSortedSetFollowsItsLimitsAndAMemberItHasDoesNotUnpackIt() {
    limit(2, 4, 0, -2);
    score(word(4), 1);
    score(word(3), 1);
    limit(1, 1, 0, -2);
    score(word(4), 2);
    assertThat(encoding()).isEqualTo("listpack");
    score(word(1), 1);
    assertThat(encoding()).isEqualTo("skiplist");
  }

  private void score(Bytes member, double score) {
    new SortedSetOp.Scored(0, KEY, List.of(new ScoredMember(member, score))).applyTo(state);
  }

  @ParameterizedTest
  @CsvSource({"-1, 4096", "-2, 8192", "-3, 16384", "-5, 65536", "-9, 65536"})
  void aListIsPackedUpToABytesLimitAndAgainAtHalfOfIt(int size, int bytes) {
    limit(1, 1, 1, size);
    push(bytes / 64 - 1, 62);
    assertThat(encoding()).isEqualTo("listpack");
    push(1, 62);
    assertThat(encoding()).isEqualTo("quicklist");
    pop(bytes / 128 - 1);
    assertThat(encoding()).isEqualTo("quicklist");
    pop(2);
    assertThat(encoding()).isEqualTo("listpack");
  }

  @Test
  void aListIsPackedUpToACountAndAgainAtHalfOfIt() {
    limit(1, 1, 1, 4);
    push(4, 1);
    assertThat(encoding()).isEqualTo("listpack");
    push(1, 1);
    pop(2);
    assertThat(encoding()).isEqualTo("quicklist");
    pop(1);
    assertThat(encoding()).isEqualTo("listpack");
    new ListOp.Put(0, KEY, 0, word(9000)).applyTo(state);
    assertThat(encoding()).as("more than 8 KB, however few").isEqualTo("quicklist");
  }

  /// Two states go through the same ops, one with limits that change all the time.
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4})
  void whatAKeyHoldsDoesNotDependOnTheLimits(int seed) {
    Random random = new Random(seed);
    State plain = new State(1);
    for (int step = 0; step < 4000; step++) {
      if (random.nextInt(20) == 0) {
        limit(random.nextInt(40), random.nextInt(12), random.nextInt(40), random.nextInt(40) - 5);
      }
      Op op = op(random, plain);
      op.applyTo(plain);
      op.applyTo(state);
      assertThat(content(state, op.key())).isEqualTo(content(plain, op.key()));
    }
  }

  private static Op op(Random random, State state) {
    Bytes key = Bytes.of(List.of("list", "hash", "set", "sorted").get(random.nextInt(4)));
    boolean adds = random.nextInt(5) < 3 || state.database(0).value(key) == null;
    int number = random.nextInt(60) - 20;
    Bytes word = Bytes.of((random.nextInt(3) == 0 ? "word" : "") + number);
    return switch (key.toString()) {
      case "list" ->
          adds
              ? new ListOp.Pushed(0, key, random.nextBoolean(), List.of(word, word))
              : new ListOp.Popped(0, key, random.nextBoolean(), 1);
      case "hash" -> hashOp(random, adds, key, word);
      case "set" ->
          adds ? new SetOp.Added(0, key, List.of(word)) : new SetOp.Removed(0, key, List.of(word));
      default ->
          adds
              ? new SortedSetOp.Scored(0, key, List.of(new ScoredMember(word, number / 4.0)))
              : new SortedSetOp.RangeRemoved(0, key, 0, 1);
    };
  }

  private static Op hashOp(Random random, boolean adds, Bytes key, Bytes word) {
    if (!adds) {
      return new HashOp.Removed(0, key, List.of(word));
    }
    return random.nextInt(4) == 0
        ? new HashOp.ExpiryChanged(0, key, 1000 + random.nextInt(9), List.of(word))
        : new HashOp.Replaced(0, key, List.of(word, Bytes.of(Integer.toString(random.nextInt(9)))));
  }

  private static List<String> content(State state, Bytes key) {
    List<String> content = new ArrayList<>();
    switch (state.database(0).value(key)) {
      case null -> content.add("nothing");
      case ListValue list -> list.elements().forEach(element -> content.add(element.toString()));
      case HashValue hash ->
          hash.forEach(
              (name, value) -> content.add(name + "=" + value + "@" + hash.expiresAtMs(name)));
      case SetValue set -> set.forEach(member -> content.add(member.toString()));
      case SortedSetValue set ->
          set.forEach((member, score) -> content.add(content.size() + " " + member + score));
      default -> throw new AssertionError();
    }
    content.sort(null);
    return content;
  }
}
