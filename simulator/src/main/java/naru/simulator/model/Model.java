package naru.simulator.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import naru.simulator.model.Outcome.Blocked;
import naru.simulator.model.Outcome.Done;
import org.jspecify.annotations.Nullable;

/// The plainest broker there is.
public final class Model {
  private static final Reply NO_ROOM =
      new Reply.Failure(
          "MISCONF The disk of the log is full: nothing is written until there is room. Reading"
              + " goes on.");

  private Keys keys;
  private final Clients clients = new Clients();
  private final Waiting waiting = new Waiting();

  public Model() {
    this(new Keys());
  }

  private Model(Keys keys) {
    this.keys = keys;
  }

  /// A model with the same keys, and no clients.
  public Model copy() {
    return new Model(keys.copy());
  }

  /// The broker has ended: nobody waits, watches or listens any more.
  public void forgetClients() {
    waiting.clear();
    clients.clear();
  }

  /// Whether a connection waits for something to happen.
  public boolean isWaiting(int connection) {
    return waiting.contains(connection);
  }

  /// How many connections wait for something to happen.
  public int waiting() {
    return waiting.count();
  }

  /// Monotonic nanoseconds at which the next who waits has waited long enough.
  public long nextDeadlineNs() {
    return waiting.nextDeadlineNs();
  }

  /// Wall clock at which the next key expires; the greatest number if none does.
  public long nextDueMs() {
    return keys.nextDueMs();
  }

  /// Which version of the protocol a connection speaks.
  public int version(int connection) {
    return clients.version(connection);
  }

  /// The content of each key, as text. It holds no ages, which the clock may hide by going back.
  public Map<String, String> picture() {
    return keys.picture();
  }

  /// Lets a step happen; returns who is sent what because of it, in order.
  public List<Answer> apply(Step step) {
    List<Answer> answers = new ArrayList<>();
    switch (step) {
      case Step.Executed executed -> execute(executed, answers);
      case Step.GaveUp(int connection) -> waiting.remove(connection);
      case Step.Gone(int connection) -> {
        waiting.remove(connection);
        clients.gone(connection);
      }
      case Step.Passed(long nowNs) ->
          waiting
              .removeDue(nowNs)
              .forEach(connection -> answers.add(Answer.reply(connection, Reply.NONE_MANY)));
      case Step.Expired(long nowMs) -> {
        keys.removeDue(nowMs);
        noteChanges();
        wake(nowMs, answers);
      }
    }
    return answers;
  }

  private void execute(Step.Executed step, List<Answer> answers) {
    int connection = step.connection();
    if (step.isTransaction()) {
      answers.add(Answer.reply(connection, transaction(step)));
    } else {
      switch (run(step, step.commands().getFirst())) {
        case Done(Reply reply) -> answers.add(Answer.reply(connection, reply));
        case Blocked blocked -> waiting.add(connection, blocked, step.nowNs());
      }
    }
    answers.addAll(clients.takePushes());
    wake(step.nowMs(), answers);
  }

  private Reply transaction(Step.Executed step) {
    boolean isOvertaken = clients.isOvertaken(step.connection());
    clients.unwatch(step.connection());
    return isOvertaken
        ? Reply.NONE_MANY
        : Reply.many(step.commands().stream().map(words -> atOnce(words, step)).toList());
  }

  private Reply atOnce(List<String> words, Step.Executed step) {
    return switch (run(step, words)) {
      case Done(Reply reply) -> reply;
      case Blocked blocked -> blocked.atOnce();
    };
  }

  private Outcome run(Step.Executed step, List<String> words) {
    if (step.refusal() != null) {
      return Outcome.done(new Reply.Failure(step.refusal()));
    }
    Keys before = step.hasRoom() ? keys : keys.copy();
    Outcome outcome = decide(step.connection(), words, step.nowMs(), null);
    if (!step.hasRoom() && keys.isWrittenSince(before)) {
      keys = before;
      outcome = Outcome.done(NO_ROOM);
    }
    noteChanges();
    return outcome;
  }

  private Outcome decide(
      int connection, List<String> words, long nowMs, @Nullable String awakenedBy) {
    return Verbs.run(new Turn(keys, clients, connection, words, nowMs, awakenedBy));
  }

  private void noteChanges() {
    clients.changed(keys.takeChanged());
  }

  /// Those who wait for what was touched try again, oldest first, key by key.
  private void wake(long nowMs, List<Answer> answers) {
    String key = keys.takeTouched();
    while (key != null) {
      for (Waiting.Waiter waiter : waiting.of(key)) {
        int connection = waiter.connection();
        if (waiting.contains(connection)
            && decide(connection, waiter.again(), nowMs, key) instanceof Done(Reply reply)) {
          waiting.remove(connection);
          answers.add(Answer.reply(connection, reply));
        }
        noteChanges();
      }
      key = keys.takeTouched();
    }
  }
}
