package naru.engine.key;

import static org.assertj.core.api.Assertions.assertThat;

import naru.bytes.Bytes;
import naru.engine.Entry;
import naru.engine.Frequency;
import naru.engine.Keyspace;
import naru.engine.OpGolden;
import naru.engine.State;
import naru.engine.UsageClock;
import naru.engine.string.StringOp;
import org.junit.jupiter.api.Test;

class KeyOpTest {
  private static final Bytes KEY = Bytes.of("key");
  private static final Bytes OTHER = Bytes.of("other");

  private final State state = new State(1);
  private final Keyspace keys = state.database(0);

  @Test
  void opsAreReadAsTheyWereWritten() {
    OpGolden.check(
        new KeyOp.Removed(0, KEY, KeyOp.Cause.DELETED),
        new KeyOp.Removed(0, KEY, KeyOp.Cause.EXPIRED),
        new KeyOp.Removed(0, KEY, KeyOp.Cause.EVICTED),
        new KeyOp.ExpiryChanged(0, KEY, 1_800_000_000_000L),
        new KeyOp.Moved(0, KEY, 15, OTHER),
        new KeyOp.Copied(0, KEY, 15, OTHER),
        new KeyOp.Flushed(KeyOp.ALL_DATABASES),
        new KeyOp.Swapped(0, 15),
        new KeyOp.VersionsGiven(300),
        new KeyOp.FlushSet(0, 1_800_000_000_000L),
        new KeyOp.Used(0, KEY, KeyOp.Measure.LAST_USED_S, 1_800_000_000L),
        new KeyOp.Used(0, KEY, KeyOp.Measure.FREQUENCY, 255));
  }

  @Test
  void theUseOfAKeyIsKnownWhereThatIsWhatIsNoted() {
    new StringOp.Set(0, KEY, Bytes.of("a")).applyTo(state);
    Entry entry = keys.entry(KEY);
    new KeyOp.Used(0, KEY, KeyOp.Measure.LAST_USED_S, 5000).applyTo(state);
    new KeyOp.Used(0, KEY, KeyOp.Measure.FREQUENCY, 99).applyTo(state);
    assertThat(entry.idleS(5700_000)).isEqualTo(700);

    state.usageClock(UsageClock.FREQUENCY, Frequency.DEFAULT);
    new KeyOp.Used(0, KEY, KeyOp.Measure.FREQUENCY, 99).applyTo(state);
    new KeyOp.Used(0, KEY, KeyOp.Measure.LAST_USED_S, 6000).applyTo(state);
    assertThat(keys.frequency(entry)).isEqualTo(99);
  }

  @Test
  void theUseOfAKeyIsNoWriteOfIt() {
    state.usageClock(UsageClock.MODIFICATION, Frequency.DEFAULT);
    state.apply(new StringOp.Set(0, KEY, Bytes.of("a")));
    state.apply(new KeyOp.Used(0, KEY, KeyOp.Measure.LAST_USED_S, -700));
    state.apply(new KeyOp.Used(0, OTHER, KeyOp.Measure.LAST_USED_S, -700));
    assertThat(keys.idleS(keys.entry(KEY))).isEqualTo(700);
    assertThat(keys.entry(OTHER)).isNull();
  }

  @Test
  void aMovedKeyTakesItsExpiryWithIt() {
    new StringOp.SetUntil(0, KEY, 5000, Bytes.of("a")).applyTo(state);
    new StringOp.SetUntil(0, OTHER, 9000, Bytes.of("b")).applyTo(state);
    new KeyOp.Moved(0, KEY, 0, OTHER).applyTo(state);
    assertThat(keys.entry(KEY)).isNull();
    assertThat(expiry(keys, OTHER)).isEqualTo(5000);
    assertThat(keys.expiring()).isEqualTo(1);
  }

  @Test
  void aKeyMovedOverAnExpiringOneDoesNotExpire() {
    new StringOp.Set(0, KEY, Bytes.of("a")).applyTo(state);
    new StringOp.SetUntil(0, OTHER, 9000, Bytes.of("b")).applyTo(state);
    new KeyOp.Moved(0, KEY, 0, OTHER).applyTo(state);
    assertThat(expiry(keys, OTHER)).isEqualTo(Entry.NEVER);
    assertThat(keys.nextDueMs()).isEqualTo(Entry.NEVER);
  }

  @Test
  void aCopyExpiresByItself() {
    new StringOp.SetUntil(0, KEY, 5000, Bytes.of("a")).applyTo(state);
    new KeyOp.Copied(0, KEY, 3, OTHER).applyTo(state);
    new KeyOp.ExpiryChanged(0, KEY, Entry.NEVER).applyTo(state);
    assertThat(expiry(keys, KEY)).isEqualTo(Entry.NEVER);
    assertThat(expiry(state.database(3), OTHER)).isEqualTo(5000);
  }

  @Test
  void swappedDatabasesTakeTheirExpiriesWithThem() {
    new StringOp.SetUntil(0, KEY, 5000, Bytes.of("a")).applyTo(state);
    new KeyOp.Swapped(0, 1).applyTo(state);
    assertThat(keys.entry(KEY)).isNull();
    assertThat(keys.nextDueMs()).isEqualTo(Entry.NEVER);
    assertThat(state.database(1).nextDueMs()).isEqualTo(5000);
    assertThat(state.database(1).expiring()).isEqualTo(1);
  }

  @Test
  void flushingOneDatabaseLeavesTheOthers() {
    new StringOp.Set(0, KEY, Bytes.of("a")).applyTo(state);
    new StringOp.Set(1, KEY, Bytes.of("a")).applyTo(state);
    new KeyOp.Flushed(1).applyTo(state);
    assertThat(keys.size()).isEqualTo(1);
    new KeyOp.Flushed(KeyOp.ALL_DATABASES).applyTo(state);
    assertThat(keys.size()).isZero();
  }

  private static long expiry(Keyspace keys, Bytes key) {
    Entry entry = keys.entry(key);
    assertThat(entry).isNotNull();
    return entry.expiresAtMs();
  }
}
