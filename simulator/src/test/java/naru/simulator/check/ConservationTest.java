package naru.simulator.check;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import naru.simulator.SimulationFailure;
import naru.simulator.model.Reply;
import org.junit.jupiter.api.Test;

/// The model says beforehand what has to come, so what is seen from clients alone is tried here.
class ConservationTest {
  private final Conservation conservation = new Conservation();

  private static Sent sent(String... words) {
    return new Sent(List.of(words), Sent.Kind.ALONE);
  }

  private static Sent answered(Reply reply, String... words) {
    Sent sent = sent(words);
    sent.answer(reply, 1, 2);
    return sent;
  }

  private void hear(String listener, String message) {
    Reply push = new Reply.Push(Reply.texts(List.of("message", "news", message)));
    conservation.received(listener, answered(push, "(push)"));
  }

  private void publish(String connection, String message) {
    conservation.sent(connection, sent("PUBLISH", "news", message));
  }

  @Test
  void aMessageWasPublished() {
    publish("a", "v1.1");
    hear("b", "v1.1");
    assertThatThrownBy(() -> hear("b", "v1.2"))
        .isInstanceOf(SimulationFailure.class)
        .hasMessageContaining("nobody has published");
  }

  @Test
  void messagesOfAConnectionComeInOrder() {
    publish("a", "v1.1");
    publish("a", "v1.2");
    hear("b", "v1.2");
    assertThatThrownBy(() -> hear("b", "v1.1"))
        .isInstanceOf(SimulationFailure.class)
        .hasMessageContaining("too late");
  }

  @Test
  void messagesOfTwoConnectionsComeInAnyOrder() {
    publish("a", "v1.1");
    publish("c", "v2.1");
    hear("b", "v2.1");
    assertThatCode(() -> hear("b", "v1.1")).doesNotThrowAnyException();
  }

  @Test
  void aValueIsPoppedOnce() {
    conservation.received("b", answered(Reply.bulk("v1.1"), "LPOP", "l"));
    Sent again = answered(Reply.bulk("v1.1"), "RPOP", "l");
    assertThatThrownBy(() -> conservation.received("c", again))
        .isInstanceOf(SimulationFailure.class)
        .hasMessageContaining("popped twice");
  }

  @Test
  void idsOfAStreamRise() {
    Sent first = sent("XADD", "s", "*", "f", "v");
    conservation.sent("a", first);
    first.answer(Reply.bulk("5-0"), 1, 2);
    conservation.received("a", first);
    Sent second = sent("XADD", "s", "*", "f", "v");
    conservation.sent("a", second);
    second.answer(Reply.bulk("5-0"), 2, 2);
    assertThatThrownBy(() -> conservation.received("a", second))
        .isInstanceOf(SimulationFailure.class)
        .hasMessageContaining("ids fall");
  }
}
