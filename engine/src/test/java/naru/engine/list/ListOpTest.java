package naru.engine.list;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import naru.bytes.Bytes;
import naru.engine.Op;
import naru.engine.OpGolden;
import naru.engine.State;
import naru.engine.list.ListOp.Route;
import org.junit.jupiter.api.Test;

class ListOpTest {
  private static final Bytes KEY = Bytes.of("key");
  private static final Bytes OTHER = Bytes.of("other");

  private final State state = new State(1);

  @Test
  void opsAreReadAsTheyWereWritten() {
    OpGolden.check(
        new ListOp.Pushed(0, KEY, true, List.of(Bytes.of("a"), Bytes.EMPTY)),
        new ListOp.Popped(0, KEY, false, 300),
        new ListOp.Trimmed(0, KEY, 1, 300),
        new ListOp.Put(0, KEY, 300, Bytes.of("a")),
        new ListOp.Inserted(0, KEY, 300, Bytes.of("a")),
        new ListOp.Removed(0, KEY, false, 300, Bytes.of("a")),
        new ListOp.Moved(0, KEY, OTHER, new Route(true, false, true), 300),
        new ListOp.Restored(0, KEY, true, List.of(Bytes.of("a"), Bytes.EMPTY)));
  }

  @Test
  void everyOpThatTakesTheLastElementTakesTheKey() {
    for (Op op :
        List.of(
            new ListOp.Popped(0, KEY, true, 2),
            new ListOp.Trimmed(0, KEY, 1, 1),
            new ListOp.Removed(0, KEY, true, 2, Bytes.of("a")),
            new ListOp.Moved(0, KEY, OTHER, new Route(true, true, false), 2))) {
      push("a", "a");
      op.applyTo(state);
      assertThat(state.database(0).entry(KEY)).as("%s", op).isNull();
    }
  }

  @Test
  void whatIsKeptIsACopy() {
    byte[] buffer = "borrowed".getBytes(StandardCharsets.US_ASCII);
    new ListOp.Pushed(0, KEY, true, List.of(Bytes.of(buffer))).applyTo(state);
    Arrays.fill(buffer, (byte) '!');
    assertThat(elements(KEY)).containsExactly("borrowed");
  }

  @Test
  void elementsTakenOneByOneLieAsTheyFall() {
    moved(new Route(true, true, false), "2 1 x", "3");
    moved(new Route(true, false, false), "x 1 2", "3");
    moved(new Route(false, true, false), "2 3 x", "1");
    moved(new Route(false, false, false), "x 3 2", "1");
  }

  @Test
  void elementsTakenAsARunKeepTheirOrder() {
    moved(new Route(true, true, true), "1 2 x", "3");
    moved(new Route(true, false, true), "x 1 2", "3");
    moved(new Route(false, true, true), "2 3 x", "1");
    moved(new Route(false, false, true), "x 2 3", "1");
  }

  private void moved(Route route, String expectedThere, String expectedHere) {
    push("1", "2", "3");
    new ListOp.Pushed(0, OTHER, false, List.of(Bytes.of("x"))).applyTo(state);
    new ListOp.Moved(0, KEY, OTHER, route, 2).applyTo(state);
    assertThat(String.join(" ", elements(OTHER))).isEqualTo(expectedThere);
    assertThat(String.join(" ", elements(KEY))).isEqualTo(expectedHere);
    new ListOp.Popped(0, KEY, true, 9).applyTo(state);
    new ListOp.Popped(0, OTHER, true, 9).applyTo(state);
  }

  @Test
  void aListTurnsRoundOnItself() {
    Random random = new Random(5);
    List<String> twin = new ArrayList<>();
    for (int i = 0; i < 3000; i++) {
      twin.add("element " + i);
    }
    push(twin.toArray(String[]::new));
    for (int i = 0; i < 500; i++) {
      Route route = Route.ofCode(random.nextInt(8));
      int count = 1 + random.nextInt(random.nextInt(10) == 0 ? twin.size() : 3);
      new ListOp.Moved(0, KEY, KEY, route, count).applyTo(state);
      turn(twin, route, count);
      assertThat(elements(KEY)).isEqualTo(twin);
    }
  }

  private static void turn(List<String> twin, Route route, int count) {
    int from = route.head() ? 0 : twin.size() - count;
    List<String> run = new ArrayList<>(twin.subList(from, from + count));
    twin.subList(from, from + count).clear();
    boolean turned = !route.asRun() && route.head() == route.toHead();
    twin.addAll(route.toHead() ? 0 : twin.size(), turned ? run.reversed() : run);
  }

  private void push(String... elements) {
    new ListOp.Pushed(0, KEY, false, Arrays.stream(elements).map(Bytes::of).toList())
        .applyTo(state);
  }

  private List<String> elements(Bytes key) {
    List<String> elements = new ArrayList<>();
    if (state.database(0).value(key) instanceof ListValue list) {
      list.elements().forEach(element -> elements.add(element.toString()));
    }
    return elements;
  }
}
