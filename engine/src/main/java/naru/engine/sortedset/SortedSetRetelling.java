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
  private final SortedSetValue.Cursor cursor;

  SortedSetRetelling(SortedSetValue set, int database, Bytes key, long expiresAtMs) {
    super(database, key, expiresAtMs);
    this.set = set;
    this.cursor = set.cursor(0, true);
  }

  @Override
  protected boolean tellPiece(Consumer<? super Op> out) {
    List<ScoredMember> members = new ArrayList<>();
    int bytes = 0;
    while (bytes < PIECE_BYTES && members.size() < PIECE_ELEMENTS && cursor.next()) {
      Bytes member = cursor.member();
      members.add(new ScoredMember(member, cursor.score()));
      bytes += member.length();
    }
    if (members.isEmpty()) {
      return false;
    }
    out.accept(new SortedSetOp.Restored(database, key, set.isPacked(), members));
    return true;
  }
}
