package naru.rdb;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import naru.bytes.ByteWriter;
import naru.bytes.Bytes;
import naru.engine.Op;
import naru.engine.Value;

/// A value as `DUMP` gives it and `RESTORE` takes it.
///
/// ```
/// type (1)  value  version (2)  checksum (8)
/// ```
///
/// The last two are low byte first; the checksum is that of all before it.
public final class DumpPayload {
  static final int FOOTER_BYTES = 10;

  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private DumpPayload() {}

  /// Whether a payload has a version that is known and the checksum that it says, or 0 for none.
  public static boolean isIntact(Bytes payload) {
    int length = payload.length() - FOOTER_BYTES;
    if (length < 0) {
      return false;
    }
    int version = (payload.at(length) & 0xFF) | ((payload.at(length + 1) & 0xFF) << 8);
    if (version > RdbVersion.NEWEST) {
      return false;
    }
    long said = (long) LONG.get(payload.array(), payload.offset() + length + 2);
    return said == 0 || said == Crc64.update(0, payload.array(), payload.offset(), length + 2);
  }

  /// The ops that make `key` hold the value of a payload that [#isIntact]. They borrow from it.
  ///
  /// Throws [MalformedRdb] if there is no such value, or if it is an empty collection.
  public static List<Op> ops(Bytes payload, int database, Bytes key) {
    RdbInput in = new RdbInput(payload.slice(0, payload.length() - FOOTER_BYTES));
    int code = in.readByte("the type of the value");
    if (code == RdbReader.KEY_META) {
      Modules.skipOfKey(in);
      code = in.readByte("the type of the value");
    }
    List<Op> ops = new ArrayList<>(1);
    if (!new ValueReader(in, database, key, ops::add).read(code)) {
      throw in.malformed("a collection without elements");
    }
    if (!in.isAtEnd()) {
      throw in.malformed("there is more behind the value");
    }
    return ops;
  }

  /// Writes a value, in the lowest version that has a place for all of it.
  public static void write(Value value, boolean compresses, ByteWriter out) {
    write(value, RdbVersion.of(value), compresses, out);
  }

  /// Writes a value in a version; what it has no place for is left out.
  public static void write(Value value, int version, boolean compresses, ByteWriter out) {
    int from = out.length();
    new ValueWriter(new RdbOutput(out, compresses), version).writeWithType(value);
    end(version, from, out);
  }

  /// Writes what stands behind a payload that begins at `from`: its version, its checksum.
  static void end(int version, int from, ByteWriter out) {
    out.writeByte(version);
    out.writeByte(version >> 8);
    out.writeLong(Crc64.update(0, out.array(), from, out.length() - from));
  }
}
