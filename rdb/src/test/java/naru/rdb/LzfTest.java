package naru.rdb;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import naru.bytes.Bytes;
import org.junit.jupiter.api.Test;

class LzfTest {
  private static byte[] any(Random random, int length, int letters) {
    byte[] bytes = new byte[length];
    for (int i = 0; i < length; i++) {
      bytes[i] = i > 20 && random.nextInt(4) > 0 ? bytes[i - 1 - random.nextInt(20)] : 0;
      if (bytes[i] == 0) {
        bytes[i] = (byte) random.nextInt(letters);
      }
    }
    return bytes;
  }

  @Test
  void whatIsCompressedExpandsToTheSame() {
    Random random = new Random(5);
    Lzf lzf = new Lzf();
    int[] length = new int[1];
    int compressed = 0;
    for (int i = 0; i < 2000; i++) {
      byte[] bytes = any(random, random.nextInt(i < 1900 ? 400 : 100_000), 1 + random.nextInt(256));
      byte[] output = lzf.compress(Bytes.of(bytes), length);
      if (output != null) {
        compressed++;
        assertThat(length[0]).isLessThanOrEqualTo(bytes.length - 4);
        assertThat(Lzf.mayExpand(length[0], bytes.length)).isTrue();
        assertThat(Lzf.expand(Bytes.of(output, 0, length[0]), bytes.length)).isEqualTo(bytes);
      }
    }
    assertThat(compressed).isGreaterThan(200);
  }

  @Test
  void aLongRunOfOneByteBecomesWhatRedisMakesOfIt() {
    byte[] bytes = new byte[64];
    Arrays.fill(bytes, (byte) 'x');
    int[] length = new int[1];
    byte[] output = new Lzf().compress(Bytes.of(bytes), length);
    assertThat(HexFormat.of().formatHex(output, 0, length[0])).isEqualTo("017878e03300017878");
  }

  @Test
  void noBytesExpandToMoreOrLessThanIsSaid() {
    Random random = new Random(8);
    for (int i = 0; i < 20_000; i++) {
      byte[] bytes = new byte[random.nextInt(40)];
      random.nextBytes(bytes);
      int length = random.nextInt(300);
      byte[] expanded = Lzf.expand(Bytes.of(bytes), length);
      assertThat(expanded == null || expanded.length == length).isTrue();
    }
  }
}
