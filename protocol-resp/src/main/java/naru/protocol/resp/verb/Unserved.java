package naru.protocol.resp.verb;

import naru.protocol.resp.wire.RespWriter;

/// What a client is told that got nothing: a null array when it has waited and its time is up,
/// `atOnce` where it could not wait.
public record Unserved(RespReply atOnce) implements RespReply {
  @Override
  public void writeTo(RespWriter out) {
    out.nullArray();
  }
}
