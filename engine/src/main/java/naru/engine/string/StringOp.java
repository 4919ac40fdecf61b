package naru.engine.string;

import naru.bytes.ByteReader;
import naru.bytes.ByteWriter;
import naru.bytes.Bytes;
import naru.engine.Entry;
import naru.engine.Keyspace;
import naru.engine.Op;
import naru.engine.OpCodec.UnknownOp;
import naru.engine.State;

/// Effects on strings.
public sealed interface StringOp extends Op {
  static StringOp decode(int tag, ByteReader in) {
    return switch (tag) {
      case 0x10 -> new Set(in.readCount(), in.readSized(), in.readSized());
      case 0x11 -> new Replaced(in.readCount(), in.readSized(), in.readSized());
      default -> throw new UnknownOp(tag);
    };
  }

  /// `0x10`: the key holds this string, whatever it held before, and does not expire.
  record Set(int database, Bytes key, Bytes value) implements StringOp {
    @Override
    public int tag() {
      return 0x10;
    }

    @Override
    public void encode(ByteWriter out) {
      encodeValue(out, this, value);
    }

    @Override
    public void applyTo(State state) {
      Keyspace keys = state.database(database);
      put(keys, key, value);
      keys.expireAt(key, Entry.NEVER);
    }
  }

  /// `0x11`: the key holds this string; an expiry it has stays.
  record Replaced(int database, Bytes key, Bytes value) implements StringOp {
    @Override
    public int tag() {
      return 0x11;
    }

    @Override
    public void encode(ByteWriter out) {
      encodeValue(out, this, value);
    }

    @Override
    public void applyTo(State state) {
      put(state.database(database), key, value);
    }
  }

  private static void encodeValue(ByteWriter out, Op op, Bytes value) {
    out.writeVarLong(op.database());
    out.writeSized(op.key());
    out.writeSized(value);
  }

  private static void put(Keyspace keys, Bytes key, Bytes value) {
    if (keys.value(key) instanceof StringValue string) {
      string.replace(value.owned());
    } else {
      keys.put(key, new StringValue(value.owned()));
    }
  }
}
