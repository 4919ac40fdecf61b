package naru.engine;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import naru.bytes.ByteWriter;

/// What a state holds, in full and in the form in which it is kept, as lines that can be compared.
/// States of the same hash seed that hold the same give the same lines.
public final class Contents {
  private Contents() {}

  public static List<String> of(State state) {
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < State.DATABASES; i++) {
      int database = i;
      state.database(i).forEach(entry -> lines.add(line(database, entry)));
    }
    state.libraries().texts().forEach((name, text) -> lines.add("library " + name + ": " + text));
    lines.sort(null);
    return lines;
  }

  private static String line(int database, Entry entry) {
    StringBuilder line = new StringBuilder(database + " " + entry.keyBytes() + ":");
    Retelling retelling = entry.value().retelling(database, entry.keyBytes(), entry.expiresAtMs());
    boolean more = true;
    while (more) {
      more = retelling.tell(op -> line.append(' ').append(bytes(op)));
    }
    return line.toString();
  }

  private static String bytes(Op op) {
    ByteWriter out = new ByteWriter(64);
    OpCodec.encode(op, out);
    return HexFormat.of().formatHex(out.toArray());
  }
}
