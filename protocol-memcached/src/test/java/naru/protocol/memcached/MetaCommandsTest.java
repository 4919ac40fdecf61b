package naru.protocol.memcached;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MetaCommandsTest {
  private final Bench bench = new Bench();

  @AfterEach
  void close() {
    bench.close();
  }

  @Test
  void flagsAreShownInTheirOrder() {
    bench.run("ms a 2 F5 T30", "hi");
    assertThat(bench.run("mg a s t c f k Oq1 h v")).isEqualTo("VA 2 s2 t30 c1 f5 ka Oq1 h0|hi");
    assertThat(bench.run("mg a h")).isEqualTo("HD h1");
    assertThat(bench.run("mg b k O9")).isEqualTo("EN kb O9");
  }

  @Test
  void quietLeavesOutWhatIsExpected() {
    assertThat(
            bench.run(
                "mg a v q",
                "ms a 1 q",
                "x",
                "mg a v q",
                "ms a 1 ME q",
                "y",
                "md a q",
                "md a q k",
                "ma a q",
                "mn"))
        .isEqualTo("VA 1|x|NS|NF ka|NF|MN");
  }

  @Test
  void modesAreThoseOfTheTextCommands() {
    assertThat(bench.run("ms a 1 MA", "b", "ms a 1 MP", "b", "ms a 1 MR", "b"))
        .isEqualTo("NS|NS|NS");
    assertThat(bench.run("ms a 1 ME", "b", "ms a 1 ME", "b")).isEqualTo("HD|NS");
    assertThat(bench.run("ms a 1 MA", "c", "ms a 1 MP", "a", "mg a v")).isEqualTo("HD|HD|VA 3|abc");
    assertThat(bench.run("ms a 1 MR", "x", "ms a 1 MS", "y", "mg a v")).isEqualTo("HD|HD|VA 1|y");
    assertThat(bench.run("ms a 1 MX", "x")).isEqualTo("CLIENT_ERROR invalid mode for ms M token");
  }

  @Test
  void aVersionThatIsNotTheRightOneKeepsFromStoringAndDeleting() {
    bench.run("ms a 1", "x");
    assertThat(bench.run("ms a 1 C9", "y", "md a C9", "ma a C9")).isEqualTo("EX|EX|EX");
    assertThat(bench.run("ms a 1 C1 c", "5")).isEqualTo("HD c2");
    assertThat(bench.run("ma a C1", "ma a C2 v c")).isEqualTo("EX|VA 1 c3|6");
    assertThat(bench.run("ms b 1 C1", "y", "md a C3")).isEqualTo("NF|HD");
  }

  @Test
  void aChosenVersionIsKeptAndDoesNotMoveTheOthers() {
    assertThat(bench.run("ms a 1 E18446744073709551615 c", "x"))
        .isEqualTo("HD c18446744073709551615");
    assertThat(bench.run("mg a c")).isEqualTo("HD c18446744073709551615");
    assertThat(bench.run("ms b 1 c", "x")).isEqualTo("HD c1");
  }

  @Test
  void oneOfThoseWhoMissIsToldToMakeTheItem() {
    assertThat(bench.run("mg a N30 v t")).isEqualTo("VA 0 t30 W|");
    assertThat(bench.run("mg a N30 v")).isEqualTo("VA 0 Z|");
    bench.run("ms a 1", "x");
    assertThat(bench.run("mg a N30 v")).isEqualTo("VA 1|x");
  }

  @Test
  void oneOfThoseWhoComeNearTheEndIsToldToMakeTheItemAnew() {
    bench.run("ms a 1 T100", "x");
    assertThat(bench.run("mg a R30")).isEqualTo("HD");
    bench.sleepMs(80_000);
    assertThat(bench.run("mg a R30", "mg a R30")).isEqualTo("HD W|HD Z");
  }

  @Test
  void aStaleItemIsShownAsSuchUntilItIsStored() {
    bench.run("ms a 1 T100", "x");
    assertThat(bench.run("md a I T30")).isEqualTo("HD");
    assertThat(bench.run("mg a v t c", "mg a v")).isEqualTo("VA 1 t30 c2 X W|x|VA 1 Z X|x");
    assertThat(bench.run("ms a 1 I C1 c", "y")).isEqualTo("HD c3");
    assertThat(bench.run("mg a v t")).isEqualTo("VA 1 t30 Z X|y");
    assertThat(bench.run("ms a 1 C3", "z", "mg a v t")).isEqualTo("HD|VA 1 t-1|z");
  }

  @Test
  void countingMakesWhatIsMissingIfAsked() {
    assertThat(bench.run("ma n")).isEqualTo("NF");
    assertThat(bench.run("ma n N0 J13 v")).isEqualTo("VA 2|13");
    assertThat(bench.run("ma n D3 v t", "ma n MD D100 v", "ma n MZ"))
        .isEqualTo("VA 2 t-1|16|VA 1|0|CLIENT_ERROR invalid mode for ma M token");
  }

  @Test
  void keysMayBeBase64() {
    assertThat(bench.run("ms AAEg 1 b k", "x")).isEqualTo("HD kAAEg b");
    assertThat(bench.run("mg AAEg b k v")).isEqualTo("VA 1 kAAEg b|x");
    assertThat(bench.state().database(0).value(naru.bytes.Bytes.of("\0\u0001 "))).isNotNull();
    assertThat(bench.run("mg A b", "md !!! b"))
        .isEqualTo("CLIENT_ERROR error decoding key|CLIENT_ERROR invalid or duplicate flag");
  }

  @Test
  void flagsThatMakeNoSenseAreRefusedAndTheirDataPassedOver() {
    assertThat(bench.run("mg a k k")).isEqualTo("CLIENT_ERROR duplicate flag");
    assertThat(bench.run("mg a !")).isEqualTo("CLIENT_ERROR invalid flag");
    assertThat(bench.run("ms a 5 Tx", "mn mn", "mn"))
        .isEqualTo("CLIENT_ERROR bad token in command line format|MN");
    assertThat(bench.run("ms a 2 O" + "1".repeat(40), "mn", "mg a"))
        .isEqualTo("CLIENT_ERROR opaque token too long|EN");
    assertThat(bench.run("ms a", "ms a -1", "ms a x"))
        .isEqualTo(
            "CLIENT_ERROR bad command line format|CLIENT_ERROR bad command line format|"
                + "CLIENT_ERROR bad command line format");
  }

  @Test
  void whatIsKnownOfAnItemIsShown() {
    bench.run("set a 0 30 2", "hi");
    bench.sleepMs(5000);
    assertThat(bench.run("me a")).startsWith("ME a exp=25 la=5 cas=1 fetch=no cls=1 size=");
    assertThat(bench.run("me b")).isEqualTo("EN");
  }
}
