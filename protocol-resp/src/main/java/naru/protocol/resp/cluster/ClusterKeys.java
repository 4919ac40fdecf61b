package naru.protocol.resp.cluster;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import naru.bytes.Bytes;
import naru.engine.Decision;
import naru.engine.Refusal;
import naru.protocol.resp.verb.Call;
import naru.protocol.resp.verb.Flag;
import naru.protocol.resp.verb.Replies;
import naru.protocol.resp.verb.Verb;

/// Which keys are in which slot. Nobody keeps count of it: whoever asks pays by looking at all
/// keys.
public final class ClusterKeys {
  private static final String BY_KEYS = "O(N) where N is the number of keys in the database";

  public static final List<Verb> VERBS =
      List.of(
          ClusterView.of("CLUSTER COUNTKEYSINSLOT slot", ClusterKeys::count)
              .summary("Returns the number of keys in a hash slot.")
              .complexity(BY_KEYS),
          ClusterView.of("CLUSTER GETKEYSINSLOT slot count", ClusterKeys::keys)
              .tips("nondeterministic_output")
              .summary("Returns the key names in a hash slot.")
              .complexity(BY_KEYS),
          ClusterView.of(
                  "CLUSTER KEYSLOT key(string)",
                  call -> Decision.done(Replies.integer(Slots.of(call.arg(2)))))
              .keySpecs()
              .summary("Returns the hash slot for a key.")
              .complexity("O(N) where N is the number of bytes in the key"),
          ClusterView.of(
                  "CLUSTER SLOT-STATS <SLOTSRANGE start-slot end-slot | ORDERBY metric [LIMIT"
                      + " limit] [ASC | DESC]>",
                  ClusterKeys::statistics)
              .tips("nondeterministic_output", "request_policy:all_shards")
              .since("8.2.0")
              .flags(Flag.LOADING, Flag.STALE)
              .summary("Returns how many keys there are in slots.")
              .complexity(BY_KEYS));

  private ClusterKeys() {}

  private static Decision count(Call call) {
    long slot = call.integer(2);
    if (slot < 0 || slot >= Slots.COUNT) {
      throw new Refusal("Invalid slot");
    }
    return Decision.done(Replies.integer(in(call, slot, Integer.MAX_VALUE).size()));
  }

  private static Decision keys(Call call) {
    long slot = call.integer(2);
    long most = call.integer(3);
    if (slot < 0 || slot >= Slots.COUNT || most < 0) {
      throw new Refusal("Invalid slot or number of keys");
    }
    return Decision.done(Replies.bulks(in(call, slot, most)));
  }

  private static List<Bytes> in(Call call, long slot, long most) {
    List<Bytes> keys = new ArrayList<>();
    call.keys()
        .forEach(
            entry -> {
              if (keys.size() < most && Slots.of(entry.keyBytes()) == slot) {
                keys.add(entry.keyBytes());
              }
            });
    return keys;
  }

  private record Counted(int slot, int keys) {}

  private static Decision statistics(Call call) {
    List<Counted> counted;
    if (call.is(2, "SLOTSRANGE")) {
      counted = range(call);
    } else if (call.is(2, "ORDERBY")) {
      counted = ordered(call);
    } else {
      throw Call.syntaxError();
    }
    return Decision.done(
        Replies.of(
            out -> {
              out.array(counted.size());
              for (Counted slot : counted) {
                out.array(2);
                out.integer(slot.slot());
                out.map(1);
                out.bulk("key-count");
                out.integer(slot.keys());
              }
            }));
  }

  private static List<Counted> counted(Call call) {
    int[] counts = new int[Slots.COUNT];
    call.keys().forEach(entry -> counts[Slots.of(entry.keyBytes())]++);
    List<Counted> slots = new ArrayList<>(counts.length);
    for (int slot = 0; slot < counts.length; slot++) {
      slots.add(new Counted(slot, counts[slot]));
    }
    return slots;
  }

  private static List<Counted> range(Call call) {
    if (call.count() != 5) {
      throw call.subcommandSyntax();
    }
    int from = ClusterMembers.slot(call, 3);
    int to = ClusterMembers.slot(call, 4);
    if (from > to) {
      throw new Refusal("Start slot number " + from + " is greater than end slot number " + to);
    }
    return counted(call).subList(from, to + 1);
  }

  private static List<Counted> ordered(Call call) {
    if (call.count() < 4 || !call.is(3, "KEY-COUNT")) {
      throw new Refusal(
          "Unrecognized sort metric for ORDERBY. The supported metrics are: key-count.");
    }
    long limit = Slots.COUNT;
    boolean ascending = false;
    for (int i = 4; i < call.count(); i++) {
      if (call.is(i, "LIMIT") && i + 1 < call.count()) {
        limit =
            call.integerBetween(
                ++i,
                1,
                Slots.COUNT,
                "Limit has to lie in between 1 and 16384 (maximum number of" + " slots).");
      } else if (call.is(i, "ASC")) {
        ascending = true;
      } else if (call.is(i, "DESC")) {
        ascending = false;
      } else {
        throw Call.syntaxError();
      }
    }
    Comparator<Counted> byKeys = Comparator.comparingInt(Counted::keys);
    return counted(call).stream()
        .sorted((ascending ? byKeys : byKeys.reversed()).thenComparingInt(Counted::slot))
        .limit(limit)
        .toList();
  }
}
