package naru.protocol.resp.sortedset;

import naru.bytes.Bytes;
import naru.bytes.Doubles;
import naru.engine.Refusal;
import naru.engine.sortedset.SortedSetValue;
import naru.engine.sortedset.SortedSetValue.Cursor;
import naru.protocol.resp.verb.Call;

/// From where to where a range reaches, as its words say it.
sealed interface Bounds {
  /// The members of `set` within.
  RankRange in(SortedSetValue set, boolean up);

  /// What kind of words they are.
  enum Kind {
    RANK,
    SCORE,
    NAME
  }

  /// Reads the words at two indices, the lower bound first unless they are ranks.
  static Bounds read(Call call, Kind kind, int least, int most) {
    return switch (kind) {
      case RANK -> new Ranks(call.integer(least), call.integer(most));
      case SCORE -> new Scores(Score.read(call.arg(least)), Score.read(call.arg(most)));
      case NAME -> new Names(Name.read(call.arg(least)), Name.read(call.arg(most)));
    };
  }

  /// Ranks; negative ones count from the end.
  record Ranks(long first, long last) implements Bounds {
    @Override
    public RankRange in(SortedSetValue set, boolean up) {
      return RankRange.ofRanks(set, first, last, up);
    }
  }

  record Scores(Score least, Score most) implements Bounds {
    @Override
    public RankRange in(SortedSetValue set, boolean up) {
      return RankRange.between(
          set.countBelow(least.score, least.open), set.countBelow(most.score, !most.open));
    }
  }

  /// `1.5`, or `(1.5` for an open end.
  record Score(double score, boolean open) {
    static Score read(Bytes word) {
      boolean open = !word.isEmpty() && word.at(0) == '(';
      int from = open ? 1 : 0;
      while (from < word.length() && isSpace(word.at(from))) {
        from++;
      }
      Bytes number = word.slice(from, word.length());
      double score = number.isEmpty() ? 0 : Doubles.parseAnyRange(number);
      if (Double.isNaN(score)) {
        throw new Refusal("min or max is not a float");
      }
      return new Score(score, open);
    }

    private static boolean isSpace(byte b) {
      return b == ' ' || (b >= '\t' && b <= '\r');
    }
  }

  /// Members that all have the same score, by name. If they have not, what is found is not
  /// specified; in a small set it is what Redis finds.
  record Names(Name least, Name most) implements Bounds {
    @Override
    public RankRange in(SortedSetValue set, boolean up) {
      Cursor first = set.cursor(0, true);
      if (!first.next()) {
        return RankRange.EMPTY;
      }
      if (set.isPacked()) {
        return oneByOne(set, up);
      }
      double score = first.score();
      return RankRange.between(
          least.countBelow(set, score, least.open), most.countBelow(set, score, !most.open));
    }

    /// From one end on, the first member on the right side of the near bound, and those behind it
    /// up to the first on the wrong side of the far one.
    private RankRange oneByOne(SortedSetValue set, boolean up) {
      if (!mayReach(set)) {
        return RankRange.EMPTY;
      }
      Cursor cursor = set.cursor(up ? 0 : set.size() - 1, up);
      int skipped = 0;
      int count = 0;
      while (cursor.next()) {
        Bytes member = cursor.member();
        if (count == 0 && !(up ? least.isBelow(member) : most.isAbove(member))) {
          skipped++;
        } else if (up ? most.isAbove(member) : least.isBelow(member)) {
          count++;
        } else {
          break;
        }
      }
      return new RankRange(up ? skipped : set.size() - skipped - count, count);
    }

    private boolean mayReach(SortedSetValue set) {
      Cursor first = set.cursor(0, true);
      Cursor last = set.cursor(set.size() - 1, true);
      return first.next()
          && last.next()
          && most.isAbove(first.member())
          && least.isBelow(last.member());
    }
  }

  /// `[name`, or `(name` for an open end, or `-` and `+` for before and behind all names.
  ///
  /// @param infinite -1 for `-`, 1 for `+`, 0 for a name
  record Name(Bytes name, boolean open, int infinite) {
    static Name read(Bytes word) {
      byte first = word.isEmpty() ? 0 : word.at(0);
      if (first == '(' || first == '[') {
        return new Name(word.slice(1, word.length()), first == '(', 0);
      }
      if (word.length() == 1 && (first == '-' || first == '+')) {
        return new Name(Bytes.EMPTY, false, first == '-' ? -1 : 1);
      }
      throw new Refusal("min or max not valid string range item");
    }

    /// Whether, as a lower bound, it admits `member`.
    boolean isBelow(Bytes member) {
      int difference = infinite == 0 ? name.compareTo(member) : infinite;
      return open ? difference < 0 : difference <= 0;
    }

    /// Whether, as an upper bound, it admits `member`.
    boolean isAbove(Bytes member) {
      int difference = infinite == 0 ? name.compareTo(member) : infinite;
      return open ? difference > 0 : difference >= 0;
    }

    int countBelow(SortedSetValue set, double score, boolean andEqual) {
      return switch (infinite) {
        case -1 -> 0;
        case 1 -> set.size();
        default -> set.countBelow(score, name, andEqual);
      };
    }
  }
}
