package naru.compatibility.script;

import static org.assertj.core.api.Assertions.assertThat;

import naru.compatibility.Broker;
import naru.compatibility.OneBroker;
import naru.compatibility.ran.Client;
import naru.compatibility.ran.Ran;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// redis-py; its scripts are in `src/test/python`.
final class RedisPyTest {
  @RegisterExtension static final OneBroker shared = new OneBroker();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "test_queues.py",
        "test_streams.py",
        "test_pubsub.py",
        "test_transactions.py",
        "test_connections.py",
        "test_asyncio.py"
      })
  @Timeout(150)
  void redisPyFindsWhatItFindsInRedis(String script) {
    run(shared.broker(), script.replaceAll("test_|\\.py", ""), script);
  }

  static void run(Broker broker, String area, String script) {
    Script.Outcome outcome = Python.run(broker, script);
    assertThat(outcome.output()).containsPattern("Ran [1-9]\\d* tests? in ");
    assertThat(outcome.exitCode()).as(outcome.output()).isZero();
    Ran.script(Client.REDIS_PY, area, outcome.output());
  }
}
