package naru.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import naru.bytes.ByteReader;
import naru.bytes.ByteWriter;
import naru.bytes.Bytes;
import naru.engine.stream.IdList;
import naru.engine.stream.Places;
import naru.engine.stream.StreamCursor;
import naru.engine.stream.StreamId;
import naru.engine.stream.StreamOp;
import naru.engine.stream.StreamValue;
import naru.engine.stream.block.BlockLimits;
import naru.engine.stream.block.UnreadableBlock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Streams whose blocks lie in files are the same streams.
class FiledStreamTest {
  private static final long SEED = 7;
  private static final Bytes KEY = Bytes.of("orders");

  private final MemoryStore store = new MemoryStore();

  private State filed() {
    State state = new State(SEED);
    state.shelf().store(store);
    state.shelf().cacheBytesMax(1000);
    return state;
  }

  private void moveSomething(State state, Random random) {
    for (int i = 0; i < State.DATABASES; i++) {
      StreamValue stream = state.database(i).streams().next();
      if (stream != null) {
        switch (random.nextInt(4)) {
          case 0 -> stream.lay(state.shelf(), store, 0, Long.MAX_VALUE);
          case 1 -> {
            if (stream.runs() > 0) {
              store.toBeLeft.add((long) random.nextInt(store.runs()));
              stream.layAgain(random.nextInt(stream.runs()), store);
            }
          }
          default -> stream.relieve(state.shelf(), store);
        }
      }
    }
  }

