package naru.compatibility;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// `naru bench`: that it runs and shows what it measured, not what that is.
final class BenchTest {
  private static final String[] SHORT = {"--rounds", "1", "--seconds", "0.3", "--count", "2000"};

  @TempDir Path folder;

  @BeforeEach
  void onlyNaruHasIt() {
    assumeFalse(Broker.isPeer());
  }

  private Ended bench(String... words) throws IOException, InterruptedException {
    List<String> all = new ArrayList<>(List.of("bench"));
    all.addAll(List.of("--out", folder.resolve("out").toString()));
    all.addAll(List.of("--data", folder.toString()));
    all.addAll(List.of(words));
    return Ended.after(folder, all.toArray(String[]::new));
  }

  private static String[] shortly(String... words) {
    List<String> all = new ArrayList<>(List.of(words));
    all.addAll(List.of(SHORT));
    return all.toArray(new String[0]);
  }

  private JsonNode written() throws IOException {
    return JsonMapper.shared().readTree(Files.readString(folder.resolve("out/bench.json")));
  }

  @ParameterizedTest
  @CsvSource({
    "commands/set/c50/p16 streams/group/1 queues/rate/1, s/M",
    "fanout/100/100 pending/page snapshot/with, p99.9 ms",
    "start/empty, ready after s",
    "memory/keys, bytes each",
    "cache/get/c50/p1, p99.9 ms",
  })
  void aloneItMeasuresEveryKindOfLoad(String loads, String column) throws Exception {
    List<String> words = new ArrayList<>(List.of(loads.split(" ")));
    int count = words.size();
    words.addAll(List.of("--peer", "none", "--driver", "own"));
    Ended ended = bench(shortly(words.toArray(new String[0])));

    assertThat(ended.code()).as(ended.errors()).isZero();
    assertThat(ended.errors())
        .contains(count + "/" + count + " " + words.get(count - 1) + ": ", "Naru alone");
    assertThat(ended.output().lines().filter(line -> line.startsWith("| load ")))
        .hasSize(count)
        .allMatch(line -> line.contains(" " + column + " |"));
    assertThat(written().at("/sections")).hasSize(count);
    for (JsonNode section : written().at("/sections")) {
      assertThat(section.at("/rows")).hasSize(1);
      JsonNode first = section.at("/rows/0/figures").iterator().next();
      assertThat(first.at("/naru/median").asDouble()).as("%s", section).isNotZero();
    }
    try (var left = Files.list(folder)) {
      assertThat(left.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrder("out", "output", "errors");
    }
  }

  @Test
  void besideAPeerAndTheFloorItShowsRatiosAndAPicture() throws Exception {
    assumeTrue(RealServer.isInstalled("redis-server"), "no redis-server");
    Ended ended = bench(shortly("commands/get/c50/p16", "--floor", "--json"));

    assertThat(ended.code()).as(ended.errors()).isZero();
    JsonNode json = JsonMapper.shared().readTree(ended.output());
    assertThat(json.at("/facts/peer").asString()).startsWith("redis-server ");
    JsonNode figures = json.at("/sections/0/rows/0/figures");
    for (String server : List.of("naru", "redis", "floor")) {
      assertThat(figures.at("/perSecond/" + server + "/median").asDouble())
          .as(server)
          .isGreaterThan(100);
      assertThat(figures.at("/p999Ms/" + server + "/median").asDouble())
          .isGreaterThanOrEqualTo(figures.at("/p50Ms/" + server + "/median").asDouble());
    }
    assertThat(figures.at("/perSecond/ratio").asDouble()).isPositive();
    assertThat(figures.at("/residentMb/redis/median").asDouble()).isPositive();
    assertThat(figures.at("/driverPercent").has("naru")).isTrue();
    assertThat(json).isEqualTo(written());
    assertThat(Files.readString(folder.resolve("out/bench.md")))
        .contains("| naru / redis ", "floor s/M", " = **");
    var svg =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(folder.resolve("out/bench.svg").toFile())
            .getDocumentElement();
    assertThat(svg.getTextContent()).contains("GET, 50 clients, pipeline 16");
    assertThat(svg.getElementsByTagName("rect").getLength()).isEqualTo(3);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "nosuch | there is no load 'nosuch'; see naru bench --list",
        "commands/set/c51 | there is no load 'commands/set/c51'; see naru bench --list",
        "--rounds 0 | --rounds is between 1 and 1000, not 0",
        "--rounds 1.5 | --rounds is a whole number, not '1.5'",
        "--seconds x | --seconds is a number, not 'x'",
        "--seconds NaN | --seconds is between 0.05 and 86400, not NaN",
        "--fsync maybe | --fsync is always, everysec or no, not 'maybe'",
        "--driver both | --driver is auto or own, not 'both'",
        "--transport pigeon | --transport is auto, io_uring, epoll or nio, not 'pigeon'",
        "--peer /no/such | --peer: there is no program /no/such",
      })
  void whatCannotBeDoneIsSaidInALine(String words, String reason) throws Exception {
    Ended ended = bench(words.split(" "));
    assertThat(ended.errors()).isEqualTo("naru: " + reason + "\n");
    assertThat(ended.code()).isEqualTo(2);
    assertThat(folder.resolve("out")).doesNotExist();
  }
}
