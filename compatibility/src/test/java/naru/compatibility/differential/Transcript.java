package naru.compatibility.differential;

import java.util.ArrayList;
import java.util.List;

/// A played sequence as a text file, made to be read by people and replayed:
///
/// ```
/// # why this is kept
/// protocol 3
/// seed 4711
/// 1> SET s1 "a b"
///    both  +OK\r\n
/// 1> LPUSH s1 x
///    redis -WRONGTYPE Operation against a key holding the wrong kind of value\r\n
///    naru  :1\r\n
/// 2! "*0\r\n"
/// ```
///
/// `1>` is a command on connection 1, `1+` one sent in one piece with that before it though that
/// may wait, `2!` are raw bytes on connection 2, `1~` is what was sent besides to keep the servers
/// in step and is sent anew by whoever replays. Each line below is one frame as it stood on the
/// wire.
record Transcript(Sequence sequence, List<Exchange> exchanges) {
  private static final String BOTH = "   both  ";
  private static final String REDIS = "   redis ";
  private static final String NARU = "   naru  ";

  String text() {
    StringBuilder out = new StringBuilder();
    out.append("protocol ").append(sequence.protocol()).append('\n');
    out.append("seed ").append(sequence.seed()).append('\n');
    exchanges.forEach(exchange -> write(exchange, out));
    return out.toString();
  }

  private static void write(Exchange exchange, StringBuilder out) {
    Command command = exchange.command();
    out.append(command.connection()).append(command.kind().sign()).append(' ');
    out.append(String.join(" ", command.words().stream().map(Quoted::quote).toList())).append('\n');
    if (exchange.redis().equals(exchange.naru())) {
      frames(BOTH, exchange.redis(), out);
    } else {
      frames(REDIS, exchange.redis(), out);
      frames(NARU, exchange.naru(), out);
    }
  }

  private static void frames(String speaker, List<Reply> frames, StringBuilder out) {
    frames.forEach(frame -> out.append(speaker).append(Quoted.escape(frame.wire())).append('\n'));
  }

  static Transcript parse(String text) {
    int protocol = 2;
    long seed = 0;
    List<Exchange> exchanges = new ArrayList<>();
    for (String line : text.lines().toList()) {
      if (line.startsWith("protocol ")) {
        protocol = Integer.parseInt(line.substring("protocol ".length()).strip());
      } else if (line.startsWith("seed ")) {
        seed = Long.parseLong(line.substring("seed ".length()).strip());
      } else if (line.matches("[0-9][>!+~] .*")) {
        exchanges.add(new Exchange(command(line), new ArrayList<>(), new ArrayList<>()));
      } else if (!line.isBlank() && !line.startsWith("#")) {
        Reply frame = ReplyReader.of(Quoted.unescape(line.substring(BOTH.length()))).read();
        if (!line.startsWith(NARU)) {
          exchanges.getLast().redis().add(frame);
        }
        if (!line.startsWith(REDIS)) {
          exchanges.getLast().naru().add(frame);
        }
      }
    }
    return new Transcript(new Sequence(seed, protocol, calls(exchanges)), exchanges);
  }

  private static Command command(String line) {
    int connection = line.charAt(0) - '0';
    for (Command.Kind kind : Command.Kind.values()) {
      if (kind.sign() == line.charAt(1)) {
        return new Command(connection, kind, Quoted.words(line.substring(3)));
      }
    }
    throw new IllegalArgumentException(line);
  }

  private static List<Command> calls(List<Exchange> exchanges) {
    return exchanges.stream()
        .map(Exchange::command)
        .filter(command -> command.kind() != Command.Kind.BETWEEN)
        .toList();
  }
}
