package naru.protocol.resp.sortedset;

import java.util.List;
import naru.engine.sortedset.ScoredMember;
import naru.engine.sortedset.SortedSetValue;
import naru.engine.sortedset.SortedSetValue.Cursor;
import naru.protocol.resp.verb.Replies;
import naru.protocol.resp.verb.RespReply;
import naru.protocol.resp.wire.RespWriter;

/// Members of sorted sets in replies: alone, or with their scores. A member and its score are a
/// pair in RESP3 and two elements of the one array in RESP2.
final class Members {
  private Members() {}

  /// `count` members from `rank` on, upwards or downwards. There must be as many.
  static RespReply range(SortedSetValue set, int rank, int count, boolean up, boolean withScores) {
    if (count == 0) {
      return Replies.EMPTY_ARRAY;
    }
    return out -> {
      boolean pairs = begin(out, count, withScores);
      Cursor cursor = set.cursor(rank, up);
      for (int i = 0; i < count && cursor.next(); i++) {
        if (pairs) {
          out.array(2);
        }
        out.bulk(cursor.member());
        if (withScores) {
          out.number(cursor.score());
        }
      }
    };
  }

  /// Members with their scores, always as pairs.
  static void writePairs(RespWriter out, SortedSetValue set, int rank, int count, boolean up) {
    out.array(count);
    Cursor cursor = set.cursor(rank, up);
    for (int i = 0; i < count && cursor.next(); i++) {
      out.array(2);
      out.bulk(cursor.member());
      out.number(cursor.score());
    }
  }

  static RespReply of(List<ScoredMember> members, boolean withScores) {
    return out -> {
      boolean pairs = begin(out, members.size(), withScores);
      for (int i = 0; i < members.size(); i++) {
        if (pairs) {
          out.array(2);
        }
        out.bulk(members.get(i).member());
        if (withScores) {
          out.number(members.get(i).score());
        }
      }
    };
  }

  /// Writes the head of the array; returns whether members and scores are to be paired.
  private static boolean begin(RespWriter out, int count, boolean withScores) {
    boolean pairs = withScores && out.version() >= 3;
    out.array(withScores && !pairs ? 2 * count : count);
    return pairs;
  }
}
