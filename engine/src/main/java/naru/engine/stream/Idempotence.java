package naru.engine.stream;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import naru.bytes.Bytes;
import naru.structures.HashTable;
import naru.structures.HeapSize;
import org.jspecify.annotations.Nullable;

/// Which messages of which producers a stream has, so that one that is sent again is not added
/// again.
///
/// Of each producer the latest messages are remembered, a number of them and for a time, by the id
/// that the producer gave them. The time counts from the id of the entry, so no clock is needed to
/// forget: whoever asks or adds says which entries are too old.
public final class Idempotence {
  public static final long DURATION_DEFAULT_S = 100;
  public static final long ENTRIES_DEFAULT_MAX = 100;

  /// A producer, its name, its place in the map, and its table when small.
  private static final int PRODUCER_BYTES = 32 + 24 + 48 + 80;

  /// A message, the id of its entry, and its place in the table.
  private static final int MESSAGE_BYTES = 32 + 24 + 8;

  private final long hashSeed;
  private final Map<Bytes, Producer> producers = new LinkedHashMap<>();
  private long durationS = DURATION_DEFAULT_S;
  private long entriesMax = ENTRIES_DEFAULT_MAX;
  private long added;
  private long duplicates;
  private long producerBytes;

  /// No producer has anything to forget that is older.
  private long oldestMs = Long.MAX_VALUE;

  private static final class Message extends HashTable.Node {
    final StreamId entry;
    @Nullable Message newer;

    Message(byte[] id, StreamId entry) {
      super(id);
      this.entry = entry;
    }
  }

  private static final class Producer {
    final HashTable<Message> byId;
    @Nullable Message oldest;
    @Nullable Message newest;

    Producer(long hashSeed) {
      byId = new HashTable<>(hashSeed);
    }

    void add(Message message) {
      byId.add(message);
      if (newest == null) {
        oldest = message;
      } else {
        newest.newer = message;
      }
      newest = message;
    }

    void forgetOldest() {
      Message forgotten = oldest;
      if (forgotten != null) {
        byId.remove(forgotten.keyBytes());
        oldest = forgotten.newer;
        newest = oldest == null ? null : newest;
      }
    }
  }

  Idempotence(long hashSeed) {
    this.hashSeed = hashSeed;
  }

  public long durationS() {
    return durationS;
  }

  /// How many messages of a producer are remembered at most.
  public long entriesMax() {
    return entriesMax;
  }

  /// How many messages were ever remembered.
  public long added() {
    return added;
  }

  /// How many were sent again.
  public long duplicates() {
    return duplicates;
  }

  /// Entries with these milliseconds in their id, or fewer, are forgotten at this time.
  public long forgottenMs(long nowMs) {
    return nowMs - durationS * 1000;
  }

  /// The entry that was added for a message; null if there is none, or it is forgotten by now.
  public @Nullable StreamId find(Bytes producer, Bytes id, long nowMs) {
    Producer known = producers.get(producer);
    Message message = known == null ? null : known.byId.get(id);
    return message == null || message.entry.ms() <= forgottenMs(nowMs) ? null : message.entry;
  }

  /// How many producers have messages that are remembered at this time.
  public long producers(long nowMs) {
    return producers.values().stream().filter(producer -> messages(producer, nowMs) > 0).count();
  }

  /// How many messages are remembered at this time.
  public long messages(long nowMs) {
    return producers.values().stream().mapToLong(producer -> messages(producer, nowMs)).sum();
  }

  private long messages(Producer producer, long nowMs) {
    long forgotten = 0;
    Message message = producer.oldest;
    while (message != null && message.entry.ms() <= forgottenMs(nowMs)) {
      forgotten++;
      message = message.newer;
    }
    return producer.byId.size() - forgotten;
  }

  /// The names of the producers whose messages are remembered.
  public List<Bytes> producerNames() {
    return List.copyOf(producers.keySet());
  }

  /// Shows the messages of a producer, the oldest first, each with its entry.
  public void forEach(Bytes producer, BiConsumer<Bytes, StreamId> visitor) {
    Producer known = producers.get(producer);
    for (Message m = known == null ? null : known.oldest; m != null; m = m.newer) {
      visitor.accept(m.keyBytes(), m.entry);
    }
  }

  /// Visits every message, the oldest of each producer first.
  void forEach(Visitor visitor) {
    for (Map.Entry<Bytes, Producer> producer : producers.entrySet()) {
      for (Message m = producer.getValue().oldest; m != null; m = m.newer) {
        visitor.message(producer.getKey(), m.keyBytes(), m.entry);
      }
    }
  }

  /// Is shown messages.
  @FunctionalInterface
  interface Visitor {
    void message(Bytes producer, Bytes id, StreamId entry);
  }

  void remember(Bytes producer, Bytes id, StreamId entry, long forgottenMs) {
    forget(forgottenMs);
    Producer known = producers.get(producer);
    if (known == null) {
      known = new Producer(hashSeed);
      producers.put(producer.owned(), known);
      producerBytes += bytesOf(producer);
    }
    known.add(new Message(id.copy(), entry));
    producerBytes += bytesOf(id.length());
    added++;
    oldestMs = Math.min(oldestMs, entry.ms());
    if (known.byId.size() > entriesMax) {
      forgetOldest(known);
    }
  }

  private void forgetOldest(Producer producer) {
    if (producer.oldest != null) {
      producerBytes -= bytesOf(producer.oldest.key().length);
      producer.forgetOldest();
    }
  }

  private static long bytesOf(Bytes producer) {
    return PRODUCER_BYTES + HeapSize.bytes(producer.length());
  }

  private static long bytesOf(int idLength) {
    return MESSAGE_BYTES + HeapSize.bytes(idLength);
  }

  private void forget(long forgottenMs) {
    if (forgottenMs < oldestMs) {
      return;
    }
    oldestMs = Long.MAX_VALUE;
    for (Iterator<Map.Entry<Bytes, Producer>> each = producers.entrySet().iterator();
        each.hasNext(); ) {
      Map.Entry<Bytes, Producer> named = each.next();
      Producer producer = named.getValue();
      Message oldest = producer.oldest;
      while (oldest != null && oldest.entry.ms() <= forgottenMs) {
        forgetOldest(producer);
        oldest = producer.oldest;
      }
      if (oldest == null) {
        producerBytes -= bytesOf(named.getKey());
        each.remove();
      } else {
        oldestMs = Math.min(oldestMs, oldest.entry.ms());
      }
    }
  }

  void countDuplicate() {
    duplicates++;
  }

  /// Other settings; what was remembered under the old ones is forgotten.
  void configure(long newDurationS, long newEntriesMax) {
    durationS = newDurationS;
    entriesMax = newEntriesMax;
    producers.clear();
    producerBytes = 0;
    oldestMs = Long.MAX_VALUE;
  }

  /// As after a restart.
  void restore(long newAdded, long newDuplicates) {
    added = newAdded;
    duplicates = newDuplicates;
  }

  Idempotence copy() {
    Idempotence copy = new Idempotence(hashSeed);
    copy.durationS = durationS;
    copy.entriesMax = entriesMax;
    forEach((producer, id, entry) -> copy.remember(producer, id, entry, Long.MIN_VALUE));
    copy.added = added;
    copy.duplicates = duplicates;
    return copy;
  }

  long sizeBytes() {
    return 136 + producerBytes;
  }
}
