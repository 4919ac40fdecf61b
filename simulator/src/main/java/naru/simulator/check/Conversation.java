package naru.simulator.check;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import naru.simulator.SimulationFailure;
import naru.simulator.model.Reply;

/// One connection: what was asked on it, and what has to be answered, to the byte.
///
/// ```
///  sent ──> carried out ──> handed to the system ──> received
///  [ unsubmitted ]  [ unanswered ]   [ expected ]      [ handed ]
/// ```
public final class Conversation {
  private final int id;
  private final String name;
  private final ArrayDeque<Sent> unsubmitted = new ArrayDeque<>();
  private final ArrayDeque<Sent> unanswered = new ArrayDeque<>();
  private final ArrayDeque<Sent> expected = new ArrayDeque<>();
  private final ArrayDeque<Sent> handed = new ArrayDeque<>();
  private final List<List<String>> queued = new ArrayList<>();

  /// How much of the first expected reply was handed over already.
  private int handedOfFirst;

  private BooleanSupplier waits = () -> false;
  private long peerId;
  private boolean ended;
  private boolean left;
  private boolean gaveUp;
  private long handedBytes;
  private long receivedBytes;
  private final ArrayDeque<Long> handedEnds = new ArrayDeque<>();

  /// @param id unique in a simulation
  public Conversation(int id, String name) {
    this.id = id;
    this.name = name;
  }

  public int id() {
    return id;
  }

  public String name() {
    return name;
  }

  public void send(Sent sent) {
    unsubmitted.add(sent);
  }

  /// How to find out whether the broker has it wait for something to happen.
  void waitsIf(BooleanSupplier condition) {
    waits = condition;
  }

  /// The number that the broker gave the connection.
  long peerId() {
    return peerId;
  }

  void peerId(long newId) {
    peerId = newId;
  }

  boolean waits() {
    return waits.getAsBoolean();
  }

  /// The client sends no more; it still wants all answers.
  public void end() {
    ended = true;
  }

  /// Whether the client sends no more.
  public boolean hasEnded() {
    return ended;
  }

  /// The client does not want any answer any more.
  public void leave() {
    left = true;
  }

  /// The client sends no more, so the broker does not keep it waiting either.
  void giveUp() {
    gaveUp = true;
  }

  boolean wantsAnswers() {
    return !left;
  }

  /// How many commands were sent whose replies were not received whole, and how many pushes were.
  public int outstanding() {
    return unsubmitted.size() + unanswered.size() + expected.size() + handed.size();
  }

  /// The command that is being carried out, which is the oldest that was not yet.
  Sent submit() {
    expectQueued();
    Sent next = unsubmitted.poll();
    if (next == null) {
      throw new SimulationFailure(name + ": a command is carried out that was not sent");
    }
    unanswered.add(next);
    return next;
  }

  /// The commands of the transaction that ends; none is kept any more.
  List<List<String>> takeQueued() {
    List<List<String>> commands = List.copyOf(queued);
    queued.clear();
    return commands;
  }

  /// The oldest commands that are only kept for later can be answered.
  private void expectQueued() {
    Sent next = unsubmitted.peek();
    while (next != null && next.kind() == Sent.Kind.QUEUED && unanswered.isEmpty()) {
      unsubmitted.remove();
      queued.add(next.words());
      next.answer(Reply.QUEUED, 0, 2);
      expected.add(next);
      next = unsubmitted.peek();
    }
  }

  /// The oldest command carried out has its answer.
  ///
  /// @param version of the protocol
  void answer(Reply reply, long step, int version) {
    Sent sent = unanswered.remove();
    sent.answer(reply, step, version);
    expected.add(sent);
  }

  /// The broker sends something by itself.
  ///
  /// @param version of the protocol
  void push(Reply reply, long step, int version) {
    Sent push = new Sent(List.of("(push)"), Sent.Kind.PUSH);
    push.answer(reply, step, version);
    expected.add(push);
  }

  /// These bytes left the broker; returns the last step that they tell of, 0 if of none.
  long handed(String bytes) {
    handedBytes += bytes.length();
    long lastStep = 0;
    int at = 0;
    while (at < bytes.length()) {
      if (expected.isEmpty()) {
        expectQueued();
      }
      Sent sent = expected.peek();
      if (sent == null) {
        throw new SimulationFailure(
            name + ": sent without need: " + shown(bytes.substring(at)) + waitingFor());
      }
      String wanted = sent.encodedReply();
      int count = Math.min(wanted.length() - handedOfFirst, bytes.length() - at);
      if (!bytes.regionMatches(at, wanted, handedOfFirst, count)) {
        String got = wanted.substring(0, handedOfFirst) + bytes.substring(at);
        throw new SimulationFailure(wrong(sent, wanted, got));
      }
      at += count;
      handedOfFirst += count;
      lastStep = Math.max(lastStep, sent.step());
      if (handedOfFirst == wanted.length()) {
        handedOfFirst = 0;
        handed.add(expected.remove());
        handedEnds.add(handedBytes - (bytes.length() - at));
      }
    }
    return lastStep;
  }

  private String waitingFor() {
    return unanswered.isEmpty() ? "" : ", while this was carried out: " + unanswered.peek();
  }

  private String wrong(Sent sent, String wanted, String got) {
    return name
        + ": a wrong reply to "
        + sent
        + "\n  expected "
        + shown(wanted)
        + "\n  got      "
        + shown(got);
  }

  private static String shown(String bytes) {
    String text = bytes.replace("\r\n", " ");
    return text.length() > 2000 ? text.substring(0, 2000) + ".." : text;
  }

  /// So many bytes more reached the client; returns the commands whose replies are whole now.
  public List<Sent> received(int count) {
    receivedBytes += count;
    List<Sent> whole = new ArrayList<>();
    while (!handedEnds.isEmpty() && handedEnds.element() <= receivedBytes) {
      handedEnds.remove();
      whole.add(handed.remove());
    }
    return whole;
  }

  /// What is not answered, though it was sent and nothing keeps the broker from it. If the oldest
  /// command waits for something to happen, so may those behind it.
  List<Sent> neglected(boolean waits) {
    List<Sent> neglected = new ArrayList<>(expected);
    if (ended) {
      neglected.removeIf(sent -> sent.kind() == Sent.Kind.PUSH);
    }
    if (!waits && !gaveUp) {
      neglected.addAll(unanswered);
      neglected.addAll(unsubmitted);
    }
    return neglected;
  }
}
