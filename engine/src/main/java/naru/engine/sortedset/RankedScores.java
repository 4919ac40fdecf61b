package naru.engine.sortedset;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import naru.bytes.Bytes;
import naru.structures.ElementLayout;
import naru.structures.ElementTable;
import naru.structures.RankTree;

/// The members of a large sorted set: a table by name, and a tree by score and name, of the same
/// elements. An element is never changed, only put in the place of another.
///
/// ```
///  8 bytes: score | member
/// ```
final class RankedScores {
  private static final VarHandle DOUBLE =
      MethodHandles.byteArrayViewVarHandle(double[].class, ByteOrder.LITTLE_ENDIAN);
  private static final int HEAD_BYTES = 8;

  private final ElementTable byName;
  private final RankTree byScore;

  RankedScores(long seed) {
    this(
        new ElementTable(ElementLayout.AFTER_EIGHT, seed), new RankTree(ElementLayout.AFTER_EIGHT));
  }

  private RankedScores(ElementTable byName, RankTree byScore) {
    this.byName = byName;
    this.byScore = byScore;
  }

  ElementTable byName() {
    return byName;
  }

  RankTree byScore() {
    return byScore;
  }

  static double score(byte[] element) {
    return (double) DOUBLE.get(element, 0);
  }

  static Bytes member(byte[] element) {
    return Bytes.of(element, HEAD_BYTES, element.length - HEAD_BYTES);
  }

  double score(Bytes member) {
    byte[] element = byName.get(member);
    return element == null ? Double.NaN : score(element);
  }

  void put(Bytes member, double score) {
    byte[] element = new byte[HEAD_BYTES + member.length()];
    DOUBLE.set(element, 0, score);
    System.arraycopy(member.array(), member.offset(), element, HEAD_BYTES, member.length());
    byte[] before = byName.put(element);
    if (before != null) {
      byScore.remove(ScoreOrder.of(score(before)), member);
    }
    byScore.add(ScoreOrder.of(score), element);
  }

  void remove(Bytes member) {
    byte[] removed = byName.remove(member);
    if (removed != null) {
      byScore.remove(ScoreOrder.of(score(removed)), member);
    }
  }

  void removeRange(int from, int count) {
    for (int i = 0; i < count; i++) {
      byName.remove(member(byScore.removeAt(from)));
    }
  }

  long sizeBytes() {
    return 16 + byName.sizeBytes() + byScore.overheadBytes();
  }

  RankedScores copy() {
    return new RankedScores(byName.copy(), byScore.copy());
  }
}
