package naru.engine.hash;

import java.util.ArrayList;
import java.util.List;
import naru.bytes.ByteReader;
import naru.bytes.ByteWriter;
import naru.bytes.Bytes;
import naru.engine.KeyedOp;
import naru.engine.Keyspace;
import naru.engine.OpCodec.UnknownOp;
import naru.engine.State;

/// Effects on hashes. With the last field the key goes.
public sealed interface HashOp extends KeyedOp {
  static HashOp decode(int tag, int database, Bytes key, ByteReader in) {
    return switch (tag) {
      case 0x30 -> new Set(database, key, in.readSizedList());
      case 0x31 -> new Replaced(database, key, in.readSizedList());
      case 0x32 -> new Removed(database, key, in.readSizedList());
      case 0x33 -> new ExpiryChanged(database, key, in.readLong(), in.readSizedList());
      case 0x34 -> new Expired(database, key, in.readLong());
      case 0x35 -> new Restored(database, key, HashForm.of(in.readByte()), fields(in));
      default -> throw new UnknownOp(tag);
    };
  }

  /// `0x30`: fields have these values and do not expire; the hash is made if there is none.
  ///
  /// @param pairs name, value, name, value …
  record Set(int database, Bytes key, List<Bytes> pairs) implements HashOp {
    @Override
    public int tag() {
      return 0x30;
    }

    @Override
    public void encodeFields(ByteWriter out) {
      out.writeSizedList(pairs);
    }

    @Override
    public void applyTo(State state) {
      put(state.database(database), key, pairs, false);
    }
  }

  /// `0x31`: fields have these values; an expiry that one has stays; the hash is made if there is
  /// none.
  ///
  /// @param pairs name, value, name, value …
  record Replaced(int database, Bytes key, List<Bytes> pairs) implements HashOp {
    @Override
    public int tag() {
      return 0x31;
    }

    @Override
    public void encodeFields(ByteWriter out) {
      out.writeSizedList(pairs);
    }

    @Override
    public void applyTo(State state) {
      put(state.database(database), key, pairs, true);
    }
  }

  /// `0x32`: fields are gone.
  record Removed(int database, Bytes key, List<Bytes> names) implements HashOp {
    @Override
    public int tag() {
      return 0x32;
    }

    @Override
    public void encodeFields(ByteWriter out) {
      out.writeSizedList(names);
    }

    @Override
    public void applyTo(State state) {
      Keyspace keys = state.database(database);
      if (keys.value(key) instanceof HashValue hash) {
        for (int i = 0; i < names.size(); i++) {
          hash.remove(names.get(i));
        }
        removeIfEmpty(keys, key, hash);
      }
    }
  }

  /// `0x33`: fields expire at another time, or ([Entry#NEVER]) not any more.
  record ExpiryChanged(int database, Bytes key, long atMs, List<Bytes> names) implements HashOp {
    @Override
    public int tag() {
      return 0x33;
    }

    @Override
    public void encodeFields(ByteWriter out) {
      out.writeLong(atMs);
      out.writeSizedList(names);
    }

    @Override
    public void applyTo(State state) {
      Keyspace keys = state.database(database);
      if (keys.value(key) instanceof HashValue hash) {
        for (int i = 0; i < names.size(); i++) {
          hash.expireAt(names.get(i), atMs, keys.packing());
        }
        keys.noteDue(key, hash.nextDueMs());
      }
    }
  }

  /// `0x34`: the fields are gone whose time is at or before `untilMs`.
  record Expired(int database, Bytes key, long untilMs) implements HashOp {
    @Override
    public int tag() {
      return 0x34;
    }

    @Override
    public void encodeFields(ByteWriter out) {
      out.writeLong(untilMs);
    }

    @Override
    public void applyTo(State state) {
      Keyspace keys = state.database(database);
      if (keys.value(key) instanceof HashValue hash) {
        hash.expire(untilMs);
        removeIfEmpty(keys, key, hash);
        keys.noteDue(key, hash.nextDueMs());
      }
    }
  }

  /// `0x35`: the hash, which is kept in this form, has these fields behind those before: for
  /// snapshots.
  record Restored(int database, Bytes key, HashForm form, List<HashField> fields)
      implements HashOp {
    @Override
    public int tag() {
      return 0x35;
    }

    @Override
    public void encodeFields(ByteWriter out) {
      out.writeByte(form.code());
      out.writeVarLong(fields.size());
      for (int i = 0; i < fields.size(); i++) {
        fields.get(i).encode(out);
      }
    }

    @Override
    public void applyTo(State state) {
      Keyspace keys = state.database(database);
      HashValue hash;
      if (keys.value(key) instanceof HashValue present) {
        hash = present;
      } else {
        hash = HashValue.of(form, keys.hashSeed());
        keys.put(key, hash);
      }
      for (int i = 0; i < fields.size(); i++) {
        hash.restore(fields.get(i));
      }
      keys.noteDue(key, hash.nextDueMs());
    }
  }

  private static List<HashField> fields(ByteReader in) {
    int count = in.readCount();
    List<HashField> fields = new ArrayList<>(Math.min(count, 1024));
    for (int i = 0; i < count; i++) {
      fields.add(HashField.decode(in));
    }
    return fields;
  }

  private static void put(Keyspace keys, Bytes key, List<Bytes> pairs, boolean keepsExpiry) {
    HashValue hash;
    if (keys.value(key) instanceof HashValue present) {
      hash = present;
    } else {
      hash = new HashValue();
      keys.put(key, hash);
    }
    hash.expect(pairs.size() / 2, keys.packing());
    for (int i = 0; i + 1 < pairs.size(); i += 2) {
      hash.put(pairs.get(i), pairs.get(i + 1), keepsExpiry, keys.packing());
    }
  }

  private static void removeIfEmpty(Keyspace keys, Bytes key, HashValue hash) {
    if (hash.size() == 0) {
      keys.remove(key);
    }
  }
}
