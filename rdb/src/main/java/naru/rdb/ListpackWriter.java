package naru.rdb;

import naru.bytes.ByteWriter;
import naru.bytes.Bytes;
import naru.bytes.Numbers;

/// Writes a [Listpack], used again for the next one after [#bytes].
final class ListpackWriter {
  private static final int KEPT_BYTES = 64 << 10;

  private final ByteWriter out = new ByteWriter(256);
  private long count;

  ListpackWriter() {
    begin();
  }

  private void begin() {
    out.clear(KEPT_BYTES);
    count = 0;
    out.writeInt(0);
    out.writeByte(0);
    out.writeByte(0);
  }

  long count() {
    return count;
  }

  /// How long it is now, its end included.
  int length() {
    return out.length() + 1;
  }

  void add(Bytes element) {
    if (Numbers.isLong(element)) {
      add(Numbers.parseLong(element));
      return;
    }
    int length = element.length();
    int from = out.length();
    if (length < 1 << 6) {
      out.writeByte(0x80 | length);
    } else if (length < 1 << 12) {
      out.writeByte(0xE0 | length >> 8);
      out.writeByte(length);
    } else {
      out.writeByte(0xF0);
      out.writeInt(length);
    }
    out.write(element);
    end(from);
  }

  void add(long number) {
    int from = out.length();
    if (number >= 0 && number < 1 << 7) {
      out.writeByte((int) number);
    } else if (number >= -(1 << 12) && number < 1 << 12) {
      out.writeByte(0xC0 | ((int) (number >> 8) & 0x1F));
      out.writeByte((int) number);
    } else if (number == (short) number) {
      out.writeByte(0xF1);
      write(number, 2);
    } else if (number >= -(1 << 23) && number < 1 << 23) {
      out.writeByte(0xF2);
      write(number, 3);
    } else if (number == (int) number) {
      out.writeByte(0xF3);
      write(number, 4);
    } else {
      out.writeByte(0xF4);
      write(number, 8);
    }
    end(from);
  }

  private void write(long number, int bytes) {
    for (int i = 0; i < bytes; i++) {
      out.writeByte((int) (number >> (8 * i)));
    }
  }

  private void end(int from) {
    int size = out.length() - from;
    int back = Listpack.backBytes(size);
    for (int i = back - 1; i >= 0; i--) {
      int seven = (size >> (7 * i)) & 0x7F;
      out.writeByte(i == back - 1 ? seven : seven | 0x80);
    }
    count++;
  }

  /// The listpack, complete: nothing is added to it before the next [#clear], and it is good until
  /// then.
  Bytes bytes() {
    out.writeByte(Listpack.END);
    out.setInt(0, out.length());
    int said = (int) Math.min(count, Listpack.MANY);
    out.array()[4] = (byte) said;
    out.array()[5] = (byte) (said >> 8);
    return Bytes.of(out.array(), 0, out.length());
  }

  /// Forgets what it has.
  void clear() {
    begin();
  }
}
