package naru.measure.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/// All rounds of one load, by server.
///
/// @param name by which it can be asked for
/// @param title for people
public record Row(String name, String title, Map<String, List<Sample>> samples) {
  public Row(String name, String title) {
    this(name, title, new LinkedHashMap<>());
  }

  public void add(String server, Sample sample) {
    samples.computeIfAbsent(server, _ -> new ArrayList<>()).add(sample);
  }

  /// One for each round, in their order.
  List<Double> rounds(String server, Figure figure) {
    return samples.getOrDefault(server, List.of()).stream()
        .map(sample -> sample.value(figure))
        .filter(OptionalDouble::isPresent)
        .map(OptionalDouble::getAsDouble)
        .toList();
  }

  /// The one in the middle; of an even number the mean of the two there.
  public OptionalDouble median(String server, Figure figure) {
    List<Double> sorted = rounds(server, figure).stream().sorted().toList();
    int count = sorted.size();
    return count == 0
        ? OptionalDouble.empty()
        : OptionalDouble.of((sorted.get((count - 1) / 2) + sorted.get(count / 2)) / 2);
  }

  /// What one server has for one of the other; nothing if either has no figure, or the other none
  /// to divide by.
  OptionalDouble ratio(String ours, String theirs, Figure figure) {
    OptionalDouble one = median(ours, figure);
    OptionalDouble other = median(theirs, figure);
    return one.isEmpty() || other.isEmpty() || other.getAsDouble() == 0
        ? OptionalDouble.empty()
        : OptionalDouble.of(one.getAsDouble() / other.getAsDouble());
  }
}
