package naru.engine.string;

import naru.bytes.ByteReader;
import naru.bytes.ByteWriter;
import naru.bytes.Bytes;
import naru.bytes.Numbers;
import naru.engine.Entry;
import naru.engine.KeyedOp;
import naru.engine.Keyspace;
import naru.engine.OpCodec.UnknownOp;
import naru.engine.State;

/// Effects on strings.
public sealed interface StringOp extends KeyedOp {
  /// The tags of [Set] and [SetUntil].
  int SET = 0x10;

  int SET_UNTIL = 0x12;

  static StringOp decode(int tag, int database, Bytes key, ByteReader in) {
    return switch (tag) {
      case SET -> new Set(database, key, in.readSized());
      case 0x11 -> new Replaced(database, key, in.readSized());
      case SET_UNTIL -> new SetUntil(database, key, in.readLong(), in.readSized());
      case 0x13 -> new Appended(database, key, in.readSized());
      case 0x14 -> new Written(database, key, in.readCount(), in.readSized());
      case 0x15 -> new Counted(database, key, in.readSignedVarLong());
      case 0x16 -> new Restored(database, key, in.readByte() != 0, in.readCount(), in.readSized());
      case 0x17 -> new Filled(database, key, in.readCount(), in.readSized());
      case 0x18 -> new Spliced(database, key, in.readCount(), in.readCount(), in.readSized());
      case 0x19 ->
          new Stored(database, key, in.readInt(), in.readVarLong(), in.readLong(), in.readSized());
      case 0x1A -> new Marked(database, key, in.readInt(), in.readVarLong(), in.readByte());
      default -> throw new UnknownOp(tag);
    };
  }

  /// `0x10`: the key holds this string, whatever it held before, and does not expire.
  record Set(int database, Bytes key, Bytes value) implements StringOp {
    @Override
    public int tag() {
      return SET;
    }

    @Override
    public void encodeFields(ByteWriter out) {
      out.writeSized(value);
    }

    @Override
    public void applyTo(State state) {
      Keyspace keys = state.database(database);
      keys.expireAt(put(keys, key, value), Entry.NEVER);
    }
  }

  /// `0x11`: the key holds this string; an expiry it has stays.
  record Replaced(int database, Bytes key, Bytes value) implements StringOp {
    @Override
    public int tag() {
      return 0x11;
    }

    @Override
    public void encodeFields(ByteWriter out) {
      out.writeSized(value);
    }

    @Override
    public void applyTo(State state) {
      put(state.database(database), key, value);
    }
  }

  /// `0x12`: the key holds this string, whatever it held before, and expires at `atMs`.
  record SetUntil(int database, Bytes key, long atMs, Bytes value) implements StringOp {
    @Override
    public int tag() {
      return SET_UNTIL;
    }

    @Override
    public void encodeFields(ByteWriter out) {
      out.writeLong(atMs);
      out.writeSized(value);
    }

    @Override
    public void applyTo(State state) {
      Keyspace keys = state.database(database);
      keys.expireAt(put(keys, key, value), atMs);
    }
  }

  /// `0x13`: these bytes were added to the end; the key is made if there is none.
  record Appended(int database, Bytes key, Bytes bytes) implements StringOp {
    @Override
    public int tag() {
      return 0x13;
    }

    @Override
    public void encodeFields(ByteWriter out) {
      out.writeSized(bytes);
    }

    @Override
    public void applyTo(State state) {
      Keyspace keys = state.database(database);
      if (keys.value(key) instanceof StringValue string) {
        string.append(bytes);
      } else {
        keys.put(key, new StringValue(bytes));
      }
    }
  }

  /// `0x14`: these bytes were put at `offset`, with zeros up to there if the string was shorter;
  /// the key is made if there is none.
  record Written(int database, Bytes key, int offset, Bytes bytes) implements StringOp {
    @Override
    public int tag() {
      return 0x14;
    }

    @Override
    public void encodeFields(ByteWriter out) {
      out.writeVarLong(offset);
      out.writeSized(bytes);
    }

    @Override
    public void applyTo(State state) {
      Keyspace keys = state.database(database);
      if (keys.value(key) instanceof StringValue string) {
        string.write(offset, bytes);
      } else {
        StringValue string = new StringValue(Bytes.EMPTY);
        string.write(offset, bytes);
        keys.put(key, string);
      }
    }
  }

  /// `0x15`: the key holds this number, in decimal; an expiry it has stays.
  record Counted(int database, Bytes key, long number) implements StringOp {
    @Override
    public int tag() {
      return 0x15;
    }

