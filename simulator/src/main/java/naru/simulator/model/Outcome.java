package naru.simulator.model;

import java.util.List;

/// What comes of a command: an answer, or a wait for one.
sealed interface Outcome {
  record Done(Reply reply) implements Outcome {}

  /// Waits for `keys`; for ever if `timeoutMs` is 0.
  ///
  /// @param atOnce the answer where nothing can be waited for
  /// @param again the command to be tried when a key changes
  record Blocked(List<String> keys, long timeoutMs, Reply atOnce, List<String> again)
      implements Outcome {}

  static Outcome done(Reply reply) {
    return new Done(reply);
  }

  static Outcome number(long value) {
    return new Done(Reply.number(value));
  }
}
