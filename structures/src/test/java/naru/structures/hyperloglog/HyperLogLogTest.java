package naru.structures.hyperloglog;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import naru.bytes.Bytes;
import org.junit.jupiter.api.Test;

class HyperLogLogTest {
  private static final long NO_LIMIT = Long.MAX_VALUE;

  @Test
  void registersAreThoseOfAPlainArray() {
    Random random = new Random(6);
    HyperLogLog sparse = HyperLogLog.empty();
    HyperLogLog dense = HyperLogLog.empty();
    assertThat(dense.makeDense()).isTrue();
    byte[] twin = HyperLogLog.noValues();
    for (int i = 0; i < 20_000; i++) {
      int register = random.nextInt(random.nextBoolean() ? 40 : HyperLogLog.REGISTERS);
      int value = 1 + random.nextInt(4);
      HyperLogLog.Outcome outcome =
          value > twin[register] ? HyperLogLog.Outcome.CHANGED : HyperLogLog.Outcome.UNCHANGED;
      assertThat(sparse.raise(register, value, NO_LIMIT)).isEqualTo(outcome);
      assertThat(dense.raise(register, value, NO_LIMIT)).isEqualTo(outcome);
      twin[register] = (byte) Math.max(twin[register], value);
    }
    assertThat(sparse.isDense()).isFalse();
    assertThat(sparse.values()).isEqualTo(twin);
    assertThat(dense.values()).isEqualTo(twin);
    assertThat(sparse.count()).isEqualTo(dense.count()).isEqualTo(HyperLogLog.count(twin));
    assertThat(sparse.makeDense()).isTrue();
    sparse.keepCount(0);
    dense.keepCount(0);
    assertThat(sparse.bytes()).isEqualTo(dense.bytes());
  }

  @Test
  void aGreatValueMakesItDense() {
    HyperLogLog sketch = HyperLogLog.empty();
    sketch.raise(16_383, 32, NO_LIMIT);
    assertThat(sketch.isDense()).isFalse();
    sketch.raise(16_383, 51, NO_LIMIT);
    assertThat(sketch.isDense()).isTrue();
    assertThat(sketch.values()[16_383]).isEqualTo((byte) 51);
  }

  @Test
  void theCountIsWithinAFewPercentOfTheTruth() {
    HyperLogLog sketch = HyperLogLog.empty();
    for (int i = 1; i <= 1_000_000; i++) {
      sketch.add(Bytes.of("element" + i), 3000);
      if (Integer.toString(i).matches("10*")) {
        assertThat(Math.abs(sketch.count() - i)).isLessThanOrEqualTo((long) Math.ceil(i * 0.03));
      }
    }
  }

  @Test
  void aCountIsKeptUntilItIsForgotten() {
    HyperLogLog sketch = HyperLogLog.empty();
    sketch.keepCount(300);
    assertThat(HyperLogLog.cachedCount(sketch.bytes())).isEqualTo(300);
    sketch.forgetCount();
    assertThat(HyperLogLog.cachedCount(sketch.bytes())).isNegative();
  }

  @Test
  void whatHasTooFewRegistersIsCorrupt() {
    byte[] bytes = HyperLogLog.empty().bytes().copy();
    bytes[17] = 0;
    HyperLogLog sketch = HyperLogLog.of(Bytes.of(bytes));
    assertThat(sketch.count()).isNegative();
    assertThat(sketch.values()).isNull();
    assertThat(sketch.makeDense()).isFalse();
    assertThat(sketch.raise(16_383, 1, NO_LIMIT)).isEqualTo(HyperLogLog.Outcome.CORRUPT);
  }
}
