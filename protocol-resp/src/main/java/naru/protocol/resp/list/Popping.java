package naru.protocol.resp.list;

import naru.bytes.Bytes;
import naru.engine.Decision;
import naru.engine.Decision.Done;
import naru.engine.Value;
import naru.engine.list.ListOp;
import naru.engine.list.ListValue;
import naru.protocol.resp.verb.Call;
import naru.protocol.resp.verb.RespReply;
import org.jspecify.annotations.Nullable;

/// What all commands that pop have in common.
final class Popping {
  private Popping() {}

  /// That `count` elements of `list`, which has so many, are popped.
  static Done done(Call call, Bytes key, ListValue list, End end, int count, RespReply reply) {
    int database = call.database();
    return end.tellPop(
        Decision.done(reply, new ListOp.Popped(database, key, end.isHead(), count)),
        database,
        key,
        count == list.size());
  }

  /// The list at `key`; null if there is none, or what is there is of another type and the call has
  /// waited: who waits for a list does not mind what else comes by.
  static @Nullable ListValue waitedFor(Call call, Bytes key) {
    Value value = call.value(key);
    if (value == null || value instanceof ListValue) {
      return (ListValue) value;
    }
    if (call.hasWaited()) {
      return null;
    }
    throw Call.wrongType();
  }
}
