package naru.simulator.check;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;
import naru.simulator.SimulationFailure;
import naru.simulator.World;
import naru.simulator.model.Answer;
import naru.simulator.model.Model;
import naru.simulator.model.Step;
import org.jspecify.annotations.Nullable;

/// Knows what the broker has to answer, and what may be left of it after a crash.
///
/// Every command that is carried out is a step of the model, in the broker's own order, and what
/// the broker answers is compared byte for byte. After a crash, the broker has to be where the
/// model was after some whole number of steps: not fewer than anybody has been shown anything of.
///
/// ```
///  steps   1 2 3 4 5 6 7 8 9
///                ^       ^ ^ carried out
///                |       told to a client: the least that must be left
///                certain: the least that may be left after a loss of power
/// ```
///
/// Where syncs come by the clock, certain is what is so old that it has to have been synced.
public final class Checker {
  /// How a broker came to its end.
  public enum End {
    /// Its process ended; what it handed to the system stays.
    KILL,
    /// What was not synced is lost, or some of it.
    POWER_LOSS,
    /// It was asked to, and saved all.
    STOP
  }

  private final World world;
  private final boolean syncsBeforeAnswering;
  private final long lossMaxNs;
  private final Map<Integer, Conversation> open = new TreeMap<>();
  private final ArrayDeque<Step> steps = new ArrayDeque<>();
  private Model live = new Model();
  private Model certain = new Model();
  private long certainStep;
  private long shownStep;
  private long lastStep;

  /// The least that has to be left, by how the broker ended; of a new one, nothing.
  private long promisedStep;

  private boolean isDown;
  private boolean savedAll;

  private long stepsLost;
  private BooleanSupplier room = () -> true;

  /// How far the broker was at the ends of its turns, as far back as is of interest.
  private final ArrayDeque<Turn> turns = new ArrayDeque<>();

  /// What has to be synced by the clock when the broker ended.
  private long overdueStep;

  /// @param lastStep what the broker has handed to its system by then
  private record Turn(long endNs, long lastStep) {}

  /// @param syncsBeforeAnswering whether a loss of power is no excuse
  /// @param lossMaxNs how old what is lost with the power may be
  public Checker(World world, boolean syncsBeforeAnswering, long lossMaxNs) {
    this.world = world;
    this.syncsBeforeAnswering = syncsBeforeAnswering;
    this.lossMaxNs = lossMaxNs;
  }

  /// How to find out whether the broker carries out commands that write.
  public void roomIf(BooleanSupplier condition) {
    room = condition;
  }

  public void opened(Conversation conversation) {
    open.put(conversation.id(), conversation);
  }

  /// The broker is about to carry out the oldest command of a conversation that it has not yet.
  void submitted(Conversation conversation) {
    carriedOut(begins(conversation), null);
  }

  /// A command that the broker is about to carry out.
  record Begun(Conversation conversation, Sent sent, boolean hasRoom) {
    /// Whether it may go over what lies in files of blocks, and does nothing else in between.
    boolean mayRead() {
      return sent.kind() == Sent.Kind.ALONE && sent.words().getFirst().startsWith("X");
    }
  }

  Begun begins(Conversation conversation) {
    return new Begun(conversation, conversation.submit(), room.getAsBoolean());
  }

  /// Whether a command that is carried out has no effect on others that may fail by itself.
  boolean nobodyWaits() {
    return live.waiting() == 0;
  }

  /// The broker carries out a command, or has just done so.
  ///
  /// @param refusal how the disk refused to read what it needed; null if it did not
  void carriedOut(Begun begun, @Nullable String refusal) {
    Conversation conversation = begun.conversation();
    Sent sent = begun.sent();
    boolean isTransaction = sent.kind() == Sent.Kind.EXEC;
    List<List<String>> queued =
        isTransaction || sent.kind() == Sent.Kind.DISCARD ? conversation.takeQueued() : List.of();
    List<List<String>> commands = isTransaction ? queued : List.of(words(conversation, sent));
    lastStep++;
    world.note(conversation.name(), "#" + lastStep + " " + (isTransaction ? commands : sent));
    apply(
        new Step.Executed(
            conversation.id(),
            commands,
            isTransaction,
            begun.hasRoom(),
            refusal == null ? null : "ERR " + refusal,
            world.nowMs(),
            world.nowNs()));
  }

  /// Who says hello is told his number, which the model cannot know.
  private static List<String> words(Conversation conversation, Sent sent) {
    if (!sent.words().getFirst().equals("HELLO")) {
      return sent.words();
    }
    List<String> words = new ArrayList<>(sent.words());
    words.add(Long.toString(conversation.peerId()));
    return words;
  }

  private void apply(Step step) {
    steps.add(step);
    for (Answer answer : live.apply(step)) {
      Conversation conversation = open.get(answer.connection());
      if (conversation == null) {
        throw new IllegalStateException("connection " + answer.connection() + " is not open");
      }
      int version = live.version(answer.connection());
      if (answer.isPush()) {
        conversation.push(answer.reply(), lastStep, version);
      } else {
        conversation.answer(answer.reply(), lastStep, version);
      }
      world.note(conversation.name(), "#" + lastStep + " is due " + answer.reply().shown());
    }
  }

  /// The broker has been told that a connection is gone.
  void gone(Conversation conversation) {
    world.note(conversation.name(), "gone");
    if (conversation.wantsAnswers()) {
      compareAnswered(conversation);
    }
    open.remove(conversation.id());
    lastStep++;
    apply(new Step.Gone(conversation.id()));
  }

