package naru.engine.string;

import static org.assertj.core.api.Assertions.assertThat;

import naru.bytes.Bytes;
import naru.engine.Entry;
import naru.engine.Op;
import naru.engine.State;
import naru.engine.key.KeyOp;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ItemTest {
  private static final Bytes KEY = Bytes.of("key");
  private static final Bytes OTHER = Bytes.of("other");

  private final State state = new State(1);

  private void apply(Op... ops) {
    for (Op op : ops) {
      op.applyTo(state);
    }
  }

  private void store(String text, int flags) {
    apply(new StringOp.Stored(0, KEY, flags, state.versionLast() + 1, Entry.NEVER, Bytes.of(text)));
  }

  private Item item(Bytes key) {
    Item item = (Item) state.database(0).value(key);
    assertThat(item).isNotNull();
    return item;
  }

  @Test
  void anItemKeepsWhatWasAttached() {
    store("5", -7);
    assertThat(item(KEY).flags()).isEqualTo(-7);
    assertThat(item(KEY).version()).isEqualTo(1);
    assertThat(item(KEY).bytes()).hasToString("5");
  }

  static Op[] changes() {
    return new Op[] {
      new StringOp.Appended(0, KEY, Bytes.of("1")),
      new StringOp.Written(0, KEY, 0, Bytes.of("1")),
      new StringOp.Counted(0, KEY, 6),
      new StringOp.Counted(0, KEY, 66),
      new StringOp.Spliced(0, KEY, 0, 1, Bytes.of("1")),
    };
  }

  @ParameterizedTest
  @MethodSource("changes")
  void aChangeThatKnowsOfStringsOnlyTakesTheVersionAndLeavesTheFlags(Op change) {
    store("5", 9);
    apply(new StringOp.Marked(0, KEY, 9, 2, Item.STALE), change);
    assertThat(item(KEY).version()).isEqualTo(Item.UNVERSIONED);
    assertThat(item(KEY).marks()).isZero();
    assertThat(item(KEY).flags()).isEqualTo(9);
  }

  @Test
  void aStringSetOverAnItemIsAPlainOne() {
    store("5", 9);
    apply(new StringOp.Replaced(0, KEY, Bytes.of("6")));
    assertThat(state.database(0).value(KEY)).isExactlyInstanceOf(StringValue.class);
    store("5", 9);
    apply(new StringOp.Set(0, KEY, Bytes.of("6")));
    assertThat(state.database(0).value(KEY)).isExactlyInstanceOf(StringValue.class);
  }

  @Test
  void aVersionIsNotGivenTwiceEvenIfItsItemIsGone() {
    store("5", 0);
    apply(new KeyOp.Removed(0, KEY, KeyOp.Cause.DELETED), new KeyOp.Flushed(0));
    assertThat(state.versionLast()).isEqualTo(1);
  }

  @Test
  void aCopyHasTheFlagsAndNoVersion() {
    store("5", 9);
    apply(new KeyOp.Copied(0, KEY, 0, OTHER));
    assertThat(item(OTHER).flags()).isEqualTo(9);
    assertThat(item(OTHER).version()).isEqualTo(Item.UNVERSIONED);
    assertThat(item(KEY).version()).isEqualTo(1);
  }

  @Test
  void aMovedItemIsTheSame() {
    store("5", 9);
    apply(new KeyOp.Moved(0, KEY, 0, OTHER));
    assertThat(item(OTHER).version()).isEqualTo(1);
  }

  @Test
  void markingAPlainStringKeepsItsBytesAndExpiry() {
    apply(
        new StringOp.SetUntil(0, KEY, 5000, Bytes.of("text")),
        new StringOp.Marked(0, KEY, 0, 1, 0));
    assertThat(item(KEY).bytes()).hasToString("text");
    Entry entry = state.database(0).entry(KEY);
    assertThat(entry).isNotNull();
    assertThat(entry.expiresAtMs()).isEqualTo(5000);
  }

  @Test
  void aDatabaseThatIsEmptiedIsNotEmptiedAgain() {
    apply(new KeyOp.FlushSet(0, 5000));
    assertThat(state.database(0).nextDueMs()).isEqualTo(5000);
    apply(new KeyOp.Flushed(0));
    assertThat(state.database(0).nextDueMs()).isEqualTo(Entry.NEVER);
  }
}
