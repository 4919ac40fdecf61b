package naru.measure.report;

import java.util.EnumMap;
import java.util.Map;
import java.util.OptionalDouble;

/// What one round on one server gave.
public final class Sample {
  private final Map<Figure, Double> values = new EnumMap<>(Figure.class);

  /// Adds a figure; one that is no number is left out.
  public Sample with(Figure figure, double value) {
    if (Double.isFinite(value)) {
      values.put(figure, value);
    }
    return this;
  }

  /// Adds all of another.
  public Sample with(Sample other) {
    values.putAll(other.values);
    return this;
  }

  public OptionalDouble value(Figure figure) {
    Double value = values.get(figure);
    return value == null ? OptionalDouble.empty() : OptionalDouble.of(value);
  }
}
