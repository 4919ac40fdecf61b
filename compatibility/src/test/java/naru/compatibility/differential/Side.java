package naru.compatibility.differential;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import naru.compatibility.differential.Exchange.Answer;

/// One of the two servers, with the connections of a sequence and one of its own that wakes
/// commands that wait.
final class Side implements AutoCloseable {
  private static final int PATIENCE_MS = 5_000;
  private static final long UNREAD_NANOS = 1_000_000_000;

  private final int port;
  private final Map<Integer, Wire> wires = new TreeMap<>();
  private final Map<Integer, String> ids = new TreeMap<>();
  private final Map<Integer, List<Command>> waiting = new TreeMap<>();
  private int patienceMs = PATIENCE_MS;
  private int protocol = 2;

  Side(int port) {
    this.port = port;
  }

  /// How long silence is borne before it counts as no reply.
  void patience(int timeoutMs) {
    patienceMs = timeoutMs;
    close();
  }

  /// Plays a sequence on the empty server. Equal sequences make equally long lists on every server.
  List<Answer> play(Sequence sequence) {
    begin(sequence.protocol());
    List<Answer> answers = new ArrayList<>();
    for (List<Command> burst : sequence.bursts()) {
      int connection = burst.getFirst().connection();
      collect(connection, answers);
      Wire wire = wire(connection);
      wire.send(burst);
      for (Command command : burst) {
        if (command.mayWait() || waiting.containsKey(connection)) {
          waiting.computeIfAbsent(connection, _ -> new ArrayList<>()).add(command);
        } else {
          answers.add(new Answer(command, wire.receive(command)));
        }
      }
    }
    List.copyOf(waiting.keySet()).forEach(connection -> collect(connection, answers));
    sequence.commands().stream()
        .map(Command::connection)
        .distinct()
        .sorted()
        .forEach(connection -> answers.add(end(connection)));
    return answers;
  }

  private void begin(int newProtocol) {
    if (protocol != newProtocol) {
      close();
      protocol = newProtocol;
    }
    wire(0).ask("FLUSHALL");
  }

  private Wire wire(int connection) {
    Wire wire = wires.get(connection);
    if (wire == null) {
      wire = open();
      wires.put(connection, wire);
      ids.put(connection, wire.ask("CLIENT", "ID").text());
    }
    return wire;
  }

  /// The late replies of a command that may wait, and of what was sent behind it.
  private void collect(int connection, List<Answer> answers) {
    List<Command> late = waiting.remove(connection);
    for (Command command : late == null ? List.<Command>of() : late) {
      if (command.mayWait()) {
        answers.add(unblock(connection));
      }
      answers.add(new Answer(command, wire(connection).receive(command)));
    }
  }

  /// Whether a command still waits is certain by now, because what the others sent has been
  /// answered: to wake it is safe, and the answer to that is a thing to compare.
  ///
  /// Only where much was sent at once the server may have read it in two parts, and answered the
  /// first. Who neither waits nor is answered has not been read: he is woken when he has.
  private Answer unblock(int connection) {
    Command shown = Command.between(0, "CLIENT", "UNBLOCK", "connection " + connection);
    long deadlineNanos = System.nanoTime() + UNREAD_NANOS;
    Reply woken;
    do {
      woken = wire(0).ask("CLIENT", "UNBLOCK", ids.getOrDefault(connection, ""));
    } while (woken.text().equals("0")
        && !wire(connection).hasInput()
        && System.nanoTime() < deadlineNanos);
    return new Answer(shown, List.of(woken));
  }

  /// What is still on its way on this connection, which is then as new.
  private Answer end(int connection) {
    Wire wire = wire(connection);
    List<Reply> rest = wire.receiveReset();
    if (wire.isBroken()) {
      wire.close();
      wires.remove(connection);
    } else if (protocol == 3) {
      wire.ask("HELLO", "3");
    }
    return new Answer(Command.between(connection, "RESET"), rest);
  }

  private Wire open() {
    try {
      Wire wire = Wire.open(port);
      wire.patience(patienceMs);
      if (protocol == 3) {
        wire.ask("HELLO", "3");
      }
      return wire;
    } catch (IOException e) {
      throw new UncheckedIOException("nobody listens on port " + port, e);
    }
  }

  @Override
  public void close() {
    wires.values().forEach(Wire::close);
    wires.clear();
    waiting.clear();
  }
}
