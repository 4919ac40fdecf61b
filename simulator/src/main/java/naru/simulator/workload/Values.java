package naru.simulator.workload;

import naru.simulator.Chance;

/// Values that no other client ever uses, and this one only once.
final class Values {
  private final String prefix;
  private final Chance chance;
  private final int mostBytes;
  private int count;

  Values(String prefix, Chance chance, int mostBytes) {
    this.prefix = prefix;
    this.chance = chance;
    this.mostBytes = mostBytes;
  }

  String next() {
    String value = prefix + "." + ++count;
    int padding = chance.oneIn(3) ? (int) chance.spread(1, mostBytes) : 0;
    return padding == 0 ? value : value + "." + "x".repeat(padding);
  }
}
