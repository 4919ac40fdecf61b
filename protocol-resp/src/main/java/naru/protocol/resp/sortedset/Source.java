package naru.protocol.resp.sortedset;

import naru.bytes.Bytes;
import naru.engine.Value;
import naru.engine.set.SetValue;
import naru.engine.sortedset.MemberVisitor;
import naru.engine.sortedset.SortedSetValue;
import naru.protocol.resp.verb.Call;
import org.jspecify.annotations.Nullable;

/// What goes into a union or an intersection: a sorted set, a set, whose members all have the score
/// 1, or nothing; and the weight that it has.
final class Source {
  private final @Nullable SortedSetValue sorted;
  private final @Nullable SetValue plain;
  private double weight = 1;

  private Source(@Nullable SortedSetValue sorted, @Nullable SetValue plain) {
    this.sorted = sorted;
    this.plain = plain;
  }

  /// What the word at `index` names.
  static Source read(Call call, int index) {
    Value value = call.value(call.arg(index));
    if (value == null || value instanceof SortedSetValue) {
      return new Source((SortedSetValue) value, null);
    }
    if (value instanceof SetValue set) {
      return new Source(null, set);
    }
    throw Call.wrongType();
  }

  void weight(double newWeight) {
    weight = newWeight;
  }

  double weight() {
    return weight;
  }

  int size() {
    if (sorted != null) {
      return sorted.size();
    }
    return plain == null ? 0 : plain.size();
  }

  /// The score of a member, NaN if it is none.
  double score(Bytes member) {
    if (sorted != null) {
      return sorted.score(member);
    }
    return plain != null && plain.contains(member) ? 1 : Double.NaN;
  }

  void forEach(MemberVisitor visitor) {
    if (sorted != null) {
      sorted.forEach(visitor);
    } else if (plain != null) {
      plain.forEach(member -> visitor.member(member, 1));
    }
  }
}
