package naru.protocol.resp.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import naru.bytes.Bytes;
import org.junit.jupiter.api.Test;

class SlotsTest {
  private static int of(String key) {
    return Slots.of(Bytes.of(key));
  }

  @Test
  void theSlotIsThatOfRedis() {
    assertThat(of("123456789")).isEqualTo(0x31C3);
    assertThat(of("foo")).isEqualTo(12182);
    assertThat(of("bar")).isEqualTo(5061);
    assertThat(of("")).isZero();
  }

  @Test
  void theTagDecides() {
    assertThat(of("foo{bar}x")).isEqualTo(5061);
    assertThat(of("{bar}{foo}")).isEqualTo(5061);
    assertThat(of("foo{}{bar}")).isNotEqualTo(of("bar")).isNotEqualTo(of(""));
    assertThat(of("foo{{bar}}zap")).isEqualTo(of("{bar"));
    assertThat(of("foo{bar")).isNotEqualTo(of("bar"));
  }

  @Test
  void aPatternHasASlotIfItsTagIsPlain() {
    assertThat(Slots.ofPattern(Bytes.of("w{bar}*"))).isEqualTo(5061);
    assertThat(Slots.ofPattern(Bytes.of("bar"))).isEqualTo(5061);
    assertThat(Slots.ofPattern(Bytes.of("*{bar}"))).isEqualTo(-1);
    assertThat(Slots.ofPattern(Bytes.of("w_*"))).isEqualTo(-1);
  }
}
