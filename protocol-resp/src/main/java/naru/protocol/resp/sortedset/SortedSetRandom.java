package naru.protocol.resp.sortedset;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import naru.engine.Decision;
import naru.engine.Draws;
import naru.engine.sortedset.ScoredMember;
import naru.engine.sortedset.SortedSetValue;
import naru.engine.sortedset.SortedSetValue.Cursor;
import naru.protocol.resp.verb.Call;
import naru.protocol.resp.verb.Flag;
import naru.protocol.resp.verb.RandomCount;
import naru.protocol.resp.verb.Replies;
import naru.protocol.resp.verb.Verb;

/// Members chosen by chance.
public final class SortedSetRandom {
  public static final List<Verb> VERBS =
      List.of(
          Verb.of("ZRANDMEMBER key [options= count [WITHSCORES]]", SortedSetRandom::choose)
              .tips("nondeterministic_output")
              .since("6.2.0")
              .flags(Flag.READONLY)
              .keys("RO access")
              .summary("Returns one or more random members from a sorted set.")
              .complexity("O(N) where N is the number of elements returned"));

  /// If more than one in so many members is wanted, all are gone through.
  private static final int SPARSE = 3;

  private SortedSetRandom() {}

  private static Decision choose(Call call) {
    if (call.count() == 2) {
      SortedSetValue set = call.find(call.arg(1), SortedSetValue.class);
      return Decision.done(
          set == null
              ? Replies.NULL
              : Replies.bulk(at(set, call.moment().draws().below(set.size())).member()));
    }
    boolean withScores = call.count() == 4 && call.is(3, "WITHSCORES");
    RandomCount wanted = RandomCount.read(call, 2, withScores);
    if (call.count() > 4 || (call.count() == 4 && !withScores)) {
      throw Call.syntaxError();
    }
    SortedSetValue set = call.find(call.arg(1), SortedSetValue.class);
    if (set == null || wanted.count() == 0) {
      return Decision.done(Replies.EMPTY_ARRAY);
    }
    return Decision.done(Members.of(chosen(set, wanted, call.moment().draws()), withScores));
  }

  private static ScoredMember at(SortedSetValue set, int rank) {
    Cursor cursor = set.cursor(rank, true);
    cursor.next();
    return new ScoredMember(cursor.member(), cursor.score());
  }

  private static List<ScoredMember> chosen(SortedSetValue set, RandomCount wanted, Draws draws) {
    int size = set.size();
    int count = wanted.repeats() ? wanted.count() : Math.min(wanted.count(), size);
    List<ScoredMember> members = new ArrayList<>();
    if (!wanted.repeats() && (long) count * SPARSE > size) {
      Cursor cursor = set.cursor(0, true);
      for (int i = 0; cursor.next(); i++) {
        if (draws.below(size - i) < count - members.size()) {
          members.add(new ScoredMember(cursor.member(), cursor.score()));
        }
      }
      return members;
    }
    Set<Integer> ranks = new HashSet<>();
    while (members.size() < count) {
      int rank = draws.below(size);
      if (wanted.repeats() || ranks.add(rank)) {
        members.add(at(set, rank));
      }
    }
    return members;
  }
}