  private void moveAll(State state) {
    for (int i = 0; i < State.DATABASES; i++) {
      while (state.database(i).streams().memoryBytes() > 0) {
        StreamValue stream = state.database(i).streams().next();
        assertThat(stream).isNotNull();
        stream.relieve(state.shelf(), store);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void opsDoTheSameWhereverTheBlocksLie(long seed) {
    State memory = new State(SEED);
    State filed = filed();
    RandomOps ops = new RandomOps(seed, memory);
    Random random = new Random(seed);
    for (int i = 0; i < 20_000; i++) {
      Op op = ops.next();
      op.applyTo(memory);
      op.applyTo(filed);
      if (random.nextInt(3) == 0) {
        moveSomething(filed, random);
      }
      if (i % 500 == 0) {
        assertThat(StateDigest.of(filed)).isEqualTo(StateDigest.of(memory));
      }
    }
    assertThat(store.runs()).isGreaterThan(50);
    moveAll(filed);
    assertThat(filed.streamMemoryBytes()).isZero();
    assertThat(StateDigest.of(filed)).isEqualTo(StateDigest.of(memory));
    assertThat(filed.streamFiledBytes()).isPositive();
    for (int i = 0; i < State.DATABASES; i++) {
      filed.database(i).clear();
    }
    assertThat(filed.streamFiledBytes()).isZero();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void whatIsToldIsTheStateAsItWasThoughBlocksMoveAllTheTime(long seed) {
    State state = filed();
    RandomOps ops = new RandomOps(seed, state);
    Random random = new Random(seed);
    for (int round = 0; round < 6; round++) {
      for (int i = 0; i < 1500; i++) {
        ops.next().applyTo(state);
        if (i % 4 == 0) {
          moveSomething(state, random);
        }
      }
      long then = StateDigest.of(state);
      StateRetelling retelling = new StateRetelling(state);
      Told told = new Told();
      while (told.more(retelling, random.nextInt(3))) {
        for (int i = random.nextInt(6); i > 0; i--) {
          Op op = ops.next();
          retelling.before(op, told);
          op.applyTo(state);
          moveSomething(state, random);
        }
      }
      State made = filed();
      told.applyTo(made);
      assertThat(StateDigest.of(made)).isEqualTo(then);
    }
  }

  private static final class Told implements StateRetelling.Listener {
    private final ByteWriter bytes = new ByteWriter(1024);
    private int left;

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

    void applyTo(State state) {
      ByteReader in = new ByteReader(bytes.toArray());
      while (in.remaining() > 0) {
        OpCodec.decode(in).applyTo(state);
      }
    }
  }

  private static StreamValue add(State state, int entries) {
    List<Bytes> pairs = List.of(Bytes.of("field"), Bytes.of("value"));
    long from = state.database(0).value(KEY) instanceof StreamValue stream ? stream.length() : 0;
    for (long i = from + 1; i <= from + entries; i++) {
      new StreamOp.Added(0, KEY, new StreamId(i, 0), i % 10 == 1, pairs).applyTo(state);
    }
    return (StreamValue) new ArrayList<>(List.of(state.valueAt(new Key(0, KEY)))).getFirst();
  }

  @Test
  void aSnapshotNamesWhatLiesInFiles() {
    State state = filed();
    StreamValue stream = add(state, 10_000);
    moveAll(state);
    Told told = new Told();
    assertThat(told.more(new StateRetelling(state), Integer.MAX_VALUE)).isFalse();
    assertThat(told.bytes.length()).isLessThan(1000 * 25);
    State made = filed();
    told.applyTo(made);
    assertThat(made.shelf().reads()).isZero();
    assertThat(StateDigest.of(made)).isEqualTo(StateDigest.of(state));
    assertThat(stream.blocks()).isEqualTo(1000);
  }

  @Test
  void aBlockInAFileTakesLittleMemory() {
    State state = filed();
    StreamValue stream = add(state, 100_000);
    moveAll(state);
    assertThat(stream.sizeBytes()).isLessThan(10_000 * 30);
  }

  @Test
  void anEntryIsAddedToABlockInAFileAfterAllBehindItAreDeleted() {
    State state = filed();
    StreamValue stream = add(state, 11);
    moveAll(state);
    assertThat(stream.runs()).isOne();
    StreamOp.Deleted.of(stream, 0, KEY, IdList.of(new StreamId(11, 0)), true).applyTo(state);
    List<Bytes> pairs = List.of(Bytes.of("field"), Bytes.of("other"));
    assertThat(stream.opensBlock(pairs, new BlockLimits(4096, 100))).isFalse();
    assertThat(stream.opensBlock(pairs, new BlockLimits(4096, 10))).isTrue();
    new StreamOp.Added(0, KEY, new StreamId(12, 0), false, pairs).applyTo(state);
    assertThat(stream.blocks()).isOne();
    assertThat(stream.runs()).isZero();
    assertThat(ids(stream)).startsWith("1-0", "2-0").endsWith("10-0", "12-0").hasSize(11);
  }

  private static List<String> ids(StreamValue stream) {
    List<String> ids = new ArrayList<>();
    StreamCursor cursor = stream.range(StreamId.ZERO, StreamId.MAX);
    while (cursor.next()) {
      ids.add(cursor.ms() + "-" + cursor.seq());
    }
    return ids;
  }

  @Test
  void aBlockThatCannotBeReadIsNoEmptyBlock() {
    State state = filed();
    StreamValue stream = add(state, 25);
    moveAll(state);
    store.isBroken = true;
    assertThatThrownBy(() -> ids(stream)).isInstanceOf(UnreadableBlock.class);
    assertThat(stream.length()).isEqualTo(25);
    assertThat(stream.lastEntryId()).isEqualTo(new StreamId(25, 0));
    new StreamOp.Trimmed(0, KEY, new StreamId(20, 0), 19).applyTo(state);
    assertThat(ids(stream)).containsExactly("21-0", "22-0", "23-0", "24-0", "25-0");
  }

  /// What is decided is carried out, whatever the disk does meanwhile.
  @Test
  void deletingAndTrimmingReadsNothing() {
    State state = filed();
    StreamValue stream = add(state, 105);
    moveAll(state);
    IdList ids = IdList.of(new StreamId(37, 0), new StreamId(13, 0), new StreamId(99, 0));
    StreamOp.Deleted deleted = StreamOp.Deleted.of(stream, 0, KEY, ids, true);
    StreamOp.Trimmed trimmed = Places.trimmed(stream, KEY, new StreamId(14, 0));
    state.shelf().cacheBytesMax(0);
    ids(stream);
    store.isBroken = true;
    deleted.applyTo(state);
    trimmed.applyTo(state);
    store.isBroken = false;
    assertThat(ids(stream)).startsWith("15-0").doesNotContain("37-0", "99-0").hasSize(89);
    assertThat(stream.length()).isEqualTo(89);
  }

  @Test
  void aCopyAndItsOriginalGoTheirOwnWays() {
    State state = filed();
    StreamValue stream = add(state, 100);
    moveAll(state);
    StreamValue copy = stream.copy();
    state.database(0).put(Bytes.of("copy"), copy);
    Places.trimmed(stream, KEY, new StreamId(95, 0)).applyTo(state);
    assertThat(stream.length()).isEqualTo(5);
    assertThat(ids(copy)).hasSize(100);
  }
}
