package naru.protocol.resp.stream;

import java.util.ArrayList;
import java.util.List;
import naru.bytes.Bytes;
import naru.engine.Decision;
import naru.engine.Decision.Done;
import naru.engine.KeyEvent;
import naru.engine.Op;
import naru.engine.Refusal;
import naru.engine.stream.Consumer;
import naru.engine.stream.ConsumerGroup;
import naru.engine.stream.GroupOp;
import naru.engine.stream.StreamId;
import naru.engine.stream.StreamOp;
import naru.engine.stream.StreamValue;
import naru.protocol.resp.verb.Call;
import naru.protocol.resp.verb.Flag;
import naru.protocol.resp.verb.Replies;
import naru.protocol.resp.verb.RespReply;
import naru.protocol.resp.verb.Verb;
import org.jspecify.annotations.Nullable;

/// Making, moving and removing groups and their members.
public final class StreamGroup {
  public static final List<Verb> VERBS =
      List.of(
          Verb.of(
                  "XGROUP CREATE key group(groupname:) <id= id | $> [MKSTREAM] [ENTRIESREAD"
                      + " entries-read(entries_read:)]",
                  StreamGroup::create)
              .since("5.0.0")
              .flags(Flag.WRITE, Flag.DENYOOM)
              .keys("RW insert")
              .summary("Creates a consumer group.")
              .complexity("O(1)"),
          Verb.of(
                  "XGROUP SETID key group(groupname:) <id= id | $> [ENTRIESREAD"
                      + " entries-read(entries_read:)]",
                  StreamGroup::setId)
              .since("5.0.0")
              .flags(Flag.WRITE)
              .keys("RW update")
              .summary("Sets the last-delivered ID of a consumer group.")
              .complexity("O(1)"),
          Verb.of("XGROUP DESTROY key group(groupname:)", StreamGroup::destroy)
              .since("5.0.0")
              .flags(Flag.WRITE)
              .keys("RW delete")
              .summary("Destroys a consumer group.")
              .complexity(
                  "O(N) where N is the number of entries in the group's pending entries list"
                      + " (PEL)."),
          Verb.of(
                  "XGROUP CREATECONSUMER key group(groupname:) consumer(consumername:)",
                  StreamGroup::createConsumer)
              .since("6.2.0")
              .flags(Flag.WRITE, Flag.DENYOOM)
              .keys("RW insert")
              .summary("Creates a consumer in a consumer group.")
              .complexity("O(1)"),
          Verb.of(
                  "XGROUP DELCONSUMER key group(groupname:) consumer(consumername:)",
                  StreamGroup::removeConsumer)
              .since("5.0.0")
              .flags(Flag.WRITE)
              .keys("RW delete")
              .summary("Deletes a consumer from a consumer group.")
              .complexity("O(1)"),
          Verb.of("XGROUP HELP", _ -> Decision.done(help()))
              .since("5.0.0")
              .flags(Flag.LOADING, Flag.STALE)
              .summary("Returns helpful text about the different subcommands.")
              .complexity("O(1)"));

  private StreamGroup() {}

  /// The options behind the id.
  private static final class Options {
    boolean makesStream;
    long entriesRead = ConsumerGroup.UNKNOWN;

    static Options of(Call call, boolean creates) {
      Options options = new Options();
      for (int i = 5; i < call.count(); i++) {
        if (creates && call.is(i, "MKSTREAM")) {
          options.makesStream = true;
        } else if (call.is(i, "ENTRIESREAD") && i + 1 < call.count()) {
          options.entriesRead = call.integer(++i);
          if (options.entriesRead < ConsumerGroup.UNKNOWN) {
            throw new Refusal("value for ENTRIESREAD must be positive or -1");
          }
        } else {
          throw Streams.subcommandSyntax(call, "XGROUP");
        }
      }
      return options;
    }

    long entriesRead(@Nullable StreamValue stream) {
      return Math.min(entriesRead, stream == null ? 0 : stream.entriesAdded());
    }
  }

  private static StreamValue need(@Nullable StreamValue stream) {
    if (stream == null) {
      throw new Refusal(
          "The XGROUP subcommand requires the key to exist. Note that for CREATE you may want to"
              + " use the MKSTREAM option to create an empty stream automatically.");
    }
    return stream;
  }

