package naru.protocol.resp.list;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import naru.protocol.resp.Bench;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ListChangeTest {
  private final Bench bench = new Bench();

  @AfterEach
  void replayGivesTheSame() {
    bench.close();
  }

  @Test
  void elementsArePushedOneAfterTheOther() {
    assertThat(bench.run("LPUSH l 1 2 3")).isEqualTo(":3");
    assertThat(bench.run("RPUSH l 4 5")).isEqualTo(":5");
    assertThat(bench.run("LRANGE l 0 -1")).isEqualTo("[\"3\", \"2\", \"1\", \"4\", \"5\"]");
  }

  @Test
  void aListThatIsNotThereIsNotPushedToIfItMustExist() {
    assertThat(bench.run("LPUSHX l 1")).isEqualTo(":0");
    assertThat(bench.run("EXISTS l")).isEqualTo(":0");
    bench.run("RPUSH l 1");
    assertThat(bench.run("RPUSHX l 2 3")).isEqualTo(":3");
  }

  @Test
  void theLastElementTakesTheKeyWithIt() {
    bench.run("RPUSH l 1 2 3");
    assertThat(bench.run("LPOP l")).isEqualTo("\"1\"");
    assertThat(bench.run("RPOP l 5")).isEqualTo("[\"3\", \"2\"]");
    assertThat(bench.run("EXISTS l")).isEqualTo(":0");
    assertThat(bench.run("LPOP l")).isEqualTo("nil");
  }

  @ParameterizedTest
  @CsvSource({
    "LPOP l x, '-ERR value is out of range, must be positive'",
    "LPOP l -1, '-ERR value is out of range, must be positive'",
    "LPOP l 1 2, -ERR wrong number of arguments for 'lpop' command",
    "LSET none 0 x, -ERR no such key",
    "LSET l 9 x, -ERR index out of range",
    "LINSERT l x a b, -ERR syntax error",
    "LMPOP 0 l LEFT, -ERR numkeys should be greater than 0",
    "LMPOP 2 l LEFT, -ERR syntax error",
    "LMPOP 1 l LEFT COUNT 0, -ERR count should be greater than 0",
    "LPOS l a COUNT -1, -ERR COUNT can't be negative",
    "LPOS l a MAXLEN -1, -ERR MAXLEN can't be negative",
  })
  void whatMakesNoSenseIsRefused(String line, String refusal) {
    bench.run("RPUSH l a");
    assertThat(bench.run(line)).isEqualTo(refusal);
  }

  @ParameterizedTest
  @CsvSource({
    "LPOS l c, :2",
    "LPOS l c RANK 2, :6",
    "LPOS l c RANK -1, :7",
    "LPOS l c RANK 4, nil",
    "LPOS l c COUNT 0, '[:2, :6, :7]'",
    "LPOS l c COUNT 2 RANK -1, '[:7, :6]'",
    "LPOS l c COUNT 0 MAXLEN 3, [:2]",
    "LPOS l 2, :4",
    "LPOS none c, nil",
    "LPOS none c COUNT 0, []",
  })
  void elementsAreFoundFromEitherEnd(String line, String found) {
    bench.run("RPUSH l a b c 1 2 3 c c");
    assertThat(bench.run(line)).isEqualTo(found);
  }

  @Test
  void elementsAreMultiPoppedFromTheFirstListThatHasAny() {
    bench.run("RPUSH l 1 2 3");
    assertThat(bench.run("LMPOP 2 none l RIGHT COUNT 2")).isEqualTo("[\"l\", [\"3\", \"2\"]]");
    assertThat(bench.run("LMPOP 2 none none2 LEFT")).isEqualTo("nil");
  }

  /// What a plain list of strings does, done through the commands.
  @Test
  void doesWhatAPlainListDoes() {
    Random random = new Random(12);
    List<String> twin = new ArrayList<>();
    for (int i = 0; i < 3000; i++) {
      change(random, twin, "e" + random.nextInt(40));
      if (i % 50 == 0) {
        assertThat(bench.run("LRANGE l 0 -1")).isEqualTo(shown(twin));
      }
    }
  }

  private void change(Random random, List<String> twin, String element) {
    int index = twin.isEmpty() ? 0 : random.nextInt(twin.size());
    switch (random.nextInt(7)) {
      case 0, 1, 2 -> {
        boolean head = random.nextBoolean();
        twin.add(head ? 0 : twin.size(), element);
        assertThat(bench.run(head ? "LPUSH" : "RPUSH", "l", element)).isEqualTo(":" + twin.size());
      }
      case 3 -> {
        String popped = twin.isEmpty() ? "nil" : "\"" + twin.removeFirst() + "\"";
        assertThat(bench.run("LPOP l")).isEqualTo(popped);
      }
      case 4 -> {
        if (!twin.isEmpty()) {
          twin.set(index, element);
          assertThat(bench.run("LSET", "l", "" + index, element)).isEqualTo("OK");
        }
      }
      case 5 -> {
        int pivot = twin.indexOf(element);
        if (pivot >= 0) {
          twin.add(pivot, "new");
          bench.run("LINSERT", "l", "BEFORE", element, "new");
        }
      }
      default -> {
        int count = Collections.frequency(twin, element);
        twin.removeIf(element::equals);
        assertThat(bench.run("LREM", "l", "0", element)).isEqualTo(":" + count);
      }
    }
  }

  private static String shown(List<String> list) {
    return list.isEmpty() ? "[]" : "[\"" + String.join("\", \"", list) + "\"]";
  }

  @Test
  void aLongListIsAQuicklistToThoseWhoAsk() {
    bench.run("RPUSH l 1 2 3");
    assertThat(bench.run("OBJECT ENCODING l")).isEqualTo("\"listpack\"");
    bench.run("RPUSH", "l", "x".repeat(9000));
    assertThat(bench.run("OBJECT ENCODING l")).isEqualTo("\"quicklist\"");
  }
}
