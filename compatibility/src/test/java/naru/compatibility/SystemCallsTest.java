package naru.compatibility;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/// How often the broker asks the system for something, for each request: counted, so that it holds
/// on any machine. What is above the bounds is a call that somebody added to every request.
class SystemCallsTest {
  private static final int CONNECTIONS = 50;
  private static final int PIPELINE = 16;
  private static final int ROUNDS = 40;
  private static final int BATCHES = CONNECTIONS * ROUNDS;

  /// The transport of the virtual machine's own calls `read` and `write`, which the kernel counts
  /// for each process; those of the others it does not.
  @Test
  void aBatchTakesOneReadAndOneWrite() throws IOException {
    Assumptions.assumeFalse(Broker.isPeer());
    Assumptions.assumeTrue(Files.isReadable(Path.of("/proc/self/io")));
    try (Broker broker = Broker.start(List.of("--transport", "nio", "--log", "off"))) {
      drive(broker);
      long readsBefore = counted(broker, "syscr");
      long writesBefore = counted(broker, "syscw");
      drive(broker);
      double reads = (double) (counted(broker, "syscr") - readsBefore) / BATCHES;
      double writes = (double) (counted(broker, "syscw") - writesBefore) / BATCHES;
      System.out.printf(Locale.ROOT, "nio: %.2f reads, %.2f writes a batch%n", reads, writes);
      assertThat(reads).as("reads a batch of 16, those to be woken included").isBetween(0.9, 1.5);
      assertThat(writes).as("writes a batch of 16").isBetween(0.9, 1.5);
    }
  }

  /// The transport that is chosen by itself, as the broker counts.
  @Test
  void aBatchIsReadAndAnsweredAtOnce() {
    Assumptions.assumeFalse(Broker.isPeer());
    try (Broker broker = Broker.start();
        RawClient client = RawClient.to(broker)) {
      drive(broker);
      long readsBefore = figure(client, "total_reads_processed");
      long writesBefore = figure(client, "total_writes_processed");
      drive(broker);
      double reads = (double) (figure(client, "total_reads_processed") - readsBefore) / BATCHES;
      double writes = (double) (figure(client, "total_writes_processed") - writesBefore) / BATCHES;
      System.out.printf(Locale.ROOT, "auto: %.2f reads, %.2f writes a batch%n", reads, writes);
      assertThat(reads).as("reads a batch of 16").isBetween(0.9, 1.5);
      assertThat(writes).as("writes a batch of 16").isBetween(0.9, 1.5);
    }
  }

  /// Batches of sets and gets from many connections at once, each answered before the next.
  private static void drive(Broker broker) {
    ByteArrayOutputStream batch = new ByteArrayOutputStream();
    for (int i = 0; i < PIPELINE; i += 2) {
      batch.writeBytes(RawClient.encode("SET", "key:" + i, "value-" + i));
      batch.writeBytes(RawClient.encode("GET", "key:" + i));
    }
    List<RawClient> clients = new ArrayList<>();
    try {
      for (int i = 0; i < CONNECTIONS; i++) {
        clients.add(RawClient.to(broker));
      }
      for (int round = 0; round < ROUNDS; round++) {
        clients.forEach(client -> client.write(batch.toByteArray()));
        clients.forEach(SystemCallsTest::readAnswers);
      }
    } finally {
      clients.forEach(RawClient::close);
    }
  }

  private static void readAnswers(RawClient client) {
    for (int i = 0; i < PIPELINE; i++) {
      assertThat(client.read()).isNotInstanceOf(Reply.Problem.class);
    }
  }

  private static long counted(Broker broker, String name) throws IOException {
    for (String line : Files.readAllLines(Path.of("/proc/" + broker.pid() + "/io"), ISO_8859_1)) {
      if (line.startsWith(name + ": ")) {
        return Long.parseLong(line.substring(name.length() + 2));
      }
    }
    throw new AssertionError(name + " is not counted");
  }

  private static long figure(RawClient client, String name) {
    String text = client.call("INFO", "stats").text();
    int from = text.indexOf("\n" + name + ":") + name.length() + 2;
    return Long.parseLong(text.substring(from, text.indexOf('\r', from)));
  }
}
