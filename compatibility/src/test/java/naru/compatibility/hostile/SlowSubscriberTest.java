package naru.compatibility.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import naru.compatibility.OneBroker;
import naru.compatibility.RawClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// A subscriber that does not read is let go at its output limit, 32 MB unless set otherwise.
final class SlowSubscriberTest {
  @RegisterExtension static final OneBroker shared = new OneBroker();

  private static final int MESSAGE_BYTES = 1 << 20;
  private static final int MESSAGES_MAX = 200;
  private static final int RECEIVE_BUFFER_BYTES = 1 << 16;

  @Test
  void isClosedAtItsOutputLimitWhileTheOthersGetEverything() throws Exception {
    String message = "m".repeat(MESSAGE_BYTES);
    try (Bystander bystander = new Bystander(shared.broker());
        RawClient publisher = shared.connect();
        RawClient reader = shared.connect();
        RawClient slow = RawClient.to(shared.port(), RECEIVE_BUFFER_BYTES)) {
      subscribe(slow);
      subscribe(reader);
      CompletableFuture<Integer> read = CompletableFuture.supplyAsync(() -> readAll(reader));

      int published = 0;
      long receivers = 2;
      while (receivers == 2 && published < MESSAGES_MAX) {
        receivers = publisher.call("PUBLISH", "news", message).whole();
        published++;
      }

      assertThat(receivers).as("receivers after " + published + " messages").isEqualTo(1);
      assertThat(published).as("messages until the slow one was let go").isBetween(30, 60);
      publisher.call("PUBLISH", "news", "end");
      assertThat(read.get(30, TimeUnit.SECONDS)).isEqualTo(published);
      assertThat(slow.readUntilClosed().length()).isLessThan(published * MESSAGE_BYTES);
      bystander.isUndisturbed();
    }
  }

  private static void subscribe(RawClient client) {
    assertThat(client.call("SUBSCRIBE", "news").texts()).startsWith("subscribe", "news");
  }

  private static int readAll(RawClient reader) {
    int messages = 0;
    while (!reader.read().texts().getLast().equals("end")) {
      messages++;
    }
    return messages;
  }
}
