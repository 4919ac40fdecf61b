package naru.protocol.resp.set;

import java.util.ArrayList;
import java.util.List;
import naru.bytes.Bytes;
import naru.engine.Decision;
import naru.engine.set.SetValue;
import naru.protocol.resp.verb.Call;
import naru.protocol.resp.verb.Flag;
import naru.protocol.resp.verb.ScanOptions;
import naru.protocol.resp.verb.Verb;

/// Going through a set bit by bit.
public final class SetScan {
  public static final List<Verb> VERBS =
      List.of(
          Verb.of("SSCAN key cursor [MATCH pattern] [COUNT count]", SetScan::scan)
              .tips("nondeterministic_output")
              .since("2.8.0")
              .flags(Flag.READONLY)
              .keys("RO access")
              .summary("Iterates over members of a set.")
              .complexity(
                  "O(1) for every call. O(N) for a complete iteration, N being the number of"
                      + " members."));

  private SetScan() {}

  private static Decision scan(Call call) {
    long cursor = ScanOptions.cursor(call, 2);
    SetValue set = call.find(call.arg(1), SetValue.class);
    if (set == null) {
      return Decision.done(ScanOptions.NOTHING);
    }
    ScanOptions options = ScanOptions.read(call, 3);
    List<Bytes> found = new ArrayList<>();
    long next =
        set.scan(
            cursor,
            options.count(),
            member -> {
              if (options.admits(member)) {
                found.add(member);
              }
            });
    return ScanOptions.done(next, found);
  }
}
