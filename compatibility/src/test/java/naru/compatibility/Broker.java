package naru.compatibility;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// The packed broker in a process of its own, on a free loopback port, with a folder of its own.
///
/// With `-Dnaru.peer=redis` the process is a redis-server that syncs each write.
public final class Broker implements AutoCloseable {
  private static final boolean PEER = "redis".equals(System.getProperty("naru.peer"));
  private static final Pattern READY =
      Pattern.compile(PEER ? "Ready to accept connections" : "^ready in .* resp=[^ ]*:(\\d+)");

  /// With little memory, what takes it without bound is soon found out.
  private static final String HEAP = "-Xmx512m";

  private static final int PATIENCE_MS = 60_000;
  private static final int OUTPUT_LINES_MAX = 400;

  private final Path directory;
  private final List<String> options;
  private final String heap;
  private final Deque<String> output = new ConcurrentLinkedDeque<>();
  private List<String> through;
  private int port;
  private Process process;
  private CompletableFuture<Integer> ready;

  private Broker(
      int port, List<String> options, String heap, Function<Path, List<String>> through) {
    this.heap = heap;
    try {
      this.directory = Files.createTempDirectory("naru-broker-");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    this.options = options;
    this.through = through.apply(directory);
    this.port = port;
    this.ready = new CompletableFuture<>();
    this.process = launch();
  }

  public static Broker start() {
    return start(List.of());
  }

  /// With more options for `./naru server`; of them the peer gets `--fsync`.
  public static Broker start(List<String> options) {
    return start(PEER ? freePort() : 0, options);
  }

  /// On a port that the caller chose.
  static Broker start(int port, List<String> options) {
    return start(port, options, HEAP);
  }

  /// As [#start], with another heap, as in `-Xmx128m`.
  public static Broker startWithHeap(String heap, List<String> options) {
    return start(PEER ? freePort() : 0, options, heap);
  }

  /// By a command, made for the broker's folder, that the broker's own stands behind. From the
  /// first restart on without it.
  public static Broker startThrough(Function<Path, List<String>> command, List<String> options) {
    Broker broker = new Broker(PEER ? freePort() : 0, options, HEAP, command);
    broker.awaitReady();
    return broker;
  }

  private static Broker start(int port, List<String> options, String heap) {
    Broker broker = new Broker(port, options, heap, _ -> List.of());
    broker.awaitReady();
    return broker;
  }

  /// Whether the tests run against a redis-server.
  public static boolean isPeer() {
    return PEER;
  }

  public int port() {
    return port;
  }

  /// The port for memcached clients, if it was started with `--memcached-port auto`.
  public int memcachedPort() {
    return port("memcached");
  }

  /// The port behind another word of the line that says that it is ready; after a restart it may be
  /// another.
  public int port(String word) {
    return output.stream()
        .map(Pattern.compile("^ready in .* " + word + "=[^ ]*:(\\d+)")::matcher)
        .filter(Matcher::find)
        .mapToInt(matcher -> Integer.parseInt(matcher.group(1)))
        .reduce((_, last) -> last)
        .orElseThrow(() -> new AssertionError("no port; the broker said:\n" + output()));
  }

  public long pid() {
    return process.pid();
  }

  /// Where it keeps everything.
  public Path directory() {
    return directory;
  }

  public String uri() {
    return "redis://127.0.0.1:" + port;
  }

  /// The last of what the processes wrote to stdout and stderr.
  public String output() {
    return String.join("\n", output);
  }

  public boolean isAlive() {
    return process.isAlive();
  }

  public long residentBytes() {
    try (Stream<String> lines = Files.lines(Path.of("/proc/" + pid() + "/status"))) {
      String line = lines.filter(it -> it.startsWith("VmRSS:")).findFirst().orElseThrow();
      return Long.parseLong(line.replaceAll("\\D", "")) * 1024;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// The end that gives no time for anything.
  public void kill9() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
    awaitExit();
  }

  /// SIGTERM; returns the exit code.
  public int stop() {
    process.destroy();
    return awaitExit();
  }

  /// Waits for it to end by itself; returns the exit code.
  public int end() {
    return awaitExit();
  }

  /// Starts the broker that was stopped or killed again, on the same port and folder.
  public void restart() {
    if (process.isAlive()) {
      stop();
    }
    begin();
    awaitReady();
  }

  /// Starts it again and kills it after that time, whether it was ready by then or not.
  public void restartAndKill9After(long delayMs) {
    begin();
    try {
      ready.get(delayMs, TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      // Killed while it recovers: what this is for.
    } catch (InterruptedException | ExecutionException e) {
      throw new AssertionError("the broker ended by itself; it said:\n" + output(), e);
    }
    kill9();
  }

  @Override
  public void close() {
    kill9();
    try (Stream<Path> files = Files.walk(directory)) {
      files.sorted(Comparator.reverseOrder()).forEach(Broker::delete);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Starts it again by a command, as [#startThrough] does; returns the exit code of a start that
  /// is refused.
  public int refusedStartThrough(Function<Path, List<String>> command) {
    through = command.apply(directory);
    ready = new CompletableFuture<>();
    process = launch();
    return awaitExit();
  }

  private void begin() {
    through = List.of();
    ready = new CompletableFuture<>();
    process = launch();
  }

  private Process launch() {
    try {
      List<String> command = new ArrayList<>(through);
      command.addAll(PEER ? peerCommand() : brokerCommand());
      ProcessBuilder builder = new ProcessBuilder(command);
      builder.redirectErrorStream(true);
      builder.environment().put("NARU_JAVA_OPTIONS", heap);
      if (Files.isDirectory(Repository.root().resolve("broker/target/dist/lib"))) {
        builder.environment().put("NARU_BUILD", "never");
      }
      Process started = builder.start();
      CompletableFuture<Integer> itsReady = ready;
      Thread.ofPlatform().daemon().name("broker-output").start(() -> listen(started, itsReady));
      return started;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private List<String> brokerCommand() {
    List<String> command = new ArrayList<>();
    command.add(Repository.root().resolve("naru").toString());
    command.add("server");
    command.addAll(List.of("--dir", directory.toString()));
    command.addAll(List.of("--resp-port", port == 0 ? "auto" : Integer.toString(port)));
    command.addAll(List.of("--kafka-port", "0", "--amqp-port", "0"));
    command.addAll(List.of("--admin-port", "0"));
    if (!options.contains("--memcached-port")) {
      command.addAll(List.of("--memcached-port", "0"));
    }
    command.addAll(options);
    return command;
  }

  private List<String> peerCommand() {
    List<String> command = new ArrayList<>(List.of("redis-server", "--bind", "127.0.0.1"));
    command.addAll(List.of("--port", Integer.toString(port), "--dir", directory.toString()));
    command.addAll(List.of("--appendonly", "yes", "--save", ""));
    int fsync = options.indexOf("--fsync");
    command.addAll(List.of("--appendfsync", fsync < 0 ? "always" : options.get(fsync + 1)));
    command.addAll(List.of("--maxclients", "15000"));
    return command;
  }

  private void listen(Process started, CompletableFuture<Integer> itsReady) {
    try (BufferedReader lines = started.inputReader()) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        remember(line);
        Matcher matcher = READY.matcher(line);
        if (matcher.find()) {
          itsReady.complete(PEER ? port : Integer.parseInt(matcher.group(1)));
        }
      }
    } catch (IOException e) {
      remember("(its output broke off: " + e + ")");
    }
    itsReady.completeExceptionally(new IllegalStateException("ended before it was ready"));
  }

  private void remember(String line) {
    output.add(line);
    if (output.size() > OUTPUT_LINES_MAX) {
      output.poll();
    }
  }

  private void awaitReady() {
    try {
      port = ready.get(PATIENCE_MS, TimeUnit.MILLISECONDS);
    } catch (InterruptedException | ExecutionException | TimeoutException e) {
      kill9();
      throw new AssertionError("the broker did not start; it said:\n" + output(), e);
    }
  }

  private int awaitExit() {
    try {
      if (!process.waitFor(PATIENCE_MS, TimeUnit.MILLISECONDS)) {
        throw new AssertionError("the broker did not end; it said:\n" + output());
      }
      return process.exitValue();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /// A port that was free a moment ago.
  static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void delete(Path file) {
    try {
      Files.delete(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
