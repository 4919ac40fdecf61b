package naru.rdb;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import naru.bytes.Bytes;
import naru.bytes.Numbers;

/// The bytes of an RDB file or payload, read in order: numbers, lengths, strings. Knows its offset
/// and the checksum of what was read.
///
/// A length is one to nine bytes, high bits first but for those of numbers in strings:
///
/// ```
///  00llllll                     6 bits
///  01llllll llllllll            14 bits
///  10000000 4 bytes             32 bits
///  10000001 8 bytes             64 bits
///  11eeeeee                     no length: the string has a form of its own
///     e = 0, 1, 2               a number of 1, 2, 4 bytes, low byte first
///     e = 3                     LZF: length, length when expanded, bytes
/// ```
///
/// Memory grows with what is there, never with what is announced. What is returned stays good: the
/// arrays behind it are not written again.
public final class RdbInput {
  private static final VarHandle LITTLE_INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle LITTLE_LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle BIG_INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
  private static final VarHandle BIG_LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
  private static final int WINDOW_BYTES = 256 << 10;
  private static final int FIRST_BYTES = 1 << 20;

  /// The longest string that is read.
  private static final int STRING_MAX_BYTES = Integer.MAX_VALUE - 64;

  private final ByteSource source;
  private byte[] window;
  private int at;
  private int end;

  /// The offset of `window[0]`.
  private long windowOffset;

  private long crc;

  /// Up to here in the window, `crc` has everything.
  private int crcAt;

  public RdbInput(ByteSource source) {
    this.source = source;
    this.window = new byte[0];
  }

  /// Reads a payload in place.
  public RdbInput(Bytes payload) {
    source = (_, _, _) -> 0;
    window = payload.array();
    at = payload.offset();
    crcAt = at;
    end = at + payload.length();
    windowOffset = -at;
  }

  /// How many bytes were read.
  public long offset() {
    return windowOffset + at;
  }

  /// The checksum of all that was read.
  public long checksum() {
    crc = Crc64.update(crc, window, crcAt, at - crcAt);
    crcAt = at;
    return crc;
  }

  /// Whether nothing follows.
  public boolean isAtEnd() {
    return at == end && !fill();
  }

  /// What has come and was not read: for who goes on without this.
  public Bytes rest() {
    return Bytes.of(window, at, end - at);
  }

  /// What is wrong, at this offset.
  public MalformedRdb malformed(String what) {
    return new MalformedRdb(offset(), what);
  }

  /// Gets more than the window has; false at the end.
  private boolean fill() {
    byte[] next = new byte[WINDOW_BYTES];
    int count = source.read(next, 0, next.length);
    if (count <= 0) {
      return false;
    }
    checksum();
    windowOffset += end;
    window = next;
    at = 0;
    crcAt = 0;
    end = count;
    return true;
  }

  /// The next byte, not read yet; -1 at the end.
  public int peek() {
    return isAtEnd() ? -1 : window[at] & 0xFF;
  }

  public int readByte(String what) {
    if (isAtEnd()) {
      throw ends(what);
    }
    return window[at++] & 0xFF;
  }

  private MalformedRdb ends(String what) {
    return malformed("the bytes end where " + what + " should be");
  }

  /// So many bytes.
  public Bytes read(long count, String what) {
    if (count < 0 || count > STRING_MAX_BYTES) {
      throw malformed(what + " of " + Long.toUnsignedString(count) + " bytes is too long");
    }
    int wanted = (int) count;
    if (wanted <= end - at) {
      Bytes bytes = Bytes.of(window, at, wanted);
      at += wanted;
      return bytes;
    }
    return readOver(wanted, what);
  }

  private Bytes readOver(int wanted, String what) {
    byte[] bytes = new byte[Math.min(wanted, FIRST_BYTES)];
    int have = 0;
    while (have < wanted) {
      if (isAtEnd()) {
        throw malformed(
            "the bytes end within " + what + ": " + have + " of " + wanted + " are there");
      }
      if (have == bytes.length) {
        bytes = Arrays.copyOf(bytes, (int) Math.min(wanted, 2L * bytes.length));
      }
      int count = Math.min(bytes.length - have, end - at);
      System.arraycopy(window, at, bytes, have, count);
      at += count;
      have += count;
    }
    return Bytes.of(bytes);
  }

  public int readInt(String what) {
    Bytes bytes = read(4, what);
    return (int) LITTLE_INT.get(bytes.array(), bytes.offset());
  }

  public long readLong(String what) {
    Bytes bytes = read(8, what);
    return (long) LITTLE_LONG.get(bytes.array(), bytes.offset());
  }

  /// Eight bytes, high byte first.
  public long readBigLong(String what) {
    Bytes bytes = read(8, what);
    return (long) BIG_LONG.get(bytes.array(), bytes.offset());
  }

  public double readDouble(String what) {
    return Double.longBitsToDouble(readLong(what));
  }

  /// A length, unsigned.
  public long readLength(String what) {
    int head = readByte(what);
    if (head >> 6 == 3) {
      at--;
      throw malformed("a string with a form of its own where " + what + " should be");
    }
    return readLength(head, what);
  }

  private long readLength(int head, String what) {
    return switch (head >> 6) {
      case 0 -> head;
      case 1 -> (head & 0x3F) << 8 | readByte(what);
      default -> {
        Bytes bytes;
        if (head == 0x80) {
          bytes = read(4, what);
          yield (int) BIG_INT.get(bytes.array(), bytes.offset()) & 0xFFFFFFFFL;
        }
        if (head == 0x81) {
          yield readBigLong(what);
        }
        at--;
        throw malformed(what + " begins with the byte " + head + ", as no length does");
      }
    };
  }

  /// A length of something that is counted: not above the greatest `long`.
  public long readCount(String what) {
    long count = readLength(what);
    if (count < 0) {
      throw malformed(what + " is " + Long.toUnsignedString(count) + ": too many");
    }
    return count;
  }

  /// A string, whatever form it has.
  public Bytes readString(String what) {
    int head = readByte(what);
    if (head >> 6 != 3) {
      return read(readLength(head, what), what);
    }
    return switch (head & 0x3F) {
      case 0 -> decimal((byte) readByte(what));
      case 1 -> decimal((short) (readByte(what) | readByte(what) << 8));
      case 2 -> decimal(readInt(what));
      case 3 -> readCompressed(what);
      default -> {
        at--;
        throw malformed(what + " begins with the byte " + head + ", as no string does");
      }
    };
  }

  private static Bytes decimal(long number) {
    return Bytes.of(Numbers.toAscii(number));
  }

  private Bytes readCompressed(String what) {
    long compressed = readCount(what);
    long length = readCount(what);
    if (length > STRING_MAX_BYTES || compressed > STRING_MAX_BYTES) {
      throw malformed(what + " of " + length + " bytes is too long");
    }
    if (!Lzf.mayExpand(compressed, length)) {
      throw malformed(what + ": " + compressed + " bytes cannot be " + length + " expanded");
    }
    byte[] expanded = Lzf.expand(read(compressed, what), (int) length);
    if (expanded == null) {
      throw malformed(what + " is not " + length + " bytes compressed with LZF");
    }
    return Bytes.of(expanded);
  }
}
