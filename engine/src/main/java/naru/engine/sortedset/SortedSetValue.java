package naru.engine.sortedset;

import naru.bytes.Bytes;
import naru.engine.PackedLimits;
import naru.engine.Packing;
import naru.engine.Retelling;
import naru.engine.Value;
import naru.structures.ElementTable;
import naru.structures.PackedRun;
import naru.structures.RankTree;
import org.jspecify.annotations.Nullable;

/// A sorted set: members in the order of their scores, then of their names. Never empty while a key
/// holds it.
///
/// Packed while small ([PackedLimits]), a table and a tree after that. Ranks count from 0, the
/// lowest score. What is read is a view, good until the next op on the set.
public final class SortedSetValue implements Value {
  /// What a packed member takes at most beside its bytes, its score included.
  private static final int MEMBER_BYTES = 32;

  private PackedRun packed = new PackedRun();
  private @Nullable RankedScores ranked;

  SortedSetValue() {}

  public int size() {
    return ranked != null ? ranked.byScore().size() : PackedScores.size(packed);
  }

  /// The score of a member, NaN if it is none.
  public double score(Bytes member) {
    return ranked != null ? ranked.score(member) : PackedScores.score(packed, member);
  }

  /// The rank of a member, whose score must be known; it is one of this set.
  public int rank(Bytes member, double score) {
    return countBelow(score, member, false);
  }

  /// How many members have a lower score or, if `andEqual`, the same.
  public int countBelow(double score, boolean andEqual) {
    long order = ScoreOrder.of(score);
    return ranked != null
        ? ranked.byScore().countBelow(order, andEqual)
        : PackedScores.countBelow(packed, order, andEqual);
  }

  /// How many members stand before that score and name, the one with both included if `andEqual`.
  public int countBelow(double score, Bytes member, boolean andEqual) {
    long order = ScoreOrder.of(score);
    return ranked != null
        ? ranked.byScore().countBelow(order, member, andEqual)
        : PackedScores.countBelow(packed, order, member, andEqual);
  }

  /// A cursor that comes to the member at `rank` first, then to those above it, or below.
  public Cursor cursor(int rank, boolean up) {
    return new Cursor(rank, up);
  }

  /// As [#cursor], upwards, when it is not packed: it comes to the members that there are now,
  /// whatever becomes of them. See [RankTree#view].
  Cursor viewFrom(int rank) {
    return new Cursor(ranked == null ? null : ranked.byScore().view(), rank, true);
  }

  public void forEach(MemberVisitor visitor) {
    Cursor cursor = cursor(0, true);
    while (cursor.next()) {
      visitor.member(cursor.member(), cursor.score());
    }
  }

  /// Shows the members from `cursor` on, at least `count` of them, and all when packed; returns the
  /// cursor to go on with, 0 at the end.
  public long scan(long cursor, int count, MemberVisitor visitor) {
    if (ranked == null) {
      forEach(visitor);
      return 0;
    }
    if (cursor >= ElementTable.END) {
      return 0;
    }
    long next =
        ranked
            .byName()
            .scan(
                cursor,
                count,
                element ->
                    visitor.member(RankedScores.member(element), RankedScores.score(element)));
    return next >= ElementTable.END ? 0 : next;
  }

  public boolean isPacked() {
    return ranked == null;
  }

  @Override
  public int hashedElements() {
    return ranked == null ? 0 : ranked.byName().size();
  }

  @Override
  public long lookAhead(int[] hashes, int count) {
    return ranked == null ? 0 : ranked.byName().lookAhead(hashes, count);
  }

  /// As in `OBJECT ENCODING`.
  public String encoding() {
    return ranked != null ? "skiplist" : "listpack";
  }

  @Override
  public SortedSetValue copy() {
    SortedSetValue copy = new SortedSetValue();
    copy.packed = packed.copy();
    copy.ranked = ranked == null ? null : ranked.copy();
    return copy;
  }

