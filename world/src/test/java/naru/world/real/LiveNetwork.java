package naru.world.real;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import naru.world.Network.Acceptor;
import naru.world.Network.Encryption;

/// A network with a thread that polls it, and somewhere to send it work.
final class LiveNetwork implements AutoCloseable {
  private static final long POLL_MAX_NS = TimeUnit.SECONDS.toNanos(20);

  final NettyNetwork network;
  private final ConcurrentLinkedQueue<Runnable> work = new ConcurrentLinkedQueue<>();
  private final Thread thread;
  private volatile boolean stopping;

  LiveNetwork(Transport transport) {
    network = new NettyNetwork(transport);
    thread = Thread.ofPlatform().name("polls " + transport).start(this::run);
  }

  private void run() {
    while (!stopping) {
      network.poll(POLL_MAX_NS);
      Runnable next = work.poll();
      if (next != null) {
        next.run();
      }
    }
    network.close();
  }

  boolean onItsThread() {
    return Thread.currentThread().equals(thread);
  }

  /// Runs it between two polls, and waits until it has run.
  void between(Runnable action) {
    FutureTask<Void> task = new FutureTask<>(action, null);
    work.add(task);
    network.wakeUp();
    try {
      task.get(20, TimeUnit.SECONDS);
    } catch (Exception failure) {
      throw new AssertionError(failure);
    }
  }

  int listen(Acceptor acceptor) {
    return listen(Encryption.NONE, acceptor);
  }

  int listen(Encryption encryption, Acceptor acceptor) {
    int[] port = new int[1];
    between(() -> port[0] = network.listen("127.0.0.1", 0, encryption, acceptor));
    return port[0];
  }

  static Socket connect(int port) throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setSoTimeout(20_000);
    return socket;
  }

  @Override
  public void close() {
    stopping = true;
    network.wakeUp();
    boolean ended;
    try {
      ended = thread.join(Duration.ofSeconds(20));
    } catch (InterruptedException failure) {
      throw new AssertionError(failure);
    }
    if (!ended) {
      throw new AssertionError("does not stop");
    }
  }
}
