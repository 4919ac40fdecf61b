package naru.protocol.memcached;

import java.util.Base64;
import naru.bytes.ByteWriter;
import naru.bytes.Bytes;
import naru.protocol.memcached.wire.Line;
import org.jspecify.annotations.Nullable;

/// The flags of a meta command, read off its line: what each asks for stands in a field, and which
/// are shown in the reply, in their order, is asked of the line again.
final class MetaFlags {
  private static final int OPAQUE_MAX_BYTES = 32;
  private static final int WORDS_MAX = 18;

  private final boolean[] seen = new boolean[128];
  private final ByteWriter order = new ByteWriter(WORDS_MAX);
  private @Nullable String error;
  Bytes key = Bytes.EMPTY;

  /// The key as it stands in the line.
  Bytes shownKey = Bytes.EMPTY;

  Bytes opaque = Bytes.EMPTY;

  char mode;
  int expiry;
  int vivifyExpiry;
  int recache;
  int clientFlags;
  long wantedVersion;
  long chosenVersion;
  long delta;
  long initial;

  /// Reads the flags from the word at `first` on; returns whether they make sense, see [#error].
  boolean read(Line line, int first) {
    clear();
    key = line.word(1);
    shownKey = key;
    for (int i = first; i < line.count(); i++) {
      byte flag = line.at(i, 0);
      if (flag < 0 || seen[flag]) {
        error = "CLIENT_ERROR duplicate flag";
        return false;
      }
      seen[flag] = true;
      order.writeByte(flag);
      if (!read(line, i, flag)) {
        return false;
      }
    }
    return error == null;
  }

  private void clear() {
    for (int i = 0; i < order.length(); i++) {
      seen[order.array()[i]] = false;
    }
    order.clear(WORDS_MAX);
    error = null;
    mode = 0;
    expiry = 0;
    vivifyExpiry = 0;
    recache = 0;
    clientFlags = 0;
    wantedVersion = 0;
    chosenVersion = 0;
    delta = 1;
    initial = 0;
    opaque = Bytes.EMPTY;
  }

  /// When the item expires after those of the first `count` flags that set it: the last one counts.
  ///
  /// @param isNew whether the item was made by this command, which is what `N` is about
  long expiryMs(int count, long before, boolean isNew, long nowMs) {
    long atMs = before;
    for (int i = 0; i < count; i++) {
      char flag = flag(i);
      if (flag == 'T') {
        atMs = Client.expiryMs(expiry, nowMs);
      } else if (flag == 'N' && isNew) {
        atMs = Client.expiryMs(vivifyExpiry, nowMs);
      }
    }
    return atMs;
  }

  /// Whether a line of so many words can be that of a meta command.
  static boolean isTooLong(Line line) {
    return line.count() > WORDS_MAX + 1;
  }

  /// Returns false if the flag is not known, so that nothing behind it is looked at.
  private boolean read(Line line, int index, byte flag) {
    switch (flag) {
      case 'b' -> decodeKey();
      case 'N' -> vivifyExpiry = seconds(line, index);
      case 'T' -> expiry = seconds(line, index);
      case 'R' -> recache = seconds(line, index);
      case 'F' -> clientFlags = (int) number(line, index, "bad command line format");
      case 'C' -> wantedVersion = number(line, index, "bad token in command line format");
      case 'E' -> chosenVersion = number(line, index, "bad token in command line format");
      case 'J' -> initial = number(line, index, "invalid numeric initial value");
      case 'D' -> delta = number(line, index, "invalid numeric delta value");
      case 'M' -> {
        if (line.length(index) == 2) {
          mode = (char) line.at(index, 1);
        } else {
          error = "CLIENT_ERROR incorrect length for M token";
        }
      }
      case 'O' -> opaque = line.word(index);
      case 'k', 's', 't', 'c', 'f', 'v', 'h', 'l', 'u', 'q', 'I', 'P', 'L' -> {}
      default -> {
        error = "CLIENT_ERROR invalid flag";
        return false;
      }
    }
    return true;
  }

  /// Bytes that are not of the alphabet are passed over, as in memcached.
  private void decodeKey() {
    try {
      if (lettersOf(key) % 4 == 0) {
        key = Bytes.of(Base64.getMimeDecoder().decode(key.copy()));
        shownKey = Bytes.of(Base64.getEncoder().encode(key.toArray()));
      } else {
        key = Bytes.EMPTY;
      }
    } catch (IllegalArgumentException _) {
      key = Bytes.EMPTY;
    }
    if (key.isEmpty()) {
      error = "CLIENT_ERROR error decoding key";
    }
  }

  private static int lettersOf(Bytes text) {
    int count = 0;
    for (int i = 0; i < text.length(); i++) {
      byte b = text.at(i);
      boolean isLetter = (b >= 'a' && b <= 'z') || (b >= 'A' && b <= 'Z');
      if (isLetter || (b >= '0' && b <= '9') || b == '+' || b == '/' || b == '=') {
        count++;
      }
    }
    return count;
  }

  private int seconds(Line line, int index) {
    if (!line.isSigned(index, 1)) {
      error = "CLIENT_ERROR bad token in command line format";
      return 0;
    }
    return (int) line.number();
  }

  private long number(Line line, int index, String complaint) {
    if (!line.isUnsigned(index, 1)) {
      error = "CLIENT_ERROR " + complaint;
      return 0;
    }
    return line.number();
  }

  /// Whether the opaque is too long; it is looked at after all else.
  boolean isOpaqueTooLong() {
    return opaque.length() > OPAQUE_MAX_BYTES;
  }

  boolean hasError() {
    return error != null;
  }

  /// What is wrong with the flags.
  String error() {
    return error == null ? "CLIENT_ERROR bad command line format" : error;
  }

  boolean has(char flag) {
    return seen[flag];
  }

  /// The flags in the order of the line.
  int count() {
    return order.length();
  }

  char flag(int index) {
    return (char) order.array()[index];
  }

  /// Writes ` k…` or ` O…` if the flag is one of these, which all replies show alike.
  void writeShared(char flag, ByteWriter out) {
    if (flag == 'O') {
      out.writeByte(' ');
      out.write(opaque);
    } else if (flag == 'k') {
      out.writeAscii(" k");
      out.write(shownKey);
      if (has('b')) {
        out.writeAscii(" b");
      }
    }
  }

  /// Writes a reply that is a code, the shared flags, and the end of the line.
  void writeCode(String code, ByteWriter out) {
    out.writeAscii(code);
    for (int i = 0; i < count(); i++) {
      writeShared(flag(i), out);
    }
    out.writeAscii("\r\n");
  }
}
