package naru.benchmarks.beside;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/// A server under test in a process of its own, on a free port of the loopback address.
final class Server implements AutoCloseable {
  private final String name;
  private final int port;
  private final Path data;
  private final Process process;

  private Server(String name, int port, Path data, Process process) {
    this.name = name;
    this.port = port;
    this.data = data;
    this.process = process;
  }

  static Server naru(Path repository, Path folder, String fsync) throws IOException {
    int port = freePort();
    return start(
        "naru",
        port,
        folder,
        folder.resolve("naru"),
        List.of(
            repository.resolve("naru").toString(),
            "server",
            "--dir",
            folder.resolve("naru").toString(),
            "--resp-port",
            Integer.toString(port),
            "--fsync",
            fsync));
  }

  /// Naru as a cache for memcached's clients: no log.
  static Server naruForMemcached(Path repository, Path folder) throws IOException {
    int port = freePort();
    return start(
        "naru",
        port,
        folder,
        folder.resolve("naru"),
        List.of(
            repository.resolve("naru").toString(),
            "server",
            "--dir",
            folder.resolve("naru").toString(),
            "--resp-port",
            "0",
            "--memcached-port",
            Integer.toString(port),
            "--log",
            "off"));
  }

  static Server memcached(Path folder) throws IOException {
    int port = freePort();
    Path data = Files.createDirectories(folder.resolve("memcached"));
    List<String> command = new ArrayList<>(List.of("memcached", "-l", "127.0.0.1", "-U", "0"));
    command.addAll(List.of("-p", Integer.toString(port), "-m", "2048", "-t", "1"));
    if (System.getProperty("user.name").equals("root")) {
      command.addAll(List.of("-u", "nobody"));
    }
    return start("memcached", port, folder, data, command);
  }

  static Server redis(Path folder, String fsync) throws IOException {
    int port = freePort();
    Path data = Files.createDirectories(folder.resolve("redis"));
    return start(
        "redis",
        port,
        folder,
        data,
        List.of(
            "redis-server",
            "--bind",
            "127.0.0.1",
            "--port",
            Integer.toString(port),
            "--dir",
            data.toString(),
            "--save",
            "",
            "--appendonly",
            "yes",
            "--appendfsync",
            fsync));
  }

  private static Server start(String name, int port, Path folder, Path data, List<String> command)
      throws IOException {
    Process process =
        new ProcessBuilder(new ArrayList<>(command))
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve(name + ".out").toFile())
            .start();
    return new Server(name, port, data, process);
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  String name() {
    return name;
  }

  int port() {
    return port;
  }

  /// Processor time used so far, in seconds: user and system.
  double processorSeconds() throws IOException {
    String stat = Files.readString(Path.of("/proc/" + process.pid() + "/stat"));
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
    return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) / 100.0;
  }

  /// Sends commands, one a line; fails if one is refused.
  void send(List<String> commands) throws IOException {
    awaitPort();
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      String lines = String.join("\r\n", commands) + "\r\nQUIT\r\n";
      socket.getOutputStream().write(lines.getBytes(StandardCharsets.UTF_8));
      byte[] answers = socket.getInputStream().readAllBytes();
      for (String line : new String(answers, StandardCharsets.UTF_8).split("\r\n", -1)) {
        if (line.startsWith("-")) {
          throw new IOException(name + " refused: " + line);
        }
      }
    }
  }

  void awaitPort() throws IOException {
    long untilNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(120);
    while (true) {
      try {
        new Socket(InetAddress.getLoopbackAddress(), port).close();
        return;
      } catch (ConnectException notYet) {
        if (System.nanoTime() > untilNs) {
          throw notYet;
        }
        LockSupport.parkNanos(20_000_000);
      }
    }
  }

  /// Bytes of all its files, in megabytes.
  long diskMb() throws IOException {
    try (Stream<Path> files = Files.walk(data)) {
      return files.filter(Files::isRegularFile).mapToLong(file -> file.toFile().length()).sum()
          >> 20;
    }
  }

  /// Resident memory in megabytes.
  long residentMb() throws IOException {
    for (String line : Files.readAllLines(Path.of("/proc/" + process.pid() + "/status"))) {
      if (line.startsWith("VmRSS:")) {
        return Long.parseLong(line.replaceAll("[^0-9]", "")) >> 10;
      }
    }
    return 0;
  }

  /// Memory in megabytes, its children's too; what several have in common is divided among them.
  long proportionalMb() {
    return Stream.concat(Stream.of(process.toHandle()), process.descendants())
            .mapToLong(each -> proportionalKb(each.pid()))
            .sum()
        >> 10;
  }

  /// 0 for a process that has ended.
  private static long proportionalKb(long pid) {
    try (Stream<String> lines = Files.lines(Path.of("/proc/" + pid + "/smaps_rollup"))) {
      return lines
          .filter(line -> line.startsWith("Pss:"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
          .sum();
    } catch (IOException | UncheckedIOException ended) {
      return 0;
    }
  }

  @Override
  public void close() throws IOException {
    process.destroy();
    try {
      if (!process.waitFor(20, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException interrupted) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
