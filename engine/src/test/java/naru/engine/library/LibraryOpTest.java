package naru.engine.library;

import static org.assertj.core.api.Assertions.assertThat;

import naru.bytes.Bytes;
import naru.engine.OpGolden;
import naru.engine.State;
import naru.engine.key.KeyOp;
import org.junit.jupiter.api.Test;

class LibraryOpTest {
  private static final Bytes NAME = Bytes.of("orders");

  @Test
  void opsStandInTheLogAsTheyAlwaysDid() {
    OpGolden.check(
        new LibraryOp.Loaded(NAME, Bytes.of("#!lua name=orders\n")),
        new LibraryOp.Deleted(NAME),
        new LibraryOp.Cleared());
  }

  @Test
  void librariesOutliveTheKeysOfAllDatabases() {
    State state = new State(1);
    new LibraryOp.Loaded(NAME, Bytes.of("text")).applyTo(state);
    new KeyOp.Flushed(KeyOp.ALL_DATABASES).applyTo(state);
    assertThat(state.libraries().text(NAME)).isEqualTo(Bytes.of("text"));
  }

  @Test
  void aLibraryIsReplacedAndDeletedByName() {
    State state = new State(1);
    new LibraryOp.Loaded(NAME, Bytes.of("one")).applyTo(state);
    new LibraryOp.Loaded(NAME, Bytes.of("two")).applyTo(state);
    assertThat(state.libraries().texts()).containsOnlyKeys(NAME).containsValue(Bytes.of("two"));
    new LibraryOp.Deleted(NAME).applyTo(state);
    assertThat(state.libraries().texts()).isEmpty();
    assertThat(state.libraries().changes()).isEqualTo(3);
  }
}
