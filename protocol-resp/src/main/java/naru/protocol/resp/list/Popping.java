package naru.protocol.resp.list;

import naru.bytes.Bytes;
import naru.engine.Decision;
import naru.engine.Decision.Done;
import naru.engine.list.ListOp;
import naru.engine.list.ListValue;
import naru.protocol.resp.verb.Call;
import naru.protocol.resp.verb.RespReply;

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
}