  /// The broker looks at its timers.
  public void timePassed() {
    if (live.nextDeadlineNs() <= world.nowNs()) {
      lastStep++;
      apply(new Step.Passed(world.nowNs()));
    }
  }

  /// The broker has ended a turn: all its steps so far are in the hands of the system, if that had
  /// room for them.
  public void turnEnded() {
    if (room.getAsBoolean()) {
      turns.add(new Turn(world.nowNs(), lastStep));
    }
    passOverdue();
  }

  private void passOverdue() {
    while (!isDown && !turns.isEmpty() && turns.element().endNs() < world.nowNs() - lossMaxNs) {
      overdueStep = turns.remove().lastStep();
    }
  }

  /// The broker begins a turn: what has expired by now goes first.
  public void turnBegins() {
    if (live.nextDueMs() <= world.nowMs()) {
      lastStep++;
      world.note("checker", "#" + lastStep + " keys expire");
      apply(new Step.Expired(world.nowMs()));
    }
  }

  /// These bytes have left the broker.
  public void handed(Conversation conversation, String bytes) {
    long step = conversation.handed(bytes);
    world.note(conversation.name(), bytes.length() + " bytes handed, up to #" + step);
    if (step > shownStep) {
      shownStep = step;
      if (syncsBeforeAnswering) {
        advanceCertain();
      }
    }
  }

  private void advanceCertain() {
    while (certainStep < shownStep) {
      applyNextCertain();
    }
  }

  private void applyNextCertain() {
    certain.apply(steps.remove());
    certainStep++;
  }

  /// Whoever waits in the model waits in the broker, and nobody else. Only who sends no more does
  /// not have to be kept waiting.
  public void compareWaiting(int waiting) {
    for (Conversation conversation : open.values()) {
      boolean hasToWait = live.isWaiting(conversation.id());
      if (conversation.hasEnded() && hasToWait && !conversation.waits()) {
        conversation.giveUp();
        lastStep++;
        apply(new Step.GaveUp(conversation.id()));
      } else if (conversation.waits() != hasToWait) {
        String how = conversation.waits() ? " waits without need" : " has to wait";
        throw new SimulationFailure(conversation.name() + how);
      }
    }
    if (waiting != live.waiting()) {
      throw new SimulationFailure(
          "the broker has " + waiting + " requests waiting, it should be " + live.waiting());
    }
  }

  /// Nothing is going to happen any more: whatever can be answered has to have been.
  public void compareAnswered() {
    for (Conversation conversation : open.values()) {
      compareAnswered(conversation);
    }
  }

  /// As [#compareAnswered()], for one conversation.
  public void compareAnswered(Conversation conversation) {
    List<Sent> neglected = conversation.neglected(live.isWaiting(conversation.id()));
    if (!neglected.isEmpty()) {
      throw new SimulationFailure(conversation.name() + ": never answered: " + neglected);
    }
  }

  /// Whether all is answered that can be.
  public boolean isQuiet() {
    return live.nextDeadlineNs() == Long.MAX_VALUE
        && open.values().stream()
            .allMatch(each -> each.neglected(live.isWaiting(each.id())).isEmpty());
  }

  /// The broker has ended. May be called again before it is back.
  public void ended(End how) {
    passOverdue();
    world.note(
        "checker",
        how + ": shown #" + shownStep + ", overdue #" + overdueStep + ", carried out #" + lastStep);
    open.clear();
    live.forgetClients();
    if (isDown && (how == End.STOP || savedAll)) {
      return;
    }
    isDown = true;
    savedAll = how == End.STOP;
    long least =
        switch (how) {
          case STOP -> lastStep;
          case KILL -> shownStep;
          case POWER_LOSS -> syncsBeforeAnswering ? shownStep : Math.max(certainStep, overdueStep);
        };
    promisedStep = Math.min(promisedStep, least);
  }

  /// The broker is back: it holds `found`, and has to hold what it promised.
  public void recovered(Map<String, String> found) {
    Map<String, String> least = null;
    while (true) {
      if (certainStep >= promisedStep) {
        Map<String, String> picture = certain.picture();
        if (picture.equals(found)) {
          break;
        }
        least = least == null ? picture : least;
      }
      if (steps.isEmpty()) {
        throw new SimulationFailure(wrongState(found, least == null ? Map.of() : least));
      }
      applyNextCertain();
    }
    stepsLost += lastStep - certainStep;
    world.note("checker", "is back at #" + certainStep + " of #" + lastStep);
    certain.forgetClients();
    live = certain.copy();
    steps.clear();
    lastStep = certainStep;
    shownStep = certainStep;
    promisedStep = Long.MAX_VALUE;
    turns.clear();
    overdueStep = certainStep;
    isDown = false;
  }

  private String wrongState(Map<String, String> found, Map<String, String> least) {
    List<String> differences = new ArrayList<>();
    TreeSet<String> keys = new TreeSet<>(found.keySet());
    keys.addAll(least.keySet());
    for (String key : keys) {
      String wanted = least.getOrDefault(key, "nothing");
      String got = found.getOrDefault(key, "nothing");
      if (!wanted.equals(got)) {
        differences.add(key + "\n expected " + wanted + "\n found    " + got);
      }
    }
    return "after a restart the broker is where it never was between steps "
        + promisedStep
        + " and "
        + lastStep
        + "; compared to #"
        + promisedStep
        + ":\n"
        + String.join("\n", differences);
  }

  /// How many steps crashes took back that nobody had been told of.
  public long stepsLost() {
    return stepsLost;
  }

  public long lastStep() {
    return lastStep;
  }
}
