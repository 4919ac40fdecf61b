package naru.compatibility;

import java.util.List;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;

/// One broker for a test class, emptied before each test; what it said is shown where a test fails.
public final class OneBroker
    implements BeforeAllCallback,
        BeforeEachCallback,
        AfterAllCallback,
        TestExecutionExceptionHandler {
  private final List<String> options;
  private Broker broker;

  public OneBroker(String... options) {
    this.options = List.of(options);
  }

  public Broker broker() {
    return broker;
  }

  public int port() {
    return broker.port();
  }

  public String uri() {
    return broker.uri();
  }

  public RawClient connect() {
    return RawClient.to(broker);
  }

  @Override
  public void beforeAll(ExtensionContext context) {
    if (broker == null) { // A parameterized class begins once for all and once for each parameter.
      broker = Broker.start(options);
    }
  }

  @Override
  public void beforeEach(ExtensionContext context) {
    try (RawClient client = connect()) {
      client.call("FLUSHALL");
    }
  }

  @Override
  public void afterAll(ExtensionContext context) {
    broker.close();
    broker = null;
  }

  @Override
  public void handleTestExecutionException(ExtensionContext context, Throwable failure)
      throws Throwable {
    failure.addSuppressed(new BrokerSaid(broker.output()));
    throw failure;
  }

  private static final class BrokerSaid extends Exception {
    BrokerSaid(String output) {
      super("the broker said:\n" + output, null, false, false);
    }
  }
}
