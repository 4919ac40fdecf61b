package naru.protocol.resp.replication;

import java.util.List;
import java.util.function.Consumer;
import naru.engine.Decision;
import naru.engine.Failure;
import naru.engine.Key;
import naru.engine.Moment;
import naru.engine.Op;
import naru.engine.Reply;
import naru.engine.Request;
import naru.engine.State;
import naru.protocol.resp.verb.Replies;

/// Something that the broker does by itself.
record OwnRequest(List<Op> ops) implements Request {
  @Override
  public void forEachKey(Consumer<Key> visitor) {}

  @Override
  public Decision decide(State state, Moment moment) {
    return Decision.done(Replies.NONE, ops);
  }

  @Override
  public void answer(Reply reply) {}

  @Override
  public void decline(Failure failure) {
    throw new IllegalStateException("it cannot be declined: " + failure);
  }

  @Override
  public Request kept() {
    return this;
  }
}
