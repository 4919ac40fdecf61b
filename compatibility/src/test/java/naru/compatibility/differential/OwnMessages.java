package naru.compatibility.differential;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// An intended difference of order: in RESP3 a client may publish to itself. Until 7.0 Redis pushed
/// the message before the reply to PUBLISH, since 7.2 after it. Here both are put after it.
final class OwnMessages {
  private static final Set<String> PUBLISHES = Set.of("publish", "spublish");
  private static final List<String> MESSAGES = List.of("message", "pmessage", "smessage");

  private OwnMessages() {}

  static List<Exchange> afterReplies(List<Exchange> exchanges) {
    Map<Integer, List<Reply>> redisLater = new HashMap<>();
    Map<Integer, List<Reply>> naruLater = new HashMap<>();
    List<Exchange> ordered = new ArrayList<>();
    for (Exchange exchange : exchanges) {
      Command command = exchange.command();
      ordered.add(
          new Exchange(
              command,
              moved(command, exchange.redis(), redisLater),
              moved(command, exchange.naru(), naruLater)));
    }
    return ordered;
  }

  private static List<Reply> moved(
      Command command, List<Reply> received, Map<Integer, List<Reply>> laterOn) {
    List<Reply> later = laterOn.computeIfAbsent(command.connection(), _ -> new ArrayList<>());
    List<Reply> frames = new ArrayList<>(later);
    frames.addAll(received);
    later.clear();
    if (command.isOneOf(PUBLISHES)) {
      int reply = frames.size() - 1;
      int first = reply;
      while (first > 0 && isOwn(command, frames.get(first - 1))) {
        first--;
      }
      List<Reply> own = frames.subList(first, reply);
      later.addAll(own);
      own.clear();
    }
    return frames;
  }

  private static boolean isOwn(Command command, Reply frame) {
    List<Reply> items = frame.items();
    return frame.speaks(MESSAGES)
        && items.getLast().text().equals(command.words().getLast())
        && items.get(items.size() - 2).text().equals(command.words().get(1));
  }
}
