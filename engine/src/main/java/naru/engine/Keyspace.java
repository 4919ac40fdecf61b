package naru.engine;

import java.util.function.Consumer;
import naru.bytes.Bytes;
import naru.structures.HashTable;
import org.jspecify.annotations.Nullable;

/// One database: keys, what they hold, and when they expire.
///
/// The methods that change it are for [Op#applyTo] alone.
public final class Keyspace {
  private final int index;
  private final long hashSeed;
  private HashTable<Entry> table;
  private DueQueue due = new DueQueue();
  private int expiring;

  Keyspace(int index, long hashSeed) {
    this.index = index;
    this.hashSeed = hashSeed;
    this.table = new HashTable<>(hashSeed);
  }

  /// Its number, from 0.
  public int index() {
    return index;
  }

  public long hashSeed() {
    return hashSeed;
  }

  public int size() {
    return table.size();
  }

  /// How many keys have an expiry.
  public int expiring() {
    return expiring;
  }

  /// The entry of `key`, expired or not; null if there is none.
  public @Nullable Entry entry(Bytes key) {
    return table.get(key);
  }

  /// What `key` holds; null if it does not exist.
  public @Nullable Value value(Bytes key) {
    Entry entry = table.get(key);
    return entry == null ? null : entry.value;
  }

  /// See [HashTable#scan].
  public long scan(long cursor, Consumer<? super Entry> visitor) {
    return table.scan(cursor, visitor);
  }

  public void forEach(Consumer<? super Entry> visitor) {
    table.forEach(visitor);
  }

  /// A random entry; null when there are none. It may have expired.
  public @Nullable Entry random(long random) {
    return table.random(random);
  }

  /// The earliest time at which an entry may have something due, [Entry#NEVER] for none. The entry
  /// itself or a field of its hash expires then, or did not need to after all.
  public long nextDueMs() {
    return due.nextAtMs();
  }

  /// Takes the next entry that may have something due at `nowMs` off the queue; null if none.
  public @Nullable Entry pollDue(long nowMs) {
    Entry entry = due.poll(nowMs);
    while (entry != null && table.get(entry.keyBytes()) != entry) {
      entry = due.poll(nowMs);
    }
    return entry;
  }

  /// Makes `key` hold `value`. An expiry it has stays.
  public void put(Bytes key, Value value) {
    Entry entry = table.get(key);
    if (entry == null) {
      entry = new Entry(key.toArray(), value);
      table.add(entry);
    } else {
      entry.value = value;
    }
    if (value.nextDueMs() != Entry.NEVER) {
      due.add(value.nextDueMs(), entry);
    }
  }

  /// Removes `key`; returns its entry, null if it did not exist.
  public @Nullable Entry remove(Bytes key) {
    Entry removed = table.remove(key);
    if (removed != null && removed.expiresAtMs != Entry.NEVER) {
      expiring--;
    }
    return removed;
  }

  /// Sets or, with [Entry#NEVER], takes away the expiry of a key. No effect if there is no such
  /// key.
  public void expireAt(Bytes key, long atMs) {
    Entry entry = table.get(key);
    if (entry == null || entry.expiresAtMs == atMs) {
      return;
    }
    expiring += (atMs == Entry.NEVER ? 0 : 1) - (entry.expiresAtMs == Entry.NEVER ? 0 : 1);
    entry.expiresAtMs = atMs;
    if (atMs != Entry.NEVER) {
      due.add(atMs, entry);
    }
  }

  /// Notes that something inside the entry of `key` is due at `atMs`: a field that expires.
  public void noteDue(Bytes key, long atMs) {
    Entry entry = table.get(key);
    if (entry != null) {
      due.add(atMs, entry);
    }
  }

  public void clear() {
    table = new HashTable<>(hashSeed);
    due = new DueQueue();
    expiring = 0;
  }

  /// Exchanges all keys with `other`.
  public void swap(Keyspace other) {
    HashTable<Entry> otherTable = other.table;
    DueQueue otherDue = other.due;
    int otherExpiring = other.expiring;
    other.table = table;
    other.due = due;
    other.expiring = expiring;
    table = otherTable;
    due = otherDue;
    expiring = otherExpiring;
  }
}
