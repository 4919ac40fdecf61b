package naru.structures;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import naru.bytes.Bytes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PackedRunTest {
  private static List<Bytes> elements(PackedRun run) {
    List<Bytes> elements = new ArrayList<>();
    for (int at = 0; at < run.end(); at = run.next(at)) {
      elements.add(run.bytes(at).owned());
    }
    return elements;
  }

  private static Bytes anything(Random random) {
    return switch (random.nextInt(3)) {
      case 0 -> Bytes.of(Long.toString(random.nextLong() >> random.nextInt(64)));
      case 1 -> Bytes.of("v".repeat(random.nextInt(200)));
      default -> Bytes.of("w" + random.nextInt(50));
    };
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4})
  void itIsAListWhateverHappens(int seed) {
    Random random = new Random(seed);
    PackedRun run = new PackedRun();
    List<Bytes> twin = new ArrayList<>();
    for (int step = 0; step < 5_000; step++) {
      int index = random.nextInt(twin.size() + 1);
      int place = run.skip(0, index);
      Bytes element = anything(random);
      switch (twin.size() > 200 ? 3 : random.nextInt(4)) {
        case 0, 1 -> {
          run.insert(place, element, Bytes.of("x"));
          twin.add(index, Bytes.of("x"));
          twin.add(index, element);
        }
        case 2 -> {
          if (index < twin.size()) {
            run.replace(place, element);
            twin.set(index, element);
          }
        }
        default -> {
          int count = Math.min(random.nextInt(4), twin.size() - index);
          run.remove(place, run.skip(place, count));
          twin.subList(index, index + count).clear();
        }
      }
      assertThat(run.end()).isEqualTo(run.skip(0, twin.size()));
      assertThat(run.count()).isEqualTo(twin.size());
    }
    assertThat(elements(run)).isEqualTo(twin);
    assertThat(elements(run.copy())).isEqualTo(twin);
    for (Bytes element : twin) {
      assertThat(run.find(element, 1)).isEqualTo(run.skip(0, twin.indexOf(element)));
    }
    assertThat(run.find(Bytes.of("nowhere"), 1)).isEqualTo(PackedRun.NONE);
  }

  @Test
  void aSearchMayLookAtEverySecondElementOnly() {
    PackedRun run = new PackedRun();
    run.insert(0, Bytes.of("a"), Bytes.of("b"), Bytes.of("b"), Bytes.of("a"));
    assertThat(run.find(Bytes.of("b"), 2)).isEqualTo(run.skip(0, 2));
  }
}
