package naru.engine;

import naru.bytes.ByteReader;
import naru.bytes.ByteWriter;
import naru.bytes.Bytes;
import naru.engine.hash.HashOp;
import naru.engine.key.KeyOp;
import naru.engine.library.LibraryOp;
import naru.engine.list.ListOp;
import naru.engine.replication.ReplicationOp;
import naru.engine.set.SetOp;
import naru.engine.sortedset.SortedSetOp;
import naru.engine.stream.GroupOp;
import naru.engine.stream.StreamOp;
import naru.engine.string.StringOp;

/// Ops as bytes: a tag, then the fields.
public final class OpCodec {
  private OpCodec() {}

  public static void encode(Op op, ByteWriter out) {
    out.writeByte(op.tag());
    op.encode(out);
  }

  /// The next op, whose bytes are borrowed from the reader's array.
  ///
  /// Throws [ByteReader.Malformed], of which [UnknownOp] is one, when the bytes are none of ours.
  public static Op decode(ByteReader in) {
    int tag = in.readByte() & 0xFF;
    if (tag >>> 4 == 0) {
      return KeyOp.decode(tag, in);
    }
    if (tag >>> 4 == 0x8) {
      return LibraryOp.decode(tag, in);
    }
    if (tag >>> 4 == 0x9) {
      return ReplicationOp.decode(tag, in);
    }
    int database = in.readCount();
    Bytes key = in.readSized();
    return switch (tag >>> 4) {
      case 0x1 -> StringOp.decode(tag, database, key, in);
      case 0x2 -> ListOp.decode(tag, database, key, in);
      case 0x3 -> HashOp.decode(tag, database, key, in);
      case 0x4 -> SetOp.decode(tag, database, key, in);
      case 0x5 -> SortedSetOp.decode(tag, database, key, in);
      case 0x6 -> StreamOp.decode(tag, database, key, in);
      case 0x7 -> GroupOp.decode(tag, database, key, in);
      default -> throw new UnknownOp(tag);
    };
  }

  /// A tag that this version does not know.
  public static final class UnknownOp extends ByteReader.Malformed {
    private static final long serialVersionUID = 1;

    public UnknownOp(int tag) {
      super("has the unknown tag 0x" + Integer.toHexString(tag) + ": written by a newer version?");
    }
  }
}
