package naru.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import naru.bytes.ByteReader;
import naru.bytes.ByteWriter;
import naru.bytes.Bytes;
import naru.engine.hash.HashOp;
import naru.engine.key.KeyOp;
import naru.engine.list.ListOp;
import naru.engine.set.SetOp;
import naru.engine.sortedset.ScoredMember;
import naru.engine.sortedset.SortedSetOp;
import naru.engine.stream.GroupOp;
import naru.engine.stream.IdList;
import naru.engine.stream.Longs;
import naru.engine.stream.PendingEntries;
import naru.engine.stream.StreamId;
import naru.engine.stream.StreamOp;
import naru.engine.string.StringOp;
import naru.engine.string.StringValue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StateRetellingTest {
  private static final long SEED = 7;

  private final State state = new State(SEED);

  /// Takes ops as bytes, as a file does, and has enough after some.
  private static final class Told implements StateRetelling.Listener {
    final ByteWriter bytes = new ByteWriter(1024);
    int left;

    @Override
    public void accept(Op op) {
      OpCodec.encode(op, bytes);
      left--;
    }

    @Override
    public void string(int database, Entry entry, StringValue string) {
      int from = bytes.length();
      string.encodePlain(database, entry.key(), entry.expiresAtMs(), bytes);
      ByteWriter encoded = new ByteWriter(64);
      OpCodec.encode(string.plainOp(database, entry.keyBytes(), entry.expiresAtMs()), encoded);
      assertThat(Arrays.copyOfRange(bytes.array(), from, bytes.length()))
          .isEqualTo(encoded.toArray());
      left--;
    }

    @Override
    public boolean hasEnough() {
      return left <= 0;
    }

    boolean more(StateRetelling retelling, int ops) {
      left = ops;
      return retelling.tell(this);
    }

    State applied() {
      State made = new State(SEED);
      ByteReader in = new ByteReader(bytes.toArray());
      while (in.remaining() > 0) {
        OpCodec.decode(in).applyTo(made);
      }
      return made;
    }
  }

  private static int keys(State state) {
    int keys = 0;
    for (int i = 0; i < State.DATABASES; i++) {
      keys += state.database(i).size();
    }
    return keys;
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
  void whatIsToldIsTheStateAsItWasThoughItChangesAllTheTime(long seed) {
    Random random = new Random(seed);
    RandomOps ops = new RandomOps(seed, state);
    for (int round = 0; round < 8; round++) {
      for (int i = 0; i < 400; i++) {
        ops.next().applyTo(state);
      }
      List<String> then = Contents.of(state);
      int keysThen = keys(state);
      StateRetelling retelling = new StateRetelling(state, pieces(random));
      Told told = new Told();
      while (told.more(retelling, random.nextInt(3))) {
        for (int i = random.nextInt(6); i > 0; i--) {
          Op op = ops.next();
          retelling.before(op, told);
          op.applyTo(state);
        }
      }
      assertThat(Contents.of(told.applied())).isEqualTo(then);
      assertThat(retelling.entries()).isEqualTo(keysThen);
    }
  }

  /// Small ones, so that values are often changed when they are told in part.
  private static Retelling.Pieces pieces(Random random) {
    return random.nextInt(3) == 0
        ? Retelling.Pieces.DEFAULT
        : new Retelling.Pieces(
            16 + random.nextInt(300), 1 + random.nextInt(8), random.nextInt(1000));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void aRetellingThatWasStoppedLeavesNothingBehind(long seed) {
    Random random = new Random(seed);
    RandomOps ops = new RandomOps(seed, state);
    for (int round = 0; round < 8; round++) {
      for (int i = 0; i < 200; i++) {
        ops.next().applyTo(state);
      }
      StateRetelling stopped = new StateRetelling(state);
      Told half = new Told();
      for (int i = 0; i < 10; i++) {
        half.more(stopped, 2);
        Op op = ops.next();
        stopped.before(op, half);
        op.applyTo(state);
      }
      stopped.stop();
      int before = half.bytes.length();
      while (half.more(stopped, random.nextInt(2))) {
        Op op = ops.next();
        stopped.before(op, half);
        op.applyTo(state);
      }
      assertThat(half.bytes.length()).isEqualTo(before);

      Told told = new Told();
      StateRetelling whole = new StateRetelling(state);
      assertThat(told.more(whole, Integer.MAX_VALUE)).isFalse();
      assertThat(Contents.of(told.applied())).isEqualTo(Contents.of(state));
    }
  }

  @Test
  void aLargeValueIsToldInManyPieces() {
    Bytes key = Bytes.of("list");
    List<Bytes> elements = new ArrayList<>();
    for (int i = 0; i < 100_000; i++) {
      elements.add(Bytes.of("element " + i));
    }
    new ListOp.Pushed(0, key, false, elements).applyTo(state);
    new KeyOp.ExpiryChanged(0, key, 5000).applyTo(state);
    StateRetelling retelling = new StateRetelling(state);
    Told told = new Told();
    int slices = 0;
    while (told.more(retelling, 1)) {
      slices++;
    }
    assertThat(slices).isGreaterThan(100);
    assertThat(Contents.of(told.applied())).isEqualTo(Contents.of(state));
  }

  /// Counts what an op has told, and never has enough.
  private static final class Counting implements StateRetelling.Listener {
    int elements;
    long bytes;
    int elementsMost;
    long bytesMost;

    @Override
    public void accept(Op op) {
      ByteWriter encoded = new ByteWriter(1024);
      OpCodec.encode(op, encoded);
      bytes += encoded.length();
      elements +=
          switch (op) {
            case HashOp.Restored hash -> hash.fields().size();
            case ListOp.Restored list -> list.elements().size();
            case SetOp.Restored set -> set.members().size();
            case SortedSetOp.Restored set -> set.members().size();
            case GroupOp.PendingRestored pending -> pending.ids().size();
            default -> 0;
          };
    }

    @Override
    public boolean hasEnough() {
      return false;
    }

    void opEnds() {
      elementsMost = Math.max(elementsMost, elements);
      bytesMost = Math.max(bytesMost, bytes);
      elements = 0;
      bytes = 0;
    }
  }

  /// Forty thousand elements of every kind, an op for each.
  private static List<Op> large(boolean change) {
    List<Op> ops = new ArrayList<>();
    for (int i = 0; i < (change ? 400 : 40_000); i++) {
      int at = change ? i * 97 : i;
      Bytes name = Bytes.of("name" + at);
      Bytes value = Bytes.of("value" + at + change);
      ops.add(new HashOp.Set(0, Bytes.of("hash"), List.of(name, value)));
      ops.add(
          change
              ? new SetOp.Removed(0, Bytes.of("set"), List.of(name))
              : new SetOp.Added(0, Bytes.of("set"), List.of(name)));
      ops.add(
          new SortedSetOp.Scored(
              0, Bytes.of("zset"), List.of(new ScoredMember(name, change ? -at : at))));
      ops.add(
          change
              ? new ListOp.Put(0, Bytes.of("list"), 50 * i, value)
              : new ListOp.Pushed(0, Bytes.of("list"), false, List.of(value)));
      ops.add(
          change
              ? new StringOp.Written(0, Bytes.of("text"), 500 * i, value)
              : new StringOp.Appended(0, Bytes.of("text"), value));
      if (change) {
        ops.add(new GroupOp.Acknowledged(0, Bytes.of("stream"), Bytes.of("group"), ids(at + 1, 1)));
      }
    }
    return ops;
  }

  private static IdList ids(int first, int count) {
    IdList ids = new IdList();
    for (int i = 0; i < count; i++) {
      ids.add(first + i, 0);
    }
    return ids;
  }

  private static List<Op> pending(int count) {
    Bytes key = Bytes.of("stream");
    Bytes group = Bytes.of("group");
    long[] owners = new long[count];
    Arrays.fill(owners, PendingEntries.NOBODY);
    long[] times = new long[count];
    Arrays.setAll(times, i -> Long.MIN_VALUE + i);
    return List.of(
        new StreamOp.Created(0, key),
        new GroupOp.Created(0, key, group, StreamId.ZERO, 0),
        new GroupOp.PendingRestored(
            0, key, group, ids(1, count), Longs.of(owners), Longs.of(times), Longs.of(times)));
  }

  @Test
  void howMuchIsToldBeforeAChangeDoesNotGrowWithTheValue() {
    large(false).forEach(op -> op.applyTo(state));
    pending(40_000).forEach(op -> op.applyTo(state));
    long then = StateDigest.of(state);
    StateRetelling retelling = new StateRetelling(state);
    Told told = new Told();
    Counting counting = new Counting();
    for (Op op : large(true)) {
      retelling.before(
          op,
          before -> {
            counting.accept(before);
            told.accept(before);
          });
      op.applyTo(state);
      counting.opEnds();
    }
    assertThat(counting.elementsMost).isLessThanOrEqualTo(512);
    assertThat(counting.bytesMost).isLessThan(100 << 10);
    assertThat(told.more(retelling, Integer.MAX_VALUE)).isFalse();
    assertThat(StateDigest.of(told.applied())).isEqualTo(then);
  }

  @Test
  void aLargeStringIsToldAsItWasWhateverTakesItsPlace() {
    Bytes key = Bytes.of("text");
    Bytes old = Bytes.of("0123456789".repeat(60_000));
    List<Op> changes =
        List.of(
            new StringOp.Set(0, key, Bytes.of("9876543210".repeat(60_000))),
            new StringOp.Spliced(0, key, 7, 3, Bytes.of("abc")),
            new StringOp.Spliced(0, key, 0, 300_000, Bytes.EMPTY),
            new StringOp.Written(0, key, 599_990, Bytes.of("a".repeat(100))),
            new StringOp.Stored(0, key, 1, 2, Entry.NEVER, Bytes.of("short")),
            new KeyOp.Removed(0, key, KeyOp.Cause.DELETED));
    for (Op change : changes) {
      new StringOp.Set(0, key, old).applyTo(state);
      List<String> then = Contents.of(state);
      StateRetelling retelling = new StateRetelling(state);
      Told told = new Told();
      retelling.before(change, told);
      assertThat(told.bytes.length()).isLessThan(100 << 10);
      change.applyTo(state);
      told.more(retelling, Integer.MAX_VALUE);
      assertThat(Contents.of(told.applied())).as("%s", change).isEqualTo(then);
      new KeyOp.Removed(0, key, KeyOp.Cause.DELETED).applyTo(state);
    }
  }

  @Test
  void aStringWithRoomToGrowIsToldWithoutIt() {
    Bytes key = Bytes.of("text");
    new StringOp.Appended(0, key, Bytes.of("0123456789".repeat(30_000))).applyTo(state);
    new StringOp.Appended(0, key, Bytes.of("end")).applyTo(state);
    Told told = new Told();
    told.more(new StateRetelling(state), Integer.MAX_VALUE);
    assertThat(Contents.of(told.applied())).isEqualTo(Contents.of(state));
  }

  @Test
  void theTimeOfLastUseStaysWhenAnEntryIsMarked() {
    state.observe(1_700_000_000_000L);
    new StringOp.Set(0, Bytes.of("a"), Bytes.of("1")).applyTo(state);
    new Told().more(new StateRetelling(state), Integer.MAX_VALUE);
    Entry entry = state.database(0).entry(Bytes.of("a"));
    assertThat(entry).isNotNull();
    assertThat(entry.idleS(1_700_000_060_000L)).isEqualTo(60);
    assertThat(entry.idleS(1_699_000_000_000L)).isZero();
    assertThat(entry.touchedS()).as("modulo 2^28").isEqualTo(1_700_000_000 % (1 << 28));
  }
}
