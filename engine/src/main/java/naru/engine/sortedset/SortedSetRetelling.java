package naru.engine.sortedset;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import naru.bytes.Bytes;
import naru.engine.Op;
import naru.engine.Retelling;

/// A sorted set as ops, from the lowest score to the highest.
final class SortedSetRetelling extends Retelling {
  private final SortedSetValue set;
  private final boolean isPacked;
  private final int size;
  private SortedSetValue.Cursor cursor;
  private int told;

  SortedSetRetelling(SortedSetValue set, int database, Bytes key, long expiresAtMs, Pieces pieces) {
    super(database, key, expiresAtMs, pieces);
    this.set = set;
    this.isPacked = set.isPacked();
    this.size = set.size();
    this.cursor = set.cursor(0, true);
  }

  @Override
  protected boolean tellPiece(Consumer<? super Op> out) {
    List<ScoredMember> members = new ArrayList<>();
    int bytes = 0;
    while (bytes < pieces.bytes() && members.size() < pieces.elements() && cursor.next()) {
      Bytes member = cursor.member();
      members.add(new ScoredMember(member, cursor.score()));
      bytes += member.length();
    }
    told += members.size();
    out.accept(new SortedSetOp.Restored(database, key, isPacked, members));
    return told < size;
  }

  @Override
  protected boolean view() {
    boolean worthIt = !isPacked && set.sizeBytes() >= pieces.viewBytes();
    cursor = worthIt ? set.viewFrom(told) : cursor;
    return worthIt;
  }
}
