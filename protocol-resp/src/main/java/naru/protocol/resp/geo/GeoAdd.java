package naru.protocol.resp.geo;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import naru.bytes.Bytes;
import naru.engine.Decision;
import naru.engine.KeyEvent.Kind;
import naru.engine.sortedset.ScoredMember;
import naru.engine.sortedset.SortedSetOp;
import naru.engine.sortedset.SortedSetValue;
import naru.protocol.resp.verb.Call;
import naru.protocol.resp.verb.Flag;
import naru.protocol.resp.verb.Replies;
import naru.protocol.resp.verb.Verb;
import org.jspecify.annotations.Nullable;

/// Giving members a place.
public final class GeoAdd {
  public static final List<Verb> VERBS =
      List.of(
          Verb.of(
                  "GEOADD key [NX | XX] [CH(change)] longitude latitude member [longitude latitude"
                      + " member ...]",
                  call -> new GeoAdd(call).decide())
              .since("3.2.0")
              .flags(Flag.WRITE, Flag.DENYOOM)
              .keys("RW update")
              .summary(
                  "Adds one or more members to a geospatial index. The key is created if it "
                      + "doesn't exist.")
              .complexity(
                  "O(log(N)) for each item added, where N is the number of elements in the sorted "
                      + "set."));

  private final Call call;
  private final List<ScoredMember> scored = new ArrayList<>();
  private final Map<Bytes, Double> pending = new HashMap<>();
  private boolean onlyNew;
  private boolean onlyPresent;
  private boolean countsChanged;
  private int added;

  private GeoAdd(Call call) {
    this.call = call;
  }

  private Decision decide() {
    int first = 2;
    while (first < call.count() && readOption(first)) {
      first++;
    }
    int words = call.count() - first;
    if (words == 0 || words % 3 != 0 || (onlyNew && onlyPresent)) {
      throw Call.syntaxError();
    }
    double[] scores = new double[words / 3];
    for (int i = 0; i < scores.length; i++) {
      scores[i] = GeoWords.place(call, first + 3 * i).score();
    }
    Bytes key = call.arg(1);
    SortedSetValue set = call.find(key, SortedSetValue.class);
    for (int i = 0; i < scores.length; i++) {
      score(set, call.arg(first + 3 * i + 2), scores[i]);
    }
    long reply = countsChanged ? scored.size() : added;
    if (scored.isEmpty()) {
      return Decision.done(Replies.integer(reply));
    }
    return Decision.done(
            Replies.integer(reply), new SortedSetOp.Scored(call.database(), key, scored))
        .event(Kind.SORTED_SET, "zadd", call.database(), key);
  }

  private boolean readOption(int at) {
    if (call.is(at, "NX")) {
      onlyNew = true;
    } else if (call.is(at, "XX")) {
      onlyPresent = true;
    } else if (call.is(at, "CH")) {
      countsChanged = true;
    } else {
      return false;
    }
    return true;
  }

  private void score(@Nullable SortedSetValue set, Bytes member, double score) {
    double before = pending.getOrDefault(member, set == null ? Double.NaN : set.score(member));
    boolean present = !Double.isNaN(before);
    if ((present ? onlyNew : onlyPresent) || score == before) {
      return;
    }
    added += present ? 0 : 1;
    scored.add(new ScoredMember(member, score));
    pending.put(member, score);
  }
}
