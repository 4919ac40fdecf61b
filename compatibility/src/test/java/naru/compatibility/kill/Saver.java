package naru.compatibility.kill;

import java.util.random.RandomGenerator;
import naru.compatibility.RawClient;

/// Has the broker take one snapshot after the other. There is nothing to check: what the others
/// remember is there, or it is not.
final class Saver implements Driver {
  @Override
  public void work(RawClient client, RandomGenerator random) {
    while (true) {
      client.call(random.nextInt(20) == 0 ? "SAVE" : "BGSAVE");
    }
  }

  @Override
  public void check(RawClient client) {}
}
