package naru.engine;

import java.util.function.Consumer;
import naru.bytes.Bytes;
import naru.engine.stream.StreamRegister;
import naru.engine.stream.StreamValue;
import naru.structures.HashTable;
import org.jspecify.annotations.Nullable;

/// One database: keys, what they hold, and when they expire.
///
/// The methods that change it are for [Op#applyTo] alone.
public final class Keyspace {
  private static final int SAMPLED_KEYS = 16;

  /// How many keys [#lookAhead] takes.
  public static final int AHEAD_MAX = 32;

  private final int index;
  private final long hashSeed;
  private final Notes notes;
  private Packing packing;
  private HashTable<Entry> table;
  private DueQueue due = new DueQueue();
  private StreamRegister streams = new StreamRegister();
  private int expiring;
  private int partlyExpiring;
  private long flushAtMs = Entry.NEVER;
  private long entryBytes;

  // The last answer of entry(). A request is decided and its ops applied with the same key object,
  // so the second look costs nothing.
  private @Nullable Bytes lastKey;
  private @Nullable Entry lastEntry;

  private @Nullable Consumer<Bytes> onlooker;
  private final @Nullable Entry[] ahead = new Entry[AHEAD_MAX];

  Keyspace(int index, long hashSeed, Notes notes) {
    this.index = index;
    this.notes = notes;
    this.hashSeed = hashSeed;
    this.packing = new Packing(PackedLimits.DEFAULT, hashSeed);
    this.table = new HashTable<>(hashSeed);
  }

  /// Its number, from 0.
  public int index() {
    return index;
  }

  public long hashSeed() {
    return hashSeed;
  }

  /// How its values are kept.
  public Packing packing() {
    return packing;
  }

  void packing(Packing newPacking) {
    packing = newPacking;
  }

  /// Tells of each key that is looked for: so it can be known whether commands touch more than they
  /// were allowed to.
  public void onlooker(Consumer<Bytes> newOnlooker) {
    onlooker = newOnlooker;
  }

  /// Those of its streams that have blocks which can be moved out of memory, or have been.
  public StreamRegister streams() {
    return streams;
  }

  public int size() {
    return table.size();
  }

  /// How many keys have an expiry.
  public int expiring() {
    return expiring;
  }

  /// How many keys hold something that expires on its own, as far as that got here by
  /// [State#apply]: hashes with such fields.
  public int partlyExpiring() {
    return partlyExpiring;
  }

  /// The entry of `key`, expired or not; null if there is none.
  @SuppressWarnings("ReferenceEquality") // the very same object: equal ones are looked up again
  public @Nullable Entry entry(Bytes key) {
    if (key != lastKey) {
      if (onlooker != null) {
        onlooker.accept(key);
      }
      remember(key, table.get(key));
    }
    return lastEntry;
  }

  private void remember(@Nullable Bytes key, @Nullable Entry entry) {
    lastKey = key;
    lastEntry = entry;
  }

  /// Looks at the entries of keys with these hashes, all of them at once, so that they are in the
  /// processor's cache when they are asked for. Changes nothing. Returns what they take in memory.
  public long lookAhead(int[] hashes, int count) {
    table.guess(hashes, count, ahead);
    long bytes = 0;
    for (int i = 0; i < count; i++) {
      Entry entry = ahead[i];
      if (entry != null) {
        bytes += entry.sizeBytes();
        ahead[i] = null;
      }
    }
    return bytes;
  }

  /// What a key with this hash is likely to hold; null if there is none.
  public @Nullable Value guess(int hash) {
    Entry entry = table.guess(hash);
    return entry == null ? null : entry.value();
  }

  /// What `key` holds; null if it does not exist.
  public @Nullable Value value(Bytes key) {
    Entry entry = entry(key);
    return entry == null ? null : entry.value();
  }

  /// See [HashTable#scan].
  public long scan(long cursor, Consumer<? super Entry> visitor) {
    return table.scan(cursor, visitor);
  }

  public void forEach(Consumer<? super Entry> visitor) {
    table.forEach(visitor);
  }

