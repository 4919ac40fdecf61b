package naru.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import naru.bytes.Bytes;
import naru.engine.hash.HashOp;
import naru.engine.key.KeyOp;
import naru.engine.library.LibraryOp;
import naru.engine.list.ListOp;
import naru.engine.list.ListValue;
import naru.engine.set.SetOp;
import naru.engine.sortedset.ScoredMember;
import naru.engine.sortedset.SortedSetOp;
import naru.engine.stream.ConsumerGroup;
import naru.engine.stream.GroupOp;
import naru.engine.stream.IdList;
import naru.engine.stream.Longs;
import naru.engine.stream.StreamId;
import naru.engine.stream.StreamOp;
import naru.engine.stream.StreamValue;
import naru.engine.stream.block.BlockLimits;
import naru.engine.string.StringOp;

/// Ops at random that may happen to a state, of every noun. Keys begin with a letter for their
/// kind, so that most ops meet a value that they fit.
public final class RandomOps {
  private static final int KEYS = 6;

  private final Random random;
  private final State state;
  private long id = 1;

  public RandomOps(long seed, State state) {
    random = new Random(seed);
    this.state = state;
  }

  public Op next() {
    int database = random.nextInt(3);
    return switch (random.nextInt(41)) {
      case 0 -> new KeyOp.Removed(database, anyKey(), KeyOp.Cause.DELETED);
      case 1, 2 -> new KeyOp.ExpiryChanged(database, anyKey(), expiry());
      case 3 -> new KeyOp.Moved(database, anyKey(), random.nextInt(3), anyKey());
      case 4 -> new KeyOp.Copied(database, anyKey(), random.nextInt(3), anyKey());
      case 5 ->
          switch (random.nextInt(8)) {
            case 0 -> new KeyOp.Flushed(database);
            case 1 -> new KeyOp.FlushSet(database, expiry());
            case 2 -> new KeyOp.Used(database, anyKey(), KeyOp.Measure.LAST_USED_S, 77);
            default -> strings(database);
          };
      case 6 ->
          random.nextInt(4) == 0
              ? new KeyOp.Swapped(database, random.nextInt(3))
              : strings(database);
      case 7, 8, 9, 10 -> strings(database);
      case 11, 12, 13, 14, 15 -> lists(database);
      case 16, 17, 18, 19, 20 -> hashes(database);
      case 21, 22, 23, 24, 25 -> sets(database);
      case 26, 27, 28, 29, 30 -> sortedSets(database);
      case 40 -> libraries();
      default -> streams(database);
    };
  }

  private Op libraries() {
    return switch (random.nextInt(4)) {
      case 0 -> new LibraryOp.Deleted(key("f"));
      case 1 -> random.nextInt(8) == 0 ? new LibraryOp.Cleared() : libraries();
      default -> new LibraryOp.Loaded(key("f"), longWord());
    };
  }

  private Bytes key(String kind) {
    return Bytes.of(kind + random.nextInt(KEYS));
  }

  private Bytes anyKey() {
    return key("slhezx".substring(random.nextInt(6)).substring(0, 1));
  }

  private long expiry() {
    return random.nextInt(3) == 0 ? Entry.NEVER : 1_000_000L + random.nextInt(1000);
  }

  private Bytes word() {
    return Bytes.of(random.nextBoolean() ? "" + random.nextInt(300) : "word" + random.nextInt(300));
  }

  private Bytes longWord() {
    int length = random.nextInt(20) == 0 ? 200_000 : random.nextInt(60);
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return Bytes.of(bytes);
  }

  private List<Bytes> words() {
    return words(random.nextInt(30) == 0 ? 1500 : 1 + random.nextInt(5));
  }

