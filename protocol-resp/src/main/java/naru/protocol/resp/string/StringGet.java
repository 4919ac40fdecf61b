package naru.protocol.resp.string;

import java.util.List;
import naru.bytes.Bytes;
import naru.engine.Decision;
import naru.engine.KeyEvent.Kind;
import naru.engine.key.KeyOp;
import naru.engine.string.StringValue;
import naru.protocol.resp.verb.Call;
import naru.protocol.resp.verb.Flag;
import naru.protocol.resp.verb.Replies;
import naru.protocol.resp.verb.Verb;

/// Reading whole strings, or how long they are.
public final class StringGet {
  public static final List<Verb> VERBS =
      List.of(
          Verb.of("GET key", StringGet::get)
              .since("1.0.0")
              .flags(Flag.READONLY, Flag.FAST)
              .keys("RO access")
              .summary("Returns the string value of a key.")
              .complexity("O(1)"),
          Verb.of("MGET key [key ...]", StringGet::getMany)
              .tips("request_policy:multi_shard")
              .since("1.0.0")
              .flags(Flag.READONLY, Flag.FAST)
              .keys("RO access")
              .summary("Atomically returns the string values of one or more keys.")
              .complexity("O(N) where N is the number of keys to retrieve."),
          Verb.of("STRLEN key", StringGet::length)
              .since("2.2.0")
              .flags(Flag.READONLY, Flag.FAST)
              .keys("RO")
              .summary("Returns the length of a string value.")
              .complexity("O(1)"),
          Verb.of("GETDEL key", StringGet::getAndDelete)
              .since("6.2.0")
              .flags(Flag.WRITE, Flag.FAST)
              .reading()
              .keys("RW access delete")
              .summary("Returns the string value of a key after deleting the key.")
              .complexity("O(1)"));

  private StringGet() {}

  private static Decision get(Call call) {
    StringValue string = call.find(call.arg(1), StringValue.class);
    return Decision.done(string == null ? Replies.NULL : Replies.bulk(string.bytes()));
  }

  private static Decision getMany(Call call) {
    return Decision.done(
        Replies.of(
            out -> {
              out.array(call.count() - 1);
              for (int i = 1; i < call.count(); i++) {
                if (call.value(call.arg(i)) instanceof StringValue string) {
                  out.bulk(string.bytes());
                } else {
                  out.nullBulk();
                }
              }
            }));
  }

  private static Decision length(Call call) {
    StringValue string = call.find(call.arg(1), StringValue.class);
    return Decision.done(string == null ? Replies.ZERO : Replies.integer(string.length()));
  }

  private static Decision getAndDelete(Call call) {
    Bytes key = call.arg(1);
    StringValue string = call.find(key, StringValue.class);
    if (string == null) {
      return Decision.done(Replies.NULL);
    }
    return Decision.done(
            Replies.bulk(string.bytes()),
            new KeyOp.Removed(call.database(), key, KeyOp.Cause.DELETED))
        .event(Kind.GENERIC, "del", call.database(), key);
  }
}
