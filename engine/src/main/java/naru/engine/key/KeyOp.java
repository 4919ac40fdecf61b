package naru.engine.key;

import java.util.function.Consumer;
import naru.bytes.ByteReader;
import naru.bytes.ByteWriter;
import naru.bytes.Bytes;
import naru.engine.Entry;
import naru.engine.Key;
import naru.engine.Keyspace;
import naru.engine.Op;
import naru.engine.OpCodec.UnknownOp;
import naru.engine.State;
import naru.engine.Value;

/// Effects on keys as such, and on whole databases.
public sealed interface KeyOp extends Op {
  /// Stands for every database in an op on whole databases.
  int ALL_DATABASES = -1;

  /// Why a key went away.
  enum Cause {
    DELETED(0),
    EXPIRED(1),
    EVICTED(2);

    private final int code;

    Cause(int code) {
      this.code = code;
    }

    static Cause of(int code) {
      return switch (code) {
        case 0 -> DELETED;
        case 1 -> EXPIRED;
        case 2 -> EVICTED;
        default -> throw new UnknownOp(code);
      };
    }
  }

  /// One on databases as a whole.
  sealed interface OnDatabases extends KeyOp, Op.Keyless {}

  static KeyOp decode(int tag, ByteReader in) {
    return switch (tag) {
      case 0x01 -> new Removed(in.readCount(), in.readSized(), Cause.of(in.readByte()));
      case 0x02 -> new ExpiryChanged(in.readCount(), in.readSized(), in.readLong());
      case 0x03 -> new Moved(in.readCount(), in.readSized(), in.readCount(), in.readSized());
      case 0x04 -> new Copied(in.readCount(), in.readSized(), in.readCount(), in.readSized());
      case 0x05 -> new Flushed((int) in.readSignedVarLong());
      case 0x06 -> new Swapped(in.readCount(), in.readCount());
      case 0x0D -> new VersionsGiven(in.readVarLong());
      case 0x0E -> new FlushSet(in.readCount(), in.readLong());
      case 0x0F ->
          new Used(
              in.readCount(), in.readSized(), Measure.of(in.readByte()), in.readSignedVarLong());
      default -> throw new UnknownOp(tag);
    };
  }

  /// `0x01`: the key is gone.
  record Removed(int database, Bytes key, Cause cause) implements KeyOp {
    @Override
    public int tag() {
      return 0x01;
    }

    @Override
    public void encode(ByteWriter out) {
      out.writeVarLong(database);
      out.writeSized(key);
      out.writeByte(cause.code);
    }

    @Override
    public void applyTo(State state) {
      state.database(database).remove(key);
    }
  }

  /// `0x02`: the key expires at another time, or ([Entry#NEVER]) not any more.
  record ExpiryChanged(int database, Bytes key, long atMs) implements KeyOp {
    @Override
    public int tag() {
      return 0x02;
    }

    @Override
    public void encode(ByteWriter out) {
      out.writeVarLong(database);
      out.writeSized(key);
      out.writeLong(atMs);
    }

    @Override
    public void applyTo(State state) {
      state.database(database).expireAt(key, atMs);
    }

    @Override
    public Audience audience() {
      return Audience.WATCHING;
    }
  }

  /// `0x03`: the value and the expiry of a key are now another key's, whose own are gone.
  record Moved(int database, Bytes key, int toDatabase, Bytes toKey) implements KeyOp {
    @Override
    public int tag() {
      return 0x03;
    }

    @Override
    public void encode(ByteWriter out) {
      encodePair(out, this, toDatabase, toKey);
    }

    @Override
    public void applyTo(State state) {
      Entry from = state.database(database).remove(key);
      if (from != null) {
        place(state.database(toDatabase), toKey, from.value(), from.expiresAtMs()).usedLike(from);
      }
    }

    @Override
    public boolean changesOneKey() {
      return false;
    }

    @Override
    public void forEachKey(Consumer<Key> visitor) {
      visitor.accept(new Key(database, key));
      visitor.accept(new Key(toDatabase, toKey));
    }
  }

  /// `0x04`: another key holds a copy of the value, with the same expiry.
  record Copied(int database, Bytes key, int toDatabase, Bytes toKey) implements KeyOp {
    @Override
    public int tag() {
      return 0x04;
    }

    @Override
    public void encode(ByteWriter out) {
      encodePair(out, this, toDatabase, toKey);
    }

