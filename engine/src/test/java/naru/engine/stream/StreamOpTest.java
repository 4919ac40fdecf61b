package naru.engine.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import naru.bytes.ByteReader;
import naru.bytes.ByteWriter;
import naru.bytes.Bytes;
import naru.engine.Entry;
import naru.engine.Op;
import naru.engine.OpCodec;
import naru.engine.OpGolden;
import naru.engine.Retelling;
import naru.engine.State;
import naru.engine.stream.block.BlockLimits;
import naru.engine.stream.block.EntryBlock;
import naru.engine.stream.block.HeldSlot;
import naru.engine.stream.block.RunIndex;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class StreamOpTest {
  private static final Bytes KEY = Bytes.of("orders");
  private static final Bytes GROUP = Bytes.of("packers");
  private static final Bytes CONSUMER = Bytes.of("anna");
  private static final StreamId ID = new StreamId(1_700_000_000_000L, 3);
  private static final IdList IDS = IdList.of(ID, new StreamId(5, -1L), StreamId.MAX);

  static List<Op> ops() {
    Longs counts = Longs.of(1, 0, Long.MAX_VALUE);
    return List.of(
        new StreamOp.Created(3, KEY),
        new StreamOp.Added(0, KEY, ID, true, List.of(Bytes.of("a"), Bytes.EMPTY)),
        new StreamOp.Deleted(0, KEY, IDS, Longs.of(7, 3, 300), true),
        new StreamOp.Trimmed(0, KEY, StreamId.MAX, 300),
        new StreamOp.Repositioned(0, KEY, ID, StreamId.ZERO, 77),
        new StreamOp.Configured(0, KEY, 60, 1000),
        new StreamOp.Remembered(0, KEY, Bytes.of("p"), Bytes.of("m"), ID, -5),
        new StreamOp.Repeated(0, KEY),
        new StreamOp.BlockRestored(0, KEY, ID, ID, 9, 3, 2, 70, Longs.of(2), Bytes.of("block")),
        new StreamOp.Restored(0, KEY, ID, StreamId.ZERO, 9, 10, -1, 4),
        runRestored(),
        new GroupOp.Created(0, KEY, GROUP, ID, ConsumerGroup.UNKNOWN),
        new GroupOp.Moved(0, KEY, GROUP, ID, 12),
        new GroupOp.Removed(0, KEY, GROUP),
        new GroupOp.Joined(0, KEY, GROUP, CONSUMER, 1_700_000_000_000L, Consumer.NEVER),
        new GroupOp.Left(0, KEY, GROUP, CONSUMER),
        new GroupOp.Delivered(0, KEY, GROUP, CONSUMER, 1_700_000_000_000L, IDS, 4),
        new GroupOp.Assigned(0, KEY, GROUP, CONSUMER, 6, true, 5, IDS, counts),
        new GroupOp.Released(0, KEY, GROUP, IDS, counts),
        new GroupOp.Acknowledged(0, KEY, GROUP, IDS),
        new GroupOp.Dropped(0, KEY, IDS),
        new GroupOp.PendingRestored(
            0, KEY, GROUP, IDS, Longs.of(0, -1, 7), Longs.of(5, Long.MIN_VALUE, 6), counts));
  }

  private static Op runRestored() {
    List<HeldSlot> slots = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      EntryBlock block = EntryBlock.begin(1000 + i, -7L * i, List.of(Bytes.of("a"), Bytes.EMPTY));
      slots.add(new HeldSlot(block, 40 + i, 1));
    }
    Bytes index = RunIndex.of(slots).packed();
    return new StreamOp.RunRestored(0, KEY, 6, -9, 4096, index, 1, 3, Longs.of(2, 1, 1));
  }

  @Test
  void opsAreReadAsTheyWereWritten() {
    OpGolden.check(ops().toArray(Op[]::new));
  }

  @ParameterizedTest
  @MethodSource("ops")
  void anOpCanBeAppliedToAnyState(Op op) {
    State state = new State(1);
    if (!(op instanceof StreamOp.BlockRestored)) {
      op.applyTo(state);
      assertThat(state.database(1).size()).isZero();
    }
  }

  /// A state, and ops at random that fit it.
  private static final class Story {
    final Random random;
    final State state = new State(5);
    final List<Op> ops = new ArrayList<>();
    long nowMs = 1_700_000_000_000L;

    Story(long seed) {
      random = new Random(seed);
    }

    StreamValue stream() {
      return (StreamValue) state.database(0).value(KEY);
    }

    void happen(Op op) {
      ByteWriter out = new ByteWriter(64);
      OpCodec.encode(op, out);
      ops.add(OpCodec.decode(new ByteReader(out.toArray())));
      op.applyTo(state);
    }

    Bytes name(String prefix) {
      return Bytes.of(prefix + random.nextInt(4));
    }

    IdList someIds() {
      IdList ids = new IdList();
      StreamCursor cursor = stream().range(StreamId.ZERO, StreamId.MAX);
      while (cursor.next() && ids.size() < 50) {
        if (random.nextInt(9) == 0) {
          ids.add(cursor.ms(), cursor.seq());
        }
      }
      return ids;
    }

    /// What the group would get next; nothing if there is no such group.
    IdList undelivered(Bytes name) {
      IdList ids = new IdList();
      ConsumerGroup group = stream().group(name);
      StreamId from = group == null ? null : group.lastId().next();
      if (from != null) {
        StreamCursor cursor = stream().range(from, StreamId.MAX);
        while (cursor.next()) {
          ids.add(cursor.ms(), cursor.seq());
        }
      }
      return ids;
    }

    Longs counts(IdList ids) {
      return Longs.of(random.longs(ids.size(), 0, 9).toArray());
    }

    void step() {
      nowMs += random.nextInt(100);
      switch (random.nextInt(14)) {
        case 0 -> happen(StreamOp.Deleted.of(stream(), 0, KEY, someIds(), true));
        case 1 -> {
          if (random.nextInt(8) == 0 && stream().length() > 0) {
            happen(Places.trimmed(stream(), KEY, stream().firstId()));
          }
        }
        case 2 -> {
          Bytes group = name("g");
          if (stream().group(group) == null) {
            happen(new GroupOp.Created(0, KEY, group, stream().firstId(), 1));
          } else if (random.nextInt(5) == 0) {
            happen(new GroupOp.Removed(0, KEY, group));
          }
        }
        case 3, 4, 5 -> {
          Bytes group = name("g");
          IdList ids = undelivered(group);
          if (!ids.isEmpty()) {
            happen(new GroupOp.Delivered(0, KEY, group, name("c"), nowMs, ids, random.nextInt(50)));
          }
        }
        case 6 -> {
          IdList ids = someIds();
          happen(new GroupOp.Acknowledged(0, KEY, name("g"), ids));
        }
        case 7 -> {
          IdList ids = someIds();
          happen(
              new GroupOp.Assigned(
                  0, KEY, name("g"), name("c"), nowMs, true, nowMs - 5, ids, counts(ids)));
        }
        case 8 -> {
          IdList ids = someIds();
          happen(new GroupOp.Released(0, KEY, name("g"), ids, counts(ids)));
        }
        case 9 -> {
          if (random.nextInt(5) == 0) {
            happen(new GroupOp.Left(0, KEY, name("g"), name("c")));
          }
        }
        case 10 -> {
          Bytes message = Bytes.of("m" + random.nextInt(1_000_000));
          happen(new StreamOp.Remembered(0, KEY, name("p"), message, lastId(), nowMs - 100_000));
        }
        default -> {
          for (int i = random.nextInt(40); i > 0; i--) {
            List<Bytes> pairs = StreamValueTest.somePairs(random);
            StreamId id = new StreamId(nowMs++, random.nextInt(3));
            happen(
                new StreamOp.Added(
                    0, KEY, id, stream().opensBlock(pairs, BlockLimits.DEFAULT), pairs));
          }
        }
      }
    }

    StreamId lastId() {
      return stream().lastId();
    }
  }

  private static void retell(StreamValue stream, java.util.function.Consumer<Op> out) {
    Retelling retelling = stream.retelling(0, KEY, Entry.NEVER);
    boolean more = true;
    while (more) {
      more = retelling.tell(out);
    }
  }

  private static List<String> restoration(State state) {
    List<String> lines = new ArrayList<>();
    StreamValue stream = (StreamValue) state.database(0).value(KEY);
    retell(
        stream,
        op -> {
          ByteWriter out = new ByteWriter(64);
          OpCodec.encode(op, out);
          lines.add(
              op.getClass().getSimpleName() + java.util.HexFormat.of().formatHex(out.toArray()));
        });
    return lines;
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void replayAndRestorationLeadToTheSameStream(long seed) {
    Story story = new Story(seed);
    story.happen(new StreamOp.Created(0, KEY));
    for (int i = 0; i < 200; i++) {
      story.step();
    }
    List<String> expected = restoration(story.state);

    State replayed = new State(77);
    story.ops.forEach(op -> op.applyTo(replayed));
    assertThat(restoration(replayed)).isEqualTo(expected);

    State restored = new State(78);
    retell(story.stream(), op -> op.applyTo(restored));
    assertThat(restoration(restored)).isEqualTo(expected);
    StreamValue twin = (StreamValue) restored.database(0).value(KEY);
    assertThat(twin.length()).isEqualTo(story.stream().length());
    assertThat(twin.firstId()).isEqualTo(story.stream().firstId());
    for (ConsumerGroup group : story.stream().groups()) {
      ConsumerGroup same = twin.group(group.name());
      assertThat(same.pending().size()).isEqualTo(group.pending().size());
      for (Consumer consumer : group.consumers()) {
        assertThat(same.consumer(consumer.name()).pending()).isEqualTo(consumer.pending());
        long owned = 0;
        PendingEntries.Cursor cursor = group.pending().from(StreamId.ZERO).of(consumer.number());
        while (cursor.next()) {
          owned++;
        }
        assertThat(consumer.pending()).isEqualTo(owned);
      }
    }
  }

  @Test
  void aRestoredStreamGoesOnInItsOpenBlock() {
    State state = new State(1);
    List<Bytes> pairs = List.of(Bytes.of("f"), Bytes.of("v"));
    for (int i = 1; i <= 150; i++) {
      new StreamOp.Added(0, KEY, new StreamId(i, 0), i % 100 == 1, pairs).applyTo(state);
    }
    State restored = new State(2);
    StreamValue stream = (StreamValue) state.database(0).value(KEY);
    retell(stream, op -> op.applyTo(restored));
    StreamValue twin = (StreamValue) restored.database(0).value(KEY);
    for (int i = 151; i <= 200; i++) {
      assertThat(twin.opensBlock(pairs, BlockLimits.DEFAULT)).isFalse();
      new StreamOp.Added(0, KEY, new StreamId(i, 0), false, pairs).applyTo(restored);
    }
    assertThat(twin.opensBlock(pairs, BlockLimits.DEFAULT)).isTrue();
    assertThat(twin.length()).isEqualTo(200);
    assertThat(twin.nextOrdinal()).isEqualTo(200);
  }
}
