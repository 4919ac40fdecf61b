package naru.protocol.resp.pubsub;

import java.util.List;
import naru.engine.Decision;
import naru.protocol.resp.verb.Call;
import naru.protocol.resp.verb.Flag;
import naru.protocol.resp.verb.KeySpec;
import naru.protocol.resp.verb.Replies;
import naru.protocol.resp.verb.Verb;

/// Sending a message to whoever listens now.
public final class Publish {
  public static final List<Verb> VERBS =
      List.of(
          Verb.of("PUBLISH channel message", Publish::publish)
              .channels(Verb.Channels.FIRST)
              .since("2.0.0")
              .flags(Flag.PUBSUB, Flag.LOADING, Flag.STALE, Flag.FAST, Flag.MAY_REPLICATE)
              .summary("Posts a message to a channel.")
              .complexity(
                  "O(N+M) where N is the number of clients subscribed to the receiving channel and"
                      + " M is the total number of subscribed patterns (by any client)."),
          Verb.of("SPUBLISH shardchannel message", Publish::publishSharded)
              .channels(Verb.Channels.FIRST)
              .since("7.0.0")
              .flags(Flag.PUBSUB, Flag.LOADING, Flag.STALE, Flag.FAST, Flag.MAY_REPLICATE)
              .keySpecs(new KeySpec("", 1, KeySpec.Extent.ONE, "not_key"))
              .summary("Post a message to a shard channel")
              .complexity(
                  "O(N) where N is the number of clients subscribed to the receiving shard"
                      + " channel."));

  private Publish() {}

  private static Decision publish(Call call) {
    int receivers = call.server().subscriptions().publish(call.arg(1), call.arg(2));
    return Decision.done(Replies.integer(receivers));
  }

  private static Decision publishSharded(Call call) {
    int receivers = call.server().subscriptions().publishSharded(call.arg(1), call.arg(2));
    return Decision.done(Replies.integer(receivers));
  }
}
