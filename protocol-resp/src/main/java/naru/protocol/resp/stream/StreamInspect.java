package naru.protocol.resp.stream;

import java.util.List;
import naru.engine.Decision;
import naru.engine.stream.Consumer;
import naru.engine.stream.ConsumerGroup;
import naru.engine.stream.Progress;
import naru.engine.stream.StreamValue;
import naru.protocol.resp.verb.Call;
import naru.protocol.resp.verb.Flag;
import naru.protocol.resp.verb.Replies;
import naru.protocol.resp.verb.RespReply;
import naru.protocol.resp.verb.Verb;
import naru.protocol.resp.wire.RespWriter;

/// Asking about a stream, its groups and their members.
public final class StreamInspect {
  public static final List<Verb> VERBS =
      List.of(
          Verb.of("XINFO STREAM key [FULL [COUNT count]]", StreamInspect::stream)
              .since("5.0.0")
              .flags(Flag.READONLY)
              .keys("RO access")
              .summary("Returns information about a stream.")
              .complexity("O(1)"),
          Verb.of("XINFO GROUPS key", StreamInspect::groups)
              .since("5.0.0")
              .flags(Flag.READONLY)
              .keys("RO access")
              .summary("Returns a list of the consumer groups of a stream.")
              .complexity("O(1)"),
          Verb.of("XINFO CONSUMERS key group(groupname:)", StreamInspect::consumers)
              .tips("nondeterministic_output")
              .since("5.0.0")
              .flags(Flag.READONLY)
              .keys("RO access")
              .summary("Returns a list of the consumers in a consumer group.")
              .complexity("O(1)"),
          Verb.of("XINFO HELP", _ -> Decision.done(help()))
              .since("5.0.0")
              .flags(Flag.LOADING, Flag.STALE)
              .summary("Returns helpful text about the different subcommands.")
              .complexity("O(1)"));

  private static final long COUNT_DEFAULT = 10;

  private StreamInspect() {}

  private static Decision stream(Call call) {
    StreamValue stream = Streams.need(call, 2);
    int options = call.count() - 3;
    if (options == 0) {
      return Decision.done(Replies.of(out -> StreamReport.brief(out, stream, call.nowMs())));
    }
    boolean full = (options == 1 || options == 3) && call.is(3, "FULL");
    if (!full || (options == 3 && !call.is(4, "COUNT"))) {
      throw Streams.subcommandSyntax(call, "XINFO");
    }
    long count = options == 3 ? call.integer(5) : COUNT_DEFAULT;
    long most = count < 0 ? COUNT_DEFAULT : count == 0 ? Long.MAX_VALUE : count;
    long nowMs = call.nowMs();
    return Decision.done(Replies.of(out -> StreamReport.full(out, stream, nowMs, most)));
  }

  private static Decision groups(Call call) {
    StreamValue stream = Streams.need(call, 2);
    return Decision.done(
        Replies.of(
            out -> {
              out.array(stream.groups().size());
              for (ConsumerGroup group : stream.groups()) {
                group(out, stream, group);
              }
            }));
  }

  private static void group(RespWriter out, StreamValue stream, ConsumerGroup group) {
    out.map(6);
    out.bulk("name");
    out.bulk(group.name());
    out.bulk("consumers");
    out.integer(group.consumers().size());
    out.bulk("pending");
    out.integer(group.pending().size());
    out.bulk("last-delivered-id");
    new EntryWriter(out).id(group.lastId());
    progress(out, stream, group);
  }

  /// How many entries a group has read, and how many it has yet to read.
  static void progress(RespWriter out, StreamValue stream, ConsumerGroup group) {
    out.bulk("entries-read");
    known(out, group.entriesRead());
    out.bulk("lag");
    known(out, Progress.lag(stream, group));
  }

  private static void known(RespWriter out, long count) {
    if (count == ConsumerGroup.UNKNOWN) {
      out.nullBulk();
    } else {
      out.integer(count);
    }
  }

  private static Decision consumers(Call call) {
    ConsumerGroup group = Streams.need(call, 2).group(call.arg(3));
    if (group == null) {
      throw Streams.noGroupForKey(call.arg(3), call.arg(2));
    }
    long nowMs = call.nowMs();
    return Decision.done(
        Replies.of(
            out -> {
              out.array(group.consumers().size());
              for (Consumer consumer : group.consumers()) {
                consumer(out, consumer, nowMs);
              }
            }));
  }

  private static void consumer(RespWriter out, Consumer consumer, long nowMs) {
    long activeAtMs = consumer.activeAtMs();
    out.map(4);
    out.bulk("name");
    out.bulk(consumer.name());
    out.bulk("pending");
    out.integer(consumer.pending());
    out.bulk("idle");
    out.integer(Math.max(0, nowMs - consumer.seenAtMs()));
    out.bulk("inactive");
    out.integer(activeAtMs == Consumer.NEVER ? Consumer.NEVER : nowMs - activeAtMs);
  }

  private static RespReply help() {
    return Replies.lines(
        List.of(
            "XINFO <subcommand> [<arg> [value] [opt] ...]. Subcommands are:",
            "CONSUMERS <key> <groupname>",
            "    Show consumers of <groupname>.",
            "GROUPS <key>",
            "    Show the stream consumer groups.",
            "STREAM <key> [FULL [COUNT <count>]",
            "    Show information about the stream.",
            "HELP",
            "    Print this help."));
  }
}
