package naru.engine.string;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import naru.bytes.Bytes;
import naru.engine.Entry;
import naru.engine.OpGolden;
import naru.engine.State;
import org.junit.jupiter.api.Test;

class StringOpTest {
  private static final Bytes KEY = Bytes.of("key");

  private final State state = new State(1);

  @Test
  void opsAreReadAsTheyWereWritten() {
    OpGolden.check(
        new StringOp.Set(0, KEY, Bytes.of("value")),
        new StringOp.Replaced(15, KEY, Bytes.EMPTY),
        new StringOp.SetUntil(0, KEY, 1_800_000_000_000L, Bytes.of("value")),
        new StringOp.Appended(0, KEY, Bytes.of("more")),
        new StringOp.Written(0, KEY, 300, Bytes.of("more")),
        new StringOp.Counted(0, KEY, -300),
        new StringOp.Restored(0, KEY, true, 300, Bytes.of("begin")),
        new StringOp.Filled(0, KEY, 300, Bytes.of("more")),
        new StringOp.Spliced(0, KEY, 300, 2, Bytes.of("more")),
        new StringOp.Stored(0, KEY, -1, 300, 1_800_000_000_000L, Bytes.of("value")),
        new StringOp.Marked(0, KEY, 7, 300, Item.STALE | Item.CLAIMED));
  }

  @Test
  void settingTakesTheExpiryAwayAndReplacingKeepsIt() {
    new StringOp.SetUntil(0, KEY, 5000, Bytes.of("a")).applyTo(state);
    new StringOp.Replaced(0, KEY, Bytes.of("b")).applyTo(state);
    assertThat(entry().expiresAtMs()).isEqualTo(5000);
    new StringOp.Counted(0, KEY, 7).applyTo(state);
    assertThat(entry().expiresAtMs()).isEqualTo(5000);
    new StringOp.Set(0, KEY, Bytes.of("c")).applyTo(state);
    assertThat(entry().expiresAtMs()).isEqualTo(Entry.NEVER);
  }

  @Test
  void whatIsKeptIsACopy() {
    byte[] buffer = "borrowed".getBytes(StandardCharsets.US_ASCII);
    new StringOp.Set(0, KEY, Bytes.of(buffer)).applyTo(state);
    Arrays.fill(buffer, (byte) '!');
    assertThat(string().bytes()).hasToString("borrowed");
  }

  @Test
  void aCopyIsNotWrittenWithItsOriginal() {
    new StringOp.Set(0, KEY, Bytes.of("original")).applyTo(state);
    StringValue copy = string().copy();
    new StringOp.Written(0, KEY, 0, Bytes.of("XX")).applyTo(state);
    assertThat(copy.bytes()).hasToString("original");
    assertThat(string().bytes()).hasToString("XXiginal");
  }

  @Test
  void aStringThatWasEditedKnowsUntilItIsSet() {
    new StringOp.Appended(0, KEY, Bytes.of("a")).applyTo(state);
    assertThat(string().isEdited()).isFalse();
    new StringOp.Appended(0, KEY, Bytes.of("b")).applyTo(state);
    assertThat(string().isEdited()).isTrue();
    new StringOp.Set(0, KEY, Bytes.of("c")).applyTo(state);
    assertThat(string().isEdited()).isFalse();
  }

  @Test
  void appendingALittleManyTimesCopiesLittle() {
    for (int i = 0; i < 1_000_000; i++) {
      new StringOp.Appended(0, KEY, Bytes.of("0123456789")).applyTo(state);
    }
    assertThat(string().length()).isEqualTo(10_000_000);
    assertThat(string().capacityBytes()).isLessThan(11_100_000);
  }

  @Test
  void doesWhatAPlainArrayDoes() {
    Random random = new Random(3);
    byte[] twin = new byte[0];
    for (int i = 0; i < 20_000; i++) {
      byte[] bytes = new byte[1 + random.nextInt(random.nextInt(50) == 0 ? 3000 : 10)];
      random.nextBytes(bytes);
      int offset = random.nextInt(3) == 0 ? twin.length : random.nextInt(twin.length + 20);
      if (random.nextInt(200) == 0) {
        new StringOp.Set(0, KEY, Bytes.of(bytes)).applyTo(state);
        twin = bytes;
        continue;
      }
      if (random.nextInt(4) == 0 && offset < twin.length) {
        int removed = random.nextInt(twin.length - offset);
        new StringOp.Spliced(0, KEY, offset, removed, Bytes.of(bytes)).applyTo(state);
        twin = spliced(twin, offset, removed, bytes);
        assertThat(string().bytes()).isEqualTo(Bytes.of(twin));
        continue;
      }
      if (offset == twin.length) {
        new StringOp.Appended(0, KEY, Bytes.of(bytes)).applyTo(state);
      } else {
        new StringOp.Written(0, KEY, offset, Bytes.of(bytes)).applyTo(state);
      }
      twin = Arrays.copyOf(twin, Math.max(twin.length, offset + bytes.length));
      System.arraycopy(bytes, 0, twin, offset, bytes.length);
      assertThat(string().bytes()).isEqualTo(Bytes.of(twin));
    }
  }

  private static byte[] spliced(byte[] before, int offset, int removed, byte[] bytes) {
    byte[] after = new byte[before.length - removed + bytes.length];
    System.arraycopy(before, 0, after, 0, offset);
    System.arraycopy(bytes, 0, after, offset, bytes.length);
    int behind = offset + removed;
    System.arraycopy(before, behind, after, offset + bytes.length, before.length - behind);
    return after;
  }

  private Entry entry() {
    Entry entry = state.database(0).entry(KEY);
    assertThat(entry).isNotNull();
    return entry;
  }

  private StringValue string() {
    return (StringValue) entry().value();
  }
}
