package naru.compatibility.differential;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// What one run of the two servers is made of: the commands, in the order in which they take
/// effect.
///
/// @param protocol 2 or 3
record Sequence(long seed, int protocol, List<Command> commands) {
  private static final int COMPACT_WORD_BYTES_MAX = 64;
  private static final int COMPACT_WORDS_MAX = 128;
  private static final Set<String> REMOVING_ENTRIES = Set.of("xdel", "xtrim", "xsetid");
  private static final String SKIPPING = "(?i)MAXLEN|MINID|ENTRIESREAD|SETID";

  Sequence withCommands(List<Command> other) {
    return new Sequence(seed, protocol, List.copyOf(other));
  }

  /// Whether a hash of this sequence may have outgrown the compact form in which Redis keeps the
  /// order of arrival.
  boolean mayHashFields() {
    return commands.stream()
        .anyMatch(
            command ->
                command.words().size() > COMPACT_WORDS_MAX
                    || command.words().stream().anyMatch(Sequence::isLong));
  }

  /// Whether what a group has read cannot be told by counting: entries may have gone unread, or a
  /// client said how many there were.
  boolean maySkipEntries() {
    return commands.stream()
        .anyMatch(
            command ->
                command.isOneOf(REMOVING_ENTRIES)
                    || command.words().stream().anyMatch(word -> word.matches(SKIPPING)));
  }

  /// HINCRBYFLOAT writes 1e300 in 301 digits.
  private static boolean isLong(String word) {
    return word.length() > COMPACT_WORD_BYTES_MAX || word.matches("-?[0-9.]+e[0-9]{2,}");
  }

  /// The commands cut into runs that can be sent in one piece: a run is on one connection, and ends
  /// with a command whose reply may be late or whose reply decides what is sent next.
  List<List<Command>> bursts() {
    List<List<Command>> bursts = new ArrayList<>();
    List<Command> burst = new ArrayList<>();
    boolean waits = commands.stream().anyMatch(Command::mayWait);
    for (Command command : commands) {
      if (command.kind() == Command.Kind.BEHIND && burst.isEmpty() && isOpen(bursts, command)) {
        bursts.getLast().add(command);
        continue;
      }
      boolean other = !burst.isEmpty() && burst.getLast().connection() != command.connection();
      if (other || (command.isRaw() && !burst.isEmpty())) {
        bursts.add(burst);
        burst = new ArrayList<>();
      }
      if (command.mayWait() && burst.isEmpty()) {
        // The answer to this one says that the waiting one has been read too: they go in one write.
        burst.add(Command.between(command.connection(), "PING"));
      }
      if (waits) {
        burst.addAll(command.clearance());
      }
      burst.addAll(command.foreword());
      burst.add(command);
      burst.addAll(command.aftermath());
      if (command.mayWait() || command.isRaw() || command.cursorPosition() > 0) {
        bursts.add(burst);
        burst = new ArrayList<>();
      }
    }
    if (!burst.isEmpty()) {
      bursts.add(burst);
    }
    return bursts;
  }

  /// Whether what was sent last may take more behind it.
  private static boolean isOpen(List<List<Command>> bursts, Command command) {
    return !bursts.isEmpty()
        && bursts.getLast().stream().anyMatch(Command::mayWait)
        && bursts.getLast().getLast().connection() == command.connection();
  }
}
