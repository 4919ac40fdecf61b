package naru.measure.server;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import naru.measure.drive.Part;

/// A connection to a server of Redis' protocol that asks one thing after the other.
public final class Conversation implements AutoCloseable {
  private static final int PATIENCE_MS = 600_000;

  private final Socket socket;
  private final InputStream in;

  Conversation(int port) throws IOException {
    socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setSoTimeout(PATIENCE_MS);
    in = new BufferedInputStream(socket.getInputStream(), 1 << 16);
  }

  /// The reply, if it is a string or a line; else its first line. A refusal is an exception.
  public String ask(String... words) throws IOException {
    socket.getOutputStream().write(Part.resp(words));
    return reply();
  }

  /// The number behind `name:` in what `INFO` says of a section; 0 if there is none.
  public long info(String section, String name) throws IOException {
    for (String line : ask("INFO", section).split("\r\n", -1)) {
      if (line.startsWith(name + ":")) {
        return Long.parseLong(line.substring(name.length() + 1).trim());
      }
    }
    return 0;
  }

  private String reply() throws IOException {
    String line = line();
    switch (line.charAt(0)) {
      case '-' -> throw new IOException("refused: " + line);
      case '*' -> {
        for (int left = Integer.parseInt(line.substring(1)); left > 0; left--) {
          reply();
        }
      }
      case '$' -> {
        int count = Integer.parseInt(line.substring(1));
        if (count >= 0) {
          byte[] bytes = in.readNBytes(count);
          in.skipNBytes(2);
          return new String(bytes, StandardCharsets.ISO_8859_1);
        }
      }
      default -> {
        // A line by itself.
      }
    }
    return line;
  }

  private String line() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int next = in.read(); next != '\r'; next = in.read()) {
      if (next < 0) {
        throw new IOException("the server closed the connection");
      }
      line.write(next);
    }
    in.skipNBytes(1);
    return line.toString(StandardCharsets.ISO_8859_1);
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
