package naru.protocol.memcached;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumMap;
import java.util.Map;
import naru.bytes.Bytes;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LoginTest {
  private static final Admission SECRET =
      new Admission() {
        @Override
        public boolean turnsAway(String address) {
          return address.startsWith("10.");
        }

        @Override
        public @Nullable Guest newcomer() {
          return null;
        }

        @Override
        public Verdict enter(String address, Bytes name, Bytes password) {
          return password.equals(Bytes.of("secret"))
              ? new Verdict.Welcome(new Named(name))
              : new Verdict.Wrong(name.equals(Bytes.of("slow")) ? 500 : 0);
        }
      };

  private static Permission granted = Permission.GET;
  private static boolean gone;

  /// `user` may do everything, others what is granted at the moment, with keys that begin with `a`.
  private record Named(String name) implements Guest {
    Named(Bytes name) {
      this(name.toString());
    }

    @Override
    public boolean isGone() {
      return gone;
    }

    @Override
    public boolean isUnlimited() {
      return name.equals("user");
    }

    @Override
    public @Nullable String refusal(Permission permission, Bytes key, String address) {
      if (permission != granted) {
        return "no " + permission.command();
      }
      return key.isEmpty() || key.at(0) == 'a' ? null : "not that key";
    }
  }

  @BeforeEach
  void forget() {
    granted = Permission.GET;
    gone = false;
  }

  private int connectionsMax = 2;
  private final Bench bench =
      new Bench(SECRET, new MemcachedSettings(1 << 20, () -> connectionsMax));

  @AfterEach
  void close() {
    bench.close();
  }

  @Test
  void nothingIsDoneBeforeTheLogin() {
    assertThat(bench.run("get a", "version", "flush_all", "mn"))
        .isEqualTo(
            "CLIENT_ERROR unauthenticated|CLIENT_ERROR unauthenticated|"
                + "CLIENT_ERROR unauthenticated|CLIENT_ERROR unauthenticated");
  }

  @Test
  void theRightPasswordOpens() {
    assertThat(bench.run("set any 0 0 11", "user secret", "set a 0 0 1", "x", "get a"))
        .isEqualTo("STORED|STORED|VALUE a 0 1|x|END");
    assertThat(bench.state().database(0).size()).isEqualTo(1);
  }

  @Test
  void theWrongOneDoesNot() {
    assertThat(bench.run("set any 0 0 10", "user wrong", "get a"))
        .isEqualTo("CLIENT_ERROR authentication failure|CLIENT_ERROR unauthenticated");
    assertThat(bench.run("set any 0 0 6", "secret"))
        .isEqualTo("CLIENT_ERROR bad authentication token format");
  }

  @Test
  void aWrongPasswordMayBeToldLaterAndNothingElseIsDoneMeanwhile() {
    assertThat(bench.run("set any 0 0 10", "slow wrong", "set any 0 0 11", "user secret"))
        .isEmpty();
    bench.sleepMs(499);
    assertThat(bench.run()).isEmpty();
    bench.sleepMs(1);
    assertThat(bench.run("get a"))
        .isEqualTo("CLIENT_ERROR authentication failure|STORED|ERROR|END");
  }

  @Test
  void eachCommandNeedsThePermissionOfWhatItDoes() {
    bench.run("set any 0 0 11", "else secret");
    Map<Permission, String> calls = new EnumMap<>(Permission.class);
    calls.put(Permission.GET, "get a1|gets a1 a2|mg a1 v|me a1");
    calls.put(Permission.GET_AND_TOUCH, "gat 9 a1|gats 9 a1 a2|mg a1 v T9");
    calls.put(
        Permission.SET,
        "set a1 0 0 1\r\n"
            + "x|add a1 0 0 1\r\n"
            + "x|replace a1 0 0 1\r\n"
            + "x|cas a1 0 0 1 7\r\n"
            + "x|ms a1 1\r\n"
            + "x");
    calls.put(Permission.APPEND, "append a1 0 0 1\r\nx|ms a1 1 MA\r\nx");
    calls.put(Permission.PREPEND, "prepend a1 0 0 1\r\nx|ms a1 1 MP\r\nx");
    calls.put(Permission.DELETE, "delete a1|md a1|md a1 I");
    calls.put(Permission.INCREMENT, "incr a1 1|ma a1|ma a1 N0");
    calls.put(Permission.DECREMENT, "decr a1 1|ma a1 MD");
    calls.put(Permission.TOUCH, "touch a1 9");
    calls.put(Permission.FLUSH, "flush_all|flush_all 9");
    calls.put(Permission.STATISTICS, "stats|stats items|stats settings");
    calls.put(Permission.RESET_STATISTICS, "stats reset");
    assertThat(calls).containsOnlyKeys(Permission.values());
    calls.forEach(
        (needed, lines) -> {
          for (String line : lines.split("\\|")) {
            granted = needed;
            assertThat(bench.run(line)).as(line).doesNotContain("CLIENT_ERROR no");
            granted = needed == Permission.GET ? Permission.SET : Permission.GET;
            assertThat(bench.run(line)).as(line).isEqualTo("CLIENT_ERROR no " + needed.command());
            granted = needed;
            if (line.contains("a1")) {
              assertThat(bench.run(line.replace("a1", "b1")))
                  .as(line)
                  .isEqualTo("CLIENT_ERROR not that key");
            }
          }
        });
  }

  @Test
  void oneForbiddenKeyAmongManyAndNoneIsShown() {
    bench.run("set any 0 0 11", "else secret");
    granted = Permission.SET;
    assertThat(bench.run("set a1 0 0 1", "x")).isEqualTo("STORED");
    granted = Permission.GET;
    assertThat(bench.run("get a1 b1", "get a1"))
        .isEqualTo("CLIENT_ERROR not that key|VALUE a1 0 1|x|END");
  }

  @Test
  void whoMakesAnItemByReadingHasToBeAllowedToStore() {
    bench.run("set any 0 0 11", "else secret");
    assertThat(bench.run("mg a1 N60 v")).isEqualTo("CLIENT_ERROR no set");
    assertThat(bench.state().database(0).size()).isZero();
  }

  @Test
  void whatMayNotBeDeletedStaysWhenItsReplacementIsTooLarge() {
    bench.run("set any 0 0 11", "else secret");
    granted = Permission.SET;
    assertThat(bench.run("set a1 0 0 1", "x", "set a1 0 0 2000000", "y".repeat(2_000_000)))
        .isEqualTo("STORED|SERVER_ERROR object too large for cache");
    assertThat(bench.state().database(0).size()).isEqualTo(1);
  }

  @Test
  void noreplyIsNotToldButNotDoneEither() {
    bench.run("set any 0 0 11", "else secret");
    assertThat(bench.run("set a1 0 0 1 noreply", "x", "get a1")).isEqualTo("END");
  }

  @Test
  void whoseUserIsGoneIsClosed() {
    bench.run("set any 0 0 11", "user secret");
    gone = true;
    assertThat(bench.run("get a", "get b")).isEqualTo("CLIENT_ERROR unauthenticated");
    assertThat(bench.isClosed()).isTrue();
  }

  @Test
  void whoIsNotWantedIsToldSoAndClosed() {
    var other = bench.connectFrom("10.0.0.7");
    bench.turn();
    assertThat(bench.receive(other)).startsWith("ERROR DENIED no password is set");
    bench.turn();
    assertThat(other.isClosed()).isTrue();
    assertThat(bench.server().connections()).isEqualTo(1);
  }

  @Test
  void aLargeLoginIsNotWaitedFor() {
    assertThat(bench.run("set any 0 0 1000000")).isEqualTo("CLIENT_ERROR unauthenticated");
    assertThat(bench.raw("get " + "a ".repeat(2000))).isEqualTo("CLIENT_ERROR line too long");
    assertThat(bench.isClosed()).isTrue();
  }

  @Test
  void thereIsRoomForSoManyConnections() {
    bench.connect();
    bench.turn();
    assertThat(bench.receive(bench.connect())).isEmpty();
    var third = bench.connect();
    bench.turn();
    assertThat(bench.receive(third)).isEqualTo("ERROR Too many open connections");
    connectionsMax = 3;
    assertThat(bench.receive(bench.connect())).isEmpty();
  }
}