    @Override
    public void applyTo(State state) {
      Entry from = state.database(database).entry(key);
      if (from != null) {
        place(state.database(toDatabase), toKey, from.value().copy(), from.expiresAtMs());
      }
    }

    @Override
    public boolean changesOneKey() {
      return false;
    }

    @Override
    public void forEachKey(Consumer<Key> visitor) {
      visitor.accept(new Key(toDatabase, toKey));
    }
  }

  /// `0x05`: a database, or [#ALL_DATABASES], is empty.
  record Flushed(int database) implements OnDatabases {
    @Override
    public int tag() {
      return 0x05;
    }

    @Override
    public void encode(ByteWriter out) {
      out.writeSignedVarLong(database);
    }

    @Override
    public void applyTo(State state) {
      for (int i = 0; i < State.DATABASES; i++) {
        if (database == ALL_DATABASES || database == i) {
          state.database(i).clear();
        }
      }
    }
  }

  /// `0x06`: two databases have exchanged their keys.
  record Swapped(int database, int otherDatabase) implements OnDatabases {
    @Override
    public int tag() {
      return 0x06;
    }

    @Override
    public void encode(ByteWriter out) {
      out.writeVarLong(database);
      out.writeVarLong(otherDatabase);
    }

    @Override
    public void applyTo(State state) {
      state.database(database).swap(state.database(otherDatabase));
    }
  }

  /// `0x0D`: versions up to `last` were given to items, see [State#versionLast]: for snapshots.
  record VersionsGiven(long last) implements OnDatabases {
    @Override
    public int tag() {
      return 0x0D;
    }

    @Override
    public int database() {
      return 0;
    }

    @Override
    public void encode(ByteWriter out) {
      out.writeVarLong(last);
    }

    @Override
    public void applyTo(State state) {
      state.versionGiven(last);
    }
  }

  /// `0x0E`: a database is to be emptied at `atMs`, or ([Entry#NEVER]) not any more. When the time
  /// has come, [Flushed] happens.
  record FlushSet(int database, long atMs) implements OnDatabases {
    @Override
    public int tag() {
      return 0x0E;
    }

    @Override
    public void encode(ByteWriter out) {
      out.writeVarLong(database);
      out.writeLong(atMs);
    }

    @Override
    public void applyTo(State state) {
      state.database(database).flushAt(atMs);
    }
  }

  /// What is known of the use of a key.
  enum Measure {
    /// When it was last used: wall clock, in seconds.
    LAST_USED_S(0),
    /// How often it is used, from 0 to 255.
    FREQUENCY(1);

    private final int code;

    Measure(int code) {
      this.code = code;
    }

    static Measure of(int code) {
      return switch (code) {
        case 0 -> LAST_USED_S;
        case 1 -> FREQUENCY;
        default -> throw new UnknownOp(code);
      };
    }
  }

  /// `0x0F`: a key was used so, elsewhere, before it came here. No effect where something else is
  /// noted of keys, see `UsageClock`, or if there is no such key. No change of the key: nobody is
  /// told, and snapshots do not keep it.
  record Used(int database, Bytes key, Measure measure, long use) implements KeyOp {
    @Override
    public int tag() {
      return 0x0F;
    }

    @Override
    public void encode(ByteWriter out) {
      out.writeVarLong(database);
      out.writeSized(key);
      out.writeByte(measure.code);
      out.writeSignedVarLong(use);
    }

    @Override
    public void applyTo(State state) {
      Keyspace keys = state.database(database);
      Entry entry = keys.entry(key);
      if (entry != null) {
        switch (measure) {
          case LAST_USED_S -> keys.lastUsed(entry, use);
          case FREQUENCY -> keys.frequency(entry, (int) use);
        }
      }
    }

    @Override
    public Audience audience() {
      return Audience.NOBODY;
    }

    @Override
    public boolean changesOneKey() {
      return false;
    }

    /// None: what it holds stays as it is.
    @Override
    public void forEachKey(Consumer<Key> visitor) {}
  }

  private static void encodePair(ByteWriter out, Op op, int toDatabase, Bytes toKey) {
    out.writeVarLong(op.database());
    out.writeSized(op.key());
    out.writeVarLong(toDatabase);
    out.writeSized(toKey);
  }

  private static Entry place(Keyspace to, Bytes key, Value value, long expiresAtMs) {
    to.remove(key);
    Entry entry = to.put(key, value);
    to.expireAt(entry, expiresAtMs);
    return entry;
  }
}
