package naru.engine.replication;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import naru.bytes.Bytes;
import naru.engine.Op;
import naru.engine.OpGolden;
import naru.engine.State;
import naru.engine.StateRetelling;
import naru.engine.key.KeyOp;
import naru.engine.library.LibraryOp;
import naru.engine.string.StringOp;
import org.junit.jupiter.api.Test;

class ReplicationOpTest {
  private static final Lineage LINEAGE =
      new Lineage(true, Bytes.of("127.0.0.1"), 6379, Bytes.of("0123abcd"), 1234, 3);

  private static StringOp.Set set(String key) {
    return new StringOp.Set(0, Bytes.of(key), Bytes.of("v"));
  }

  @Test
  void opsStandInTheLogAsTheyAlwaysDid() {
    OpGolden.check(new ReplicationOp.Placed(LINEAGE), new ReplicationOp.Advanced(70_000, 9));
  }

  @Test
  void itsPlaceIsToldWithTheState() {
    State state = new State(1);
    state.apply(new ReplicationOp.Placed(LINEAGE));
    state.apply(new ReplicationOp.Advanced(2000, 5));
    assertThat(state.lineage()).isEqualTo(LINEAGE.at(2000, 5));
    assertThat(retold(state)).contains(new ReplicationOp.Placed(LINEAGE.at(2000, 5)));
  }

  @Test
  void nobodysPlaceDoesNotAdvance() {
    State state = new State(1);
    state.apply(new ReplicationOp.Advanced(2000, 5));
    assertThat(state.lineage()).isNull();
  }

  @Test
  void whatIsAdoptedIsAllThatThereIs() {
    State state = new State(1);
    state.apply(set("old"));
    state.apply(new LibraryOp.Loaded(Bytes.of("l"), Bytes.of("text")));
    retold(state);
    State copy = new State(1);
    copy.apply(set("new"));
    copy.apply(new KeyOp.ExpiryChanged(0, Bytes.of("new"), 77));
    copy.apply(new ReplicationOp.Placed(LINEAGE));
    long bytes = copy.sizeBytes();
    state.adopt(copy);
    assertThat(state.keys()).isEqualTo(1);
    assertThat(state.sizeBytes()).isEqualTo(bytes);
    assertThat(state.libraries().texts()).isEmpty();
    assertThat(state.lineage()).isEqualTo(LINEAGE);
    assertThat(state.database(0).nextDueMs()).isEqualTo(77);
    state.apply(set("later"));
    assertThat(retold(state)).hasSize(3);
    assertThat(retold(state)).hasSize(3);
  }

  private static List<Op> retold(State state) {
    List<Op> told = new ArrayList<>();
    new StateRetelling(state)
        .tell(
            new StateRetelling.Listener() {
              @Override
              public void accept(Op op) {
                told.add(op);
              }

              @Override
              public boolean hasEnough() {
                return false;
              }
            });
    return told;
  }
}
