package naru.compatibility.script;

import static org.assertj.core.api.Assertions.assertThat;

import naru.compatibility.Broker;
import naru.compatibility.ran.Client;
import naru.compatibility.ran.Ran;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Celery with the broker as its broker and its store of results; what happens is in
/// `src/test/python/test_celery.py`.
final class CeleryTest {
  @Test
  @Timeout(150)
  void celeryDoesEveryTaskThoughAWorkerIsKilled() {
    try (Broker broker = Broker.start()) {
      Script.Outcome outcome = Python.run(broker, "test_celery.py");
      assertThat(outcome.output()).containsPattern("Ran [1-9]\\d* tests? in ");
      assertThat(outcome.exitCode()).as(outcome.output()).isZero();
      Ran.script(Client.CELERY, "jobs", outcome.output());
    }
  }
}
