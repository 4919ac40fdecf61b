package naru.protocol.resp.string;

import java.util.ArrayList;
import java.util.List;
import naru.engine.Decision;
import naru.engine.Decision.Done;
import naru.engine.Entry;
import naru.engine.Op;
import naru.engine.Refusal;
import naru.protocol.resp.verb.Call;
import naru.protocol.resp.verb.Flag;
import naru.protocol.resp.verb.KeySpec;
import naru.protocol.resp.verb.KeySpec.Extent;
import naru.protocol.resp.verb.Replies;
import naru.protocol.resp.verb.RespReply;
import naru.protocol.resp.verb.Verb;

/// Writing several strings as one.
public final class StringSetMany {
  public static final List<Verb> VERBS =
      List.of(
          Verb.of("MSET key value [key value ...]", StringSetMany::set)
              .tips("request_policy:multi_shard", "response_policy:all_succeeded")
              .since("1.0.1")
              .flags(Flag.WRITE, Flag.DENYOOM)
              .keys("OW update")
              .summary("Atomically creates or modifies the string values of one or more keys.")
              .complexity("O(N) where N is the number of keys to set."),
          Verb.of("MSETNX key value [key value ...]", StringSetMany::setIfMissing)
              .tips("request_policy:multi_shard", "response_policy:agg_min")
              .since("1.0.1")
              .flags(Flag.WRITE, Flag.DENYOOM)
              .keys("OW insert")
              .summary(
                  "Atomically modifies the string values of one or more keys only when all keys "
                      + "don't exist.")
              .complexity("O(N) where N is the number of keys to set."),
          Verb.of(
                  "MSETEX numkeys key value [key value ...] [NX | XX] [EX seconds | "
                      + "PX milliseconds | EXAT unix-time-seconds | "
                      + "PXAT unix-time-milliseconds | KEEPTTL]",
                  StringSetMany::setExpiring)
              .tips("request_policy:multi_shard", "response_policy:all_succeeded")
              .since("8.4.0")
              .flags(Flag.WRITE, Flag.DENYOOM)
              .keySpecs(new KeySpec("", 1, Extent.COUNTED_PAIRS, "OW update"))
              .summary(
                  "Atomically sets multiple string keys with a shared expiration in a single "
                      + "operation.")
              .complexity("O(N) where N is the number of keys to set."));

  private StringSetMany() {}

  private static Decision set(Call call) {
    requirePairs(call);
    return stored(call, Replies.OK, 1, call.count(), Entry.NEVER, false);
  }

  private static Decision setIfMissing(Call call) {
    requirePairs(call);
    return present(call, 1, call.count()) > 0
        ? Decision.done(Replies.ZERO)
        : stored(call, Replies.ONE, 1, call.count(), Entry.NEVER, false);
  }

  private static void requirePairs(Call call) {
    if (call.count() % 2 == 0) {
      throw call.wrongArity();
    }
  }

  private static Decision setExpiring(Call call) {
    long pairs = call.integerBetween(1, 1, Integer.MAX_VALUE, "invalid numkeys value");
    if (pairs > (call.count() - 2) / 2) {
      throw new Refusal("wrong number of key-value pairs");
    }
    int end = 2 + 2 * (int) pairs;
    boolean ifMissing = false;
    boolean ifPresent = false;
    boolean keeps = false;
    ExpiryOption expiry = null;
    for (int i = end; i < call.count(); i++) {
      ExpiryOption option = ExpiryOption.at(call, i);
      if (call.is(i, "NX") && !ifPresent) {
        ifMissing = true;
      } else if (call.is(i, "XX") && !ifMissing) {
        ifPresent = true;
      } else if (call.is(i, "KEEPTTL") && expiry == null) {
        keeps = true;
      } else if (option != null && !keeps && (expiry == null || expiry.unit() == option.unit())) {
        expiry = option;
        i++;
      } else {
        throw Call.syntaxError();
      }
    }
    long atMs = expiry == null ? Entry.NEVER : expiry.atMs(call);
    int present = ifMissing || ifPresent ? present(call, 2, end) : 0;
    if ((ifMissing && present > 0) || (ifPresent && present < pairs)) {
      return Decision.done(Replies.ZERO);
    }
    return stored(call, Replies.ONE, 2, end, atMs, keeps);
  }

  private static int present(Call call, int from, int to) {
    int present = 0;
    for (int i = from; i < to; i += 2) {
      present += call.entry(call.arg(i)) == null ? 0 : 1;
    }
    return present;
  }

  private static Done stored(
      Call call, RespReply reply, int from, int to, long atMs, boolean keepsExpiry) {
    List<Op> ops = new ArrayList<>((to - from) / 2);
    Done done = Decision.done(reply, ops);
    for (int i = from; i < to; i += 2) {
      ops.add(StringSet.op(call.database(), call.arg(i), call.arg(i + 1), atMs, keepsExpiry));
      StringSet.tell(done, call.database(), call.arg(i), atMs);
    }
    return done;
  }
}
