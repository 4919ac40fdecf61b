package naru.reactor;

import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import naru.world.Network;

/// The only way into a reactor from another thread: things to do on its own thread.
///
/// What comes here is rare and bounded by who sends it: one completion for each sync under way, one
/// for each administrative request.
final class Inbox implements Consumer<Runnable> {
  private final ConcurrentLinkedQueue<Runnable> queue = new ConcurrentLinkedQueue<>();
  private final Network network;

  Inbox(Network network) {
    this.network = network;
  }

  @Override
  public void accept(Runnable action) {
    queue.add(action);
    network.wakeUp();
  }

  void drain() {
    Runnable action = queue.poll();
    while (action != null) {
      action.run();
      action = queue.poll();
    }
  }
}
