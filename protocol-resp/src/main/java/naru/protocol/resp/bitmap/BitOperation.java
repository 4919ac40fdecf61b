package naru.protocol.resp.bitmap;

import java.util.Arrays;
import java.util.List;
import naru.bytes.Bytes;

/// What `BITOP` makes of the bits that stand at the same place of several strings.
enum BitOperation {
  /// All are set.
  AND,
  /// Some are set.
  OR,
  /// An odd number is set.
  XOR,
  /// The only one is clear.
  NOT,
  /// The first is set, and none of the others.
  DIFF,
  /// The first is clear, and some of the others are set.
  DIFF1,
  /// The first is set, and some of the others.
  ANDOR,
  /// Exactly one is set.
  ONE;

  boolean needsTwo() {
    return this == DIFF || this == DIFF1 || this == ANDOR;
  }

  /// The result for strings that go on as zeros up to `length`.
  byte[] of(List<Bytes> sources, int length) {
    byte[] result = Arrays.copyOf(sources.getFirst().copy(), length);
    byte[] seen = new byte[this == AND || this == OR || this == XOR || this == NOT ? 0 : length];
    for (Bytes source : sources.subList(1, sources.size())) {
      take(source, result, seen);
    }
    switch (this) {
      case AND, OR, XOR -> {}
      case NOT -> combine(result, result, (a, _) -> ~a);
      case DIFF, ONE -> combine(result, seen, (a, b) -> a & ~b);
      case DIFF1 -> combine(result, seen, (a, b) -> ~a & b);
      case ANDOR -> combine(result, seen, (a, b) -> a & b);
    }
    return result;
  }

  /// Takes in a source after the first: `seen` is, for `ONE`, what stands in more than one, else
  /// what stands in any but the first.
  private void take(Bytes source, byte[] result, byte[] seen) {
    for (int i = 0; i < source.length(); i++) {
      byte b = source.at(i);
      switch (this) {
        case AND -> result[i] &= b;
        case OR -> result[i] |= b;
        case XOR -> result[i] ^= b;
        case NOT -> {}
        case DIFF, DIFF1, ANDOR -> seen[i] |= b;
        case ONE -> {
          seen[i] |= (byte) (result[i] & b);
          result[i] |= b;
        }
      }
    }
    if (this == AND) {
      Arrays.fill(result, source.length(), result.length, (byte) 0);
    }
  }

  private interface Combination {
    int of(int a, int b);
  }

  private static void combine(byte[] result, byte[] other, Combination combination) {
    for (int i = 0; i < result.length; i++) {
      result[i] = (byte) combination.of(result[i], other[i]);
    }
  }
}
