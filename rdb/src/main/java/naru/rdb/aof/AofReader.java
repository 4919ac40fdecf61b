package naru.rdb.aof;

import java.util.ArrayList;
import java.util.List;
import naru.bytes.Bytes;
import naru.bytes.Numbers;
import naru.rdb.MalformedRdb;
import naru.rdb.RdbInput;
import org.jspecify.annotations.Nullable;

/// Reads the commands of an append-only file, behind the RDB file that it may begin with.
///
/// ```
/// *2 CR LF  $6 CR LF  SELECT CR LF  $1 CR LF  0 CR LF  ...
/// #TS:1700000000 CR LF                     a time; passed over
/// ```
///
/// What stands between `MULTI` and `EXEC` is one whole: it comes when its `EXEC` does, or never.
public final class AofReader {
  private static final int LINE_MAX = 64;
  private static final int ANNOTATION_MAX = 1024;

  private final RdbInput in;
  private long wholeTo;
  private boolean isTruncated;

  public AofReader(RdbInput in) {
    this.in = in;
    wholeTo = in.offset();
  }

  /// Whether the file ends within a command or a transaction, which a crash may have left behind.
  public boolean isTruncated() {
    return isTruncated;
  }

  /// Up to this offset, the file is whole.
  public long wholeTo() {
    return wholeTo;
  }

  /// The next commands, one or those of a transaction, each its words; null at the end. Throws
  /// [MalformedRdb] for what is neither a command nor the beginning of one.
  public @Nullable List<List<Bytes>> next() {
    List<List<Bytes>> whole = new ArrayList<>();
    boolean inTransaction = false;
    while (true) {
      List<Bytes> words = command();
      if (words == null) {
        isTruncated |= inTransaction;
        return null;
      }
      Bytes name = words.getFirst();
      if (name.equalsIgnoreCase("MULTI")) {
        if (inTransaction) {
          throw in.malformed("MULTI within a transaction");
        }
        inTransaction = true;
        continue;
      }
      boolean ends = name.equalsIgnoreCase("EXEC");
      if (ends && !inTransaction) {
        throw in.malformed("EXEC without MULTI");
      }
      if (!ends) {
        whole.add(words);
      }
      if (ends || !inTransaction) {
        wholeTo = in.offset();
        return whole;
      }
    }
  }

  private @Nullable List<Bytes> command() {
    while (in.peek() == '#') {
      if (line(ANNOTATION_MAX) == null) {
        return null;
      }
    }
    if (in.isAtEnd()) {
      return null;
    }
    long count = number('*');
    if (count < 1) {
      return null;
    }
    List<Bytes> words = new ArrayList<>();
    for (long i = 0; i < count; i++) {
      long length = number('$');
      if (length < 0) {
        return null;
      }
      Bytes word = word(length);
      if (word == null) {
        return null;
      }
      words.add(word);
    }
    return words;
  }

  private @Nullable Bytes word(long length) {
    try {
      Bytes word = in.read(length, "a word of a command");
      if (in.readByte("the end of a word") != '\r' || in.readByte("the end of a word") != '\n') {
        throw in.malformed("a word of a command that goes on behind its end");
      }
      return word;
    } catch (MalformedRdb malformed) {
      return truncated(malformed);
    }
  }

  /// What ends too soon is no error; any other trouble is.
  private @Nullable Bytes truncated(MalformedRdb malformed) {
    if (!in.isAtEnd()) {
      throw malformed;
    }
    isTruncated = true;
    return null;
  }

  /// A number behind `mark`; -1 if the file ends before it.
  private long number(char mark) {
    int first = in.peek();
    if (first < 0) {
      isTruncated = true;
      return -1;
    }
    if (first != mark) {
      throw in.malformed("the byte " + first + " where '" + mark + "' should be");
    }
    Bytes line = line(LINE_MAX);
    if (line == null) {
      return -1;
    }
    Bytes digits = line.slice(1, line.length());
    if (!Numbers.isLong(digits) || Numbers.parseLong(digits) < (mark == '*' ? 1 : 0)) {
      throw in.malformed("'" + line.printed() + "', which is no count");
    }
    return Numbers.parseLong(digits);
  }

  /// A line without its end; null if the file ends before that.
  private @Nullable Bytes line(int max) {
    byte[] line = new byte[max];
    int length = 0;
    while (!in.isAtEnd()) {
      int next = in.readByte("a line");
      if (next == '\n') {
        int end = length > 0 && line[length - 1] == '\r' ? length - 1 : length;
        return Bytes.of(line, 0, end);
      }
      if (length == max) {
        throw in.malformed("a line of more than " + max + " bytes");
      }
      line[length++] = (byte) next;
    }
    isTruncated = true;
    return null;
  }
}
