package naru.simulator.model;

import java.util.List;

/// The words of `XREAD` and `XREADGROUP`.
///
/// @param blockMs -1 where the command does not wait
/// @param firstId the index of the first id among the words
record ReadOptions(
    long count,
    long blockMs,
    boolean unacknowledged,
    List<String> keys,
    List<String> ids,
    int firstId) {
  static ReadOptions of(Turn turn) {
    long count = Long.MAX_VALUE;
    long blockMs = -1;
    boolean unacknowledged = false;
    int at = turn.word(1).equals("GROUP") ? 4 : 1;
    for (; !turn.word(at).equals("STREAMS"); at++) {
      switch (turn.word(at)) {
        case "COUNT" -> count = turn.number(++at);
        case "BLOCK" -> blockMs = turn.number(++at);
        case "NOACK" -> unacknowledged = true;
        default -> throw new IllegalArgumentException(turn.words().toString());
      }
    }
    int firstKey = at + 1;
    int firstId = firstKey + (turn.count() - firstKey) / 2;
    return new ReadOptions(
        count,
        blockMs,
        unacknowledged,
        turn.words().subList(firstKey, firstId),
        turn.from(firstId),
        firstId);
  }

  Outcome orWait(List<String> again) {
    return blockMs < 0
        ? Outcome.done(Reply.NONE_MANY)
        : new Outcome.Blocked(keys, blockMs, Reply.NONE_MANY, again);
  }
}
