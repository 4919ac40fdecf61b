package naru.engine.hash;

import java.util.ArrayList;
import java.util.List;
import naru.bytes.Bytes;
import naru.engine.KeyEvent;
import naru.engine.Op;
import naru.engine.State;

/// Which fields the events of hashes are about. It follows from the ops that they belong to, so
/// nobody has to say it who is not asked.
public final class FieldEvents {
  private FieldEvents() {}

  /// The same events, those of hashes with the names of their fields as [KeyEvent#parts], in the
  /// order in which they were named, each as often as it was. To be called before the ops are
  /// applied.
  public static List<KeyEvent> withFields(List<KeyEvent> events, List<Op> ops, State state) {
    List<KeyEvent> detailed = new ArrayList<>(events.size());
    for (KeyEvent event : events) {
      detailed.add(
          event.kind() == KeyEvent.Kind.HASH ? event.of(fields(event, ops, state)) : event);
    }
    return detailed;
  }

  private static List<Bytes> fields(KeyEvent event, List<Op> ops, State state) {
    List<Bytes> otherwise = List.of();
    for (Op op : ops) {
      if (op instanceof HashOp change
          && change.database() == event.database()
          && change.key().equals(event.key())) {
        List<Bytes> names = names(change, state);
        if (isOf(change, event.name())) {
          return names;
        }
        otherwise = names;
      }
    }
    return otherwise;
  }

  /// Whether this op is what the event of that name tells of. A field that is set to expire at once
  /// is told as set and as deleted, and only one op belongs to both.
  private static boolean isOf(HashOp op, String event) {
    return switch (op) {
      case HashOp.Set _, HashOp.Replaced _ -> event.equals("hset") || event.startsWith("hincrby");
      case HashOp.Removed _ -> event.equals("hdel");
      case HashOp.ExpiryChanged _ -> event.equals("hexpire") || event.equals("hpersist");
      case HashOp.Expired _ -> event.equals("hexpired");
      case HashOp.Restored _ -> false;
    };
  }

  private static List<Bytes> names(HashOp op, State state) {
    return switch (op) {
      case HashOp.Set set -> everyOther(set.pairs());
      case HashOp.Replaced replaced -> everyOther(replaced.pairs());
      case HashOp.Removed removed -> removed.names();
      case HashOp.ExpiryChanged changed -> changed.names();
      case HashOp.Expired expired -> due(expired, state);
      case HashOp.Restored _ -> List.of();
    };
  }

  private static List<Bytes> everyOther(List<Bytes> pairs) {
    List<Bytes> names = new ArrayList<>(pairs.size() / 2);
    for (int i = 0; i < pairs.size(); i += 2) {
      names.add(pairs.get(i));
    }
    return names;
  }

  private static List<Bytes> due(HashOp.Expired expired, State state) {
    return state.database(expired.database()).value(expired.key()) instanceof HashValue hash
        ? hash.dueNames(expired.untilMs())
        : List.of();
  }
}
