package naru.protocol.resp.hash;

import java.util.List;
import naru.bytes.Bytes;
import naru.engine.Decision;
import naru.engine.hash.HashValue;
import naru.protocol.resp.verb.Call;
import naru.protocol.resp.verb.Flag;
import naru.protocol.resp.verb.Replies;
import naru.protocol.resp.verb.RespReply;
import naru.protocol.resp.verb.Verb;
import org.jspecify.annotations.Nullable;

/// Looking at fields.
public final class HashGet {
  public static final List<Verb> VERBS =
      List.of(
          Verb.of("HGET key field", HashGet::hget)
              .since("2.0.0")
              .flags(Flag.READONLY, Flag.FAST)
              .keys("RO access")
              .summary("Returns the value of a field in a hash.")
              .complexity("O(1)"),
          Verb.of("HMGET key field [field ...]", HashGet::hmget)
              .since("2.0.0")
              .flags(Flag.READONLY, Flag.FAST)
              .keys("RO access")
              .summary("Returns the values of all the fields named, in a hash.")
              .complexity("O(N) where N is the number of fields being requested."),
          Verb.of("HEXISTS key field", HashGet::hexists)
              .since("2.0.0")
              .flags(Flag.READONLY, Flag.FAST)
              .keys("RO")
              .summary("Determines whether a field exists in a hash.")
              .complexity("O(1)"),
          Verb.of("HSTRLEN key field", HashGet::hstrlen)
              .since("3.2.0")
              .flags(Flag.READONLY, Flag.FAST)
              .keys("RO")
              .summary("Returns the length of the value of a field.")
              .complexity("O(1)"),
          Verb.of("HLEN key", HashGet::hlen)
              .since("2.0.0")
              .flags(Flag.READONLY, Flag.FAST)
              .keys("RO")
              .summary("Returns the number of fields in a hash.")
              .complexity("O(1)"),
          Verb.of("HGETALL key", HashGet::hgetall)
              .tips("nondeterministic_output_order")
              .since("2.0.0")
              .flags(Flag.READONLY)
              .keys("RO access")
              .summary("Returns all fields and values in a hash.")
              .complexity("O(N) where N is the size of the hash."),
          Verb.of("HKEYS key", HashGet::hkeys)
              .tips("nondeterministic_output_order")
              .since("2.0.0")
              .flags(Flag.READONLY)
              .keys("RO access")
              .summary("Returns all fields in a hash.")
              .complexity("O(N) where N is the size of the hash."),
          Verb.of("HVALS key", HashGet::hvals)
              .tips("nondeterministic_output_order")
              .since("2.0.0")
              .flags(Flag.READONLY)
              .keys("RO access")
              .summary("Returns all values in a hash.")
              .complexity("O(N) where N is the size of the hash."));

  private HashGet() {}

  private static @Nullable HashValue found(Call call) {
    return call.find(call.arg(1), HashValue.class);
  }

  private static Decision hget(Call call) {
    HashValue hash = found(call);
    return Decision.done(Replies.bulkOrNull(hash == null ? null : hash.get(call.arg(2))));
  }

  private static Decision hmget(Call call) {
    HashValue hash = found(call);
    return Decision.done(values(call, hash, 2));
  }

  /// The values of the fields that the words from `index` on name, null for each that is missing.
  static RespReply values(Call call, @Nullable HashValue hash, int index) {
    return out -> {
      out.array(call.count() - index);
      for (int i = index; i < call.count(); i++) {
        out.bulkOrNull(hash == null ? null : hash.get(call.arg(i)));
      }
    };
  }

  private static Decision hexists(Call call) {
    HashValue hash = found(call);
    return Decision.done(hash != null && hash.contains(call.arg(2)) ? Replies.ONE : Replies.ZERO);
  }

  private static Decision hstrlen(Call call) {
    HashValue hash = found(call);
    Bytes value = hash == null ? null : hash.get(call.arg(2));
    return Decision.done(Replies.integer(value == null ? 0 : value.length()));
  }

  private static Decision hlen(Call call) {
    HashValue hash = found(call);
    return Decision.done(Replies.integer(hash == null ? 0 : hash.size()));
  }

  private static Decision hgetall(Call call) {
    HashValue hash = found(call);
    if (hash == null) {
      return Decision.done(Replies.EMPTY_MAP);
    }
    return Decision.done(
        Replies.of(
            out -> {
              out.map(hash.size());
              hash.forEach(
                  (name, value) -> {
                    out.bulk(name);
                    out.bulk(value);
                  });
            }));
  }

  private static Decision hkeys(Call call) {
    HashValue hash = found(call);
    if (hash == null) {
      return Decision.done(Replies.EMPTY_ARRAY);
    }
    return Decision.done(
        Replies.of(
            out -> {
              out.array(hash.size());
              hash.forEach((name, _) -> out.bulk(name));
            }));
  }

  private static Decision hvals(Call call) {
    HashValue hash = found(call);
    if (hash == null) {
      return Decision.done(Replies.EMPTY_ARRAY);
    }
    return Decision.done(
        Replies.of(
            out -> {
              out.array(hash.size());
              hash.forEach((_, value) -> out.bulk(value));
            }));
  }
}
