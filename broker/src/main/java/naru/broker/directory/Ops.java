package naru.broker.directory;

import java.util.ArrayList;
import java.util.List;
import naru.bytes.ByteReader;
import naru.engine.Op;
import naru.engine.OpCodec;

/// Records as the ops in them.
final class Ops {
  private Ops() {}

  /// Throws [ByteReader.Malformed] if they are none that this version understands.
  static List<Op> of(ByteReader payload) {
    List<Op> ops = new ArrayList<>();
    while (payload.remaining() > 0) {
      ops.add(OpCodec.decode(payload));
    }
    return ops;
  }

  /// As [#of], for the failure alone.
  static void understand(ByteReader payload) {
    while (payload.remaining() > 0) {
      OpCodec.decode(payload);
    }
  }
}
