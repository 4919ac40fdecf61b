package naru.simulator.workload;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import naru.simulator.Chance;

/// Commands to choose from, some more often than others.
final class Menu {
  private static final int WEIGHT_MAX = 4;

  private final List<Supplier<List<String>>> dishes = new ArrayList<>();

  /// A command that comes as often as this seed likes it, maybe never.
  Menu add(Chance taste, Supplier<List<String>> command) {
    return add(taste.below(WEIGHT_MAX), command);
  }

  /// A command that comes `weight` times as often as one of weight 1.
  Menu add(int weight, Supplier<List<String>> command) {
    for (int i = 0; i < weight; i++) {
      dishes.add(command);
    }
    return this;
  }

  List<String> choose(Chance chance) {
    return chance.oneOf(dishes).get();
  }
}
