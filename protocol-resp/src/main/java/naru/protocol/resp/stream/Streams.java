package naru.protocol.resp.stream;

import java.util.List;
import naru.bytes.Bytes;
import naru.engine.Op;
import naru.engine.Refusal;
import naru.engine.stream.ConsumerGroup;
import naru.engine.stream.Idempotence;
import naru.engine.stream.StreamOp;
import naru.engine.stream.StreamValue;
import naru.engine.stream.block.BlockLimits;
import naru.protocol.resp.setting.Settings;
import naru.protocol.resp.verb.Call;
import org.jspecify.annotations.Nullable;

/// Finding streams and groups, and refusing as Redis does when they are not there.
final class Streams {
  private Streams() {}

  static @Nullable StreamValue find(Call call, int index) {
    return call.find(call.arg(index), StreamValue.class);
  }

  /// The stream that the word at `index` names; refused if there is none.
  static StreamValue need(Call call, int index) {
    StreamValue stream = find(call, index);
    if (stream == null) {
      throw new Refusal("no such key");
    }
    return stream;
  }

  /// The group that word 2 names, of the stream that word 1 names; null if one is missing.
  static @Nullable ConsumerGroup findGroup(Call call) {
    StreamValue stream = find(call, 1);
    return stream == null ? null : stream.group(call.arg(2));
  }

  /// How large blocks may grow by the settings.
  static BlockLimits blockLimits(Call call) {
    Settings settings = call.server().settings();
    return new BlockLimits(
        settings.streamNodeMaxBytes.bytes(), settings.streamNodeMaxEntries.value());
  }

  /// Adds what has to happen for a stream that is made by an op before: its settings, where they
  /// are not what every stream begins with.
  static void configure(Call call, Bytes key, List<Op> ops) {
    Settings settings = call.server().settings();
    long durationS = settings.streamIdmpDuration.value();
    long entriesMax = settings.streamIdmpMaxsize.value();
    if (durationS != Idempotence.DURATION_DEFAULT_S
        || entriesMax != Idempotence.ENTRIES_DEFAULT_MAX) {
      ops.add(new StreamOp.Configured(call.database(), key, durationS, entriesMax));
    }
  }

  static Refusal noGroup(Bytes key, Bytes group, String end) {
    return new Refusal(
        "NOGROUP",
        "No such key '" + key.printed() + "' or consumer group '" + group.printed() + "'" + end);
  }

  static Refusal noGroupForKey(Bytes group, Bytes key) {
    return new Refusal(
        "NOGROUP",
        "No such consumer group '" + group.printed() + "' for key name '" + key.printed() + "'");
  }

  /// As Redis refuses a subcommand whose words do not fit.
  static Refusal subcommandSyntax(Call call, String container) {
    String name = call.arg(1).toString();
    return new Refusal(
        "unknown subcommand or wrong number of arguments for '"
            + name.substring(0, Math.min(name.length(), 128))
            + "'. Try "
            + container
            + " HELP.");
  }
}
