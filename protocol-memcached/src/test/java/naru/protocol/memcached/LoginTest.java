package naru.protocol.memcached;

import static org.assertj.core.api.Assertions.assertThat;

import naru.bytes.Bytes;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LoginTest {
  private static final Admission SECRET =
      new Admission() {
        @Override
        public boolean isRequired() {
          return true;
        }

        @Override
        public boolean admits(Bytes user, Bytes password) {
          return password.equals(Bytes.of("secret"));
        }
      };

  private final Bench bench = new Bench(SECRET, new MemcachedSettings(1 << 20, 2));

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
  }
}
