package naru.protocol.resp.key;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import naru.bytes.Bytes;
import naru.bytes.Doubles;
import naru.engine.Refusal;
import naru.protocol.resp.verb.Call;
import org.jspecify.annotations.Nullable;

/// Puts elements in order and takes the part of them that is wanted.
final class Sorting {
  private final SortOptions options;
  private final SortPatterns patterns;

  /// An element and what it is sorted by.
  private record Weighed(Bytes element, @Nullable Bytes weight, double score) {}

  Sorting(Call call, SortOptions options) {
    this.options = options;
    this.patterns = new SortPatterns(call);
  }

  List<Bytes> sorted(List<Bytes> elements) {
    if (options.keepsOrder()) {
      return limited(elements);
    }
    List<Weighed> weighed = new ArrayList<>(elements.size());
    for (Bytes element : elements) {
      weighed.add(weighed(element));
    }
    Comparator<Weighed> order = options.alpha() ? alphabetical() : numerical();
    weighed.sort(options.descending() ? order.reversed() : order);
    List<Bytes> sorted = new ArrayList<>(elements.size());
    for (Weighed item : weighed) {
      sorted.add(item.element);
    }
    return limited(sorted);
  }

  private Weighed weighed(Bytes element) {
    Bytes by = options.by();
    Bytes weight = by == null ? element : patterns.lookUp(by, element);
    double score = 0;
    if (!options.alpha() && weight != null) {
      score = number(weight);
      if (Double.isNaN(score)) {
        throw new Refusal("One or more scores can't be converted into double");
      }
    }
    return new Weighed(element, weight, score);
  }

  /// As `strtod` reads what stands before the first zero byte; nothing at all is 0.
  private static double number(Bytes text) {
    int end = 0;
    while (end < text.length() && text.at(end) != 0) {
      end++;
    }
    return end == 0 ? 0 : Doubles.parse(withoutLeadingSpace(text.slice(0, end)));
  }

  /// As `strtod` passes over it.
  private static Bytes withoutLeadingSpace(Bytes text) {
    int start = 0;
    while (start < text.length()
        && (text.at(start) == ' ' || (text.at(start) >= '\t' && text.at(start) <= '\r'))) {
      start++;
    }
    return text.slice(start, text.length());
  }

  private static Comparator<Weighed> numerical() {
    return (one, other) -> {
      int byScore = Double.compare(one.score + 0.0, other.score + 0.0);
      return byScore != 0 ? byScore : one.element.compareTo(other.element);
    };
  }

  /// What has no weight comes first.
  private static Comparator<Weighed> alphabetical() {
    return Comparator.comparing(
        Weighed::weight, Comparator.nullsFirst(Comparator.<Bytes>naturalOrder()));
  }

  private List<Bytes> limited(List<Bytes> elements) {
    long size = elements.size();
    long from = Math.min(Math.max(options.limitOffset(), 0), size);
    long count = options.limitCount() < 0 ? size : Math.min(options.limitCount(), size);
    return elements.subList((int) from, (int) Math.min(from + count, size));
  }
}
