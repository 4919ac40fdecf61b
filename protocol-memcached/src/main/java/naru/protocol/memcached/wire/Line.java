package naru.protocol.memcached.wire;

import naru.bytes.Bytes;

/// A command line cut into words at its spaces. It is a view: good as long as the array is.
public final class Line {
  /// Words behind these are left alone: of them there are only keys.
  public static final int WORDS_MAX = 23;

  private final int[] starts = new int[WORDS_MAX];
  private final int[] ends = new int[WORDS_MAX];
  private final Decimal decimal = new Decimal();
  private byte[] array = new byte[0];
  private int end;
  private int count;

  /// Reads the line whose bytes begin at `start` and whose line feed stands at `feed`. A carriage
  /// return before that is no part of it, nor is anything behind a zero byte.
  public void read(byte[] newArray, int start, int feed) {
    array = newArray;
    end = feed - start > 1 && newArray[feed - 1] == '\r' ? feed - 1 : feed;
    count = 0;
    int from = start;
    for (int i = start; i < end; i++) {
      byte b = newArray[i];
      if (b == ' ') {
        add(from, i);
        from = i + 1;
      } else if (b == 0) {
        end = i;
      }
    }
    add(from, end);
  }

  private void add(int from, int to) {
    if (from < to && count < WORDS_MAX) {
      starts[count] = from;
      ends[count] = to;
      count++;
    }
  }

  /// How many words there are, as far as they are read.
  public int count() {
    return count;
  }

  public byte[] array() {
    return array;
  }

  /// Where the word at `index` begins.
  public int start(int index) {
    return starts[index];
  }

  /// Behind the last byte of the line.
  public int end() {
    return end;
  }

  public int length(int index) {
    return ends[index] - starts[index];
  }

  /// The word at `index`.
  public Bytes word(int index) {
    return Bytes.of(array, starts[index], ends[index] - starts[index]);
  }

  /// The byte at `at` of the word at `index`.
  public byte at(int index, int at) {
    return array[starts[index] + at];
  }

  /// Whether the word at `index` is `text`. Case matters.
  public boolean is(int index, String text) {
    int length = text.length();
    if (index >= count || ends[index] - starts[index] != length) {
      return false;
    }
    int start = starts[index];
    for (int i = 0; i < length; i++) {
      if (array[start + i] != text.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  /// Whether the word at `index`, its first `skip` bytes left out, is a number without sign, which
  /// is then [#number].
  public boolean isUnsigned(int index, int skip) {
    return decimal.unsigned(array, starts[index] + skip, ends[index]);
  }

  /// As [#isUnsigned], for a number with sign.
  public boolean isSigned(int index, int skip) {
    return decimal.signed(array, starts[index] + skip, ends[index]);
  }

  public long number() {
    return decimal.value();
  }
}
