package naru.protocol.resp.pubsub;

import java.util.List;
import naru.bytes.Bytes;
import naru.engine.Decision;
import naru.protocol.resp.server.Client;
import naru.protocol.resp.server.Subscriptions;
import naru.protocol.resp.server.Subscriptions.Kind;
import naru.protocol.resp.verb.Call;
import naru.protocol.resp.verb.Flag;
import naru.protocol.resp.verb.KeySpec;
import naru.protocol.resp.verb.Replies;
import naru.protocol.resp.verb.Verb;
import naru.protocol.resp.wire.RespWriter;
import org.jspecify.annotations.Nullable;

/// Beginning and ending to listen to channels, patterns and sharded channels.
///
/// Each name is confirmed by a push of its own, also in RESP2, with the number of subscriptions
/// that the client then has.
public final class Subscribe {
  public static final List<Verb> VERBS =
      List.of(
          subscribe("SUBSCRIBE channel [channel ...]", Kind.CHANNEL)
              .channels(Verb.Channels.ALL)
              .since("2.0.0")
              .summary("Listens for messages published to channels.")
              .complexity("O(N) where N is the number of channels to subscribe to."),
          subscribe("PSUBSCRIBE pattern [pattern ...]", Kind.PATTERN)
              .channels(Verb.Channels.PATTERNS)
              .since("2.0.0")
              .summary(
                  "Listens for messages published to channels that match one or more patterns.")
              .complexity("O(N) where N is the number of patterns to subscribe to."),
          subscribe("SSUBSCRIBE shardchannel [shardchannel ...]", Kind.SHARD_CHANNEL)
              .channels(Verb.Channels.ALL)
              .since("7.0.0")
              .keySpecs(new KeySpec("", 1, KeySpec.Extent.ALL, "not_key"))
              .summary("Listens for messages published to shard channels.")
              .complexity("O(N) where N is the number of shard channels to subscribe to."),
          unsubscribe("UNSUBSCRIBE [channel [channel ...]]", Kind.CHANNEL)
              .since("2.0.0")
              .summary("Stops listening to messages posted to channels.")
              .complexity("O(N) where N is the number of channels to unsubscribe."),
          unsubscribe("PUNSUBSCRIBE [pattern [pattern ...]]", Kind.PATTERN)
              .since("2.0.0")
              .summary(
                  "Stops listening to messages published to channels that match one or more"
                      + " patterns.")
              .complexity("O(N) where N is the number of patterns to unsubscribe."),
          unsubscribe("SUNSUBSCRIBE [shardchannel [shardchannel ...]]", Kind.SHARD_CHANNEL)
              .since("7.0.0")
              .keySpecs(new KeySpec("", 1, KeySpec.Extent.ALL, "not_key"))
              .summary("Stops listening to messages posted to shard channels.")
              .complexity("O(N) where N is the number of shard channels to unsubscribe."));

  private Subscribe() {}

  private static Verb subscribe(String usage, Kind kind) {
    return Verb.of(usage, call -> subscribe(call, kind))
        .flags(Flag.PUBSUB, Flag.NOSCRIPT, Flag.LOADING, Flag.STALE);
  }

  private static Verb unsubscribe(String usage, Kind kind) {
    return Verb.of(usage, call -> unsubscribe(call, kind))
        .flags(Flag.PUBSUB, Flag.NOSCRIPT, Flag.LOADING, Flag.STALE);
  }

  private static Decision subscribe(Call call, Kind kind) {
    Subscriptions subscriptions = call.server().subscriptions();
    for (int i = 1; i < call.count(); i++) {
      subscriptions.add(kind, call.arg(i), call.client());
      confirm(call.client(), word(kind) + "subscribe", kind, call.arg(i));
    }
    return Decision.done(Replies.NONE);
  }

  private static Decision unsubscribe(Call call, Kind kind) {
    Client client = call.client();
    String type = word(kind) + "unsubscribe";
    List<Bytes> names =
        call.count() > 1 ? call.words().from(1) : List.copyOf(client.listening(kind));
    for (Bytes name : names) {
      call.server().subscriptions().remove(kind, name, client);
      confirm(client, type, kind, name);
    }
    if (names.isEmpty()) {
      confirm(client, type, kind, null);
    }
    return Decision.done(Replies.NONE);
  }

  private static String word(Kind kind) {
    return switch (kind) {
      case CHANNEL -> "";
      case PATTERN -> "p";
      case SHARD_CHANNEL -> "s";
    };
  }

  private static void confirm(Client client, String type, Kind kind, @Nullable Bytes name) {
    int count =
        kind == Kind.SHARD_CHANNEL
            ? client.listening(Kind.SHARD_CHANNEL).size()
            : client.listening(Kind.CHANNEL).size() + client.listening(Kind.PATTERN).size();
    RespWriter out = client.pushWriter();
    out.push(3);
    out.bulk(type);
    out.bulkOrNull(name);
    out.integer(count);
  }
}
