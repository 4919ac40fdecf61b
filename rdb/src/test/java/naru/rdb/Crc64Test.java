package naru.rdb;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;

class Crc64Test {
  @Test
  void checksumOfTheUsualDigitsIsTheOneThatRedisNames() {
    byte[] digits = "123456789".getBytes(StandardCharsets.US_ASCII);
    assertThat(Crc64.update(0, digits, 0, 9)).isEqualTo(0xE9C6D914C4B8D9CAL);
  }

  @Test
  void eightBytesAStepGiveWhatOneByteAStepGives() {
    byte[] bytes = new byte[1000];
    new Random(3).nextBytes(bytes);
    for (int from = 0; from < 20; from++) {
      long slowly = 0;
      for (int i = from; i < bytes.length - from; i++) {
        slowly = Crc64.update(slowly, bytes, i, 1);
      }
      assertThat(Crc64.update(0, bytes, from, bytes.length - 2 * from)).isEqualTo(slowly);
    }
  }
}
