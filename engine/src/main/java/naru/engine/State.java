package naru.engine;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import naru.bytes.Bytes;
import naru.engine.key.KeyOp;
import naru.engine.library.Libraries;
import naru.engine.library.LibraryOp;
import naru.engine.replication.Lineage;
import naru.engine.replication.ReplicationOp;
import naru.engine.stream.block.BlockShelf;
import org.jspecify.annotations.Nullable;

/// All that the broker holds durably: the databases, and libraries of functions.
public final class State {
  /// As many as Redis has by default.
  public static final int DATABASES = 16;

  private final Keyspace[] databases = new Keyspace[DATABASES];
  private final long hashSeed;
  private final Libraries libraries = new Libraries();
  private long versionLast;
  private @Nullable Lineage lineage;
  private final Notes notes;
  private long sizeBytes;
  private final BlockShelf shelf = new BlockShelf();
  private PackedLimits packedLimits = PackedLimits.DEFAULT;

  /// `hashSeed` is the secret of the hash tables; it decides orders of iteration and nothing else.
  public State(long hashSeed) {
    this.hashSeed = hashSeed;
    this.notes = new Notes(hashSeed);
    for (int i = 0; i < DATABASES; i++) {
      databases[i] = new Keyspace(i, hashSeed, notes);
      sizeBytes += databases[i].sizeBytes();
    }
  }

  public long hashSeed() {
    return hashSeed;
  }

  /// What time it is: keys that are made or replaced from now on were last used now.
  public void observe(long wallMs) {
    notes.nowS = (int) Math.floorDiv(wallMs, 1000L);
  }

  /// Nothing is due before this time, and nothing need be due then: the wall clock, [Entry#NEVER]
  /// for never. Costs nothing to ask.
  public long quietUntilMs() {
    return notes.dueMs;
  }

  /// The earliest time at which something may be due in any database, [Entry#NEVER] for never: from
  /// now on [#quietUntilMs] too.
  public long nextDueMs() {
    long earliestMs = Entry.NEVER;
    for (Keyspace database : databases) {
      earliestMs = Math.min(earliestMs, database.nextDueMs());
    }
    notes.dueMs = earliestMs;
    return earliestMs;
  }

  /// The highest version that an [naru.engine.string.Item] was given, 0 for none: the next is one
  /// higher.
  public long versionLast() {
    return versionLast;
  }

  /// A version was given.
  public void versionGiven(long version) {
    if (Long.compareUnsigned(version, versionLast) > 0) {
      versionLast = version;
    }
  }

  /// Whose copy it is; null if it never was one.
  public @Nullable Lineage lineage() {
    return lineage;
  }

  /// For [ReplicationOp] alone.
  public void lineage(Lineage newLineage) {
    lineage = newLineage;
  }

  /// Takes all that `other` holds in the place of what is held here. The other has the same seed
  /// and is not to be used any more; no retelling of either may be under way.
  public void adopt(State other) {
    notes.mark = other.notes.mark;
    lineage = other.lineage;
    libraries.takeAll(other.libraries);
    sizeBytes = libraries.sizeBytes();
    for (int i = 0; i < DATABASES; i++) {
      databases[i].clear();
      databases[i].swap(other.databases[i]);
      sizeBytes += databases[i].sizeBytes();
    }
    nextDueMs();
  }

  /// What it has beside its keys, as ops: little.
  List<Op> besideKeys() {
    List<Op> ops = new ArrayList<>();
    libraries.texts().forEach((name, text) -> ops.add(new LibraryOp.Loaded(name, text)));
    if (versionLast != 0) {
      ops.add(new KeyOp.VersionsGiven(versionLast));
    }
    if (lineage != null) {
      ops.add(new ReplicationOp.Placed(lineage));
    }
    for (Keyspace database : databases) {
      if (database.flushAtMs() != Entry.NEVER) {
        ops.add(new KeyOp.FlushSet(database.index(), database.flushAtMs()));
      }
    }
    return ops;
  }

  /// What blocks of streams are read with that lie in files.
  public BlockShelf shelf() {
    return shelf;
  }

  /// Bytes of memory that moving blocks of streams out would give back.
  public long streamMemoryBytes() {
    long bytes = 0;
    for (Keyspace database : databases) {
      bytes += database.streams().memoryBytes();
    }
    return bytes;
  }

  /// What streams have in files.
  public long streamFiledBytes() {
    long bytes = 0;
    for (Keyspace database : databases) {
      bytes += database.streams().filedBytes();
    }
    return bytes;
  }

  Notes notes() {
    return notes;
  }

  /// Applies an op, and keeps account of the memory that it takes or gives back.
  public void apply(Op op) {
    if (op.changesOneKey()) {
      Keyspace keys = databases[op.database()];
      Bytes key = op.key();
      long before = keys.sizeBytes();
      keys.measure(key);
      op.applyTo(this);
      keys.measured(key);
      sizeBytes += keys.sizeBytes() - before;
    } else {
      applyToMany(op);
    }
  }

  private void applyToMany(Op op) {
    Set<Key> keys = new LinkedHashSet<>(4);
    op.forEachKey(keys::add);
    for (Key key : keys) {
      databases[key.database()].measure(key.bytes());
    }
    op.applyTo(this);
    for (Key key : keys) {
      databases[key.database()].measured(key.bytes());
    }
    sizeBytes = libraries.sizeBytes();
    for (Keyspace database : databases) {
      sizeBytes += database.sizeBytes();
    }
  }

  /// A stream takes so much more memory than before, or less, because blocks of it have moved.
  public void resized(int database, long bytes) {
    databases[database].resized(bytes);
    sizeBytes += bytes;
  }

  /// What everything takes in memory, as far as it got here by [#apply].
  public long sizeBytes() {
    return sizeBytes;
  }

  /// What is noted of how keys are used. No change of the state; what was noted in another way is
  /// misread until the keys are used again.
  public void usageClock(UsageClock clock, Frequency frequency) {
    notes.clock = clock;
    notes.frequency = frequency;
  }

  public UsageClock usageClock() {
    return notes.clock;
  }

  public PackedLimits packedLimits() {
    return packedLimits;
  }

  /// From now on values are packed up to these sizes. Not durable, and no change of the state.
  public void packedLimits(PackedLimits limits) {
    packedLimits = limits;
    Packing packing = new Packing(limits, hashSeed);
    for (Keyspace database : databases) {
      database.packing(packing);
    }
  }

  /// What a key holds; null if it does not exist.
  public @Nullable Value valueAt(Key key) {
    return databases[key.database()].value(key.bytes());
  }

  /// How many keys there are in all databases.
  public long keys() {
    long keys = 0;
    for (Keyspace database : databases) {
      keys += database.size();
    }
    return keys;
  }

  /// The libraries of functions. No database is theirs, and none that is emptied takes them along.
  public Libraries libraries() {
    return libraries;
  }

  public Keyspace database(int index) {
    return databases[index];
  }
}
