package naru.rdb;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import naru.bytes.ByteWriter;
import naru.bytes.Bytes;

/// The texts of libraries as `FUNCTION DUMP` gives them and `FUNCTION RESTORE` takes them.
///
/// ```
/// 0xF5 string ...  version (2)  checksum (8)
/// ```
///
/// The last two are as in [DumpPayload], which also tells whether they are right.
public final class LibrariesPayload {
  private LibrariesPayload() {}

  /// The texts of a payload that [DumpPayload#isIntact]. Throws [OtherPart] if there is something
  /// else in it, [MalformedRdb] if a text is not one.
  public static List<Bytes> texts(Bytes payload) {
    RdbInput in = new RdbInput(payload.slice(0, payload.length() - DumpPayload.FOOTER_BYTES));
    List<Bytes> texts = new ArrayList<>();
    while (!in.isAtEnd()) {
      if (in.peek() != RdbReader.FUNCTION2) {
        throw new OtherPart(in.offset());
      }
      in.readByte("a library of functions");
      texts.add(in.readString("a library of functions"));
    }
    return texts;
  }

  /// Writes texts, in the form of Redis 7.0.
  public static void write(Collection<Bytes> texts, ByteWriter out) {
    int from = out.length();
    RdbOutput output = new RdbOutput(out, true);
    for (Bytes text : texts) {
      output.writeByte(RdbReader.FUNCTION2);
      output.writeString(text);
    }
    DumpPayload.end(RdbVersion.OLDEST_WRITTEN, from, out);
  }

  /// A part of a payload that is no library.
  public static final class OtherPart extends RuntimeException {
    private static final long serialVersionUID = 1;

    OtherPart(long offset) {
      super("no library of functions, at offset " + offset);
    }
  }
}
