package naru.engine.stream;

import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.TreeMap;
import naru.bytes.Bytes;
import org.jspecify.annotations.Nullable;

/// A group of consumers that share out the entries of a stream: how far it has read, who its
/// members are, and what they have not acknowledged.
public final class ConsumerGroup {
  /// How many entries the group has read cannot be told.
  public static final long UNKNOWN = -1;

  private final Bytes name;
  private final TreeMap<Bytes, Consumer> consumers = new TreeMap<>();
  private @Nullable Consumer[] byNumber = new Consumer[2];
  private PendingEntries pending = new PendingEntries();
  private StreamId lastId;
  private long entriesRead;

  ConsumerGroup(Bytes name, StreamId lastId, long entriesRead) {
    this.name = name;
    this.lastId = lastId;
    this.entriesRead = entriesRead;
  }

  public Bytes name() {
    return name;
  }

  /// The last entry that was delivered.
  public StreamId lastId() {
    return lastId;
  }

  /// How many of all entries ever added come before the next one to deliver; [#UNKNOWN] if that
  /// cannot be told.
  public long entriesRead() {
    return entriesRead;
  }

  /// All members, by name.
  public Collection<Consumer> consumers() {
    return Collections.unmodifiableCollection(consumers.values());
  }

  public @Nullable Consumer consumer(Bytes consumerName) {
    return consumers.get(consumerName);
  }

  /// The member with this number, null for [PendingEntries#NOBODY].
  public @Nullable Consumer consumer(int number) {
    return number < 0 ? null : byNumber[number];
  }

  public PendingEntries pending() {
    return pending;
  }

  void moveTo(StreamId newLastId, long newEntriesRead) {
    lastId = newLastId;
    entriesRead = newEntriesRead;
  }

  /// The member with this name, who joins if there is none.
  Consumer join(Bytes consumerName, long atMs) {
    Consumer present = consumers.get(consumerName);
    if (present != null) {
      return present;
    }
    int number = freeNumber();
    Consumer joined = new Consumer(consumerName.owned(), number, atMs);
    byNumber[number] = joined;
    consumers.put(joined.name(), joined);
    return joined;
  }

  private int freeNumber() {
    if (consumers.size() == byNumber.length) {
      byNumber = Arrays.copyOf(byNumber, 2 * byNumber.length);
    }
    for (int probe = consumers.size(), i = 0; ; i++) {
      int number = (probe + i) % byNumber.length;
      if (byNumber[number] == null) {
        return number;
      }
    }
  }

  /// The member leaves; what it has pending is forgotten.
  void leave(Bytes consumerName) {
    Consumer consumer = consumers.remove(consumerName);
    if (consumer != null) {
      pending.removeAll(consumer.number());
      byNumber[consumer.number()] = null;
    }
  }

  /// The entry is pending with a consumer.
  void assign(long ms, long seq, Consumer consumer, long deliveredAtMs, long count) {
    disown(pending.put(ms, seq, consumer.number(), deliveredAtMs, count));
    consumer.pending++;
  }

  /// The entry is pending with nobody.
  void release(long ms, long seq, long count) {
    disown(pending.release(ms, seq, count));
  }

  /// The entry is pending with nobody, at that place in line.
  void restoreReleased(long ms, long seq, long place, long count) {
    disown(pending.restoreReleased(ms, seq, place, count));
  }

  /// The entry is not pending any more.
  void forget(long ms, long seq) {
    disown(pending.remove(ms, seq));
  }

  private void disown(int number) {
    Consumer owner = consumer(number);
    if (owner != null) {
      owner.pending--;
    }
  }

  ConsumerGroup copy() {
    ConsumerGroup copy = new ConsumerGroup(name, lastId, entriesRead);
    copy.byNumber = new Consumer[byNumber.length];
    for (Consumer consumer : consumers.values()) {
      Consumer twin = consumer.copy();
      copy.consumers.put(twin.name(), twin);
      copy.byNumber[twin.number()] = twin;
    }
    copy.pending = pending.copy();
    return copy;
  }

  public long sizeBytes() {
    long total = 96 + name.length() + 4L * byNumber.length + pending.sizeBytes();
    for (Consumer consumer : consumers.values()) {
      total += 136 + consumer.name().length();
    }
    return total;
  }
}
