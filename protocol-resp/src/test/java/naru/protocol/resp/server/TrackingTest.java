package naru.protocol.resp.server;

import static org.assertj.core.api.Assertions.assertThat;

import naru.protocol.resp.Bench;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TrackingTest {
  private final Bench bench = new Bench();
  private final Bench.Connection tracking = bench.connect3();
  private final Bench.Connection other = bench.connect();

  @BeforeEach
  void track() {
    assertThat(tracking.run("CLIENT TRACKING ON")).isEqualTo("OK");
  }

  @AfterEach
  void close() {
    bench.close();
  }

  private static String invalidated(String key) {
    return ">[\"invalidate\", [\"" + key + "\"]]";
  }

  @Test
  void whoHasReadAKeyHearsOnceThatAnotherHasChangedIt() {
    tracking.run("GET k");
    other.run("SET k 1");
    assertThat(tracking.receive()).isEqualTo(invalidated("k"));
    other.run("SET k 2");
    assertThat(tracking.receive()).isEmpty();
  }

  @Test
  void whatExpiresIsTold() {
    other.run("SET k 1 PX 100");
    tracking.run("GET k");
    bench.sleepMs(500);
    assertThat(tracking.receive()).isEqualTo(invalidated("k"));
  }

  @Test
  void whatIsEvictedIsTold() {
    other.run("SET k 1");
    tracking.run("GET k");
    other.run("CONFIG SET maxmemory-policy allkeys-random");
    other.run("CONFIG SET maxmemory 1");
    other.run("GET other");
    other.run("CONFIG SET maxmemory 0");
    assertThat(tracking.receive()).contains(invalidated("k"));
    assertThat(other.run("EXISTS k")).isEqualTo(":0");
  }

  @Test
  void whatIsTooMuchToRememberIsToldAsIfItHadChanged() {
    other.run("CONFIG SET tracking-table-max-keys 2");
    tracking.run("MGET a b");
    assertThat(tracking.receive()).isEmpty();
    assertThat(tracking.run("GET c") + tracking.receive()).contains("invalidate");
    assertThat(bench.server().tracking().keys()).isEqualTo(2);
  }

  @Test
  void nothingIsRememberedOnceNobodyTracks() {
    tracking.run("MGET a b");
    assertThat(bench.server().tracking().keys()).isEqualTo(2);
    tracking.close();
    assertThat(bench.server().tracking().keys()).isZero();
    assertThat(bench.server().tracking().clients()).isZero();
    other.run("GET a");
    assertThat(bench.server().tracking().keys()).isZero();
  }
}
