package naru.protocol.memcached;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import naru.bytes.Bytes;
import naru.engine.list.ListOp;
import naru.engine.string.StringOp;
import naru.engine.string.StringValue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// What becomes of items when others change them, and of others' values here.
class OtherProtocolsTest {
  private static final Bytes KEY = Bytes.of("a");

  private final Bench bench = new Bench();

  @AfterEach
  void close() {
    bench.close();
  }

  @Test
  void aStringSetElsewhereIsAnItemWithoutFlags() {
    bench.apply(new StringOp.Set(0, KEY, Bytes.of("x")));
    assertThat(bench.run("get a")).isEqualTo("VALUE a 0 1|x|END");
    assertThat(bench.value("a")).isExactlyInstanceOf(StringValue.class);
    assertThat(bench.run("gets a", "gets a")).isEqualTo("VALUE a 0 1 1|x|END|VALUE a 0 1 1|x|END");
  }

  @Test
  void settingElsewhereTakesFlagsAndVersion() {
    bench.run("set a 5 0 1", "x");
    bench.apply(new StringOp.Set(0, KEY, Bytes.of("x")));
    assertThat(bench.run("cas a 0 0 1 1", "y")).isEqualTo("EXISTS");
    assertThat(bench.run("gets a")).isEqualTo("VALUE a 0 1 2|x|END");
  }

  @Test
  void aChangeAndItsOppositeElsewhereAreTwoChanges() {
    bench.run("set a 5 0 1", "1");
    bench.apply(new StringOp.Counted(0, KEY, 2), new StringOp.Counted(0, KEY, 1));
    assertThat(bench.run("cas a 0 0 1 1", "y")).isEqualTo("EXISTS");
    assertThat(bench.run("gets a")).isEqualTo("VALUE a 5 1 2|1|END");
  }

  @Test
  void appendingElsewhereKeepsTheFlags() {
    bench.run("set a 5 0 1", "x");
    bench.apply(new StringOp.Appended(0, KEY, Bytes.of("y")));
    assertThat(bench.run("get a")).isEqualTo("VALUE a 5 2|xy|END");
  }

  @Test
  void aValueThatIsNoStringCannotBeReadButReplaced() {
    bench.apply(new ListOp.Pushed(0, KEY, true, List.of(Bytes.of("x"))));
    String no = "CLIENT_ERROR the key holds a value that is not a string";
    assertThat(bench.run("get a", "mg a v", "me a")).isEqualTo("END|EN|EN");
    assertThat(bench.run("append a 0 0 1", "x", "cas a 0 0 1 5", "x", "mg a N30", "md a I"))
        .isEqualTo(String.join("|", no, no, no, no));
    assertThat(bench.run("incr a 1", "add a 0 0 1", "x"))
        .isEqualTo("CLIENT_ERROR cannot increment or decrement non-numeric value|NOT_STORED");
    assertThat(bench.run("touch a 100", "set a 0 0 1", "y", "get a"))
        .isEqualTo("TOUCHED|STORED|VALUE a 0 1|y|END");
  }
}
