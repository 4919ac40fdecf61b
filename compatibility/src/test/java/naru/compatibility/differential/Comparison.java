package naru.compatibility.differential;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Finds the first exchange whose replies differ more than `IntendedDifferences` allow. It follows
/// transactions, because the rules for a command hold for its reply within the reply of EXEC too.
final class Comparison {
  private static final List<String> MATCHED = List.of("pmessage");
  private static final Set<String> QUEUE_ENDS = Set.of("exec", "discard", "reset");
  private static final Reply QUEUED = new Reply.Line('+', "QUEUED");
  private static final Reply SILENCE = new Reply.Broken("silent");
  private static final Reply NOTHING = new Reply.Broken("nothing");
  private static final Set<String> UNSUBSCRIBES =
      Set.of("unsubscribe", "punsubscribe", "sunsubscribe");

  private final Sequence sequence;
  private final Map<Integer, List<Command>> queues = new HashMap<>();

  private Comparison(Sequence sequence) {
    this.sequence = sequence;
  }

  /// The index of the first exchange that differs, or -1.
  static int firstDifference(Sequence sequence, List<Exchange> exchanges) {
    Comparison comparison = new Comparison(sequence);
    List<Exchange> ordered = OwnMessages.afterReplies(exchanges);
    for (int i = 0; i < ordered.size(); i++) {
      if (!comparison.isSame(ordered.get(i))) {
        return i;
      }
    }
    return -1;
  }

  private boolean isSame(Exchange exchange) {
    List<Command> queue = queueBefore(exchange);
    if (exchange.redis().equals(exchange.naru())) {
      // A silent Redis has been asked for something unfit for this test.
      return !exchange.redis().contains(SILENCE);
    }
    List<Reply> redis = ordered(exchange.command(), exchange.redis());
    List<Reply> naru = ordered(exchange.command(), exchange.naru());
    if (redis.size() != naru.size()) {
      return false;
    }
    for (int i = 0; i < redis.size(); i++) {
      Reply forgiven = forgive(exchange.command(), queue, redis.get(i), naru.get(i));
      if (!redis.get(i).equals(forgiven)) {
        return false;
      }
    }
    return true;
  }

  private Reply forgive(Command command, List<Command> queue, Reply redis, Reply naru) {
    if (!command.name().equals("exec")) {
      return IntendedDifferences.forgive(sequence, command, redis, naru);
    }
    int count = redis.items().size();
    if (count != queue.size()
        || !(naru instanceof Reply.Group(char type, List<Reply> items))
        || items.size() != count) {
      return naru;
    }
    List<Reply> forgiven = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      forgiven.add(
          IntendedDifferences.forgive(sequence, queue.get(i), redis.items().get(i), items.get(i)));
    }
    return new Reply.Group(type, forgiven);
  }

  /// What is queued on the exchange's connection when its command runs; the command is then queued
  /// itself, or ends the queue.
  private List<Command> queueBefore(Exchange exchange) {
    Command command = exchange.command();
    List<Command> queue = queues.computeIfAbsent(command.connection(), _ -> new ArrayList<>());
    List<Command> before = List.copyOf(queue);
    Reply last = exchange.redis().isEmpty() ? NOTHING : exchange.redis().getLast();
    if (last.equals(QUEUED)) {
      queue.add(command);
    } else if (command.isOneOf(QUEUE_ENDS)) {
      queue.clear();
    }
    return before;
  }

  /// Pub/sub frames in an order of our own where Redis' own is that of its hash tables: the
  /// patterns that match one message, and the channels that UNSUBSCRIBE without names leaves.
  private static List<Reply> ordered(Command command, List<Reply> frames) {
    List<Reply> ordered = new ArrayList<>();
    List<Reply> matched = new ArrayList<>();
    for (Reply frame : frames) {
      if (!matched.isEmpty() && !message(frame).equals(message(matched.getFirst()))) {
        ordered.addAll(byPattern(matched));
        matched.clear();
      }
      (message(frame).isEmpty() ? ordered : matched).add(frame);
    }
    ordered.addAll(byPattern(matched));
    return command.isOneOf(UNSUBSCRIBES) && command.words().size() == 1
        ? counted(ordered)
        : ordered;
  }

  /// Channel and payload of a message that came by a pattern.
  private static List<Reply> message(Reply frame) {
    return frame.speaks(MATCHED) && frame.items().size() == 4
        ? frame.items().subList(2, 4)
        : List.of();
  }

  private static List<Reply> byPattern(List<Reply> frames) {
    return frames.stream().sorted(Comparator.comparing(Reply::wire)).toList();
  }

  /// The names in alphabetical order, the counts as they came.
  private static List<Reply> counted(List<Reply> frames) {
    List<Reply> acknowledged = frames.stream().filter(frame -> frame.items().size() == 3).toList();
    List<Reply> names =
        acknowledged.stream()
            .map(frame -> frame.items().get(1))
            .sorted(Comparator.comparing(Reply::wire))
            .toList();
    List<Reply> out = new ArrayList<>(names);
    acknowledged.forEach(frame -> out.add(frame.items().get(2)));
    frames.stream().filter(frame -> frame.items().size() != 3).forEach(out::add);
    return out;
  }
}
