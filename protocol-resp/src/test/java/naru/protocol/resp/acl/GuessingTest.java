package naru.protocol.resp.acl;

import static org.assertj.core.api.Assertions.assertThat;

import naru.protocol.resp.Bench;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GuessingTest {
  private static final String WRONG =
      "-WRONGPASS invalid username-password pair or user is disabled.";

  private final Bench bench = new Bench();
  private final Bench.Connection admin = bench.connect();

  private Bench.Connection guesser(String host) {
    admin.run("CONFIG SET requirepass right");
    return bench.connectFrom(host);
  }

  @Test
  void theFourthWrongOneWaitsAndEachOfTheNextTwiceAsLong() {
    Bench.Connection one = guesser("10.0.0.1");
    for (int i = 0; i < 3; i++) {
      assertThat(one.run("AUTH wrong")).isEqualTo(WRONG);
    }
    for (int waitMs : new int[] {100, 200, 400, 800, 1600, 3200, 3200}) {
      assertThat(one.run("AUTH wrong")).isEmpty();
      bench.sleepMs(waitMs - 1);
      assertThat(one.receive()).isEmpty();
      bench.sleepMs(1);
      assertThat(one.receive()).isEqualTo(WRONG);
    }
  }

  @Test
  void whoWaitsKeepsNobodyElseWaiting() {
    Bench.Connection one = guesser("10.0.0.1");
    for (int i = 0; i < 4; i++) {
      one.run("AUTH wrong");
    }
    assertThat(one.run("AUTH right")).as("its own later words wait too").isEmpty();
    assertThat(bench.connectFrom("10.0.0.1").run("AUTH right")).isEqualTo("OK");
    assertThat(bench.connectFrom("10.0.0.2").run("AUTH wrong")).isEqualTo(WRONG);
    assertThat(bench.connectFrom("10.0.0.2").run("AUTH right")).isEqualTo("OK");
    assertThat(admin.run("PING")).isEqualTo("PONG");
    bench.sleepMs(100);
    assertThat(one.receive()).isEqualTo(WRONG + " OK");
  }

  @Test
  void hangingUpDoesNotHelp() {
    guesser("10.0.0.1");
    for (int i = 0; i < 3 + GuessingDelays.PENDING_MAX; i++) {
      Bench.Connection one = bench.connectFrom("10.0.0.1");
      one.run("AUTH wrong");
      one.close();
    }
    assertThat(bench.connectFrom("10.0.0.1").run("AUTH right")).as("not looked at").isEmpty();
    assertThat(bench.connectFrom("10.0.0.2").run("AUTH right")).isEqualTo("OK");
    bench.sleepMs(3200);
    assertThat(bench.connectFrom("10.0.0.1").run("AUTH right")).isEqualTo("OK");
  }

  @Test
  void afterAMinuteAllIsForgotten() {
    Bench.Connection one = guesser("10.0.0.1");
    for (int i = 0; i < 3; i++) {
      one.run("AUTH wrong");
    }
    bench.sleepMs(60_001);
    assertThat(one.run("AUTH wrong")).isEqualTo(WRONG);
  }

  @Test
  void theNeighboursOfAnAddressCountWithIt() {
    guesser("[2001:db8:0:1::1]");
    for (int i = 1; i <= 3; i++) {
      bench.connectFrom("[2001:db8:0:1::" + i + "]").run("AUTH wrong");
    }
    assertThat(bench.connectFrom("[2001:db8:0:1:ffff::9]").run("AUTH wrong")).isEmpty();
    assertThat(bench.connectFrom("[2001:db8:0:2::9]").run("AUTH wrong")).isEqualTo(WRONG);
  }

  @Test
  void aMillionAddressesAreNotRemembered() {
    GuessingDelays delays = new GuessingDelays();
    for (int i = 0; i < 1_000_000; i++) {
      assertThat(delays.wrong("10." + i, 1000, 100)).isZero();
    }
    assertThat(delays.addresses()).isEqualTo(4096);
  }

  @ParameterizedTest
  @CsvSource({
    "10.0.0.7:50123, 10.0.0.7",
    "[2001:db8:0:1:2:3:4:5]:50123, 2001:db8:0:1::/64",
    "[2001:db8::7]:50123, 2001:db8:0:0::/64",
    "[::1]:50123, 0:0:0:0::/64",
    "[::2:3:4:5:6:7]:1, 0:0:2:3::/64",
    "[fe80::1%eth0]:1, fe80:0:0:0::/64",
    "[1:2:3:4::]:1, 1:2:3:4::/64",
    "[::]:1, 0:0:0:0::/64"
  })
  void whoseGuessesCountTogether(String address, String origin) {
    assertThat(GuessingDelays.origin(address)).isEqualTo(origin);
  }

  @Test
  void whoComesFromElsewhereIsTurnedAwayWhileNoPasswordIsNeeded() {
    Bench.Connection other = bench.connectFrom("10.0.0.7");
    assertThat(other.receive()).startsWith("-DENIED Redis is running in protected mode");
    assertThat(other.isClosed()).isTrue();
    assertThat(bench.connectFrom("[::1]").run("PING")).isEqualTo("PONG");
    admin.run("CONFIG SET protected-mode no");
    assertThat(bench.connectFrom("10.0.0.7").run("PING")).isEqualTo("PONG");
    admin.run("CONFIG SET protected-mode yes");
    admin.run("ACL SETUSER default resetpass >p");
    assertThat(bench.connectFrom("10.0.0.7").run("AUTH p")).isEqualTo("OK");
  }

  @Test
  void aPasswordThatIsSetIsNotInTheSlowLogNorShown() {
    Bench.Connection monitor = bench.connect();
    monitor.run("MONITOR");
    admin.run("CONFIG SET slowlog-log-slower-than 0");
    admin.run("CONFIG SET maxclients 99 RequirePass hushhush masterauth hushhush timeout 7");
    bench.connect().run("AUTH hushhush");
    String log = admin.run("SLOWLOG GET");
    assertThat(log).contains("\"RequirePass\", \"(redacted)\"", "\"maxclients\", \"99\"");
    assertThat(log + monitor.receive()).contains("\"7\"").doesNotContain("hushhush");
  }
}
