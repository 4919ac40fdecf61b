package naru.compatibility.differential;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/// Stands before a server and puts one word in the place of another, equally long one in whatever
/// the server says.
final class LyingProxy implements AutoCloseable {
  private final ServerSocket door;
  private final int port;
  private final String truth;
  private final String lie;

  private LyingProxy(ServerSocket door, int port, String truth, String lie) {
    this.door = door;
    this.port = port;
    this.truth = truth;
    this.lie = lie;
  }

  static LyingProxy before(int port, String truth, String lie) throws IOException {
    ServerSocket door = new ServerSocket(0, 16, InetAddress.getLoopbackAddress());
    LyingProxy proxy = new LyingProxy(door, port, truth, lie);
    Thread.ofVirtual().start(proxy::accept);
    return proxy;
  }

  int port() {
    return door.getLocalPort();
  }

  private void accept() {
    try {
      while (!door.isClosed()) {
        Socket client = door.accept();
        Socket server = new Socket(InetAddress.getLoopbackAddress(), port);
        Thread.ofVirtual().start(() -> pass(client, server, false));
        Thread.ofVirtual().start(() -> pass(server, client, true));
      }
    } catch (IOException _) {
      // The door was closed: that is how the test ends.
    }
  }

  private void pass(Socket from, Socket to, boolean lying) {
    byte[] bytes = new byte[64 << 10];
    try (from;
        to) {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      for (int size = in.read(bytes); size > 0; size = in.read(bytes)) {
        String said = new String(bytes, 0, size, StandardCharsets.ISO_8859_1);
        String passed = lying ? said.replace(truth, lie) : said;
        out.write(passed.getBytes(StandardCharsets.ISO_8859_1));
      }
    } catch (IOException _) {
      // One end has gone, and the other is closed with it.
    }
  }

  @Override
  public void close() throws IOException {
    door.close();
  }
}