  /// The table as it is now, which [#clear] leaves behind and [#swap] gives to another: for
  /// [StateRetelling].
  HashTable<Entry> table() {
    return table;
  }

  /// A random entry; null when there are none. It may have expired.
  public @Nullable Entry random(long random) {
    return table.random(random);
  }

  /// The earliest time at which something may be due, [Entry#NEVER] for never. An entry or a field
  /// of its hash expires then, or did not need to after all; or all is to go, see [#flushAtMs].
  public long nextDueMs() {
    return Math.min(due.nextAtMs(), flushAtMs);
  }

  /// When all keys there are then are to be removed: wall clock, [Entry#NEVER] for never.
  public long flushAtMs() {
    return flushAtMs;
  }

  public void flushAt(long atMs) {
    flushAtMs = atMs;
    notes.due(atMs);
  }

  /// For how long keys with an expiry have still to live, on average: that of a few of them.
  public long averageTimeToLiveMs(long nowMs) {
    double sumMs = 0;
    int count = 0;
    int step = Math.max(1, due.size() / SAMPLED_KEYS);
    for (int i = 0; i < due.size(); i += step) {
      Entry entry = due.at(i);
      if (entry != null && entry.expiresAtMs() != Entry.NEVER) {
        sumMs += Math.max(0, entry.expiresAtMs() - nowMs);
        count++;
      }
    }
    return count == 0 ? 0 : (long) (sumMs / count);
  }

  /// Takes the next entry that has something due at `nowMs` off the queue; null if none.
  public @Nullable Entry pollDue(long nowMs) {
    Entry entry = due.poll(nowMs);
    while (entry != null) {
      if (entry.isExpired(nowMs)) {
        return entry;
      }
      if (entry.value().nextDueMs() <= nowMs) {
        set(entry, entry.expiresAtMs());
        return entry;
      }
      schedule(entry);
      entry = due.poll(nowMs);
    }
    return null;
  }

  /// Makes `key` hold `value`. An expiry it has stays. Returns its entry.
  public Entry put(Bytes key, Value value) {
    Entry entry = entry(key);
    if (entry == null) {
      entry = new Entry(key.toArray(), value, notes.mark);
      table.add(entry);
      remember(key, entry);
      notes.made(entry);
    } else {
      leaves(entry.value());
      entry.value(value);
      notes.used(entry);
    }
    if (value instanceof StreamValue stream) {
      streams.enter(stream);
    }
    schedule(entry);
    entry.trim();
    return entry;
  }

  private void leaves(Value value) {
    if (value instanceof StreamValue stream) {
      streams.leave(stream);
    }
  }

  /// One of its streams takes so much more memory than before, or less, though no op was applied.
  void resized(long bytes) {
    entryBytes += bytes;
  }

  /// An entry was used now: as far as the [UsageClock] minds that, it is noted.
  public void used(Entry entry) {
    notes.used(entry);
  }

  /// For how long an entry was not used, as far as is known.
  public int idleS(Entry entry) {
    return entry.idleS(notes.nowS * 1000L);
  }

  /// How often an entry is used, from 0 to 255, if that is what is noted.
  public int frequency(Entry entry) {
    return notes.frequency.counter(entry.usage(), notes.nowS);
  }

  /// Notes how often an entry is used, from 0 to 255, if that is what is noted.
  public void frequency(Entry entry, int counter) {
    if (notes.clock == UsageClock.FREQUENCY) {
      entry.usage(Frequency.with(counter, notes.nowS));
    }
  }

  /// Notes when an entry was last used, wall clock in seconds, if that is what is noted.
  public void lastUsed(Entry entry, long atS) {
    if (notes.clock != UsageClock.FREQUENCY) {
      entry.touch((int) atS);
    }
  }

  /// What the keys and all that they hold take in memory, and the tables that they are found by.
  public long sizeBytes() {
    return entryBytes + tableBytes();
  }

  /// The part of [#sizeBytes] that is tables.
  public long tableBytes() {
    return table.bucketBytes() + due.sizeBytes();
  }

