package naru.compatibility;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// One connection that sends exactly the bytes it is told to, and reads replies one by one.
///
/// Text is ISO 8859-1: one character a byte. Any failure of the socket is an
/// [UncheckedIOException].
public final class RawClient implements AutoCloseable {
  private static final int PATIENCE_MS = 20_000;

  private final Socket socket;
  private final InputStream input;
  private final OutputStream output;

  private RawClient(Socket socket) throws IOException {
    this.socket = socket;
    this.input = new BufferedInputStream(socket.getInputStream(), 1 << 16);
    this.output = socket.getOutputStream();
  }

  public static RawClient to(Broker broker) {
    return to(broker.port());
  }

  public static RawClient to(int port) {
    return to(port, 0);
  }

  /// With a receive buffer of that size, so that a reader that stops reading is soon felt.
  public static RawClient to(int port, int receiveBufferBytes) {
    return to(InetAddress.getLoopbackAddress(), port, receiveBufferBytes);
  }

  static RawClient to(InetAddress address, int port) {
    return to(address, port, 0);
  }

  private static RawClient to(InetAddress address, int port, int receiveBufferBytes) {
    try {
      Socket socket = new Socket();
      if (receiveBufferBytes > 0) {
        socket.setReceiveBufferSize(receiveBufferBytes);
      }
      socket.setTcpNoDelay(true);
      socket.setSoTimeout(PATIENCE_MS);
      socket.connect(new InetSocketAddress(address, port), PATIENCE_MS);
      return new RawClient(socket);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// How long a [#read()] waits before it fails.
  public RawClient patienceMs(int patienceMs) {
    try {
      socket.setSoTimeout(patienceMs);
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public RawClient write(byte[] bytes) {
    try {
      output.write(bytes);
      output.flush();
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public RawClient write(String bytes) {
    return write(bytes.getBytes(ISO_8859_1));
  }

  /// Sends one command as an array of bulk strings.
  public RawClient send(String... words) {
    return write(encode(words));
  }

  public static byte[] encode(String... words) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.writeBytes(("*" + words.length + "\r\n").getBytes(ISO_8859_1));
    for (String word : words) {
      bytes.writeBytes(("$" + word.length() + "\r\n" + word + "\r\n").getBytes(ISO_8859_1));
    }
    return bytes.toByteArray();
  }

  public Reply call(String... words) {
    return send(words).read();
  }

  /// Sends all of them in one write and then reads all the replies.
  public List<Reply> pipeline(List<String[]> commands) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    commands.forEach(words -> bytes.writeBytes(encode(words)));
    write(bytes.toByteArray());
    List<Reply> replies = new ArrayList<>();
    for (int i = 0; i < commands.size(); i++) {
      replies.add(read());
    }
    return replies;
  }

  public Reply read() {
    try {
      return readReply();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// All that still comes until the peer closes; fails if it does not within the patience.
  public String readUntilClosed() {
    ByteArrayOutputStream rest = new ByteArrayOutputStream();
    try {
      input.transferTo(rest);
    } catch (SocketTimeoutException e) {
      throw new AssertionError("still open after " + rest, e);
    } catch (IOException e) {
      // A reset is a way of closing too: the peer had not read all that was sent to it.
    }
    return rest.toString(ISO_8859_1);
  }

  /// Tells the peer that nothing more will be sent.
  public RawClient endOutput() {
    try {
      socket.shutdownOutput();
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Reply readReply() throws IOException {
    int kind = input.read();
    if (kind < 0) {
      throw new EOFException("closed by the peer");
    }
    String line = readLine();
    return switch (kind) {
      case '+' -> new Reply.Simple(line);
      case '-' -> new Reply.Problem(line);
      case ':' -> new Reply.Whole(Long.parseLong(line));
      case '$' -> line.equals("-1") ? new Reply.Nothing() : new Reply.Bulk(readBytes(line));
      case '!' -> new Reply.Problem(readBytes(line));
      case '*' -> line.equals("-1") ? new Reply.Nothing() : new Reply.Sequence(readItems(line));
      case '~' -> new Reply.Members(readItems(line));
      case '>' -> new Reply.Push(readItems(line));
      case '%' -> new Reply.Mapping(readEntries(line));
      case '_' -> new Reply.Nothing();
      case ',' -> new Reply.Fraction(fraction(line));
      case '#' -> new Reply.Truth(line.equals("t"));
      case '(' -> new Reply.Big(line);
      case '=' -> verbatim(readBytes(line));
      default -> throw new IOException("no reply starts with '" + (char) kind + "': " + line);
    };
  }

  private static Reply verbatim(String bytes) {
    return new Reply.Verbatim(bytes.substring(0, 3), bytes.substring(4));
  }

  private static double fraction(String line) {
    return switch (line) {
      case "inf" -> Double.POSITIVE_INFINITY;
      case "-inf" -> Double.NEGATIVE_INFINITY;
      case "nan" -> Double.NaN;
      default -> Double.parseDouble(line);
    };
  }

  private List<Reply> readItems(String count) throws IOException {
    List<Reply> items = new ArrayList<>();
    for (long left = Long.parseLong(count); left > 0; left--) {
      items.add(readReply());
    }
    return items;
  }

  private Map<Reply, Reply> readEntries(String count) throws IOException {
    Map<Reply, Reply> entries = new LinkedHashMap<>();
    for (long left = Long.parseLong(count); left > 0; left--) {
      Reply key = readReply();
      entries.put(key, readReply());
    }
    return entries;
  }

  private String readBytes(String length) throws IOException {
    int size = Integer.parseInt(length);
    byte[] bytes = input.readNBytes(size);
    if (bytes.length < size || input.read() != '\r' || input.read() != '\n') {
      throw new EOFException("a string of " + size + " bytes was cut or had no end");
    }
    return new String(bytes, ISO_8859_1);
  }

  private String readLine() throws IOException {
    StringBuilder line = new StringBuilder();
    for (int next = input.read(); next != '\r'; next = input.read()) {
      if (next < 0) {
        throw new EOFException("closed within a line: " + line);
      }
      line.append((char) next);
    }
    if (input.read() != '\n') {
      throw new IOException("a line ended without \\n: " + line);
    }
    return line.toString();
  }
}
