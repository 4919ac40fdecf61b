package naru.rdb;

import java.util.Arrays;
import naru.bytes.Bytes;
import org.jspecify.annotations.Nullable;

/// LZF, the compression of strings in RDB: literal bytes, and references to what came before.
///
/// ```
///  000lllll                     l + 1 literal bytes follow
///  llloooooo oooooooo           l + 2 bytes from o + 1 back; l is 1..6
///  111ooooo llllllll oooooooo   l + 9 bytes from o + 1 back
/// ```
///
/// The first five bits of the offset are its high ones. What is written is, byte for byte, what
/// Redis would write. http://software.schmorp.de/pkg/liblzf.html
public final class Lzf {
  private static final int LITERALS_MAX = 1 << 5;
  private static final int OFFSET_MAX = 1 << 13;
  private static final int LENGTH_MAX = (1 << 8) + (1 << 3);
  private static final int SLOT_BITS = 16;

  /// No input of so many bytes has more output than this times as many.
  private static final int RATIO_MAX = LENGTH_MAX / 2;

  // Where three bytes were last seen, plus `base`: what is not above it is of an earlier string.
  private final int[] seen = new int[1 << SLOT_BITS];
  private int base;

  /// Whether compressed bytes could be so many when expanded.
  static boolean mayExpand(long compressed, long expanded) {
    return expanded <= compressed * RATIO_MAX;
  }

  /// The `length` bytes that were compressed to `from`; null if it is nothing that LZF makes of so
  /// many.
  static byte @Nullable [] expand(Bytes from, int length) {
    byte[] in = from.array();
    int at = from.offset();
    int end = at + from.length();
    byte[] out = new byte[length];
    int to = 0;
    while (at < end) {
      int head = in[at++] & 0xFF;
      if (head < LITERALS_MAX) {
        int count = head + 1;
        if (count > end - at || count > length - to) {
          return null;
        }
        System.arraycopy(in, at, out, to, count);
        at += count;
        to += count;
        continue;
      }
      int count = head >>> 5;
      if (count == 7) {
        count += at < end ? in[at++] & 0xFF : 0;
      }
      count += 2;
      if (at == end) {
        return null;
      }
      int back = ((head & 0x1F) << 8) + (in[at++] & 0xFF) + 1;
      if (back > to || count > length - to) {
        return null;
      }
      copyWithin(out, to, back, count);
      to += count;
    }
    return to == length ? out : null;
  }

  /// What is copied may reach into what it makes.
  private static void copyWithin(byte[] bytes, int to, int back, int count) {
    if (back >= count) {
      System.arraycopy(bytes, to - back, bytes, to, count);
      return;
    }
    for (int i = to; i < to + count; i++) {
      bytes[i] = bytes[i - back];
    }
  }

  /// The bytes compressed, in an array of which the first `[0]` of `length` count; null if that
  /// would not be at least four bytes shorter.
  byte @Nullable [] compress(Bytes from, int[] length) {
    int room = from.length() - 4;
    if (room < 1) {
      return null;
    }
    int count = new Compression(from, room).run();
    length[0] = count;
    return count == 0 ? null : output;
  }

  private byte[] output = {};

  /// One string on its way.
  private final class Compression {
    private final byte[] in;
    private final int start;
    private final int end;
    private final int room;
    private int at;

    /// Where the next byte goes, behind the head of the literals under way.
    private int to = 1;

    private int literals;

    Compression(Bytes from, int room) {
      in = from.array();
      start = from.offset();
      at = start;
      end = start + from.length();
      this.room = room;
      if (output.length < room + 8) {
        output = new byte[Math.max(room + 8, 1024)];
      }
      if (base > Integer.MAX_VALUE - from.length() - 1) {
        Arrays.fill(seen, 0);
        base = 0;
      }
    }

    /// How many bytes it became, 0 if too many.
    int run() {
      int count = compressed();
      base += end - start;
      return count;
    }

    private int compressed() {
      while (at < end - 2) {
        int slot = slot(at);
        int before = seen[slot] - base;
        seen[slot] = base + at - start;
        int back = at - start - before - 1;
        if (before > 0 && back < OFFSET_MAX && sameThree(start + before)) {
          if (!refer(start + before, back)) {
            return 0;
          }
        } else if (!literal()) {
          return 0;
        }
      }
      if (to + 3 > room) {
        return 0;
      }
      while (at < end) {
        put();
      }
      endLiterals();
      return to;
    }

    private int slot(int place) {
      int three = (in[place] & 0xFF) << 16 | (in[place + 1] & 0xFF) << 8 | (in[place + 2] & 0xFF);
      return ((three >> (24 - SLOT_BITS)) - three * 5) & ((1 << SLOT_BITS) - 1);
    }

    private boolean sameThree(int before) {
      return in[before] == in[at] && in[before + 1] == in[at + 1] && in[before + 2] == in[at + 2];
    }

    private boolean refer(int before, int back) {
      int mostEnd = Math.min(end - at - 2, LENGTH_MAX);
      if (to + 4 >= room && to - (literals == 0 ? 1 : 0) + 4 >= room) {
        return false;
      }
      endLiterals();
      int count = 3;
      while (count < mostEnd && in[before + count] == in[at + count]) {
        count++;
      }
      int code = count - 2;
      if (code < 7) {
        output[to++] = (byte) ((back >> 8) + (code << 5));
      } else {
        output[to++] = (byte) ((back >> 8) + (7 << 5));
        output[to++] = (byte) (code - 7);
      }
      output[to++] = (byte) back;
      to++;
      literals = 0;
      at += count;
      if (at < end - 2) {
        remember(at - 2);
        remember(at - 1);
      }
      return true;
    }

    private void remember(int place) {
      seen[slot(place)] = base + place - start;
    }

    private boolean literal() {
      if (to >= room) {
        return false;
      }
      put();
      return true;
    }

    private void put() {
      literals++;
      output[to++] = in[at++];
      if (literals == LITERALS_MAX) {
        output[to - literals - 1] = (byte) (literals - 1);
        literals = 0;
        to++;
      }
    }

    /// Writes the head of the literals; without any it is taken back.
    private void endLiterals() {
      if (literals == 0) {
        to--;
      } else {
        output[to - literals - 1] = (byte) (literals - 1);
      }
    }
  }
}
