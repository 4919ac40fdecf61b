package naru.protocol.resp.verb;

import naru.engine.Reply;
import naru.protocol.resp.wire.RespWriter;

/// A reply that writes itself, in the version the client speaks.
///
/// It is written before the ops of its decision are applied, in the same turn, so it may refer to
/// values of the state without copying them.
@FunctionalInterface
public interface RespReply extends Reply {
  void writeTo(RespWriter out);
}
