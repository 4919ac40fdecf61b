package naru.compatibility.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;
import naru.compatibility.NewerThanRedis7;
import naru.compatibility.OneBroker;
import naru.compatibility.RawClient;
import naru.compatibility.Reply;
import naru.compatibility.Together;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Clients that ask for gigabytes and do not fetch them. Redis holds it all for them.
@NewerThanRedis7
final class SlowReadersTest {
  @RegisterExtension static final OneBroker shared = new OneBroker();

  private static final int RECEIVE_BUFFER_BYTES = 1 << 16;
  private static final String MEGABYTE = "m".repeat(1 << 20);

  @Test
  void whoDoesNotReadItsAnswersIsNotReadFromEither() throws Exception {
    int questions = 2_000;
    try (RawClient writer = shared.connect();
        Together together = new Together()) {
      writer.call("SET", "big", MEGABYTE);
      try (Bystander bystander = new Bystander(shared.broker());
          RawClient slow = RawClient.to(shared.port(), RECEIVE_BUFFER_BYTES)) {
        Future<Integer> asking = together.begin(() -> ask(slow, questions));
        for (int i = 0; i < 20; i++) {
          assertThat(writer.call("GET", "big")).isInstanceOf(Reply.Bulk.class);
          bystander.isUndisturbed();
        }
        for (int i = 0; i < questions; i++) {
          assertThat(slow.read().text()).hasSize(MEGABYTE.length());
        }
        assertThat(Together.result(asking)).isEqualTo(questions);
        bystander.isUndisturbed();
      }
    }
  }

  private static int ask(RawClient client, int questions) {
    for (int i = 0; i < questions; i++) {
      client.send("GET", "big");
    }
    return questions;
  }

  @Test
  void aMessageIsHeldOnceForAllWhoHaveNotReadIt() {
    List<RawClient> subscribers = new ArrayList<>();
    try (RawClient publisher = shared.connect();
        Bystander bystander = new Bystander(shared.broker())) {
      for (int i = 0; i < 200; i++) {
        RawClient subscriber = RawClient.to(shared.port(), RECEIVE_BUFFER_BYTES);
        subscriber.call("SUBSCRIBE", "news");
        subscribers.add(subscriber);
      }
      for (int i = 0; i < 15; i++) {
        assertThat(publisher.call("PUBLISH", "news", MEGABYTE).whole()).isEqualTo(200);
      }
      bystander.isUndisturbed();
    } finally {
      subscribers.forEach(RawClient::close);
    }
  }
}
