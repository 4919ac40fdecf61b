package naru.rdb;

import naru.bytes.ByteWriter;
import naru.bytes.Bytes;
import naru.bytes.Numbers;
import org.jspecify.annotations.Nullable;

/// Writes numbers, lengths and strings as [RdbInput] draws them, as Redis would, byte for byte.
final class RdbOutput {
  private static final int COMPRESSED_MIN_BYTES = 21;
  private static final int NUMBER_MAX_BYTES = 11;

  private static final int BUFFER_BYTES = 128 << 10;

  private final ByteWriter out;
  private final @Nullable ByteSink sink;
  private final boolean compresses;
  private final int[] compressed = new int[1];
  private @Nullable Lzf lzf;
  private long crc;
  private long flushed;

  /// Writes to a buffer, which grows.
  ///
  /// @param compresses whether strings of more than 20 bytes are compressed
  RdbOutput(ByteWriter out, boolean compresses) {
    this.out = out;
    this.sink = null;
    this.compresses = compresses;
  }

  /// Writes to where bytes go, by and by.
  RdbOutput(ByteSink sink, boolean compresses) {
    this.out = new ByteWriter(BUFFER_BYTES);
    this.sink = sink;
    this.compresses = compresses;
  }

  /// Hands on what was written, if that is much. Between two elements.
  void breathe() {
    if (sink != null && out.length() >= BUFFER_BYTES / 2) {
      flush(sink);
    }
  }

  private void flush(ByteSink to) {
    crc = Crc64.update(crc, out.array(), 0, out.length());
    to.write(out.array(), 0, out.length());
    flushed += out.length();
    out.clear(BUFFER_BYTES);
  }

  /// Hands on all that was written, then its checksum.
  void end() {
    if (sink != null) {
      flush(sink);
      out.writeLong(crc);
      flush(sink);
    }
  }

  /// How many bytes were written.
  long length() {
    return flushed + out.length();
  }

  void write(byte[] bytes) {
    out.write(bytes);
  }

  void writeByte(int value) {
    out.writeByte(value);
  }

  /// Eight bytes, low byte first.
  void writeLong(long value) {
    out.writeLong(value);
  }

  /// Eight bytes, high byte first.
  void writeBigLong(long value) {
    out.writeLong(Long.reverseBytes(value));
  }

  void writeLength(long length) {
    if (length >= 0 && length < 1 << 6) {
      out.writeByte((int) length);
    } else if (length >= 0 && length < 1 << 14) {
      out.writeByte(0x40 | (int) (length >> 8));
      out.writeByte((int) length);
    } else if (length >>> 32 == 0) {
      out.writeByte(0x80);
      out.writeInt(Integer.reverseBytes((int) length));
    } else {
      out.writeByte(0x81);
      writeBigLong(length);
    }
  }

  void writeString(Bytes string) {
    if (string.length() <= NUMBER_MAX_BYTES && Numbers.isLong(string)) {
      long number = Numbers.parseLong(string);
      if (number == (int) number) {
        writeNumber((int) number);
        return;
      }
    }
    if (compresses && string.length() >= COMPRESSED_MIN_BYTES) {
      lzf = lzf == null ? new Lzf() : lzf;
      byte[] output = lzf.compress(string, compressed);
      if (output != null) {
        out.writeByte(0xC3);
        writeLength(compressed[0]);
        writeLength(string.length());
        out.write(output, 0, compressed[0]);
        return;
      }
    }
    writeLength(string.length());
    out.write(string);
  }

  private void writeNumber(int number) {
    if (number == (byte) number) {
      out.writeByte(0xC0);
      out.writeByte(number);
    } else if (number == (short) number) {
      out.writeByte(0xC1);
      out.writeByte(number);
      out.writeByte(number >> 8);
    } else {
      out.writeByte(0xC2);
      out.writeInt(number);
    }
  }
}
