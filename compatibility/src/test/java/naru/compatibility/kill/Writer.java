package naru.compatibility.kill;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import naru.compatibility.RawClient;
import naru.compatibility.Reply;

/// Writes one step after the other, some at a time. Since a connection's commands are carried out
/// in order, what is kept is a beginning of what was sent, and at least what was acknowledged.
final class Writer implements Driver {
  private static final int STEPS_AT_ONCE_MAX = 20;

  private final String name;
  private final Target target;
  private int sent;
  private int acknowledged;

  Writer(String name, Target target) {
    this.name = name;
    this.target = target;
  }

  int acknowledgedSteps() {
    return acknowledged;
  }

  @Override
  public void work(RawClient client, RandomGenerator random) {
    while (true) {
      int first = sent;
      sent += 1 + random.nextInt(STEPS_AT_ONCE_MAX);
      for (int step = first; step < sent; step++) {
        target.commands(step).forEach(client::send);
      }
      for (int step = first; step < sent; step++) {
        List<Reply> replies = new ArrayList<>();
        for (int left = target.commands(step).size(); left > 0; left--) {
          replies.add(client.read());
        }
        target.acknowledged(step, replies);
        acknowledged = step + 1;
      }
    }
  }

  @Override
  public void check(RawClient client) {
    int kept = target.stepsKept(client);
    assertThat(kept).as(name + ": steps kept").isBetween(acknowledged, sent);
    sent = kept;
    acknowledged = kept;
  }
}
