package naru.engine.stream;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import naru.bytes.Bytes;
import naru.engine.Op;
import naru.engine.State;

/// Groups as ops that have been decided will leave them, for a request that looks again at what it
/// is about to change.
///
/// A group is seen as a copy of its own, in a state of its own; the entries of its stream are not
/// copied, so ops that change those cannot be foreseen.
public final class Foresight {
  private final State state = new State(0);
  private final int database;
  private final Map<Bytes, ConsumerGroup> groups = new TreeMap<>();

  /// Looks ahead in one database.
  public Foresight(int database) {
    this.database = database;
  }

  /// The group of the stream at `key` as the ops applied so far will leave it. One group of a
  /// stream can be seen, the first that was asked for.
  public ConsumerGroup group(Bytes key, StreamValue stream, ConsumerGroup group) {
    return groups.computeIfAbsent(
        key,
        _ -> {
          ConsumerGroup copy = group.copy(new ConsumerGroup.Tally());
          state.database(database).put(key, stream.with(copy));
          return copy;
        });
  }

  /// Applies ops to the groups that are looked at.
  public void apply(List<Op> ops) {
    ops.forEach(op -> op.applyTo(state));
  }
}
