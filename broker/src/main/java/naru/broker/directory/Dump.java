package naru.broker.directory;

import java.io.BufferedOutputStream;
import java.io.OutputStream;
import java.util.List;
import naru.engine.Op;
import naru.log.FileReport;
import naru.log.FileReport.Flaw;
import naru.log.Survey;
import naru.world.Disk;
import naru.world.WorldFailure;
import naru.world.real.SystemClock;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.exc.JacksonIOException;
import tools.jackson.core.json.JsonFactory;

/// Shows records as JSON, one a line; what cannot be read is told on stderr, and passed over.
public final class Dump {
  private final Disk disk;
  private final OutputStream out;

  public Dump(Disk disk, OutputStream out) {
    this.disk = disk;
    this.out = out;
  }

  /// Returns whether all could be read. Throws [WorldFailure] if there is nothing to show, or it
  /// cannot be written; that nobody reads on is no failure.
  ///
  /// @param withSnapshot whether the newest snapshot is shown first
  /// @param from the first position to show
  /// @param to the last one
  public boolean run(boolean withSnapshot, long from, long to) {
    Survey survey = new Survey(disk, new SystemClock());
    if (survey.isEmpty()) {
      throw new WorldFailure(disk.location() + " holds no log and no snapshot");
    }
    JsonFactory factory = JsonFactory.builder().rootValueSeparator("\n").build();
    try (JsonGenerator json =
        factory.createGenerator(
            ObjectWriteContext.empty(), new BufferedOutputStream(out, 1 << 16))) {
      boolean isWhole = true;
      Lines lines = new Lines(json);
      if (withSnapshot) {
        isWhole = isWhole(survey.newestSnapshot(lines.of("snapshot", 0, Long.MAX_VALUE)));
      }
      isWhole &= isWhole(survey.logFrom(from, lines.of("position", from, to)));
      if (lines.count > 0) {
        json.writeRaw('\n');
      }
      return isWhole;
    } catch (JacksonIOException refused) {
      String reason = "" + refused.getMessage();
      if (reason.contains("Broken pipe")) {
        return true;
      }
      throw new WorldFailure("cannot write: " + reason, refused);
    }
  }

  /// Writes a line for each record.
  private static final class Lines {
    private final JsonGenerator json;
    private final OpsAsJson ops;
    private long count;

    Lines(JsonGenerator json) {
      this.json = json;
      ops = new OpsAsJson(json);
    }

    /// @param place how the position is called
    Survey.Visitor of(String place, long from, long to) {
      return (file, offset, position, payload) -> {
        int bytes = payload.remaining();
        List<Op> told = Ops.of(payload);
        if (position < from || position > to) {
          return;
        }
        count++;
        json.writeStartObject();
        json.writeNumberProperty(place, position);
        json.writeStringProperty("file", file);
        json.writeNumberProperty("offset", offset);
        json.writeNumberProperty("bytes", bytes);
        json.writeName("ops");
        json.writeStartArray();
        told.forEach(ops::write);
        json.writeEndArray();
        json.writeEndObject();
      };
    }
  }

  private static boolean isWhole(List<FileReport> files) {
    boolean isWhole = true;
    for (FileReport file : files) {
      for (Flaw flaw : file.flaws()) {
        System.err.println("naru: passed over: " + file.name() + ", " + Check.line(flaw));
      }
      isWhole &= file.isWhole();
    }
    return isWhole;
  }
}
