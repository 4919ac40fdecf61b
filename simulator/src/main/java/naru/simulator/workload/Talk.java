package naru.simulator.workload;

import java.util.List;
import naru.simulator.Chance;

/// Messages, and who listens to them.
final class Talk {
  private static final List<String> CHANNELS = List.of("news", "nets", "other");

  /// One only: in which order patterns are told is not said.
  private static final String PATTERN = "ne*";

  private final Chance chance;
  private final Values values;

  Talk(Chance chance, Values values) {
    this.chance = chance;
    this.values = values;
  }

  List<String> publish() {
    return List.of("PUBLISH", chance.oneOf(CHANNELS), values.next());
  }

  /// What who listens says, and nothing else in version 2 of the protocol.
  List<String> listen() {
    return switch (chance.below(6)) {
      case 0, 1 -> List.of("SUBSCRIBE", chance.oneOf(CHANNELS));
      case 2 -> List.of("SUBSCRIBE", chance.oneOf(CHANNELS), chance.oneOf(CHANNELS));
      case 3 -> List.of(chance.oneIn(2) ? "PSUBSCRIBE" : "PUNSUBSCRIBE", PATTERN);
      case 4 -> List.of("UNSUBSCRIBE", chance.oneOf(CHANNELS));
      default -> List.of("PING");
    };
  }
}