    @Override
    public void encodeFields(ByteWriter out) {
      out.writeSignedVarLong(number);
    }

    @Override
    public void applyTo(State state) {
      Keyspace keys = state.database(database);
      if (keys.value(key) instanceof StringValue string) {
        string.replace(number);
      } else {
        keys.put(key, new StringValue(Bytes.of(Numbers.toAscii(number))));
      }
    }
  }

  /// `0x16`: the key holds a string of which this is the beginning, and zeros behind: for
  /// snapshots.
  ///
  /// @param edited see [StringValue#isEdited]
  /// @param length of the whole string
  record Restored(int database, Bytes key, boolean edited, int length, Bytes beginning)
      implements StringOp {
    @Override
    public int tag() {
      return 0x16;
    }

    @Override
    public void encodeFields(ByteWriter out) {
      out.writeByte(edited ? 1 : 0);
      out.writeVarLong(length);
      out.writeSized(beginning);
    }

    @Override
    public void applyTo(State state) {
      state.database(database).put(key, StringValue.restored(edited, length, beginning));
    }
  }

  /// `0x17`: a string that is being restored has these bytes at `offset`, which is within it.
  record Filled(int database, Bytes key, int offset, Bytes bytes) implements StringOp {
    @Override
    public int tag() {
      return 0x17;
    }

    @Override
    public void encodeFields(ByteWriter out) {
      out.writeVarLong(offset);
      out.writeSized(bytes);
    }

    @Override
    public void applyTo(State state) {
      if (state.database(database).value(key) instanceof StringValue string) {
        string.fill(offset, bytes);
      }
    }
  }

  /// `0x18`: these bytes took the place of `removed` bytes at `offset`, which are within the
  /// string.
  record Spliced(int database, Bytes key, int offset, int removed, Bytes bytes)
      implements StringOp {
    @Override
    public int tag() {
      return 0x18;
    }

    @Override
    public void encodeFields(ByteWriter out) {
      out.writeVarLong(offset);
      out.writeVarLong(removed);
      out.writeSized(bytes);
    }

    @Override
    public void applyTo(State state) {
      if (state.database(database).value(key) instanceof StringValue string) {
        string.splice(offset, removed, bytes);
      }
    }
  }

  /// `0x19`: the key holds this [Item], whatever it held before, and expires at `atMs`, if not
  /// [Entry#NEVER].
  ///
  /// @param version 0 for none, or higher than any that was given before
  record Stored(int database, Bytes key, int flags, long version, long atMs, Bytes value)
      implements StringOp {
    @Override
    public int tag() {
      return 0x19;
    }

    @Override
    public void encodeFields(ByteWriter out) {
      out.writeInt(flags);
      out.writeVarLong(version);
      out.writeLong(atMs);
      out.writeSized(value);
    }

    @Override
    public void applyTo(State state) {
      state.versionGiven(version);
      Keyspace keys = state.database(database);
      Entry entry = keys.entry(key);
      if (entry != null && entry.value() instanceof Item item) {
        item.store(value, flags, version);
        keys.used(entry);
      } else {
        entry = keys.put(key, new Item(value, flags, version));
      }
      keys.expireAt(entry, atMs);
    }
  }

  /// `0x1A`: the string, which stays as it is, is an [Item] with these flags, version and marks.
  /// Nobody is told: nothing changed for who knows strings.
  record Marked(int database, Bytes key, int flags, long version, int marks) implements StringOp {
    @Override
    public int tag() {
      return 0x1A;
    }

    @Override
    public void encodeFields(ByteWriter out) {
      out.writeInt(flags);
      out.writeVarLong(version);
      out.writeByte(marks);
    }

    @Override
    public void applyTo(State state) {
      if ((marks & Item.CHOSEN) == 0) {
        state.versionGiven(version);
      }
      Keyspace keys = state.database(database);
      if (keys.value(key) instanceof StringValue string) {
        Item item;
        if (string instanceof Item present) {
          item = present;
        } else {
          item = new Item(string);
          keys.put(key, item);
        }
        item.mark(flags, version, marks);
      }
    }

    @Override
    public Audience audience() {
      return Audience.NOBODY;
    }
  }

  private static Entry put(Keyspace keys, Bytes key, Bytes value) {
    Entry entry = keys.entry(key);
    if (entry != null && entry.value() instanceof StringValue string && !string.isItem()) {
      string.replace(value);
      keys.used(entry);
      return entry;
    }
    return keys.put(key, new StringValue(value));
  }
}
