package naru.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import naru.bytes.ByteReader;
import naru.bytes.ByteWriter;
import naru.bytes.Bytes;
import naru.engine.key.KeyOp;
import naru.engine.list.ListOp;
import naru.engine.string.StringOp;
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
      StateRetelling retelling = new StateRetelling(state);
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
