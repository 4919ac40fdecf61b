package naru.compatibility.memcached;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;

/// A connection that sends exactly the bytes it is told to. Text is ISO 8859-1.
final class TextClient implements AutoCloseable {
  private static final int PATIENCE_MS = 20_000;
  private static final String END = "MN\r\n";

  private final Socket socket = new Socket();
  private final InputStream input;

  TextClient(int port) {
    try {
      socket.setTcpNoDelay(true);
      socket.setSoTimeout(PATIENCE_MS);
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), PATIENCE_MS);
      input = socket.getInputStream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// All that is answered to the text, which has to end where a command does.
  String ask(String text) {
    send(text + "mn\r\n");
    ByteArrayOutputStream answer = new ByteArrayOutputStream();
    byte[] some = new byte[1 << 16];
    try {
      while (true) {
        int count = input.read(some);
        if (count < 0) {
          return answer.toString(ISO_8859_1) + "(closed)";
        }
        answer.write(some, 0, count);
        String all = answer.toString(ISO_8859_1);
        if (all.equals(END) || all.endsWith("\r\n" + END)) {
          return all.substring(0, all.length() - END.length());
        }
      }
    } catch (SocketTimeoutException e) {
      throw new AssertionError("after '" + answer + "' nothing came", e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  TextClient send(String text) {
    return send(text.getBytes(ISO_8859_1));
  }

  TextClient send(byte[] bytes) {
    try {
      socket.getOutputStream().write(bytes);
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// All that still comes until the other side closes.
  String readUntilClosed() {
    ByteArrayOutputStream rest = new ByteArrayOutputStream();
    try {
      input.transferTo(rest);
    } catch (SocketTimeoutException e) {
      throw new AssertionError("still open after '" + rest + "'", e);
    } catch (IOException e) {
      // A reset is a way of closing too.
    }
    return rest.toString(ISO_8859_1);
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
