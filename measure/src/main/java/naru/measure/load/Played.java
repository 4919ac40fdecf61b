package naru.measure.load;

import java.io.IOException;
import java.util.List;
import java.util.function.Supplier;
import naru.measure.drive.Part;
import naru.measure.report.Sample;
import naru.measure.server.Server;

/// A load of parts that our own driver plays for a time; each round begins with an empty server.
///
/// @param prepared commands, their words between spaces, that come before each round
/// @param parts made anew for each round
record Played(
    String name, String title, int connections, List<String> prepared, Supplier<List<Part>> parts)
    implements Load {
  private static final double SETTLING = 0.25;

  @Override
  public void rehearse(Server server, double seconds) throws IOException {
    play(server, Math.min(0.5, seconds / 2));
  }

  @Override
  public Sample play(Server server, double seconds) throws IOException {
    server.fill(1, _ -> Part.resp("FLUSHALL"));
    for (String command : prepared) {
      server.fill(1, _ -> Part.resp(command.split(" ", -1)));
    }
    return Timed.played(server, parts.get(), seconds * SETTLING, seconds);
  }
}
