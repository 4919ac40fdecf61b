package naru.measure.load;

import java.io.IOException;
import java.util.List;
import naru.measure.drive.Driver;
import naru.measure.drive.Framing;
import naru.measure.drive.Part;
import naru.measure.drive.RespFraming;
import naru.measure.report.Figure;
import naru.measure.report.Sample;
import naru.measure.server.Server;

/// Plays parts with our own driver, and looks at the server's processor meanwhile.
final class Timed {
  private Timed() {}

  /// For so long, after a while that is not counted.
  static Sample played(Server server, List<? extends Part> parts, double settling, double seconds)
      throws IOException {
    try (Driver driver = new Driver(server.port(), new RespFraming(), parts)) {
      driver.settle(settling);
      return measured(server, driver, Long.MAX_VALUE, seconds);
    }
  }

  /// Until so many messages were dealt with.
  static Sample counted(Server server, Framing framing, List<? extends Part> parts, long messages)
      throws IOException {
    try (Driver driver = new Driver(server.port(), framing, parts)) {
      return measured(server, driver, messages, 600);
    }
  }

  private static Sample measured(Server server, Driver driver, long messagesMax, double secondsMax)
      throws IOException {
    Meter meter = new Meter(server);
    Driver.Result result = driver.run(messagesMax, secondsMax);
    Sample sample =
        meter
            .read(new Sample(), result.messages())
            .with(Figure.PER_SECOND, result.perSecond())
            .with(Figure.DRIVER, 100 * result.driverShare());
    if (result.times().getTotalCount() > 0) {
      sample
          .with(Figure.P50, result.percentileMs(50))
          .with(Figure.P99, result.percentileMs(99))
          .with(Figure.P999, result.percentileMs(99.9));
    }
    return sample;
  }
}
