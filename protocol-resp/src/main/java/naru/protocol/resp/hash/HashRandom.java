package naru.protocol.resp.hash;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import naru.bytes.Bytes;
import naru.engine.Decision;
import naru.engine.Draws;
import naru.engine.hash.FieldVisitor;
import naru.engine.hash.HashValue;
import naru.protocol.resp.verb.Call;
import naru.protocol.resp.verb.Flag;
import naru.protocol.resp.verb.RandomCount;
import naru.protocol.resp.verb.Replies;
import naru.protocol.resp.verb.RespReply;
import naru.protocol.resp.verb.Verb;

/// Fields chosen by chance.
public final class HashRandom {
  public static final List<Verb> VERBS =
      List.of(
          Verb.of("HRANDFIELD key [options= count [WITHVALUES]]", HashRandom::hrandfield)
              .tips("nondeterministic_output")
              .since("6.2.0")
              .flags(Flag.READONLY)
              .keys("RO access")
              .summary("Returns one or more random fields from a hash.")
              .complexity("O(N) where N is the number of fields returned"));

  /// If more than one in so many fields is wanted, those not wanted are chosen instead.
  private static final int SPARSE = 3;

  private HashRandom() {}

  private static Decision hrandfield(Call call) {
    if (call.count() == 2) {
      HashValue hash = call.find(call.arg(1), HashValue.class);
      return Decision.done(hash == null ? Replies.NULL : one(hash, call.moment().random()));
    }
    boolean withValues = call.count() == 4 && call.is(3, "WITHVALUES");
    RandomCount wanted = RandomCount.read(call, 2, withValues);
    if (call.count() > 4 || (call.count() == 4 && !withValues)) {
      throw Call.syntaxError();
    }
    HashValue hash = call.find(call.arg(1), HashValue.class);
    if (hash == null || wanted.count() == 0) {
      return Decision.done(Replies.EMPTY_ARRAY);
    }
    List<Bytes> pairs = chosen(hash, wanted, call.moment().draws());
    return Decision.done(reply(pairs, withValues));
  }

  private static RespReply one(HashValue hash, long random) {
    return out -> hash.random(random, (name, _) -> out.bulk(name));
  }

  private static List<Bytes> chosen(HashValue hash, RandomCount wanted, Draws draws) {
    List<Bytes> pairs = new ArrayList<>();
    FieldVisitor adding =
        (name, value) -> {
          pairs.add(name);
          pairs.add(value);
        };
    if (wanted.repeats()) {
      for (int i = 0; i < wanted.count(); i++) {
        hash.random(draws.next(), adding);
      }
    } else if (wanted.count() >= hash.size()) {
      hash.forEach(adding);
    } else if ((long) wanted.count() * SPARSE > hash.size()) {
      hash.forEach(adding);
      thin(pairs, wanted.count(), draws);
    } else {
      Map<Bytes, Bytes> distinct = new LinkedHashMap<>();
      while (distinct.size() < wanted.count()) {
        hash.random(draws.next(), distinct::putIfAbsent);
      }
      distinct.forEach(adding::field);
    }
    return pairs;
  }

  /// Leaves `count` pairs chosen by chance, in the order in which they stand.
  private static void thin(List<Bytes> pairs, int count, Draws draws) {
    int left = count;
    int kept = 0;
    int total = pairs.size() / 2;
    for (int i = 0; i < total; i++) {
      if (draws.below(total - i) < left) {
        pairs.set(kept, pairs.get(2 * i));
        pairs.set(kept + 1, pairs.get(2 * i + 1));
        kept += 2;
        left--;
      }
    }
    pairs.subList(kept, pairs.size()).clear();
  }

  private static RespReply reply(List<Bytes> pairs, boolean withValues) {
    return out -> {
      int count = pairs.size() / 2;
      boolean nested = withValues && out.version() >= 3;
      out.array(withValues && !nested ? 2 * count : count);
      for (int i = 0; i < pairs.size(); i += 2) {
        if (nested) {
          out.array(2);
        }
        out.bulk(pairs.get(i));
        if (withValues) {
          out.bulk(pairs.get(i + 1));
        }
      }
    };
  }
}
