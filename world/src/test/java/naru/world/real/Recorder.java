package naru.world.real;

import java.io.ByteArrayOutputStream;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import naru.world.Socket;
import naru.world.SocketEvents;

/// Notes what happens on one connection, and complains about what must not.
class Recorder implements SocketEvents {
  final LiveNetwork live;
  final Socket socket;
  final BlockingQueue<String> happenings = new LinkedBlockingQueue<>();
  private final ByteArrayOutputStream input = new ByteArrayOutputStream();
  private boolean closed;

  Recorder(LiveNetwork live, Socket socket) {
    this.live = live;
    this.socket = socket;
  }

  @Override
  public void received(byte[] from, int offset, int count) {
    check(count > 0, "received nothing");
    synchronized (input) {
      input.write(from, offset, count);
      input.notifyAll();
    }
  }

  @Override
  public void receivedAll() {
    check(true, "");
    happenings.add("receivedAll");
  }

  @Override
  public void drained() {
    check(socket.unsentBytes() == 0, "drained with bytes unsent");
    happenings.add("drained");
  }

  @Override
  public void closed() {
    check(true, "");
    closed = true;
    happenings.add("closed");
  }

  private void check(boolean holds, String otherwise) {
    if (closed) {
      happenings.add("called after closed");
    }
    if (!live.onItsThread()) {
      happenings.add("called on another thread");
    }
    if (!holds) {
      happenings.add(otherwise);
    }
  }

  /// All input so far, once there are `count` bytes.
  byte[] awaitInput(int count) throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    synchronized (input) {
      while (input.size() < count) {
        long leftMs = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
        if (leftMs <= 0) {
          throw new AssertionError("only " + input.size() + " of " + count + " bytes came");
        }
        input.wait(leftMs);
      }
      return input.toByteArray();
    }
  }

  int inputBytes() {
    synchronized (input) {
      return input.size();
    }
  }

  /// The next thing that happens, `receivedAll` left out.
  String awaitNext() throws InterruptedException {
    while (true) {
      String next = happenings.poll(20, TimeUnit.SECONDS);
      if (next == null) {
        throw new AssertionError("nothing happens");
      }
      if (!next.equals("receivedAll")) {
        return next;
      }
    }
  }
}
