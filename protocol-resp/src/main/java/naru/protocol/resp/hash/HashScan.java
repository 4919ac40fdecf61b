package naru.protocol.resp.hash;

import java.util.ArrayList;
import java.util.List;
import naru.bytes.Bytes;
import naru.engine.Decision;
import naru.engine.hash.HashValue;
import naru.protocol.resp.verb.Call;
import naru.protocol.resp.verb.Flag;
import naru.protocol.resp.verb.ScanOptions;
import naru.protocol.resp.verb.Verb;

/// Going through a hash bit by bit.
public final class HashScan {
  public static final List<Verb> VERBS =
      List.of(
          Verb.of("HSCAN key cursor [MATCH pattern] [COUNT count] [NOVALUES]", HashScan::hscan)
              .tips("nondeterministic_output")
              .since("2.8.0")
              .flags(Flag.READONLY)
              .keys("RO access")
              .summary("Iterates over fields and values of a hash.")
              .complexity(
                  "O(1) for every call. O(N) for a complete iteration, N being the number of"
                      + " fields."));

  private HashScan() {}

  private static Decision hscan(Call call) {
    long cursor = ScanOptions.cursor(call, 2);
    HashValue hash = call.find(call.arg(1), HashValue.class);
    if (hash == null) {
      return Decision.done(ScanOptions.NOTHING);
    }
    ScanOptions options = ScanOptions.read(call, 3);
    List<Bytes> found = new ArrayList<>();
    long next =
        hash.scan(
            cursor,
            options.count(),
            (name, value) -> {
              if (options.admits(name)) {
                found.add(name);
                if (!options.noValues()) {
                  found.add(value);
                }
              }
            });
    return ScanOptions.done(next, found);
  }
}
