package naru.protocol.resp.pubsub;

import java.util.List;
import naru.bytes.Bytes;
import naru.engine.Decision;
import naru.protocol.resp.server.Subscriptions.Kind;
import naru.protocol.resp.verb.Call;
import naru.protocol.resp.verb.Flag;
import naru.protocol.resp.verb.Handler;
import naru.protocol.resp.verb.Replies;
import naru.protocol.resp.verb.Verb;
import naru.structures.Glob;

/// Who listens to what: `PUBSUB`.
public final class PubSubState {
  private static final List<String> HELP =
      List.of(
          "PUBSUB <subcommand> [<arg> [value] [opt] ...]. Subcommands are:",
          "CHANNELS [<pattern>]",
          "    Return the currently active channels matching a <pattern> (default: '*').",
          "NUMPAT",
          "    Return number of subscriptions to patterns.",
          "NUMSUB [<channel> ...]",
          "    Return the number of subscribers for the specified channels, excluding",
          "    pattern subscriptions(default: no channels).",
          "SHARDCHANNELS [<pattern>]",
          "    Return the currently active shard level channels matching a <pattern> (default:"
              + " '*').",
          "SHARDNUMSUB [<shardchannel> ...]",
          "    Return the number of subscribers for the specified shard level channel(s)",
          "HELP",
          "    Print this help.");

  public static final List<Verb> VERBS =
      List.of(
          info("PUBSUB CHANNELS [pattern]", call -> channels(call, Kind.CHANNEL))
              .since("2.8.0")
              .summary("Returns the active channels.")
              .complexity("O(N) where N is the number of active channels"),
          info("PUBSUB NUMSUB [channel [channel ...]]", call -> counts(call, Kind.CHANNEL))
              .since("2.8.0")
              .summary("Returns a count of subscribers to channels.")
              .complexity(
                  "O(N) for the NUMSUB subcommand, where N is the number of requested channels"),
          info("PUBSUB NUMPAT", PubSubState::patterns)
              .since("2.8.0")
              .summary("Returns a count of unique pattern subscriptions.")
              .complexity("O(1)"),
          info("PUBSUB SHARDCHANNELS [pattern]", call -> channels(call, Kind.SHARD_CHANNEL))
              .since("7.0.0")
              .summary("Returns the active shard channels.")
              .complexity("O(N) where N is the number of active shard channels"),
          info(
                  "PUBSUB SHARDNUMSUB [shardchannel [shardchannel ...]]",
                  call -> counts(call, Kind.SHARD_CHANNEL))
              .since("7.0.0")
              .summary("Returns the count of subscribers of shard channels.")
              .complexity("O(N) where N is the number of requested shard channels"),
          Verb.of("PUBSUB HELP", _ -> Decision.done(Replies.lines(HELP)))
              .since("6.2.0")
              .flags(Flag.LOADING, Flag.STALE)
              .summary("Returns helpful text about the different subcommands.")
              .complexity("O(1)"));

  private PubSubState() {}

  private static Verb info(String usage, Handler handler) {
    return Verb.of(usage, handler).flags(Flag.PUBSUB, Flag.LOADING, Flag.STALE);
  }

  private static Decision channels(Call call, Kind kind) {
    if (call.count() > 3) {
      throw call.subcommandSyntax();
    }
    List<Bytes> names = call.server().subscriptions().names(kind);
    if (call.count() == 3) {
      Glob glob = new Glob(call.arg(2));
      names.removeIf(name -> !glob.matches(name));
    }
    return Decision.done(Replies.bulks(names));
  }

  private static Decision counts(Call call, Kind kind) {
    return Decision.done(
        Replies.of(
            out -> {
              out.array(2 * (call.count() - 2));
              for (int i = 2; i < call.count(); i++) {
                out.bulk(call.arg(i));
                out.integer(call.server().subscriptions().listeners(kind, call.arg(i)));
              }
            }));
  }

  private static Decision patterns(Call call) {
    return Decision.done(Replies.integer(call.server().subscriptions().names(Kind.PATTERN).size()));
  }
}
