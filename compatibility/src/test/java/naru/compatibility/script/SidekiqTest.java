package naru.compatibility.script;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import naru.compatibility.Broker;
import naru.compatibility.Repository;
import naru.compatibility.ran.Client;
import naru.compatibility.ran.Ran;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Sidekiq with its workers; what happens is in `src/test/ruby/test_sidekiq.rb`.
final class SidekiqTest {
  @Test
  @Timeout(150)
  void sidekiqDoesItsJobsUnmodified() {
    Path folder = Repository.tests().resolve("ruby");
    try (Broker broker = Broker.start()) {
      Script.Outcome outcome =
          Script.run(folder, broker, List.of("ruby", "test_sidekiq.rb", "--verbose"));
      assertThat(outcome.output()).containsPattern("[1-9]\\d* runs, ").contains(" 0 skips");
      assertThat(outcome.exitCode()).as(outcome.output()).isZero();
      Ran.script(Client.SIDEKIQ, "jobs", outcome.output());
    }
  }
}
