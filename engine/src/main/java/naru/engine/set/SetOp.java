package naru.engine.set;

import java.util.List;
import java.util.function.Consumer;
import naru.bytes.ByteReader;
import naru.bytes.ByteWriter;
import naru.bytes.Bytes;
import naru.engine.Key;
import naru.engine.KeyedOp;
import naru.engine.Keyspace;
import naru.engine.OpCodec.UnknownOp;
import naru.engine.State;

/// Effects on sets. With the last member the key goes.
public sealed interface SetOp extends KeyedOp {
  static SetOp decode(int tag, int database, Bytes key, ByteReader in) {
    return switch (tag) {
      case 0x40 -> new Added(database, key, in.readSizedList());
      case 0x41 -> new Removed(database, key, in.readSizedList());
      case 0x42 -> new Moved(database, key, in.readSized(), in.readSized());
      case 0x43 -> new Stored(database, key, in.readSizedList());
      case 0x44 -> new Restored(database, key, SetForm.of(in.readByte()), in.readSizedList());
      default -> throw new UnknownOp(tag);
    };
  }

  /// `0x40`: these are members, whether they have been or not; the set is made if there is none.
  record Added(int database, Bytes key, List<Bytes> members) implements SetOp {
    @Override
    public int tag() {
      return 0x40;
    }

    @Override
    public void encodeFields(ByteWriter out) {
      out.writeSizedList(members);
    }

    @Override
    public void applyTo(State state) {
      add(state.database(database), key, members);
    }
  }

  /// `0x41`: these are no members any more.
  record Removed(int database, Bytes key, List<Bytes> members) implements SetOp {
    @Override
    public int tag() {
      return 0x41;
    }

    @Override
    public void encodeFields(ByteWriter out) {
      out.writeSizedList(members);
    }

    @Override
    public void applyTo(State state) {
      Keyspace keys = state.database(database);
      if (keys.value(key) instanceof SetValue set) {
        for (int i = 0; i < members.size(); i++) {
          set.remove(members.get(i));
        }
        removeIfEmpty(keys, key, set);
      }
    }
  }

  /// `0x42`: a member is now one of another set, which is made if there is none.
  record Moved(int database, Bytes key, Bytes toKey, Bytes member) implements SetOp {
    @Override
    public int tag() {
      return 0x42;
    }

    @Override
    public void encodeFields(ByteWriter out) {
      out.writeSized(toKey);
      out.writeSized(member);
    }

    @Override
    public void applyTo(State state) {
      Keyspace keys = state.database(database);
      if (keys.value(key) instanceof SetValue set) {
        set.remove(member);
        removeIfEmpty(keys, key, set);
      }
      add(keys, toKey, List.of(member));
    }

    @Override
    public boolean changesOneKey() {
      return false;
    }

    @Override
    public void forEachKey(Consumer<Key> visitor) {
      visitor.accept(new Key(database, key));
      visitor.accept(new Key(database, toKey));
    }
  }

  /// `0x43`: the key holds a set of these members, at least one, whatever it held before, and does
  /// not expire.
  record Stored(int database, Bytes key, List<Bytes> members) implements SetOp {
    @Override
    public int tag() {
      return 0x43;
    }

    @Override
    public void encodeFields(ByteWriter out) {
      out.writeSizedList(members);
    }

    @Override
    public void applyTo(State state) {
      Keyspace keys = state.database(database);
      keys.remove(key);
      add(keys, key, members);
    }
  }

  /// `0x44`: the set, which is kept in this form, has these members behind those before: for
  /// snapshots.
  record Restored(int database, Bytes key, SetForm form, List<Bytes> members) implements SetOp {
    @Override
    public int tag() {
      return 0x44;
    }

    @Override
    public void encodeFields(ByteWriter out) {
      out.writeByte(form.code());
      out.writeSizedList(members);
    }

    @Override
    public void applyTo(State state) {
      Keyspace keys = state.database(database);
      SetValue set;
      if (keys.value(key) instanceof SetValue present) {
        set = present;
      } else {
        set = SetValue.of(form, keys.hashSeed());
        keys.put(key, set);
      }
      for (int i = 0; i < members.size(); i++) {
        set.restore(members.get(i));
      }
    }
  }

  private static void add(Keyspace keys, Bytes key, List<Bytes> members) {
    if (members.isEmpty()) {
      return;
    }
    SetValue set;
    if (keys.value(key) instanceof SetValue present) {
      set = present;
      set.expect(members.size(), keys.packing());
    } else {
      set = SetValue.expecting(members.get(0), members.size(), keys.packing());
      keys.put(key, set);
    }
    for (int i = 0; i < members.size(); i++) {
      set.add(members.get(i), keys.packing());
    }
  }

  private static void removeIfEmpty(Keyspace keys, Bytes key, SetValue set) {
    if (set.size() == 0) {
      keys.remove(key);
    }
  }
}
