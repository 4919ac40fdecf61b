package naru.protocol.resp.sortedset;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import naru.bytes.Bytes;
import naru.bytes.Doubles;
import naru.engine.Decision;
import naru.engine.KeyEvent;
import naru.engine.Refusal;
import naru.engine.sortedset.ScoredMember;
import naru.engine.sortedset.SortedSetOp;
import naru.engine.sortedset.SortedSetValue;
import naru.protocol.resp.verb.Call;
import naru.protocol.resp.verb.Flag;
import naru.protocol.resp.verb.Replies;
import naru.protocol.resp.verb.RespReply;
import naru.protocol.resp.verb.Verb;
import org.jspecify.annotations.Nullable;

/// Giving members a score.
public final class SortedSetAdd {
  public static final List<Verb> VERBS =
      List.of(
          Verb.of(
                  "ZADD key [NX | XX] [GT | LT] [CH(change)] [INCR(increment)] score member [score"
                      + " member ...]",
                  call -> new SortedSetAdd(call).zadd())
              .since("1.2.0")
              .flags(Flag.WRITE, Flag.DENYOOM, Flag.FAST)
              .keys("RW update")
              .summary(
                  "Adds one or more members to a sorted set, or updates their scores. Creates the"
                      + " key if it doesn't exist.")
              .complexity(
                  "O(log(N)) for each item added, where N is the number of elements in the sorted"
                      + " set."),
          Verb.of("ZINCRBY key increment member", call -> new SortedSetAdd(call).zincrby())
              .since("1.2.0")
              .flags(Flag.WRITE, Flag.DENYOOM, Flag.FAST)
              .keys("RW access update")
              .summary("Increments the score of a member in a sorted set.")
              .complexity("O(log(N)) where N is the number of elements in the sorted set."));

  private final Call call;
  private boolean onlyNew;
  private boolean onlyPresent;
  private boolean onlyGreater;
  private boolean onlyLess;
  private boolean countsChanged;
  private boolean increments;

  private @Nullable SortedSetValue set;
  private final List<ScoredMember> scored = new ArrayList<>();

  /// Scores that members have by what stands before them in the same command.
  private @Nullable Map<Bytes, Double> pending;

  private int added;
  private int updated;
  private double lastScore = Double.NaN;

  private SortedSetAdd(Call call) {
    this.call = call;
  }

  private Decision zincrby() {
    increments = true;
    return decide(2);
  }

  private Decision zadd() {
    int at = 2;
    while (at < call.count() && readOption(at)) {
      at++;
    }
    int words = call.count() - at;
    if (words == 0 || words % 2 != 0) {
      throw Call.syntaxError();
    }
    if (onlyNew && onlyPresent) {
      throw new Refusal("XX and NX options at the same time are not compatible");
    }
    if ((onlyGreater && onlyNew) || (onlyLess && onlyNew) || (onlyGreater && onlyLess)) {
      throw new Refusal("GT, LT, and/or NX options at the same time are not compatible");
    }
    if (increments && words > 2) {
      throw new Refusal("INCR option supports a single increment-element pair");
    }
    return decide(at);
  }

  private boolean readOption(int at) {
    Bytes word = call.arg(at);
    if (word.equalsIgnoreCase("NX")) {
      onlyNew = true;
    } else if (word.equalsIgnoreCase("XX")) {
      onlyPresent = true;
    } else if (word.equalsIgnoreCase("GT")) {
      onlyGreater = true;
    } else if (word.equalsIgnoreCase("LT")) {
      onlyLess = true;
    } else if (word.equalsIgnoreCase("CH")) {
      countsChanged = true;
    } else if (word.equalsIgnoreCase("INCR")) {
      increments = true;
    } else {
      return false;
    }
    return true;
  }

  /// Decides with the scores and members from the word at `index` on.
  private Decision decide(int index) {
    int pairs = (call.count() - index) / 2;
    double[] scores = new double[pairs];
    for (int i = 0; i < pairs; i++) {
      scores[i] = Doubles.parse(call.arg(index + 2 * i));
      if (Double.isNaN(scores[i])) {
        throw new Refusal("value is not a valid float");
      }
    }
    Bytes key = call.arg(1);
    set = call.find(key, SortedSetValue.class);
    pending = pairs > 1 ? new HashMap<>() : null;
    for (int i = 0; i < pairs; i++) {
      score(call.arg(index + 2 * i + 1), scores[i]);
    }
    if (scored.isEmpty()) {
      return Decision.done(reply());
    }
    return Decision.done(reply(), new SortedSetOp.Scored(call.database(), key, scored))
        .event(KeyEvent.Kind.SORTED_SET, increments ? "zincr" : "zadd", call.database(), key);
  }

  private void score(Bytes member, double given) {
    double before = scoreBefore(member);
    boolean present = !Double.isNaN(before);
    if (present ? onlyNew : onlyPresent) {
      return;
    }
    double score = present && increments ? before + given : given;
    if (Double.isNaN(score)) {
      throw new Refusal("resulting score is not a number (NaN)");
    }
    if (present && ((onlyLess && score >= before) || (onlyGreater && score <= before))) {
      return;
    }
    lastScore = score;
    if (present && score == before) {
      return;
    }
    added += present ? 0 : 1;
    updated += present ? 1 : 0;
    scored.add(new ScoredMember(member, score));
    if (pending != null) {
      pending.put(member, score);
    }
  }

  private double scoreBefore(Bytes member) {
    Double earlier = pending == null ? null : pending.get(member);
    if (earlier != null) {
      return earlier;
    }
    return set == null ? Double.NaN : set.score(member);
  }

  private RespReply reply() {
    if (increments) {
      return Double.isNaN(lastScore) ? Replies.NULL : Replies.number(lastScore);
    }
    return Replies.integer(countsChanged ? added + updated : added);
  }
}
