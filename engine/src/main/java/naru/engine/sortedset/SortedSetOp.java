package naru.engine.sortedset;

import java.util.ArrayList;
import java.util.List;
import naru.bytes.ByteReader;
import naru.bytes.ByteWriter;
import naru.bytes.Bytes;
import naru.engine.KeyedOp;
import naru.engine.Keyspace;
import naru.engine.OpCodec.UnknownOp;
import naru.engine.State;

/// Effects on sorted sets. With the last member the key goes.
public sealed interface SortedSetOp extends KeyedOp {
  static SortedSetOp decode(int tag, int database, Bytes key, ByteReader in) {
    return switch (tag) {
      case 0x50 -> new Scored(database, key, scoredMembers(in));
      case 0x51 -> new Removed(database, key, in.readSizedList());
      case 0x52 -> new RangeRemoved(database, key, in.readCount(), in.readCount());
      case 0x53 -> new Stored(database, key, scoredMembers(in));
      case 0x54 -> new Restored(database, key, in.readByte() != 0, scoredMembers(in));
      default -> throw new UnknownOp(tag);
    };
  }

  /// `0x50`: these are members with these scores; the set is made if there is none.
  record Scored(int database, Bytes key, List<ScoredMember> members) implements SortedSetOp {
    @Override
    public int tag() {
      return 0x50;
    }

    @Override
    public void encodeFields(ByteWriter out) {
      encodeScored(out, members);
    }

    @Override
    public void applyTo(State state) {
      put(state.database(database), key, members);
    }
  }

  /// `0x51`: these are no members any more.
  record Removed(int database, Bytes key, List<Bytes> members) implements SortedSetOp {
    @Override
    public int tag() {
      return 0x51;
    }

    @Override
    public void encodeFields(ByteWriter out) {
      out.writeSizedList(members);
    }

    @Override
    public void applyTo(State state) {
      Keyspace keys = state.database(database);
      if (keys.value(key) instanceof SortedSetValue set) {
        for (int i = 0; i < members.size(); i++) {
          set.remove(members.get(i));
        }
        removeIfEmpty(keys, key, set);
      }
    }
  }

  /// `0x52`: `count` members from rank `from` on are gone.
  record RangeRemoved(int database, Bytes key, int from, int count) implements SortedSetOp {
    @Override
    public int tag() {
      return 0x52;
    }

    @Override
    public void encodeFields(ByteWriter out) {
      out.writeVarLong(from);
      out.writeVarLong(count);
    }

    @Override
    public void applyTo(State state) {
      Keyspace keys = state.database(database);
      if (keys.value(key) instanceof SortedSetValue set) {
        set.removeRange(from, count);
        removeIfEmpty(keys, key, set);
      }
    }
  }

  /// `0x53`: the key holds a sorted set of these members, at least one, whatever it held before,
  /// and does not expire.
  record Stored(int database, Bytes key, List<ScoredMember> members) implements SortedSetOp {
    @Override
    public int tag() {
      return 0x53;
    }

    @Override
    public void encodeFields(ByteWriter out) {
      encodeScored(out, members);
    }

    @Override
    public void applyTo(State state) {
      Keyspace keys = state.database(database);
      keys.remove(key);
      put(keys, key, members);
    }
  }

  /// `0x54`: these members stand behind those before, in order: for snapshots.
  ///
  /// @param isPacked whether the sorted set is kept packed
  record Restored(int database, Bytes key, boolean isPacked, List<ScoredMember> members)
      implements SortedSetOp {
    @Override
    public int tag() {
      return 0x54;
    }

    @Override
    public void encodeFields(ByteWriter out) {
      out.writeByte(isPacked ? 1 : 0);
      encodeScored(out, members);
    }

    @Override
    public void applyTo(State state) {
      Keyspace keys = state.database(database);
      SortedSetValue set;
      if (keys.value(key) instanceof SortedSetValue present) {
        set = present;
      } else {
        set = SortedSetValue.of(isPacked, keys.hashSeed());
        keys.put(key, set);
      }
      for (int i = 0; i < members.size(); i++) {
        set.restore(members.get(i));
      }
    }
  }

  private static void put(Keyspace keys, Bytes key, List<ScoredMember> members) {
    if (members.isEmpty()) {
      return;
    }
    SortedSetValue set;
    if (keys.value(key) instanceof SortedSetValue present) {
      set = present;
    } else {
      set = new SortedSetValue();
      keys.put(key, set);
    }
    set.expect(members.size(), keys.packing());
    for (int i = 0; i < members.size(); i++) {
      ScoredMember scored = members.get(i);
      set.put(scored.member(), scored.score(), keys.packing());
    }
  }

  private static void removeIfEmpty(Keyspace keys, Bytes key, SortedSetValue set) {
    if (set.size() == 0) {
      keys.remove(key);
    }
  }

  private static void encodeScored(ByteWriter out, List<ScoredMember> members) {
    out.writeVarLong(members.size());
    for (int i = 0; i < members.size(); i++) {
      ScoredMember scored = members.get(i);
      out.writeSized(scored.member());
      out.writeDouble(scored.score());
    }
  }

  private static List<ScoredMember> scoredMembers(ByteReader in) {
    int count = in.readCount();
    List<ScoredMember> members = new ArrayList<>(Math.min(count, 1024));
    for (int i = 0; i < count; i++) {
      members.add(new ScoredMember(in.readSized(), in.readDouble()));
    }
    return members;
  }
}
