package naru.engine;

import java.util.function.Consumer;

/// One thing a client asks.
public interface Request {
  /// Tells each key that [#decide] may look at, so that what has expired is gone before it looks.
  void forEachKey(Consumer<Key> visitor);

  /// Decides on the state as it is at a moment, changing nothing. May throw [Refusal], which is the
  /// same as declining.
  Decision decide(State state, Moment moment);

  /// Decides after it has waited, because what it waits for at `key` may have come.
  default Decision decideAgain(State state, Moment moment, Key key) {
    return decide(state, moment);
  }

  /// Is told the reply, before the ops of the decision are applied. Called at most once.
  void answer(Reply reply);

  /// Is told the refusal. Called at most once, and never with [#answer].
  void decline(Failure failure);

  /// This request, owning its bytes: asked for before it waits.
  Request kept();
}
