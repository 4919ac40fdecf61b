package naru.engine.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Random;
import java.util.TreeMap;
import naru.bytes.Bytes;
import naru.engine.stream.block.BlockLimits;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StreamValueTest {
  /// What a stream should be: a sorted map, and lists of ids by the block they went into.
  private static final class Twin {
    final StreamValue stream = new StreamValue();
    final NavigableMap<StreamId, List<Bytes>> entries = new TreeMap<>();
    final Map<StreamId, Long> ordinals = new TreeMap<>();
    final Random random;
    StreamId last = StreamId.ZERO;
    StreamId maxDeleted = StreamId.ZERO;
    long added;

    Twin(long seed) {
      random = new Random(seed);
    }

    void add(StreamId id, List<Bytes> pairs) {
      stream.add(id.ms(), id.seq(), stream.opensBlock(pairs, BlockLimits.DEFAULT), pairs);
      entries.put(id, pairs);
      ordinals.put(id, added++);
      last = id;
    }

    StreamId nextId() {
      return switch (random.nextInt(4)) {
        case 0 -> new StreamId(last.ms(), last.seq() + 1);
        case 1 -> new StreamId(last.ms() + 1 + random.nextInt(5), 0);
        case 2 -> new StreamId(last.ms() + 1, random.nextInt(100_000));
        default -> new StreamId(last.ms() + random.nextInt(1 << 20), last.seq() + 7);
      };
    }

    StreamId anyId() {
      if (entries.isEmpty() || random.nextInt(4) == 0) {
        return new StreamId(random.nextLong(last.ms() + 2), random.nextInt(9));
      }
      List<StreamId> ids = new ArrayList<>(entries.keySet());
      return ids.get(random.nextInt(ids.size()));
    }

    void step() {
      switch (random.nextInt(10)) {
        case 0, 1 -> {
          StreamId id = anyId();
          boolean hole = random.nextBoolean();
          if (entries.remove(id) != null && hole && id.compareTo(maxDeleted) > 0) {
            maxDeleted = id;
          }
          Places.delete(stream, id, hole);
        }
        case 2 -> {
          if (random.nextInt(6) == 0) {
            StreamId through = anyId();
            entries.headMap(through, true).clear();
            Places.trim(stream, through);
          }
        }
        default -> {
          for (int i = random.nextInt(30); i > 0; i--) {
            add(nextId(), somePairs(random));
          }
        }
      }
    }

    void check() {
      assertThat(stream.length()).isEqualTo(entries.size());
      assertThat(stream.lastId()).isEqualTo(last);
      assertThat(stream.maxDeletedId()).isEqualTo(maxDeleted);
      assertThat(stream.nextOrdinal()).isEqualTo(added);
      assertThat(stream.entriesAdded()).isEqualTo(added);
      assertThat(stream.firstId())
          .isEqualTo(entries.isEmpty() ? StreamId.ZERO : entries.firstKey());
      assertThat(stream.lastEntryId())
          .isEqualTo(entries.isEmpty() ? StreamId.ZERO : entries.lastKey());
      StreamId a = anyId();
      StreamId b = anyId();
      StreamId from = a.compareTo(b) < 0 ? a : b;
      StreamId to = a.compareTo(b) < 0 ? b : a;
      assertThat(read(stream.range(from, to)))
          .containsExactlyEntriesOf(entries.subMap(from, true, to, true));
      assertThat(read(stream.rangeDown(from, to)).reversed())
          .containsExactlyEntriesOf(entries.subMap(from, true, to, true));
      assertThat(read(stream.range(StreamId.ZERO, StreamId.MAX))).containsExactlyEntriesOf(entries);
      EntryLookup lookup = stream.lookup();
      for (int i = 0; i < 20; i++) {
        StreamId id = anyId();
        assertThat(lookup.contains(id.ms(), id.seq())).isEqualTo(entries.containsKey(id));
      }
      for (StreamCursor at = stream.range(from, to); at.next(); ) {
        assertThat(at.ordinal()).isEqualTo(ordinals.get(at.id()));
      }
    }
  }

  private static java.util.LinkedHashMap<StreamId, List<Bytes>> read(StreamCursor cursor) {
    java.util.LinkedHashMap<StreamId, List<Bytes>> read = new java.util.LinkedHashMap<>();
    while (cursor.next()) {
      List<Bytes> pairs = new ArrayList<>();
      while (cursor.entry().nextPair()) {
        pairs.add(cursor.entry().field().owned());
        pairs.add(cursor.entry().value().owned());
      }
      assertThat(cursor.entry().pairs()).isEqualTo(pairs.size() / 2);
      read.put(cursor.id(), pairs);
    }
    return read;
  }

  static List<Bytes> somePairs(Random random) {
    List<Bytes> pairs = new ArrayList<>();
    int fields = random.nextInt(10) == 0 ? 1 + random.nextInt(5) : 2;
    for (int i = 0; i < fields; i++) {
      pairs.add(random.nextInt(20) == 0 ? someBytes(random) : Bytes.of("field" + i));
      pairs.add(someBytes(random));
    }
    return pairs;
  }

  private static Bytes someBytes(Random random) {
    return switch (random.nextInt(8)) {
      case 0 -> Bytes.of(Long.toString(random.nextLong()));
      case 1 -> Bytes.of(Integer.toString(random.nextInt(300) - 150));
      case 2 -> Bytes.of("-0");
      case 3 -> Bytes.EMPTY;
      case 4 -> Bytes.of(Long.toString((1L << 61) - 2 + random.nextInt(5)));
      default -> {
        byte[] bytes = new byte[random.nextInt(random.nextInt(50) == 0 ? 6000 : 40)];
        random.nextBytes(bytes);
        yield Bytes.of(bytes);
      }
    };
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void aStreamBehavesLikeASortedMap(long seed) {
    Twin twin = new Twin(seed);
    for (int i = 0; i < 150; i++) {
      twin.step();
      twin.check();
    }
  }

  @Test
  void aCopyIsNotChangedWithTheOriginal() {
    Twin twin = new Twin(99);
    for (int i = 0; i < 60; i++) {
      twin.step();
    }
    StreamValue copy = twin.stream.copy();
    Map<StreamId, List<Bytes>> before = read(copy.range(StreamId.ZERO, StreamId.MAX));
    for (int i = 0; i < 40; i++) {
      twin.step();
    }
    assertThat(read(copy.range(StreamId.ZERO, StreamId.MAX))).isEqualTo(before);
    copy.add(-1L, 5, false, List.of(Bytes.of("a"), Bytes.of("b")));
    assertThat(copy.length()).isEqualTo(before.size() + 1);
    twin.check();
  }

  @Test
  void idsAreUnsigned() {
    StreamValue stream = new StreamValue();
    List<Bytes> pairs = List.of(Bytes.of("f"), Bytes.of("v"));
    stream.add(1, Long.MAX_VALUE, true, pairs);
    stream.add(1, -1L, false, pairs);
    stream.add(Long.MIN_VALUE, 0, false, pairs);
    stream.add(-1L, -1L, false, pairs);
    assertThat(read(stream.range(StreamId.ZERO, StreamId.MAX)).keySet())
        .containsExactly(
            new StreamId(1, Long.MAX_VALUE),
            new StreamId(1, -1L),
            new StreamId(Long.MIN_VALUE, 0),
            StreamId.MAX);
  }

  @Test
  void blocksEndAfterAHundredEntries() {
    StreamValue stream = new StreamValue();
    List<Bytes> pairs = List.of(Bytes.of("f"), Bytes.of("v"));
    for (int i = 1; i <= 1000; i++) {
      stream.add(i, 0, stream.opensBlock(pairs, BlockLimits.DEFAULT), pairs);
    }
    assertThat(stream.blocks()).isEqualTo(10);
  }

  @Test
  void anEntryTakesLessThanInRedis() {
    StreamValue stream = new StreamValue();
    Random random = new Random(3);
    int count = 20_000;
    for (int i = 1; i <= count; i++) {
      byte[] body = new byte[50];
      random.nextBytes(body);
      List<Bytes> pairs =
          List.of(Bytes.of("value"), Bytes.of(body), Bytes.of("n"), Bytes.of("" + i));
      stream.add(1_700_000_000_000L + i, 0, stream.opensBlock(pairs, BlockLimits.DEFAULT), pairs);
    }
    // 50 bytes of payload and a number of up to five digits; redis-server 7.0 takes 74 bytes for
    // it.
    assertThat((double) stream.sizeBytes() / count).isLessThan(62);
  }
}
