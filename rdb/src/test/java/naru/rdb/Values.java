package naru.rdb;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import naru.bytes.Bytes;
import naru.engine.Op;
import naru.engine.PackedLimits;
import naru.engine.State;
import naru.engine.hash.HashOp;
import naru.engine.list.ListOp;
import naru.engine.set.SetOp;
import naru.engine.sortedset.ScoredMember;
import naru.engine.sortedset.SortedSetOp;
import naru.engine.stream.GroupOp;
import naru.engine.stream.IdList;
import naru.engine.stream.Longs;
import naru.engine.stream.StreamId;
import naru.engine.stream.StreamOp;
import naru.engine.stream.StreamValue;
import naru.engine.stream.block.BlockLimits;
import naru.engine.string.StringOp;

/// Values of every type and form, made of chance.
final class Values {
  private static final int[] SIZES = {1, 1, 2, 3, 10, 60, 130, 600};

  private final Random random;

  Values(long seed) {
    random = new Random(seed);
  }

  Bytes bytes() {
    int length = random.nextInt(random.nextInt(20) == 0 ? 9000 : 80);
    return switch (random.nextInt(4)) {
      case 0 -> Bytes.of(Long.toString(random.nextLong() >> random.nextInt(64)));
      case 1 -> Bytes.of("abc ".repeat(length / 4));
      case 2 -> {
        byte[] any = new byte[length];
        random.nextBytes(any);
        yield Bytes.of(any);
      }
      default -> Bytes.of("e" + random.nextInt(100_000));
    };
  }

  /// Different ones: how many are expected decides on forms, so it has to be how many come.
  private List<Bytes> list(int size) {
    Set<Bytes> set = new LinkedHashSet<>();
    while (set.size() < size) {
      set.add(bytes());
    }
    return List.copyOf(set);
  }

  private List<Bytes> numbers(int size, int bits) {
    Set<Bytes> set = new LinkedHashSet<>();
    while (set.size() < Math.min(size, 100)) {
      set.add(Bytes.of(Long.toString(random.nextLong() >> (64 - bits))));
    }
    return List.copyOf(set);
  }

  /// Makes `key` hold something.
  void make(State state, Bytes key) {
    int size = SIZES[random.nextInt(SIZES.length)];
    switch (random.nextInt(7)) {
      case 0 -> new StringOp.Set(0, key, bytes()).applyTo(state);
      case 1 -> new ListOp.Pushed(0, key, false, list(size)).applyTo(state);
      case 2 -> new SetOp.Added(0, key, list(size)).applyTo(state);
      case 3 -> {
        int bits = 8 << random.nextInt(4);
        new SetOp.Added(0, key, numbers(size, bits)).applyTo(state);
      }
      case 4 -> {
        List<ScoredMember> members = new ArrayList<>();
        for (Bytes member : list(size)) {
          double score = random.nextBoolean() ? random.nextInt(50) : random.nextGaussian() * 1e9;
          members.add(new ScoredMember(member, random.nextInt(30) == 0 ? 1 / 0.0 : score));
        }
        new SortedSetOp.Scored(0, key, members).applyTo(state);
      }
      case 5 -> hash(state, key, size);
      default -> stream(state, key, size);
    }
  }

  private void hash(State state, Bytes key, int size) {
    List<Bytes> pairs = list(2 * size);
    new HashOp.Set(0, key, pairs).applyTo(state);
    if (random.nextInt(3) == 0) {
      for (int i = 0; i < pairs.size(); i += 2 + 2 * random.nextInt(5)) {
        long atMs = 4_000_000_000_000L + random.nextInt(100);
        new HashOp.ExpiryChanged(0, key, atMs, List.of(pairs.get(i))).applyTo(state);
      }
    }
  }

  private void stream(State state, Bytes key, int size) {
    new StreamOp.Created(0, key).applyTo(state);
    StreamValue stream = (StreamValue) state.database(0).value(key);
    List<StreamId> ids = new ArrayList<>();
    long ms = random.nextInt(1000);
    for (int i = 0; i < size; i++) {
      ms += random.nextInt(3);
      StreamId id = new StreamId(ms, i + 1);
      List<Bytes> pairs =
          random.nextInt(4) > 0
              ? List.of(Bytes.of("f"), bytes(), Bytes.of("g"), bytes())
              : list(2 + 2 * random.nextInt(3));
      BlockLimits limits = new BlockLimits(4096, 20);
      new StreamOp.Added(0, key, id, stream.opensBlock(pairs, limits), pairs).applyTo(state);
      ids.add(id);
    }
    for (StreamId id : ids) {
      if (random.nextInt(6) == 0) {
        StreamOp.Deleted.of(stream, 0, key, IdList.of(id), random.nextBoolean()).applyTo(state);
      }
    }
    for (int g = random.nextInt(3); g > 0; g--) {
      group(state, key, Bytes.of("group" + g), ids);
    }
    if (random.nextInt(4) == 0) {
      new StreamOp.Configured(0, key, 50, 7).applyTo(state);
      for (int i = random.nextInt(4); i > 0; i--) {
        Bytes producer = Bytes.of("p" + random.nextInt(2));
        Bytes message = Bytes.of("m" + i);
        new StreamOp.Remembered(0, key, producer, message, ids.getFirst(), Long.MIN_VALUE)
            .applyTo(state);
      }
    }
  }

  private void group(State state, Bytes key, Bytes name, List<StreamId> ids) {
    StreamId last = ids.get(random.nextInt(ids.size()));
    new GroupOp.Created(0, key, name, last, random.nextInt(3) - 1).applyTo(state);
    for (int i = 0; i < ids.size(); i += 1 + random.nextInt(4)) {
      Bytes consumer = Bytes.of("c" + random.nextInt(3));
      new GroupOp.Joined(0, key, name, consumer, 1000 + i, 1000 + i).applyTo(state);
      IdList id = IdList.of(ids.get(i));
      Longs once = Longs.of(1 + random.nextInt(9));
      Op op =
          random.nextInt(8) == 0
              ? new GroupOp.Released(0, key, name, id, once)
              : new GroupOp.Assigned(0, key, name, consumer, 1000 + i, true, 1000 + i, id, once);
      op.applyTo(state);
    }
  }

  /// A state with small limits, so that there are few elements in large forms too.
  static State state() {
    State state = new State(7);
    state.packedLimits(new PackedLimits(50, 64, 100, 50, 64, 50, 64, -1));
    return state;
  }
}
