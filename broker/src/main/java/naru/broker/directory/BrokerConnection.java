package naru.broker.directory;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import naru.bytes.ByteWriter;
import naru.world.WorldFailure;

/// A connection to a running broker, for one question at a time.
public final class BrokerConnection implements AutoCloseable {
  private static final int CONNECT_TIMEOUT_MS = 5_000;
  private static final int ANSWER_TIMEOUT_MS = 60_000;

  private final String where;
  private final Socket socket;
  private final InputStream in;

  private BrokerConnection(String where, Socket socket, InputStream in) {
    this.where = where;
    this.socket = socket;
    this.in = in;
  }

  /// Throws [WorldFailure] if nobody answers there.
  public static BrokerConnection open(String host, int port) {
    String where = host + ":" + port;
    Socket socket = new Socket();
    try {
      socket.connect(new InetSocketAddress(host, port), CONNECT_TIMEOUT_MS);
      socket.setSoTimeout(ANSWER_TIMEOUT_MS);
      return new BrokerConnection(where, socket, new BufferedInputStream(socket.getInputStream()));
    } catch (IOException refused) {
      throw new WorldFailure("cannot connect to a broker on " + where, refused);
    }
  }

  /// The answer to a command: text, a number or a list of such. Throws [WorldFailure] if it is an
  /// error, or none comes.
  public Object call(String... words) {
    ByteWriter request = new ByteWriter(256);
    request.writeAscii("*" + words.length + "\r\n");
    for (String word : words) {
      byte[] bytes = word.getBytes(StandardCharsets.UTF_8);
      request.writeAscii("$" + bytes.length + "\r\n");
      request.write(bytes);
      request.writeAscii("\r\n");
    }
    try {
      socket.getOutputStream().write(request.array(), 0, request.length());
      return answer();
    } catch (IOException failed) {
      throw new WorldFailure("the broker on " + where + " does not answer", failed);
    }
  }

  private Object answer() throws IOException {
    String line = line();
    String rest = line.isEmpty() ? "" : line.substring(1);
    return switch (line.isEmpty() ? ' ' : line.charAt(0)) {
      case '+' -> rest;
      case ':' -> Long.valueOf(rest);
      case '$' -> text(Integer.parseInt(rest));
      case '*' -> items(Integer.parseInt(rest));
      case '-' -> throw new WorldFailure("the broker on " + where + " answers: " + rest);
      default -> throw new IOException("'" + line + "' is no answer of the Redis protocol");
    };
  }

  private String line() throws IOException {
    StringBuilder line = new StringBuilder();
    int next = in.read();
    while (next != '\n') {
      if (next < 0) {
        throw new EOFException("the connection was closed");
      }
      if (next != '\r') {
        line.append((char) next);
      }
      next = in.read();
    }
    return line.toString();
  }

  private String text(int length) throws IOException {
    byte[] bytes = in.readNBytes(length);
    in.skipNBytes(2);
    return new String(bytes, StandardCharsets.UTF_8);
  }

  private List<Object> items(int count) throws IOException {
    List<Object> items = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      items.add(answer());
    }
    return items;
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException failed) {
      throw new WorldFailure("cannot close the connection to " + where, failed);
    }
  }
}
