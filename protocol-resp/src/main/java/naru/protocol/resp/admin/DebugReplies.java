package naru.protocol.resp.admin;

import java.util.Locale;
import java.util.Map;
import naru.engine.Refusal;
import naru.protocol.resp.verb.Call;
import naru.protocol.resp.verb.Replies;
import naru.protocol.resp.verb.RespReply;

/// `DEBUG PROTOCOL`: a reply of each type, for the tests of clients.
final class DebugReplies {
  private static final Map<String, RespReply> BY_TYPE =
      Map.ofEntries(
          Map.entry("string", Replies.bulk("Hello World")),
          Map.entry("integer", Replies.integer(12345)),
          Map.entry("double", Replies.number(3.141)),
          Map.entry("null", Replies.NULL),
          Map.entry("array", out -> numbers(() -> out.array(3), out::integer)),
          Map.entry("set", out -> numbers(() -> out.set(3), out::integer)),
          Map.entry(
              "map",
              out -> {
                out.map(3);
                for (int i = 0; i < 3; i++) {
                  out.integer(i);
                  out.bool(i == 1);
                }
              }),
          Map.entry("verbatim", out -> out.verbatim("txt", "This is a verbatim\nstring")),
          Map.entry("true", out -> out.bool(true)),
          Map.entry("false", out -> out.bool(false)));

  private DebugReplies() {}

  private interface Written {
    void write(long value);
  }

  private static void numbers(Runnable head, Written number) {
    head.run();
    for (int i = 0; i < 3; i++) {
      number.write(i);
    }
  }

  static RespReply of(Call call) {
    RespReply reply = BY_TYPE.get(call.arg(2).toString().toLowerCase(Locale.ROOT));
    if (reply == null) {
      throw new Refusal(
          "Wrong protocol type name. Please use one of the following:"
              + " string|integer|double|null|array|set|map|verbatim|true|false");
    }
    return reply;
  }
}
