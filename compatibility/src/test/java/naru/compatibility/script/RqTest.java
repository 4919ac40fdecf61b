package naru.compatibility.script;

import static org.assertj.core.api.Assertions.assertThat;

import naru.compatibility.Broker;
import naru.compatibility.ran.Client;
import naru.compatibility.ran.Ran;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// RQ with its workers; what happens is in `src/test/python/test_rq.py`.
final class RqTest {
  @Test
  @Timeout(150)
  void rqDoesItsJobsUnmodified() {
    try (Broker broker = Broker.start()) {
      Script.Outcome outcome = Python.run(broker, "test_rq.py");
      assertThat(outcome.output()).containsPattern("Ran [1-9]\\d* tests? in ");
      assertThat(outcome.exitCode()).as(outcome.output()).isZero();
      Ran.script(Client.RQ, "jobs", outcome.output());
    }
  }
}
