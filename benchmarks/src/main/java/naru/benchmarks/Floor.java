package naru.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/// Measures [FloorServer] on each transport beside `redis-server`, in turns, with
/// `redis-benchmark`.
///
/// `Floor [ROUNDS]` prints the medians: requests a second, and CPU seconds of the server for a
/// million of them. Needs Linux, and both programs of Redis on the path.
final class Floor {
  private static final int LIFE_SECONDS = 900;
  private static final double TICKS_PER_SECOND = 100;

  /// What the driver is told to do.
  private record Load(int requests, int pipeline) {}

  private static final List<Load> LOADS = List.of(new Load(200_000, 1), new Load(1_600_000, 16));

  /// Requests a second, and CPU seconds for a million requests.
  private record Figures(double perSecond, double user, double system) {}

  private record Server(String name, Process process, int port) {
    /// User and system time so far, from the 14th and 15th field of its `stat`.
    double[] cpuSeconds() {
      try {
        String stat = Files.readString(Path.of("/proc/" + process.pid() + "/stat"));
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
        return new double[] {
          Long.parseLong(fields[11]) / TICKS_PER_SECOND,
          Long.parseLong(fields[12]) / TICKS_PER_SECOND
        };
      } catch (IOException failure) {
        throw new UncheckedIOException(failure);
      }
    }
  }

  private Floor() {}

  public static void main(String[] arguments) throws IOException, InterruptedException {
    int rounds = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 5;
    List<Server> servers = new ArrayList<>();
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(() -> servers.forEach(server -> server.process().destroy()), "stop"));
    servers.add(redis());
    for (String transport : List.of("epoll", "io_uring", "nio")) {
      servers.add(floorServer(transport));
    }
    for (Load load : LOADS) {
      servers.forEach(server -> drive(server, load));
      compare(servers, load, rounds);
    }
  }

  private static void compare(List<Server> servers, Load load, int rounds) {
    List<List<Figures>> figures = new ArrayList<>();
    servers.forEach(_ -> figures.add(new ArrayList<>()));
    for (int round = 0; round < rounds; round++) {
      for (int i = 0; i < servers.size(); i++) {
        figures.get(i).add(drive(servers.get(i), load));
      }
    }
    System.out.printf("pipeline of %d, %d rounds%n", load.pipeline(), rounds);
    for (int i = 0; i < servers.size(); i++) {
      List<Figures> own = figures.get(i);
      System.out.printf(
          "  %-9s %9.0f/s  %.2f s/M (user %.2f, system %.2f)%n",
          servers.get(i).name(),
          median(own, Figures::perSecond),
          median(own, one -> one.user() + one.system()),
          median(own, Figures::user),
          median(own, Figures::system));
    }
  }

  private static double median(List<Figures> figures, ToDoubleFunction<Figures> figure) {
    double[] sorted = figures.stream().mapToDouble(figure).sorted().toArray();
    return sorted[sorted.length / 2];
  }

  private static Figures drive(Server server, Load load) {
    double[] cpuBefore = server.cpuSeconds();
    long start = System.nanoTime();
    run(
        "redis-benchmark -q -t ping_mbulk -c 50",
        "-p",
        server.port(),
        "-n",
        load.requests(),
        "-P",
        load.pipeline());
    double seconds = (System.nanoTime() - start) / 1e9;
    double[] cpuAfter = server.cpuSeconds();
    double millions = load.requests() / 1e6;
    return new Figures(
        load.requests() / seconds,
        (cpuAfter[0] - cpuBefore[0]) / millions,
        (cpuAfter[1] - cpuBefore[1]) / millions);
  }

  private static void run(String command, Object... more) {
    List<String> words = new ArrayList<>(List.of(("timeout 120 " + command).split(" ", -1)));
    for (Object word : more) {
      words.add(word.toString());
    }
    try {
      int status =
          new ProcessBuilder(words)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start()
              .waitFor();
      if (status != 0) {
        throw new IllegalStateException(words + " ended with " + status);
      }
    } catch (IOException | InterruptedException failure) {
      throw new IllegalStateException(words + ": " + failure.getMessage(), failure);
    }
  }

  private static Server redis() throws IOException, InterruptedException {
    int port = freePort();
    Process process =
        new ProcessBuilder("redis-server", "--bind", "127.0.0.1", "--port", "" + port, "--save", "")
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    String pong = "";
    for (int i = 0; i < 100 && !pong.equals("PONG"); i++) {
      Process ping = new ProcessBuilder("redis-cli", "-p", "" + port, "PING").start();
      pong = new String(ping.getInputStream().readAllBytes(), StandardCharsets.US_ASCII).strip();
      ping.waitFor();
    }
    return new Server("redis", process, port);
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private static Server floorServer(String transport) throws IOException {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    Process process =
        new ProcessBuilder(
                java,
                "-Xmx512m",
                "-XX:+UseSerialGC",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                // Nobody reads a log here.
                "-Dslf4j.provider=org.slf4j.helpers.NOP_FallbackServiceProvider",
                "-cp",
                System.getProperty("java.class.path"),
                "naru.benchmarks.FloorServer",
                transport,
                "0",
                "" + LIFE_SECONDS)
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    BufferedReader output = process.inputReader(StandardCharsets.US_ASCII);
    String line = output.readLine();
    if (line == null) {
      throw new IOException(transport + ": did not start");
    }
    return new Server(
        transport, process, Integer.parseInt(line.substring(line.lastIndexOf(' ') + 1)));
  }
}
