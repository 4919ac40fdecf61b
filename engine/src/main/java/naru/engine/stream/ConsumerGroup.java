package naru.engine.stream;

import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.TreeMap;
import naru.bytes.Bytes;
import naru.structures.HeapSize;
import org.jspecify.annotations.Nullable;

/// A group of consumers that share out the entries of a stream: how far it has read, who its
/// members are, and what they have not acknowledged.
public final class ConsumerGroup {
  /// How many entries the group has read cannot be told.
  public static final long UNKNOWN = -1;

  /// Itself, its name, its last id, the tree of consumers, and its place in the stream's tree.
  private static final int OBJECT_BYTES = 64 + 24 + 24 + 48 + 40;

  /// A consumer, its name, and its place in the tree.
  private static final int CONSUMER_BYTES = 48 + 24 + 40;

  /// The memory of all groups of a stream, kept up to date by each of them, so that nobody has to
  /// walk over them to know.
  static final class Tally {
    long bytes;
  }

  private final Bytes name;
  private final TreeMap<Bytes, Consumer> consumers = new TreeMap<>();
  private @Nullable Consumer[] byNumber = new Consumer[2];
  private PendingEntries pending = new PendingEntries();
  private StreamId lastId;
  private long entriesRead;
  private long consumerBytes;

  /// As much as the tally counts for this group.
  private long tallied;

  private final Tally tally;

  ConsumerGroup(Bytes name, StreamId lastId, long entriesRead, Tally tally) {
    this.tally = tally;
    this.name = name;
    this.lastId = lastId;
    this.entriesRead = entriesRead;
    recount();
  }

  private void recount() {
    long now = sizeBytes();
    tally.bytes += now - tallied;
    tallied = now;
  }

  /// It is not one of the stream's groups any more.
  void leaveTally() {
    tally.bytes -= tallied;
    tallied = 0;
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
    consumerBytes += bytesOf(joined);
    recount();
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
      consumerBytes -= bytesOf(consumer);
      recount();
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
    recount();
  }

  ConsumerGroup copy(Tally copyTally) {
    ConsumerGroup copy = new ConsumerGroup(name, lastId, entriesRead, copyTally);
    copy.byNumber = new Consumer[byNumber.length];
    for (Consumer consumer : consumers.values()) {
      Consumer twin = consumer.copy();
      copy.consumers.put(twin.name(), twin);
      copy.byNumber[twin.number()] = twin;
    }
    copy.pending = pending.copy();
    copy.consumerBytes = consumerBytes;
    copy.recount();
    return copy;
  }

  public long sizeBytes() {
    return OBJECT_BYTES
        + HeapSize.bytes(name.length())
        + HeapSize.references(byNumber.length)
        + consumerBytes
        + pending.sizeBytes();
  }

  private static long bytesOf(Consumer consumer) {
    return CONSUMER_BYTES + HeapSize.bytes(consumer.name().length());
  }
}
