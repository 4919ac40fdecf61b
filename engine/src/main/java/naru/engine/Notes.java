package naru.engine;

/// What is noted in entries when they are made or used, beside their state: nothing that happens
/// depends on it but which key is evicted, and that is an op.
final class Notes {
  /// What time it is, for those who ask how long a key has not been used: seconds, cut off.
  int nowS;

  /// The mark of entries that the [StateRetelling] under way has told, or need not tell because
  /// they are newer. Between two retellings all entries have it.
  boolean mark;

  /// Nothing in any database is due before: not always the earliest time at which something is.
  long dueMs = Entry.NEVER;

  UsageClock clock = UsageClock.RECENCY;
  Frequency frequency = Frequency.DEFAULT;

  private final Draws draws;

  Notes(long seed) {
    draws = new Draws(seed);
  }

  void due(long atMs) {
    dueMs = Math.min(dueMs, atMs);
  }

  void made(Entry entry) {
    if (clock == UsageClock.FREQUENCY) {
      entry.usage(Frequency.first(nowS));
    } else {
      entry.touch(nowS);
    }
  }

  void used(Entry entry) {
    switch (clock) {
      case RECENCY -> entry.touch(nowS);
      case FREQUENCY -> entry.usage(frequency.used(entry.usage(), nowS, draws.next()));
      case MODIFICATION -> {}
    }
  }

  void modified(Entry entry) {
    if (clock == UsageClock.MODIFICATION) {
      entry.touch(nowS);
    }
  }
}
