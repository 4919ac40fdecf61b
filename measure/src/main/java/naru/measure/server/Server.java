package naru.measure.server;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.LongFunction;
import naru.measure.drive.ClosedLoop;
import naru.measure.drive.Driver;
import naru.measure.drive.RespFraming;

/// A server under test in a process of its own, on a free port of the loopback address, with a
/// folder of its own.
public final class Server implements AutoCloseable {
  private static final long PATIENCE_NS = TimeUnit.MINUTES.toNanos(10);
  private static final int STOP_PATIENCE_S = 120;
  private static final int FILL_PIPELINE = 1000;
  private static final int FILL_SECONDS_MAX = 7200;

  private final Program program;
  private final Setup setup;
  private final Path folder;
  private final int port;
  private Process process;

  private Server(Program program, Setup setup, Path folder, int port, Process process) {
    this.program = program;
    this.setup = setup;
    this.folder = folder;
    this.port = port;
    this.process = process;
  }

  /// Starts it in a new folder within `parent`, and waits until it answers.
  public static Server start(Program program, Setup setup, Path parent) throws IOException {
    Path folder = Files.createTempDirectory(parent, program.name() + "-");
    int port = freePort();
    Process process = launch(program, setup, folder, port);
    Server server = new Server(program, setup, folder, port, process);
    try {
      server.awaitAnswer();
    } catch (IOException failure) {
      server.close();
      throw failure;
    }
    return server;
  }

  private static Process launch(Program program, Setup setup, Path folder, int port)
      throws IOException {
    Path data = Files.createDirectories(folder.resolve("data"));
    return new ProcessBuilder(program.start().words(port, data, setup))
        .redirectErrorStream(true)
        .redirectOutput(folder.resolve("output").toFile())
        .start();
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  public String name() {
    return program.name();
  }

  public boolean isFloor() {
    return program.isFloor();
  }

  public int port() {
    return port;
  }

  public Conversation converse() throws IOException {
    return new Conversation(port);
  }

  /// Throws all away, and lets it write down that there is nothing. One that keeps nothing has
  /// nothing to do.
  public void empty() throws IOException {
    if (isFloor() || setup.wire() != Setup.Wire.REDIS) {
      return;
    }
    try (Conversation conversation = converse()) {
      conversation.ask("FLUSHALL");
      if (setup.keepsLog()) {
        rewrite(conversation);
      }
    }
  }

  private void rewrite(Conversation conversation) throws IOException {
    long endNs = System.nanoTime() + PATIENCE_NS;
    awaitRewritten(conversation);
    while (!beginsToRewrite(conversation)) {
      rest(endNs, "its log cannot be rewritten");
    }
    awaitRewritten(conversation);
  }

  /// Refused while one is about to begin by itself.
  private static boolean beginsToRewrite(Conversation conversation) throws IOException {
    try {
      conversation.ask("BGREWRITEAOF");
      return true;
    } catch (IOException refused) {
      if (String.valueOf(refused.getMessage()).contains("in progress")) {
        return false;
      }
      throw refused;
    }
  }

  private void awaitRewritten(Conversation conversation) throws IOException {
    long endNs = System.nanoTime() + PATIENCE_NS;
    while (conversation.info("persistence", "aof_rewrite_in_progress") != 0
        || conversation.info("persistence", "aof_rewrite_scheduled") != 0) {
      rest(endNs, "its log is not rewritten");
    }
  }

  /// Sends so many requests, none of which may be refused.
  public void fill(long count, LongFunction<byte[]> request) throws IOException {
    if (isFloor() || count <= 0) {
      return;
    }
    int pipeline = (int) Math.min(count, FILL_PIPELINE);
    List<ClosedLoop> parts = List.of(new ClosedLoop(pipeline, true, 0, request, count));
    try (Driver driver = new Driver(port, new RespFraming(), parts)) {
      driver.run(count, FILL_SECONDS_MAX);
    }
  }

  /// Ends it as users do and starts it on what it kept; returns the seconds from the start of the
  /// process to its first answer.
  public double restart() throws IOException {
    stop();
    long beginNs = System.nanoTime();
    process = launch(program, setup, folder, port);
    awaitAnswer();
    return (System.nanoTime() - beginNs) / 1e9;
  }

  /// Waits until it takes commands: it may be starting, or busy with what it was asked by clients
  /// that have left.
  public void awaitAnswer() throws IOException {
    long endNs = System.nanoTime() + PATIENCE_NS;
    while (!answers()) {
      if (!process.isAlive()) {
        throw new IOException(name() + " has ended: " + lastWords());
      }
      rest(endNs, "it does not answer");
    }
  }

  /// Whether it takes commands: one that still reads what it kept refuses them.
  private boolean answers() throws IOException {
    try {
      if (setup.wire() != Setup.Wire.REDIS) {
        new Socket(InetAddress.getLoopbackAddress(), port).close();
        return true;
      }
      try (Conversation conversation = converse()) {
        return conversation.ask("PING").equals("+PONG");
      }
    } catch (ConnectException notYet) {
      return false;
    } catch (IOException refused) {
      if (process.isAlive() && String.valueOf(refused.getMessage()).contains("LOADING")) {
        return false;
      }
      throw refused;
    }
  }

  private String lastWords() throws IOException {
    String output = Files.readString(folder.resolve("output")).strip();
    return output.isEmpty() ? "it said nothing" : output.substring(output.lastIndexOf('\n') + 1);
  }

  private void rest(long endNs, String what) throws IOException {
    if (System.nanoTime() > endNs) {
      throw new IOException(name() + ": " + what);
    }
    try {
      // Whether it is ready can only be asked for.
      Thread.sleep(2);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", interrupted);
    }
  }

  /// Processor time used since it was started, its children's too.
  public double processorSeconds() {
    return Watched.processorSeconds(process);
  }

  /// Bytes that it had the disk write since it was started, as far as the system says.
  public double writtenBytes() {
    return Watched.writtenBytes(process.pid());
  }

  public long residentBytes() throws IOException {
    return Watched.residentBytes(process);
  }

  /// Its memory and its children's; what they have in common counts once.
  public long proportionalBytes() {
    return Watched.proportionalBytes(process);
  }

  /// Bytes of all its files.
  public long diskBytes() throws IOException {
    return Watched.diskBytes(folder.resolve("data"));
  }

  private void stop() {
    process.destroy();
    try {
      if (!process.waitFor(STOP_PATIENCE_S, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException interrupted) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }

  /// Ends it; its files stay.
  @Override
  public void close() {
    stop();
  }
}
