package naru.compatibility.differential;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/// One connection to one server. It knows how many replies a command has, and for that which
/// subscriptions there are.
final class Wire implements AutoCloseable {
  private static final List<String> MESSAGES = List.of("message", "pmessage", "smessage");
  private static final List<String> JOINED = List.of("subscribe", "psubscribe", "ssubscribe");
  private static final List<String> LEFT = List.of("unsubscribe", "punsubscribe", "sunsubscribe");
  private static final int SCAN_ROUNDS_MAX = 20_000;
  private static final String MARK = "the mark after raw bytes";

  private final Socket socket;
  private final ReplyReader replies;
  private final List<Set<String>> subscriptions =
      List.of(new TreeSet<>(), new TreeSet<>(), new TreeSet<>());

  private Wire(Socket socket) throws IOException {
    this.socket = socket;
    this.replies = new ReplyReader(new BufferedInputStream(socket.getInputStream(), 64 << 10));
  }

  static Wire open(int port) throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setTcpNoDelay(true);
    return new Wire(socket);
  }

  void patience(int timeoutMs) throws IOException {
    socket.setSoTimeout(timeoutMs);
  }

  boolean isBroken() {
    return replies.isBroken();
  }

  /// Whether something has come that was not looked at, or nothing can come any more.
  boolean hasInput() {
    return replies.hasInput();
  }

  void send(List<Command> commands) {
    StringBuilder out = new StringBuilder();
    for (Command command : commands) {
      out.append(command.wire());
      if (command.isRaw()) {
        out.append(Command.between(command.connection(), "PING", MARK).wire());
      }
    }
    try {
      socket.getOutputStream().write(out.toString().getBytes(StandardCharsets.ISO_8859_1));
    } catch (IOException _) {
      // The other end has closed; reading says so too, after what it had still sent.
    }
  }

  /// Sends one command and reads its reply.
  Reply ask(String... words) {
    Command command = Command.between(0, words);
    send(List.of(command));
    return receive(command).getLast();
  }

  /// All that comes up to the command's last reply.
  List<Reply> receive(Command command) {
    List<Reply> received = new ArrayList<>();
    if (command.isRaw()) {
      receiveMark(received);
      return received;
    }
    int wanted = 1;
    boolean first = true;
    while (wanted > 0) {
      Reply reply = replies.read();
      received.add(reply);
      if (reply instanceof Reply.Broken) {
        return received;
      }
      if (isPushed(reply)) {
        continue;
      }
      if (first) {
        wanted = acknowledgements(command, reply);
        first = false;
      }
      note(reply);
      wanted--;
    }
    return wholeScan(command, received);
  }

  /// All that is still on the way, up to the answer to RESET.
  List<Reply> receiveReset() {
    List<Reply> received = new ArrayList<>();
    send(List.of(Command.between(0, "RESET")));
    Reply reply = replies.read();
    while (!(reply instanceof Reply.Broken) && !reply.text().equals("RESET")) {
      received.add(reply);
      reply = replies.read();
    }
    if (reply instanceof Reply.Broken) {
      received.add(reply);
    }
    subscriptions.forEach(Set::clear);
    return received;
  }

  private void receiveMark(List<Reply> received) {
    Reply reply = replies.read();
    while (!(reply instanceof Reply.Broken) && !reply.text().equals(MARK)) {
      received.add(reply);
      reply = replies.read();
    }
    if (reply instanceof Reply.Broken) {
      received.add(reply);
    }
  }

  private boolean isPushed(Reply reply) {
    boolean subscribed = subscriptions.stream().anyMatch(names -> !names.isEmpty());
    return subscribed && reply.speaks(MESSAGES);
  }

  /// How many replies a command has whose first is this one: SUBSCRIBE and its kin answer once for
  /// every channel.
  private int acknowledgements(Command command, Reply first) {
    boolean asked = JOINED.contains(command.name()) || LEFT.contains(command.name());
    if (!asked || !(first.speaks(JOINED) || first.speaks(LEFT))) {
      return 1;
    }
    int channels = command.words().size() - 1;
    int left = LEFT.indexOf(command.name());
    return channels == 0 && left >= 0 ? Math.max(1, subscriptions.get(left).size()) : channels;
  }

  private void note(Reply reply) {
    if (reply.speaks(JOINED) && reply.items().size() == 3) {
      String kind = reply.items().getFirst().text();
      subscriptions.get(JOINED.indexOf(kind)).add(reply.items().get(1).text());
    } else if (reply.speaks(LEFT) && reply.items().size() == 3) {
      String kind = reply.items().getFirst().text();
      subscriptions.get(LEFT.indexOf(kind)).remove(reply.items().get(1).text());
    } else if (reply.text().equals("RESET")) {
      subscriptions.forEach(Set::clear);
    }
  }

  /// A scan from cursor 0 is followed to its end, and the rounds are put together: which element
  /// comes in which round is nobody's promise.
  private List<Reply> wholeScan(Command command, List<Reply> received) {
    int position = command.cursorPosition();
    if (position < 0 || !isScanned(received.getLast())) {
      return received;
    }
    List<Reply> items = new ArrayList<>();
    Reply round = received.removeLast();
    for (int i = 0; i < SCAN_ROUNDS_MAX && isScanned(round); i++) {
      items.addAll(round.items().getLast().items());
      String cursor = round.items().getFirst().text();
      if (cursor.equals("0")) {
        Reply whole = new Reply.Group('*', items);
        received.add(new Reply.Group('*', List.of(round.items().getFirst(), whole)));
        return received;
      }
      Command next = command.withWord(position, cursor);
      send(List.of(next));
      round = replies.read();
    }
    received.add(round instanceof Reply.Broken ? round : new Reply.Broken("endless scan"));
    return received;
  }

  private static boolean isScanned(Reply reply) {
    return reply instanceof Reply.Group(char type, List<Reply> items)
        && type == '*'
        && items.size() == 2
        && items.getLast() instanceof Reply.Group;
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException _) {
      // There is nothing left to lose.
    }
  }
}
