package naru.protocol.resp.verb;

import naru.engine.Decision;

/// Reads the arguments of a call and decides. Changes nothing durable; may throw
/// [naru.engine.Refusal].
@FunctionalInterface
public interface Handler {
  Decision decide(Call call);
}
