package naru.measure.load;

import java.io.IOException;
import naru.measure.report.Sample;
import naru.measure.server.Server;

/// One row of a table: what is done to a server, and what is measured while it is done.
public interface Load {
  /// By which it can be asked for: words between slashes, its group's first.
  String name();

  /// For people.
  String title();

  /// Connections that it opens at most.
  default int connections() {
    return 1;
  }

  /// Whether a server that understands nothing can play along.
  default boolean isForFloor() {
    return false;
  }

  /// Once on each server, before any load of its group is played: what they have in common gets the
  /// time to be compiled.
  default void rehearse(Server server, double seconds) throws IOException {}

  /// Once on each server, before its own first round.
  default void prepare(Server server) throws IOException {
    server.empty();
  }

  /// Once on each server, after all are prepared.
  default void warmUp(Server server, double seconds) throws IOException {
    play(server, seconds / 2);
  }

  /// One round, of about so many seconds if its length can be chosen.
  Sample play(Server server, double seconds) throws IOException;

  /// How many rounds there are if so many are asked for.
  default int rounds(int asked) {
    return asked;
  }
}
