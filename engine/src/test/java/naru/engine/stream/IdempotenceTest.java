package naru.engine.stream;

import static org.assertj.core.api.Assertions.assertThat;

import naru.bytes.Bytes;
import org.junit.jupiter.api.Test;

class IdempotenceTest {
  private static final Bytes PRODUCER = Bytes.of("p");
  private final Idempotence idempotence = new Idempotence(3);

  private void remember(String message, long ms) {
    idempotence.remember(
        PRODUCER, Bytes.of(message), new StreamId(ms, 0), idempotence.forgottenMs(ms));
  }

  @Test
  void aMessageIsFoundUntilItsTimeIsOver() {
    remember("m", 1_000_000);
    assertThat(idempotence.find(PRODUCER, Bytes.of("m"), 1_099_999))
        .isEqualTo(new StreamId(1_000_000, 0));
    assertThat(idempotence.find(PRODUCER, Bytes.of("m"), 1_100_000)).isNull();
    assertThat(idempotence.messages(1_099_999)).isEqualTo(1);
    assertThat(idempotence.producers(1_100_000)).isZero();
  }

  @Test
  void theOldestMessageGoesWhenAProducerHasTooMany() {
    idempotence.configure(100, 2);
    remember("a", 1);
    remember("b", 2);
    remember("c", 3);
    assertThat(idempotence.find(PRODUCER, Bytes.of("a"), 3)).isNull();
    assertThat(idempotence.find(PRODUCER, Bytes.of("b"), 3)).isNotNull();
    assertThat(idempotence.added()).isEqualTo(3);
  }

  @Test
  void addingTakesAwayWhatIsForgotten() {
    remember("a", 1);
    idempotence.remember(Bytes.of("q"), Bytes.of("b"), new StreamId(200_000, 0), 100_000);
    long[] left = {0};
    idempotence.forEach((_, _, _) -> left[0]++);
    assertThat(left[0]).isEqualTo(1);
  }

  @Test
  void otherSettingsForgetEverything() {
    remember("a", 1);
    idempotence.configure(5, 5);
    assertThat(idempotence.find(PRODUCER, Bytes.of("a"), 1)).isNull();
  }
}
