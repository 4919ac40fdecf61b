package naru.protocol.resp.stream;

import java.util.ArrayList;
import java.util.List;
import naru.engine.Decision;
import naru.engine.KeyEvent;
import naru.engine.Op;
import naru.engine.stream.StreamValue;
import naru.engine.stream.Trim;
import naru.protocol.resp.verb.Call;
import naru.protocol.resp.verb.Flag;
import naru.protocol.resp.verb.Replies;
import naru.protocol.resp.verb.Verb;

/// Taking away the oldest entries.
public final class StreamTrim {
  public static final List<Verb> VERBS =
      List.of(
          Verb.of(
                  "XTRIM key {trim= <MAXLEN | MINID> [= | ~] threshold [LIMIT count]} [KEEPREF |"
                      + " DELREF | ACKED]",
                  StreamTrim::trim)
              .tips("nondeterministic_output")
              .since("5.0.0")
              .flags(Flag.WRITE)
              .keys("RW delete")
              .summary("Deletes messages from the beginning of a stream.")
              .complexity(
                  "O(N), with N being the number of evicted entries. Constant times are very small"
                      + " however, since entries are organized in macro nodes containing multiple"
                      + " entries that can be released in a single deallocation."));

  private StreamTrim() {}

  private static Decision trim(Call call) {
    TrimOptions options = new TrimOptions();
    for (int at = 2; at < call.count(); ) {
      int words = options.read(call, at);
      if (words == 0) {
        throw Call.syntaxError();
      }
      at += words;
    }
    options.check(call, true);
    StreamValue stream = Streams.find(call, 1);
    Trim trim = stream == null ? null : options.plan(stream, null);
    if (trim == null) {
      return Decision.done(Replies.ZERO);
    }
    List<Op> ops = new ArrayList<>(2);
    List<KeyEvent> events = new ArrayList<>(1);
    options.carryOut(trim, call, call.arg(1), ops, events);
    return StreamAdd.done(Replies.integer(trim.removed()), ops, events);
  }
}
