package naru.engine.stream;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// A fixed run of numbers inside an op, equal by content.
public final class Longs {
  private final long[] numbers;

  private Longs(long[] numbers) {
    this.numbers = numbers;
  }

  /// The array is given away.
  public static Longs of(long... numbers) {
    return new Longs(numbers);
  }

  public int size() {
    return numbers.length;
  }

  public long get(int index) {
    return numbers[index];
  }

  /// Numbers that come one by one.
  public static final class Growing {
    private long[] numbers = new long[4];
    private int size;

    public void add(long number) {
      if (size == numbers.length) {
        numbers = Arrays.copyOf(numbers, 2 * size);
      }
      numbers[size++] = number;
    }

    /// All so far.
    public Longs all() {
      return of(Arrays.copyOf(numbers, size));
    }
  }

  long[] toArray() {
    return numbers.clone();
  }

  @Override
  public boolean equals(@Nullable Object object) {
    return object instanceof Longs other && Arrays.equals(numbers, other.numbers);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(numbers);
  }

  @Override
  public String toString() {
    return Arrays.toString(numbers);
  }
}
