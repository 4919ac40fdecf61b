package naru.structures;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import naru.bytes.Bytes;
import org.junit.jupiter.api.Test;

class HashTest {
  @Test
  void itDependsOnTheBytesAloneNotOnWhereTheyLie() {
    Random random = new Random(1);
    for (int length = 0; length < 70; length++) {
      byte[] bytes = new byte[length];
      random.nextBytes(bytes);
      byte[] elsewhere = new byte[length + 13];
      random.nextBytes(elsewhere);
      System.arraycopy(bytes, 0, elsewhere, 5, length);
      assertThat(Hash.of(Bytes.of(elsewhere, 5, length), 7)).isEqualTo(Hash.of(Bytes.of(bytes), 7));
    }
  }

  @Test
  void aChangedBitOrSeedOrLengthChangesIt() {
    for (int length = 1; length < 40; length++) {
      byte[] bytes = new byte[length];
      Set<Integer> hashes = new HashSet<>();
      hashes.add(Hash.of(bytes, 0, length, 7));
      hashes.add(Hash.of(bytes, 0, length, 8));
      hashes.add(Hash.of(bytes, 0, length - 1, 7));
      for (int bit = 0; bit < 8 * length; bit++) {
        bytes[bit / 8] ^= (byte) (1 << (bit % 8));
        hashes.add(Hash.of(bytes, 0, length, 7));
        bytes[bit / 8] ^= (byte) (1 << (bit % 8));
      }
      assertThat(hashes).hasSize(3 + 8 * length);
    }
  }

  @Test
  void numberedKeysSpreadEvenlyOverTheTopBits() {
    int[] counts = new int[256];
    for (int i = 0; i < 256_000; i++) {
      counts[Hash.of(Bytes.of("key:" + i), 3) >>> 24]++;
    }
    double chiSquare = 0;
    for (int count : counts) {
      chiSquare += (count - 1000.0) * (count - 1000.0) / 1000;
    }
    assertThat(chiSquare).isLessThan(255 + 6 * Math.sqrt(2 * 255));
  }
}
