package naru.compatibility.differential;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import naru.compatibility.Broker;
import naru.compatibility.Repository;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Replays what once differed. The recorded replies of Redis are the measure, so no Redis is
/// needed.
final class TranscriptTest {
  private static final Path FOLDER = Repository.tests().resolve("resources").resolve("transcripts");

  private static Broker broker;

  @BeforeAll
  static void start() {
    broker = Broker.start(List.of("--fsync", "no"));
  }

  @AfterAll
  static void stop() {
    broker.close();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("transcripts")
  void repliesAreThoseOnceRecordedFromRedis(String name) throws IOException {
    Transcript recorded = Transcript.parse(Files.readString(FOLDER.resolve(name)));
    try (Side naru = new Side(broker.port())) {
      List<Exchange> exchanges = beside(recorded, naru.play(recorded.sequence()));
      int at = Comparison.firstDifference(recorded.sequence(), exchanges);
      assertThat(at).as(new Transcript(recorded.sequence(), exchanges).text()).isNegative();
    }
  }

  private static List<Exchange> beside(Transcript recorded, List<Exchange.Answer> answers) {
    return IntStream.range(0, answers.size())
        .mapToObj(
            i ->
                new Exchange(
                    answers.get(i).command(),
                    recorded.exchanges().get(i).redis(),
                    answers.get(i).frames()))
        .toList();
  }

  static List<String> transcripts() throws IOException {
    try (Stream<Path> files = Files.list(FOLDER)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }
}