  @Override
  public long sizeBytes() {
    return 16 + packed.footprintBytes() + (ranked == null ? 0 : ranked.sizeBytes());
  }

  @Override
  public Retelling retelling(int database, Bytes key, long expiresAtMs, Retelling.Pieces pieces) {
    return new SortedSetRetelling(this, database, key, expiresAtMs, pieces);
  }

  /// An empty sorted set that is kept in one form or the other.
  static SortedSetValue of(boolean isPacked, long seed) {
    SortedSetValue set = new SortedSetValue();
    set.ranked = isPacked ? null : new RankedScores(seed);
    return set;
  }

  /// Puts a member that is not there behind the others, without a change of form.
  void restore(ScoredMember member) {
    if (ranked != null) {
      ranked.put(member.member(), member.score());
    } else {
      PackedScores.append(packed, member.member(), member.score());
    }
  }

  /// Adds a member, or gives it another score.
  void put(Bytes member, double score, Packing packing) {
    if (ranked == null && !admits(member, packing.limits())) {
      unpack(packing);
    }
    if (ranked != null) {
      ranked.put(member, score);
    } else {
      PackedScores.put(packed, member, score);
    }
  }

  private boolean admits(Bytes member, PackedLimits limits) {
    boolean isSmall =
        size() < limits.sortedSetMembers() && member.length() <= limits.sortedSetBytes();
    boolean fits = packed.end() + (long) member.length() + MEMBER_BYTES <= PackedLimits.BYTES_MOST;
    return fits && (isSmall || !Double.isNaN(PackedScores.score(packed, member)));
  }

  void remove(Bytes member) {
    if (ranked != null) {
      ranked.remove(member);
    } else {
      PackedScores.remove(packed, member);
    }
  }

  void removeRange(int from, int count) {
    if (ranked != null) {
      ranked.removeRange(from, count);
    } else {
      PackedScores.removeRange(packed, from, count);
    }
  }

  /// Prepares for `count` members to come.
  void expect(int count, Packing packing) {
    if (ranked == null && count > packing.limits().sortedSetMembers()) {
      unpack(packing);
    }
  }

  private void unpack(Packing packing) {
    RankedScores table = new RankedScores(packing.hashSeed());
    forEach(table::put);
    packed = new PackedRun();
    ranked = table;
  }

  /// Goes from member to member, in order or against it.
  public final class Cursor {
    private final boolean up;
    private final RankTree.@Nullable Cursor tree;
    private int place;

    /// Upwards the place of what comes next, downwards how many are still to come.
    private int following;

    /// Downwards the places of those that are to come, as a run is read from its beginning.
    private int[] places = {};

    private byte[] element = {};

    private Cursor(int rank, boolean up) {
      this(ranked == null ? null : ranked.byScore(), rank, up);
    }

    private Cursor(@Nullable RankTree members, int rank, boolean up) {
      this.up = up;
      this.tree = members == null ? null : members.cursor(rank, up);
      if (members == null) {
        boolean there = rank >= 0 && rank < size();
        if (up) {
          following = there ? packed.skip(0, 2 * rank) : packed.end();
        } else if (there) {
          lookBelow(rank);
        }
      }
    }

    private void lookBelow(int rank) {
      following = rank + 1;
      places = new int[following];
      for (int i = 1; i <= rank; i++) {
        places[i] = packed.skip(places[i - 1], 2);
      }
    }

    /// Comes to the next member; false if there is none.
    public boolean next() {
      if (tree != null) {
        byte[] next = tree.next();
        if (next != null) {
          element = next;
        }
        return next != null;
      }
      if (following == (up ? packed.end() : 0)) {
        return false;
      }
      if (up) {
        place = following;
        following = packed.skip(place, 2);
      } else {
        following--;
        place = places[following];
      }
      return true;
    }

    public Bytes member() {
      return tree != null ? RankedScores.member(element) : packed.bytes(place);
    }

    public double score() {
      return tree != null ? RankedScores.score(element) : PackedScores.scoreOf(packed, place);
    }
  }
}
