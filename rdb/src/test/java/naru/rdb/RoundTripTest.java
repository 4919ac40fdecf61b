package naru.rdb;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import naru.bytes.ByteReader;
import naru.bytes.ByteWriter;
import naru.bytes.Bytes;
import naru.engine.Op;
import naru.engine.OpCodec;
import naru.engine.State;
import naru.engine.StateDigest;
import naru.engine.Value;
import naru.engine.key.KeyOp;
import naru.engine.stream.StreamValue;
import org.junit.jupiter.api.Test;

class RoundTripTest {
  private static final Bytes KEY = Bytes.of("key");
  private static final Bytes TWIN = Bytes.of("twin");

  private static Value value(State state, Bytes key) {
    return state.database(0).value(key);
  }

  private static byte[] dump(Value value, boolean compresses) {
    ByteWriter out = new ByteWriter(64);
    DumpPayload.write(value, compresses, out);
    return out.toArray();
  }

  /// Through the log, as a restore goes.
  private static void apply(Op op, State state) {
    ByteWriter out = new ByteWriter(64);
    OpCodec.encode(op, out);
    OpCodec.decode(new ByteReader(out.toArray())).applyTo(state);
  }

  @Test
  void aDumpedValueRestoresToTheSamePayload() {
    for (int seed = 0; seed < 400; seed++) {
      State state = Values.state();
      Values values = new Values(seed);
      values.make(state, KEY);
      Value value = value(state, KEY);
      if (value == null) {
        continue;
      }
      byte[] payload = dump(value, seed % 2 == 0);
      assertThat(DumpPayload.isIntact(Bytes.of(payload))).isTrue();
      DumpPayload.ops(Bytes.of(payload), 0, TWIN).forEach(op -> apply(op, state));
      if (!(value instanceof StreamValue)) {
        assertThat(dump(value(state, TWIN), seed % 2 == 0))
            .as("seed %d", seed)
            .hasSameSizeAs(payload);
      }
      assertThat(text(state, TWIN)).as("seed %d", seed).isEqualTo(text(state, KEY));
    }
  }

  /// The value as the ops that a snapshot would have, with one key for all, when it has an order.
  private static String text(State state, Bytes key) {
    State alone = Values.state();
    new KeyOp.Moved(0, key, 0, KEY).applyTo(state);
    List<Op> told = new ArrayList<>();
    Value value = value(state, KEY);
    var retelling = value.retelling(0, KEY, Long.MAX_VALUE);
    boolean more = true;
    while (more) {
      more = retelling.tell(op -> apply(op, alone));
    }
    if (value instanceof StreamValue) {
      var again = value.retelling(0, KEY, Long.MAX_VALUE);
      more = true;
      while (more) {
        more = again.tell(told::add);
      }
    }
    return StateDigest.of(alone) + told.toString().replaceAll("Restored\\[.*?Bytes", "");
  }

  private static byte[] file(State state, int version) {
    ByteWriter out = new ByteWriter(1024);
    RdbWriter writer =
        new RdbWriter((from, offset, count) -> out.write(from, offset, count), version, true);
    writer.begin();
    writer.auxiliary("redis-ver", "7.0.15");
    writer.function(Bytes.of("#!lua name=l\n"));
    writer.keys(state);
    assertThat(writer.end()).isEqualTo(out.length());
    return out.toArray();
  }

  /// Applies all that is read.
  private static final class Into implements RdbContents {
    private final State state = Values.state();
    private final List<String> notes = new ArrayList<>();
    private Bytes key = Bytes.EMPTY;
    private int database;
    private long expiresAtMs;

    @Override
    public void auxiliary(Bytes name, Bytes value) {
      notes.add(name + "=" + value);
    }

    @Override
    public void function(Bytes library) {
      notes.add(library.toString());
    }

    @Override
    public void key(int newDatabase, Bytes newKey, long newExpiresAtMs) {
      key = newKey;
      database = newDatabase;
      expiresAtMs = newExpiresAtMs;
    }

    @Override
    public void op(Op op) {
      op.applyTo(state);
    }

    @Override
    public void keyEnded() {
      new KeyOp.ExpiryChanged(database, key, expiresAtMs).applyTo(state);
    }
  }

  @Test
  void aFileHoldsTheWholeState() {
    State state = Values.state();
    Values values = new Values(11);
    for (int i = 0; i < 300; i++) {
      Bytes key = Bytes.of("k" + i);
      values.make(state, key);
      if (i % 3 == 0) {
        new KeyOp.ExpiryChanged(0, key, 5_000_000_000_000L + i).applyTo(state);
      }
      if (i % 7 == 0) {
        new KeyOp.Moved(0, key, 3, key).applyTo(state);
      }
    }
    byte[] file = file(state, RdbWriter.versionFor(state));
    Into into = new Into();
    int[] at = {0};
    RdbInput in =
        new RdbInput(
            (to, offset, count) -> {
              int part = Math.min(Math.min(1000, count), file.length - at[0]);
              System.arraycopy(file, at[0], to, offset, part);
              at[0] += part;
              return part;
            });
    RdbReader reader = new RdbReader(in, into);
    reader.read();
    assertThat(in.isAtEnd()).isTrue();
    assertThat(reader.version()).isEqualTo(RdbVersion.NEWEST);
    assertThat(into.notes).containsExactly("redis-ver=7.0.15", "#!lua name=l\n");
    assertThat(into.state.keys()).isEqualTo(state.keys());
    assertThat(into.state.database(0).expiring()).isEqualTo(state.database(0).expiring());
    assertThat(file(into.state, RdbVersion.NEWEST)).hasSameSizeAs(file(state, RdbVersion.NEWEST));
  }

  @Test
  void everyVersionWrittenCanBeReadAndHasAllKeys() {
    State state = Values.state();
    Values values = new Values(12);
    for (int i = 0; i < 200; i++) {
      values.make(state, Bytes.of("k" + i));
    }
    for (int version = RdbVersion.OLDEST_WRITTEN; version <= RdbVersion.NEWEST; version++) {
      Into into = new Into();
      new RdbReader(new RdbInput(Bytes.of(file(state, version))), into).read();
      assertThat(into.state.keys()).isEqualTo(state.keys());
    }
  }
}
