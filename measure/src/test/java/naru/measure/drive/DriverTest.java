package naru.measure.drive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

final class DriverTest {
  private static final byte[] PING = "PING\r\n".getBytes(StandardCharsets.ISO_8859_1);

  /// Answers each line with `answer`, after a while.
  private static ServerSocket server(String answer, long afterMs) throws IOException {
    ServerSocket server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
    Thread.ofPlatform()
        .daemon()
        .start(
            () -> {
              while (true) {
                try {
                  Socket accepted = server.accept();
                  Thread.ofPlatform().daemon().start(() -> serve(accepted, answer, afterMs));
                } catch (IOException closed) {
                  return;
                }
              }
            });
    return server;
  }

  private static void serve(Socket socket, String answer, long afterMs) {
    try (socket) {
      BufferedReader lines = new BufferedReader(new InputStreamReader(socket.getInputStream()));
      while (lines.readLine() != null) {
        // This server takes its time.
        Thread.sleep(afterMs);
        socket.getOutputStream().write(answer.getBytes(StandardCharsets.ISO_8859_1));
      }
    } catch (IOException | InterruptedException ended) {
      // The driver has left.
    }
  }

  @Test
  void aClosedLoopCountsAndTimesEveryAnswer() throws IOException {
    List<ClosedLoop> parts =
        List.of(new ClosedLoop(3, true, 0, _ -> PING), new ClosedLoop(1, true, 0, _ -> PING));
    try (ServerSocket server = server("+PONG\r\n", 2);
        Driver driver = new Driver(server.getLocalPort(), new RespFraming(), parts)) {
      Driver.Result result = driver.run(40, 30);
      assertThat(result.messages()).isBetween(40L, 44L);
      assertThat(result.times().getTotalCount()).isEqualTo(result.messages());
      assertThat(result.percentileMs(0)).isGreaterThanOrEqualTo(2);
    }
  }

  @Test
  void aServerThatStandsStillIsChargedForAllWhoWouldHaveCome() throws IOException {
    try (ServerSocket server = server("+PONG\r\n", 10);
        Driver driver =
            new Driver(
                server.getLocalPort(),
                new RespFraming(),
                List.of(new Paced(1000, true, _ -> PING)))) {
      Driver.Result result = driver.run(50, 30);
      assertThat(result.percentileMs(99)).as("the 50th waits for 49 before it").isGreaterThan(300);
    }
  }

  @Test
  void waitingForTheNextMessageIsNotTheDriversWork() throws IOException {
    try (ServerSocket server = server("+PONG\r\n", 0);
        Driver driver =
            new Driver(
                server.getLocalPort(),
                new RespFraming(),
                List.of(new Paced(1100, true, _ -> PING)))) {
      assertThat(driver.run(Long.MAX_VALUE, 0.5).driverShare()).isBetween(0.0001, 0.5);
    }
  }

  @Test
  void nothingIsMeasuredBeforeAllListen() throws IOException {
    Patterns patterns = new Patterns("p", 50);
    try (ServerSocket server = server("+OK\r\n", 1);
        Driver driver = new Driver(server.getLocalPort(), new RespFraming(), List.of(patterns))) {
      assertThat(patterns.isReady()).isFalse();
      driver.settle(0);
      assertThat(patterns.isReady()).isTrue();
    }
  }

  @Test
  void aRefusalEndsTheMeasurement() throws IOException {
    try (ServerSocket server = server("-ERR no\r\n", 0);
        Driver driver =
            new Driver(
                server.getLocalPort(),
                new RespFraming(),
                List.of(new ClosedLoop(1, true, 0, _ -> PING)))) {
      assertThatThrownBy(() -> driver.run(1, 30)).hasMessage("refused: -ERR no");
    }
  }
}
