package naru.architecture;

import java.util.List;

/// Where more than one thread may touch the same object.
final class Threads {
  private static final List<String> MEETING_PLACES =
      List.of("naru.reactor", "naru.world.real", "naru.broker", "naru.console");

  private Threads() {}

  static boolean mayMeetIn(String packageName) {
    return MEETING_PLACES.stream()
        .anyMatch(place -> packageName.equals(place) || packageName.startsWith(place + "."));
  }
}