  private List<Bytes> words(int count) {
    List<Bytes> words = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      words.add(count > 100 ? Bytes.of("many" + random.nextInt(5000)) : word());
    }
    return words;
  }

  private Op strings(int database) {
    Bytes key = key("s");
    long version = random.nextInt(4) == 0 ? 0 : state.versionLast() + 1;
    return switch (random.nextInt(10)) {
      case 0 -> new StringOp.Replaced(database, key, longWord());
      case 1 -> new StringOp.SetUntil(database, key, 2_000_000L, word());
      case 2 -> new StringOp.Appended(database, key, word());
      case 3 -> new StringOp.Written(database, key, random.nextInt(100), word());
      case 4 -> new StringOp.Counted(database, key, random.nextInt());
      case 5 -> new StringOp.Spliced(database, key, random.nextInt(50), random.nextInt(9), word());
      case 6 -> new StringOp.Stored(database, key, random.nextInt(), version, expiry(), longWord());
      case 7 -> new StringOp.Marked(database, key, random.nextInt(), version, random.nextInt(4));
      default -> new StringOp.Set(database, key, longWord());
    };
  }

  private Op lists(int database) {
    Bytes key = key("l");
    int size = state.database(database).value(key) instanceof ListValue list ? list.size() : 0;
    return switch (random.nextInt(6)) {
      case 0 -> new ListOp.Popped(database, key, random.nextBoolean(), Math.min(size, 3));
      case 1 -> new ListOp.Removed(database, key, true, 2, word());
      case 2 ->
          size == 0
              ? new ListOp.Pushed(database, key, true, words())
              : new ListOp.Put(database, key, random.nextInt(size), longWord());
      case 3 ->
          size == 0
              ? new ListOp.Pushed(database, key, true, words())
              : new ListOp.Moved(database, key, key("l"), new ListOp.Route(true, false, false), 1);
      default -> new ListOp.Pushed(database, key, random.nextBoolean(), words());
    };
  }

  private Op hashes(int database) {
    Bytes key = key("h");
    return switch (random.nextInt(6)) {
      case 0 -> new HashOp.Removed(database, key, words());
      case 1 -> new HashOp.ExpiryChanged(database, key, expiry(), words());
      case 2 -> new HashOp.Expired(database, key, 1_000_000L + random.nextInt(300));
      case 3 -> new HashOp.Replaced(database, key, words(2));
      default -> new HashOp.Set(database, key, words(random.nextInt(20) == 0 ? 1600 : 4));
    };
  }

  private Op sets(int database) {
    Bytes key = key("e");
    return switch (random.nextInt(5)) {
      case 0 -> new SetOp.Removed(database, key, words());
      case 1 -> new SetOp.Moved(database, key, key("e"), word());
      case 2 -> new SetOp.Stored(database, key, List.of(Bytes.of("" + random.nextInt(9))));
      default -> new SetOp.Added(database, key, words());
    };
  }

  private Op sortedSets(int database) {
    Bytes key = key("z");
    if (random.nextInt(4) == 0) {
      return new SortedSetOp.Removed(database, key, words());
    }
    List<ScoredMember> members = new ArrayList<>();
    for (Bytes word : words()) {
      double score = random.nextBoolean() ? random.nextInt(50) : random.nextGaussian();
      members.add(new ScoredMember(word, score));
    }
    return new SortedSetOp.Scored(database, key, members);
  }

  private StreamId recent() {
    return new StreamId(Math.max(1, id - random.nextInt(60)), 0);
  }

  private IdList ids() {
    IdList ids = new IdList();
    for (int i = random.nextInt(4); i >= 0; i--) {
      ids.add(recent());
    }
    return ids;
  }

  private Op streams(int database) {
    Bytes key = key("x");
    Bytes group = Bytes.of("group" + random.nextInt(2));
    Bytes consumer = Bytes.of("consumer" + random.nextInt(3));
    StreamValue stream =
        state.database(database).value(key) instanceof StreamValue present ? present : null;
    if (stream == null) {
      return new StreamOp.Added(database, key, new StreamId(id++, 0), true, words(4));
    }
    ConsumerGroup present = stream.group(group);
    if (present == null && random.nextInt(4) == 0) {
      return new GroupOp.Created(database, key, group, StreamId.ZERO, 0);
    }
    return switch (random.nextInt(20)) {
      case 0 -> StreamOp.Deleted.of(stream, database, key, ids(), random.nextBoolean());
      case 1 ->
          new StreamOp.Trimmed(
              database,
              key,
              new StreamId(Math.max(1, id - 3000), 0),
              Math.max(0, stream.nextOrdinal() - 100));
      case 2 -> new GroupOp.Joined(database, key, group, consumer, id, -1);
      case 3, 4, 5 ->
          stream.length() == 0
              ? added(database, key, stream)
              : new GroupOp.Delivered(
                  database, key, group, consumer, id, IdList.of(stream.lastEntryId()), id);
      case 6 -> new GroupOp.Acknowledged(database, key, group, ids());
      case 7 ->
          stream.length() == 0 || present == null
              ? added(database, key, stream)
              : new GroupOp.Released(
                  database, key, group, IdList.of(stream.lastEntryId()), Longs.of(3));
      case 8 -> new StreamOp.Configured(database, key, 50, 10);
      case 9 ->
          new StreamOp.Remembered(database, key, consumer, Bytes.of("m" + id), stream.lastId(), 0);
      case 10 -> new StreamOp.Repeated(database, key);
      case 11 -> new GroupOp.Left(database, key, group, consumer);
      default -> added(database, key, stream);
    };
  }

  private Op added(int database, Bytes key, StreamValue stream) {
    List<Bytes> pairs = words(random.nextInt(5) == 0 ? 40 : 4);
    long ms = id = Math.max(id, stream.lastId().ms()) + 1;
    boolean opens = stream.opensBlock(pairs, new BlockLimits(200, 5));
    return new StreamOp.Added(database, key, new StreamId(ms, 0), opens, pairs);
  }
}
