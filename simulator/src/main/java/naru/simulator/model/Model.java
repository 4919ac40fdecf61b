package naru.simulator.model;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import naru.simulator.model.Outcome.Blocked;
import naru.simulator.model.Outcome.Done;
import org.jspecify.annotations.Nullable;

/// The plainest broker there is.
public final class Model {
  private final Map<String, Value> keys = new TreeMap<>();
  private final Waiting waiting = new Waiting();
  private final LinkedHashSet<String> touched = new LinkedHashSet<>();

  /// A model with the same keys, and nobody waiting.
  public Model copy() {
    Model copy = new Model();
    keys.forEach((key, value) -> copy.keys.put(key, value.copy()));
    return copy;
  }

  /// The broker has ended: nobody waits any more.
  public void forgetWaiting() {
    waiting.clear();
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

  /// The content of each key, as text. It holds no ages, which the clock may hide by going back.
  public Map<String, String> picture() {
    Map<String, String> picture = new TreeMap<>();
    keys.forEach((key, value) -> picture.put(key, value.picture()));
    return picture;
  }

  /// Lets a step happen; returns who is answered what because of it.
  public List<Answer> apply(Step step) {
    return switch (step) {
      case Step.Executed executed -> execute(executed);
      case Step.Gone(int connection) -> {
        waiting.remove(connection);
        yield List.of();
      }
      case Step.Passed(long nowNs) ->
          waiting.removeDue(nowNs).stream()
              .map(connection -> new Answer(connection, Reply.NONE_MANY))
              .toList();
    };
  }

  private List<Answer> execute(Step.Executed step) {
    List<Answer> answers = new ArrayList<>();
    if (step.isTransaction()) {
      List<Reply> replies = step.commands().stream().map(words -> atOnce(words, step)).toList();
      answers.add(new Answer(step.connection(), Reply.many(replies)));
    } else {
      switch (run(step.commands().getFirst(), step.nowMs(), null)) {
        case Done(Reply reply) -> answers.add(new Answer(step.connection(), reply));
        case Blocked blocked -> waiting.add(step.connection(), blocked, step.nowNs());
      }
    }
    wake(step.nowMs(), answers);
    return answers;
  }

  private Reply atOnce(List<String> words, Step.Executed step) {
    return switch (run(words, step.nowMs(), null)) {
      case Done(Reply reply) -> reply;
      case Blocked blocked -> blocked.atOnce();
    };
  }

  private Outcome run(List<String> words, long nowMs, @Nullable String awakenedBy) {
    return Verbs.run(new Turn(keys, touched, words, nowMs, awakenedBy));
  }

  /// Those who wait for what was touched try again, oldest first, key by key.
  private void wake(long nowMs, List<Answer> answers) {
    while (!touched.isEmpty()) {
      String key = touched.removeFirst();
      for (Waiting.Waiter waiter : waiting.of(key)) {
        if (waiting.contains(waiter.connection())
            && run(waiter.again(), nowMs, key) instanceof Done(Reply reply)) {
          waiting.remove(waiter.connection());
          answers.add(new Answer(waiter.connection(), reply));
        }
      }
    }
  }
}
