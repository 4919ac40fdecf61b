package naru.compatibility.differential;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/// Makes a failing sequence small: first fewer commands (delta debugging: ever smaller pieces are
/// left out), then fewer and shorter words, then fewer connections. What remains still fails, and
/// fails no more if any one command is left out.
final class Shrinker {
  private static final long BUDGET_NANOS = 30_000_000_000L;
  private static final int WORD_LENGTH_LONG = 20;

  private final Predicate<Sequence> fails;
  private final long deadlineNanos = System.nanoTime() + BUDGET_NANOS;
  private Sequence smallest;

  private Shrinker(Sequence failing, Predicate<Sequence> fails) {
    this.smallest = failing;
    this.fails = fails;
  }

  static Sequence shrink(Sequence failing, Predicate<Sequence> fails) {
    Shrinker shrinker = new Shrinker(failing, fails);
    shrinker.leaveOutCommands();
    shrinker.leaveOutWords();
    shrinker.shortenWords();
    shrinker.joinConnections();
    shrinker.leaveOutCommands();
    return shrinker.smallest;
  }

  private void leaveOutCommands() {
    for (int size = Math.max(1, smallest.commands().size() / 2); size > 0; size /= 2) {
      boolean smaller = true;
      while (smaller) {
        smaller = leaveOutPieces(size);
      }
    }
  }

  private boolean leaveOutPieces(int size) {
    boolean smaller = false;
    for (int end = smallest.commands().size(); end > 0; end -= size) {
      List<Command> fewer = new ArrayList<>(smallest.commands());
      fewer.subList(Math.max(0, end - size), Math.min(end, fewer.size())).clear();
      smaller |= accept(fewer);
    }
    return smaller;
  }

  private void leaveOutWords() {
    for (int i = smallest.commands().size() - 1; i >= 0; i--) {
      for (int at = smallest.commands().get(i).words().size() - 1; at > 0; at--) {
        replace(i, smallest.commands().get(i).withoutWord(at));
      }
    }
  }

  private void shortenWords() {
    for (int i = smallest.commands().size() - 1; i >= 0; i--) {
      for (int at = smallest.commands().get(i).words().size() - 1; at > 0; at--) {
        if (smallest.commands().get(i).words().get(at).length() >= WORD_LENGTH_LONG) {
          replace(i, smallest.commands().get(i).withWord(at, "a"));
        }
      }
    }
  }

  private void joinConnections() {
    List<Command> joined = new ArrayList<>();
    for (Command command : smallest.commands()) {
      joined.add(new Command(1, command.kind(), command.words()));
    }
    if (!joined.equals(smallest.commands())) {
      accept(joined);
    }
  }

  private void replace(int index, Command command) {
    List<Command> changed = new ArrayList<>(smallest.commands());
    changed.set(index, command);
    accept(changed);
  }

  private boolean accept(List<Command> commands) {
    if (commands.isEmpty() || System.nanoTime() > deadlineNanos) {
      return false;
    }
    Sequence candidate = smallest.withCommands(commands);
    if (!fails.test(candidate)) {
      return false;
    }
    smallest = candidate;
    return true;
  }
}
