package naru.engine.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import naru.bytes.Bytes;
import naru.engine.State;
import org.junit.jupiter.api.Test;

class BlockBuilderTest {
  private static final Bytes KEY = Bytes.of("s");

  private static List<Bytes> pairs(String value) {
    return List.of(Bytes.of("field"), Bytes.of(value));
  }

  @Test
  void aBuiltBlockHasItsEntriesAndKnowsWhichAreDeleted() {
    BlockBuilder builder = new BlockBuilder();
    for (int i = 1; i <= 70; i++) {
      builder.add(new StreamId(i, 0), pairs("v" + i), i % 10 == 0);
    }
    State state = new State(1);
    builder.restored(0, KEY, 0).applyTo(state);
    StreamValue stream = (StreamValue) state.database(0).value(KEY);
    List<Long> live = new ArrayList<>();
    StreamCursor cursor = stream.range(StreamId.ZERO, StreamId.MAX);
    while (cursor.next()) {
      live.add(cursor.ms());
    }
    assertThat(builder.live()).isEqualTo(63);
    assertThat(live).hasSize(63).contains(1L, 69L).doesNotContain(10L, 70L);
  }

  @Test
  void walkingShowsDeletedEntriesToo() {
    BlockBuilder builder = new BlockBuilder();
    builder.add(new StreamId(1, 1), pairs("a"), true);
    builder.add(new StreamId(2, 1), pairs("b"), false);
    State state = new State(1);
    builder.restored(0, KEY, 0).applyTo(state);
    BlockWalk walk = new BlockWalk((StreamValue) state.database(0).value(KEY));
    assertThat(walk.next()).isTrue();
    assertThat(walk.entries()).isEqualTo(2);
    assertThat(walk.live()).isEqualTo(1);
    assertThat(walk.isDeleted(0)).isTrue();
    assertThat(walk.isDeleted(1)).isFalse();
    assertThat(walk.firstMs()).isEqualTo(1);
    assertThat(walk.next()).isFalse();
  }
}
