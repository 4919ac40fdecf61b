package naru.protocol.resp.string;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import naru.bytes.Bytes;
import naru.engine.Refusal;

/// The longest run of bytes, gaps allowed, that two texts have in common.
///
/// The classic table of `(n + 1) × (m + 1)` lengths, of which only two rows are kept, and of each
/// cell the one bit that is needed to find the way back: whether the cell above is greater than the
/// one before. Where several runs are longest, it is the one that Redis finds.
final class CommonSubsequence {
  /// Redis refuses what its table, four bytes a cell, would need more than this for.
  private static final long TABLE_MAX_BYTES = 512L << 20;

  private final Bytes one;
  private final Bytes other;
  private final BitSet aboveIsGreater;
  private int length;

  /// A run of bytes that stands in both texts without gaps.
  record Match(int start, int otherStart, int length) {}

  private CommonSubsequence(Bytes one, Bytes other) {
    this.one = one;
    this.other = other;
    this.aboveIsGreater = new BitSet((one.length() + 1) * (other.length() + 1));
  }

  static CommonSubsequence of(Bytes one, Bytes other) {
    if ((one.length() + 1L) * (other.length() + 1L) * 4 > TABLE_MAX_BYTES) {
      throw new Refusal("Insufficient memory, transient memory for LCS exceeds proto-max-bulk-len");
    }
    CommonSubsequence common = new CommonSubsequence(one, other);
    common.fill();
    return common;
  }

  private void fill() {
    int width = other.length() + 1;
    int[] above = new int[width];
    int[] row = new int[width];
    for (int i = 1; i <= one.length(); i++) {
      byte b = one.at(i - 1);
      for (int j = 1; j < width; j++) {
        if (b == other.at(j - 1)) {
          row[j] = above[j - 1] + 1;
        } else if (above[j] > row[j - 1]) {
          row[j] = above[j];
          aboveIsGreater.set(i * width + j);
        } else {
          row[j] = row[j - 1];
        }
      }
      int[] filled = row;
      row = above;
      above = filled;
    }
    length = above[width - 1];
  }

  int length() {
    return length;
  }

  Bytes text() {
    byte[] text = new byte[length];
    int at = length;
    for (Match match : matches()) {
      at -= match.length;
      for (int i = 0; i < match.length; i++) {
        text[at + i] = one.at(match.start + i);
      }
    }
    return Bytes.of(text);
  }

  /// The parts of it that stand in both texts without gaps, the last one first.
  List<Match> matches() {
    List<Match> matches = new ArrayList<>();
    int width = other.length() + 1;
    int i = one.length();
    int j = other.length();
    int run = 0;
    while (i > 0 && j > 0) {
      if (one.at(i - 1) == other.at(j - 1)) {
        run++;
        i--;
        j--;
        continue;
      }
      end(matches, i, j, run);
      run = 0;
      if (aboveIsGreater.get(i * width + j)) {
        i--;
      } else {
        j--;
      }
    }
    end(matches, i, j, run);
    return matches;
  }

  private static void end(List<Match> matches, int i, int j, int run) {
    if (run > 0) {
      matches.add(new Match(i, j, run));
    }
  }
}
