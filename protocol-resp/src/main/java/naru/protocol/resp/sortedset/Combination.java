package naru.protocol.resp.sortedset;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import naru.bytes.Bytes;
import naru.bytes.Doubles;
import naru.engine.Refusal;
import naru.engine.sortedset.ScoredMember;
import naru.protocol.resp.verb.Call;

/// One call that combines several sorted sets: `numkeys key [key ...]` and what follows.
final class Combination {
  /// How they are combined.
  enum Operation {
    UNION,
    INTERSECTION,
    DIFFERENCE
  }

  private static final Comparator<ScoredMember> IN_ORDER =
      (a, b) ->
          a.score() < b.score() ? -1 : a.score() > b.score() ? 1 : a.member().compareTo(b.member());

  private final Operation operation;
  private final List<Source> sources = new ArrayList<>();
  private Aggregate aggregate = Aggregate.SUM;
  private boolean withScores;
  private long limit;

  private Combination(Operation operation) {
    this.operation = operation;
  }

  /// What a command takes behind the keys.
  enum Form {
    TELL,
    STORE,
    COUNT
  }

  /// Reads the words from `index` on, where the number of keys stands.
  static Combination read(Call call, int index, Operation operation, Form form) {
    Combination combination = new Combination(operation);
    long keys = call.integer(index);
    if (keys < 1) {
      throw new Refusal("at least 1 input key is needed for '" + call.verb().name() + "' command");
    }
    if (keys > call.count() - index - 1) {
      throw Call.syntaxError();
    }
    int behind = index + 1 + (int) keys;
    for (int i = index + 1; i < behind; i++) {
      combination.sources.add(Source.read(call, i));
    }
    int at = behind;
    while (at < call.count()) {
      at = combination.readOption(call, at, form);
    }
    return combination;
  }

  /// Reads the option at `at`; returns where the next one is.
  private int readOption(Call call, int at, Form form) {
    boolean scores = operation != Operation.DIFFERENCE && form != Form.COUNT;
    int left = call.count() - at;
    if (scores && left > sources.size() && call.is(at, "WEIGHTS")) {
      for (int i = 0; i < sources.size(); i++) {
        double weight = Doubles.parse(call.arg(at + 1 + i));
        if (Double.isNaN(weight)) {
          throw new Refusal("weight value is not a float");
        }
        sources.get(i).weight(weight);
      }
      return at + 1 + sources.size();
    }
    if (scores && left >= 2 && call.is(at, "AGGREGATE")) {
      aggregate = Aggregate.read(call, at + 1);
      return at + 2;
    }
    if (form == Form.TELL && call.is(at, "WITHSCORES")) {
      withScores = true;
      return at + 1;
    }
    if (form == Form.COUNT && left >= 2 && call.is(at, "LIMIT")) {
      limit = call.integerBetween(at + 1, 0, Long.MAX_VALUE, "LIMIT can't be negative");
      return at + 2;
    }
    throw Call.syntaxError();
  }

  boolean withScores() {
    return withScores;
  }

  /// The members that come out, in order.
  List<ScoredMember> members() {
    List<ScoredMember> members =
        switch (operation) {
          case UNION -> union();
          case INTERSECTION -> intersection(0);
          case DIFFERENCE -> difference();
        };
    members.sort(IN_ORDER);
    return members;
  }

  /// How many members come out, no more than the limit.
  int count() {
    return intersection(limit).size();
  }

  private List<Source> bySize() {
    List<Source> sorted = new ArrayList<>(sources);
    sorted.sort(Comparator.comparingInt(Source::size));
    return sorted;
  }

  private List<ScoredMember> union() {
    Map<Bytes, Double> scores = new HashMap<>();
    for (Source source : bySize()) {
      source.forEach(
          (member, score) ->
              scores.merge(member, aggregate.weighted(score, source.weight()), aggregate::join));
    }
    List<ScoredMember> members = new ArrayList<>(scores.size());
    scores.forEach((member, score) -> members.add(new ScoredMember(member, score)));
    return members;
  }

  /// With a `most` other than 0, no more members than that.
  private List<ScoredMember> intersection(long most) {
    List<Source> sorted = bySize();
    Source smallest = sorted.get(0);
    List<ScoredMember> members = new ArrayList<>();
    smallest.forEach(
        (member, score) -> {
          if (most == 0 || members.size() < most) {
            double joined = aggregate.weighted(score, smallest.weight());
            for (int i = 1; i < sorted.size() && !Double.isNaN(joined); i++) {
              double other = sorted.get(i).score(member);
              joined =
                  Double.isNaN(other)
                      ? Double.NaN
                      : aggregate.join(joined, aggregate.weighted(other, sorted.get(i).weight()));
            }
            if (!Double.isNaN(joined)) {
              members.add(new ScoredMember(member, joined));
            }
          }
        });
    return members;
  }

  private List<ScoredMember> difference() {
    List<ScoredMember> members = new ArrayList<>();
    sources
        .get(0)
        .forEach(
            (member, score) -> {
              if (!isInOther(member)) {
                members.add(new ScoredMember(member, score));
              }
            });
    return members;
  }

  private boolean isInOther(Bytes member) {
    for (int i = 1; i < sources.size(); i++) {
      if (!Double.isNaN(sources.get(i).score(member))) {
        return true;
      }
    }
    return false;
  }
}
