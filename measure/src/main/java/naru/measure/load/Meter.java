package naru.measure.load;

import naru.measure.report.Figure;
import naru.measure.report.Sample;
import naru.measure.server.Server;

/// What a server spends from now on.
final class Meter {
  private final Server server;
  private final double processorSeconds;
  private final double writtenBytes;

  Meter(Server server) {
    this.server = server;
    this.processorSeconds = server.processorSeconds();
    this.writtenBytes = server.writtenBytes();
  }

  /// Adds what it spent on so many messages.
  Sample read(Sample sample, long messages) {
    double seconds = server.processorSeconds() - processorSeconds;
    double bytes = server.writtenBytes() - writtenBytes;
    return sample
        .with(Figure.PROCESSOR, seconds * 1e6 / messages)
        .with(Figure.WRITTEN, bytes / messages);
  }
}