  private static ConsumerGroup needGroup(Call call) {
    ConsumerGroup group = need(Streams.find(call, 2)).group(call.arg(3));
    if (group == null) {
      throw Streams.noGroupForKey(call.arg(3), call.arg(2));
    }
    return group;
  }

  private static boolean isEnd(Bytes word) {
    return word.length() == 1 && word.at(0) == '$';
  }

  private static Done event(Done done, String name, Call call) {
    return done.event(KeyEvent.Kind.STREAM, name, call.database(), call.arg(2));
  }

  private static Decision create(Call call) {
    Options options = Options.of(call, true);
    StreamValue stream = Streams.find(call, 2);
    if (!options.makesStream) {
      need(stream);
    }
    if (call.count() > 8) {
      throw Streams.subcommandSyntax(call, "XGROUP");
    }
    StreamId lastId;
    if (isEnd(call.arg(4))) {
      lastId = stream == null ? StreamId.ZERO : stream.lastId();
    } else {
      lastId = Ids.parse(call.arg(4), 0);
    }
    if (stream != null && stream.group(call.arg(3)) != null) {
      throw new Refusal("BUSYGROUP", "Consumer Group name already exists");
    }
    List<Op> ops = new ArrayList<>(2);
    if (stream == null) {
      ops.add(new StreamOp.Created(call.database(), call.arg(2)));
      Streams.configure(call, call.arg(2), ops);
    }
    ops.add(
        new GroupOp.Created(
            call.database(), call.arg(2), call.arg(3), lastId, options.entriesRead(stream)));
    return event(Decision.done(Replies.OK, ops), "xgroup-create", call);
  }

  private static Decision setId(Call call) {
    Options options = Options.of(call, false);
    needGroup(call);
    StreamValue stream = need(Streams.find(call, 2));
    if (call.count() > 7) {
      throw Streams.subcommandSyntax(call, "XGROUP");
    }
    StreamId lastId = isEnd(call.arg(4)) ? stream.lastId() : Ids.orExtreme(call.arg(4), 0);
    Op op =
        new GroupOp.Moved(
            call.database(), call.arg(2), call.arg(3), lastId, options.entriesRead(stream));
    return event(Decision.done(Replies.OK, List.of(op)), "xgroup-setid", call);
  }

  private static Decision destroy(Call call) {
    if (need(Streams.find(call, 2)).group(call.arg(3)) == null) {
      return Decision.done(Replies.ZERO);
    }
    Op op = new GroupOp.Removed(call.database(), call.arg(2), call.arg(3));
    return event(Decision.done(Replies.ONE, List.of(op)), "xgroup-destroy", call);
  }

  private static Decision createConsumer(Call call) {
    if (needGroup(call).consumer(call.arg(4)) != null) {
      return Decision.done(Replies.ZERO);
    }
    Op op =
        new GroupOp.Joined(
            call.database(), call.arg(2), call.arg(3), call.arg(4), call.nowMs(), Consumer.NEVER);
    return event(Decision.done(Replies.ONE, List.of(op)), "xgroup-createconsumer", call);
  }

  private static Decision removeConsumer(Call call) {
    Consumer consumer = needGroup(call).consumer(call.arg(4));
    if (consumer == null) {
      return Decision.done(Replies.ZERO);
    }
    Op op = new GroupOp.Left(call.database(), call.arg(2), call.arg(3), call.arg(4));
    return event(
        Decision.done(Replies.integer(consumer.pending()), List.of(op)),
        "xgroup-delconsumer",
        call);
  }

  private static RespReply help() {
    return Replies.lines(
        List.of(
            "XGROUP <subcommand> [<arg> [value] [opt] ...]. Subcommands are:",
            "CREATE <key> <groupname> <id|$> [option]",
            "    Create a new consumer group. Options are:",
            "    * MKSTREAM",
            "      Create the empty stream if it does not exist.",
            "    * ENTRIESREAD entries_read",
            "      Set the group's entries_read counter (internal use).",
            "CREATECONSUMER <key> <groupname> <consumer>",
            "    Create a new consumer in the specified group.",
            "DELCONSUMER <key> <groupname> <consumer>",
            "    Remove the specified consumer.",
            "DESTROY <key> <groupname>",
            "    Remove the specified group.",
            "SETID <key> <groupname> <id|$> [ENTRIESREAD entries_read]",
            "    Set the current group ID and entries_read counter.",
            "HELP",
            "    Print this help."));
  }
}
