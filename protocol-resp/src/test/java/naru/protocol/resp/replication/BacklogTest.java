package naru.protocol.resp.replication;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BacklogTest {
  private static final int SEGMENT = Backlog.SEGMENT_BYTES;

  private static byte[] read(Backlog backlog, long from) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    backlog.read(from, bytes::writeBytes);
    return bytes.toByteArray();
  }

  @Test
  void itsEndIsThatOfAllThatWasSaidWhateverThePieces() {
    Random random = new Random(4711);
    for (int round = 0; round < 50; round++) {
      int limit = SEGMENT * (1 + random.nextInt(4)) + random.nextInt(SEGMENT);
      long first = 1 + random.nextInt(1000);
      Backlog backlog = new Backlog(first, limit);
      ByteArrayOutputStream all = new ByteArrayOutputStream();
      for (int i = 0; i < 60; i++) {
        byte[] piece = new byte[random.nextInt(random.nextBoolean() ? 100 : 3 * SEGMENT)];
        random.nextBytes(piece);
        backlog.append(piece);
        all.writeBytes(piece);
        long end = first + all.size();
        assertThat(backlog.first() + backlog.length()).isEqualTo(end);
        assertThat(backlog.length())
            .isBetween(Math.min(limit, all.size()) + 0L, limit + SEGMENT + 0L);
        assertThat(backlog.sizeBytes()).isLessThanOrEqualTo(limit + 2L * SEGMENT);
        long from = backlog.first() + random.nextLong(backlog.length() + 1);
        byte[] expected = Arrays.copyOfRange(all.toByteArray(), (int) (from - first), all.size());
        assertThat(read(backlog, from)).isEqualTo(expected);
      }
    }
  }

  @Test
  void itReachesFromItsFirstByteToTheNextThatComes() {
    Backlog backlog = new Backlog(11, SEGMENT);
    assertThat(backlog.reaches(10)).isFalse();
    assertThat(backlog.reaches(11)).isTrue();
    assertThat(backlog.reaches(12)).isFalse();
    backlog.append(new byte[5]);
    assertThat(backlog.reaches(16)).isTrue();
    assertThat(backlog.reaches(17)).isFalse();
  }

  @Test
  void whatWasHandedOutIsNotWrittenAgain() {
    Backlog backlog = new Backlog(1, 4 * SEGMENT);
    byte[] one = new byte[SEGMENT + 10];
    Arrays.fill(one, (byte) 1);
    backlog.append(one);
    byte[][] handed = new byte[2][];
    int[] count = {0};
    backlog.read(1, bytes -> handed[count[0]++] = bytes);
    byte[] two = new byte[2 * SEGMENT];
    Arrays.fill(two, (byte) 2);
    backlog.append(two);
    assertThat(handed[0]).containsOnly(1).hasSize(SEGMENT);
    assertThat(handed[1]).containsOnly(1).hasSize(10);
  }

  @Test
  void aLowerLimitLetsGoAtOnce() {
    Backlog backlog = new Backlog(1, 10L * SEGMENT);
    backlog.append(new byte[10 * SEGMENT]);
    backlog.limit(2 * SEGMENT);
    assertThat(backlog.length()).isEqualTo(2 * SEGMENT);
    assertThat(backlog.first()).isEqualTo(8L * SEGMENT + 1);
  }
}
