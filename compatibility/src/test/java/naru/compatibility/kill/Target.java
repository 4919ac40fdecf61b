package naru.compatibility.kill;

import java.util.List;
import naru.compatibility.RawClient;
import naru.compatibility.Reply;

/// Something that is written to step by step; step n is the same whenever it is written.
interface Target {
  List<String[]> commands(int step);

  /// Called once for each step whose replies all came.
  void acknowledged(int step, List<Reply> replies);

  /// How many steps are there: 0, 1, 2 … up to this one, whole, in order and nothing else.
  int stepsKept(RawClient client);
}