  /// The part of [#tableBytes] that is there for what expires.
  public long dueBytes() {
    return due.sizeBytes();
  }

  /// Begins to measure what an op changes about `key`: see [#measured].
  void measure(Bytes key) {
    Entry entry = entry(key);
    if (entry != null) {
      entryBytes -= entry.sizeBytes();
      partlyExpiring -= entry.hasDuePart() ? 1 : 0;
    }
  }

  /// The op that [#measure] was called for has been applied.
  void measured(Bytes key) {
    Entry entry = entry(key);
    if (entry != null) {
      entryBytes += entry.sizeBytes();
      partlyExpiring += entry.hasDuePart() ? 1 : 0;
      notes.modified(entry);
    }
  }

  /// An entry chosen by `random` of those that have an expiry; null if it was one that has not, or
  /// there are none.
  public @Nullable Entry randomExpiring(long random) {
    Entry entry = due.at((int) Math.unsignedMultiplyHigh(random, due.size()));
    return entry == null || entry.expiresAtMs() == Entry.NEVER ? null : entry;
  }

  private void schedule(Entry entry) {
    set(entry, Math.min(entry.expiresAtMs(), entry.value().nextDueMs()));
  }

  private void set(Entry entry, long atMs) {
    due.set(entry, atMs);
    notes.due(atMs);
  }

  /// Removes `key`; returns its entry, null if it did not exist.
  public @Nullable Entry remove(Bytes key) {
    Entry removed = table.remove(key);
    remember(null, null);
    if (removed != null) {
      leaves(removed.value());
      due.remove(removed);
      if (removed.expiresAtMs() != Entry.NEVER) {
        expiring--;
      }
    }
    return removed;
  }

  /// Sets or, with [Entry#NEVER], takes away the expiry of a key. No effect if there is no such
  /// key.
  public void expireAt(Bytes key, long atMs) {
    Entry entry = entry(key);
    if (entry != null) {
      expireAt(entry, atMs);
    }
  }

  /// Sets or, with [Entry#NEVER], takes away the expiry of an entry of this keyspace.
  public void expireAt(Entry entry, long atMs) {
    if (entry.expiresAtMs() == atMs) {
      return;
    }
    expiring += (atMs == Entry.NEVER ? 0 : 1) - (entry.expiresAtMs() == Entry.NEVER ? 0 : 1);
    entry.expiresAtMs(atMs);
    schedule(entry);
    entry.trim();
  }

  /// Notes that something inside the entry of `key` is due at `atMs`: a field that expires.
  public void noteDue(Bytes key, long atMs) {
    Entry entry = entry(key);
    if (entry != null && atMs < due.atMs(entry)) {
      set(entry, atMs);
    }
  }

  /// Takes an entry out of sight until it is put back with [#show]: nothing else changes, and no op
  /// may be applied between.
  void hide(Entry entry) {
    table.remove(entry.keyBytes());
    remember(null, null);
  }

  /// Puts back what was hidden.
  void show(Entry entry) {
    table.add(entry);
    remember(null, null);
  }

  public void clear() {
    table = new HashTable<>(hashSeed);
    due = new DueQueue();
    streams = new StreamRegister();
    expiring = 0;
    partlyExpiring = 0;
    flushAtMs = Entry.NEVER;
    entryBytes = 0;
    remember(null, null);
  }

  /// Exchanges all keys with `other`.
  public void swap(Keyspace other) {
    HashTable<Entry> otherTable = other.table;
    DueQueue otherDue = other.due;
    StreamRegister otherStreams = other.streams;
    int otherExpiring = other.expiring;
    int otherPartlyExpiring = other.partlyExpiring;
    long otherBytes = other.entryBytes;
    other.entryBytes = entryBytes;
    entryBytes = otherBytes;
    other.table = table;
    other.due = due;
    other.streams = streams;
    other.expiring = expiring;
    other.partlyExpiring = partlyExpiring;
    table = otherTable;
    due = otherDue;
    streams = otherStreams;
    expiring = otherExpiring;
    partlyExpiring = otherPartlyExpiring;
    remember(null, null);
    other.remember(null, null);
  }
}
