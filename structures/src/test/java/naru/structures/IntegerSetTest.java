package naru.structures;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IntegerSetTest {
  private static List<Long> numbers(IntegerSet set) {
    List<Long> numbers = new ArrayList<>();
    for (int i = 0; i < set.size(); i++) {
      numbers.add(set.at(i));
    }
    return numbers;
  }

  @ParameterizedTest
  @ValueSource(ints = {8, 15, 16, 31, 32, 40, 64})
  void itIsASortedSetWhateverHappens(int bits) {
    Random random = new Random(bits);
    IntegerSet set = new IntegerSet();
    TreeSet<Long> twin = new TreeSet<>();
    for (int step = 0; step < 4_000; step++) {
      long number = random.nextLong() >> (64 - 1 - random.nextInt(bits));
      if (random.nextInt(3) > 0) {
        assertThat(set.add(number)).isEqualTo(twin.add(number));
      } else {
        assertThat(set.remove(number)).isEqualTo(twin.remove(number));
      }
      assertThat(set.contains(number)).isEqualTo(twin.contains(number));
    }
    assertThat(numbers(set)).isEqualTo(List.copyOf(twin));
    assertThat(numbers(set.copy())).isEqualTo(List.copyOf(twin));
    while (!twin.isEmpty()) {
      assertThat(set.remove(twin.pollFirst())).isTrue();
    }
    assertThat(set.size()).isZero();
  }
}
