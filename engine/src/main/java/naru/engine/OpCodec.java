package naru.engine;

import naru.bytes.ByteReader;
import naru.bytes.ByteWriter;
import naru.engine.hash.HashOp;
import naru.engine.key.KeyOp;
import naru.engine.list.ListOp;
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
  /// Throws [ByteReader.Malformed] or [UnknownOp] when the bytes are none of ours.
  public static Op decode(ByteReader in) {
    int tag = in.readByte() & 0xFF;
    return switch (tag >>> 4) {
      case 0x0 -> KeyOp.decode(tag, in);
      case 0x1 -> StringOp.decode(tag, in);
      case 0x2 -> ListOp.decode(tag, in);
      case 0x3 -> HashOp.decode(tag, in);
      case 0x4 -> SetOp.decode(tag, in);
      case 0x5 -> SortedSetOp.decode(tag, in);
      case 0x6 -> StreamOp.decode(tag, in);
      case 0x7 -> GroupOp.decode(tag, in);
      default -> throw new UnknownOp(tag);
    };
  }

  /// A tag that this version does not know.
  public static final class UnknownOp extends RuntimeException {
    private static final long serialVersionUID = 1;

    public UnknownOp(int tag) {
      super("unknown op 0x" + Integer.toHexString(tag) + ": written by a newer version?");
    }
  }
}
