package naru.engine.hash;

import naru.bytes.ByteReader;
import naru.bytes.ByteWriter;
import naru.bytes.Bytes;
import naru.engine.Entry;

/// A field of a hash as it stands in an op.
///
/// @param expiresAtMs wall clock, [Entry#NEVER] without expiry
public record HashField(Bytes name, Bytes value, long expiresAtMs) {
  void encode(ByteWriter out) {
    out.writeSized(name);
    out.writeSized(value);
    boolean timed = expiresAtMs != Entry.NEVER;
    out.writeByte(timed ? 1 : 0);
    if (timed) {
      out.writeLong(expiresAtMs);
    }
  }

  static HashField decode(ByteReader in) {
    Bytes name = in.readSized();
    Bytes value = in.readSized();
    return new HashField(name, value, in.readByte() == 0 ? Entry.NEVER : in.readLong());
  }
}
