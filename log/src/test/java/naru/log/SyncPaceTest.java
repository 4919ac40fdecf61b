package naru.log;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SyncPaceTest {
  @Test
  void nothingIsQuickBeforeASyncWasSeen() {
    assertThat(new SyncPace(1_000_000).isQuick()).isFalse();
    assertThat(new SyncPace(0).isQuick()).isFalse();
  }

  @Test
  void noSyncIsQuickWhenNoneMayBe() {
    SyncPace pace = new SyncPace(0);
    pace.took(0);
    assertThat(pace.isQuick()).isFalse();
  }

  @Test
  void aDiskThatStalledHasToBeQuickForAWhileBeforeItIsTrustedAgain() {
    SyncPace pace = new SyncPace(1_000_000);
    pace.took(200_000);
    assertThat(pace.isQuick()).isTrue();
    pace.took(100_000_000);
    int syncs = 0;
    while (!pace.isQuick()) {
      pace.took(200_000);
      syncs++;
    }
    assertThat(syncs).isBetween(10, 40);
  }
}
