package naru.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class SyncProofTest {
  private final SyncProof proof = new SyncProof();

  @Test
  void nothingIsProvenByNoRecordAndByTheFirst() {
    assertThat(proof.offset()).isZero();
    proof.read(7, 32, 0);
    assertThat(proof.offset()).isZero();
  }

  @Test
  void aRecordThatKnowsOfNoUnsyncedOneProvesAllBeforeIt() {
    proof.read(7, 32, 0);
    proof.read(8, 100, 0);
    assertThat(proof.offset()).isEqualTo(32);
    proof.read(9, 200, 0);
    assertThat(proof.offset()).isEqualTo(100);
  }

  @Test
  void whatNoRecordKnowsToBeSyncedIsNotProven() {
    for (int i = 0; i < 100; i++) {
      proof.read(7 + i, 32 + 10L * i, i);
    }
    assertThat(proof.offset()).isLessThanOrEqualTo(32);
  }

  /// Each record takes ten bytes.
  @Test
  void neverMoreIsProvenThanWasSynced() {
    SplittableRandom random = new SplittableRandom(1);
    long synced = 0;
    for (long position = 1; position < 10_000; position++) {
      synced = random.nextInt(5) == 0 ? random.nextLong(synced, position) : synced;
      proof.read(position, 10 * position, (int) (position - 1 - synced));
      assertThat(proof.offset()).isLessThanOrEqualTo(10 * (synced + 1));
    }
    assertThat(proof.offset()).isGreaterThan(90_000);
  }
}
