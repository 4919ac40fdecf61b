package naru.compatibility.differential;

import java.util.List;
import java.util.Optional;

/// Plays sequences on a Redis and on a Naru and makes a short transcript of each difference.
final class Duel implements AutoCloseable {
  private static final int PATIENCE_MS = 5_000;
  private static final int PATIENCE_WHILE_SHRINKING_MS = 700;

  private final Side redis;
  private final Side naru;

  Duel(int redisPort, int naruPort) {
    this.redis = new Side(redisPort);
    this.naru = new Side(naruPort);
  }

  List<Exchange> play(Sequence sequence) {
    return Exchange.of(redis.play(sequence), naru.play(sequence));
  }

  /// The smallest sequence found that still shows a difference, if this one does.
  Optional<Difference> differenceIn(Sequence sequence) {
    Optional<Difference> first = played(sequence);
    if (first.isEmpty()) {
      return first;
    }
    patience(PATIENCE_WHILE_SHRINKING_MS);
    String cause = first.get().cause();
    Sequence smallest = Shrinker.shrink(sequence, smaller -> isCausedBy(cause, smaller));
    Optional<Difference> last = played(smallest);
    patience(PATIENCE_MS);
    // A difference that comes and goes is shown as it was seen first.
    return last.isPresent() ? last : first;
  }

  private boolean isCausedBy(String cause, Sequence sequence) {
    return sequence.commands().stream().allMatch(Fitness::isFit)
        && played(sequence).filter(difference -> difference.cause().equals(cause)).isPresent();
  }

  private Optional<Difference> played(Sequence sequence) {
    List<Exchange> exchanges = play(sequence);
    int at = Comparison.firstDifference(sequence, exchanges);
    return at < 0
        ? Optional.empty()
        : Optional.of(new Difference(new Transcript(sequence, exchanges), at));
  }

  /// @param at the first exchange that differs
  record Difference(Transcript transcript, int at) {
    /// The same for differences that most likely have the same cause.
    String cause() {
      Exchange exchange = transcript.exchanges().get(at);
      return exchange.command().name() + " " + kind(exchange.redis()) + " " + kind(exchange.naru());
    }

    private static String kind(List<Reply> frames) {
      String wire = frames.isEmpty() ? "" : frames.getLast().wire();
      return wire.startsWith("-")
          ? wire.strip().replace("Can't", "Cannot").replaceAll("'[^']*'|[0-9]+", "_")
          : wire.substring(0, Math.min(1, wire.length()));
    }
  }

  private void patience(int timeoutMs) {
    redis.patience(timeoutMs);
    naru.patience(timeoutMs);
  }

  @Override
  public void close() {
    redis.close();
    naru.close();
  }
}
