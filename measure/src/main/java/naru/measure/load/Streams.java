package naru.measure.load;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import naru.measure.drive.ClosedLoop;
import naru.measure.drive.GroupConsumer;
import naru.measure.drive.Part;
import naru.measure.drive.Receiver;
import naru.measure.load.CommandLoad.Command;
import naru.measure.server.Server;
import naru.measure.server.Setup;

/// Streams: written, read, and read by groups.
final class Streams {
  private static final int READ_AT_ONCE = 100;
  private static final int SENT_TOGETHER = 50;

  private Streams() {}

  static Group group(Scale scale) {
    List<Load> loads = new ArrayList<>();
    Command trimmed =
        new Command(
            "xadd-maxlen",
            "XADD MAXLEN ~ 1000, 100,000 streams",
            "XADD stream:__rand_int__ MAXLEN ~ 1000 * field value");
    Command trimmedOne =
        new Command(
            "xadd-maxlen-one",
            "XADD MAXLEN ~ 1000, one stream",
            "XADD stream MAXLEN ~ 1000 * field value");
    for (int pipeline : new int[] {1, 16}) {
      for (Command command : List.of(Commands.XADD, trimmedOne, trimmed)) {
        loads.add(new CommandLoad("streams", command, 50, pipeline, scale));
      }
    }
    for (Command command :
        List.of(
            new Command(
                "xrange", "XRANGE of 100", "XRANGE hundred - +", (server, _) -> fill(server)),
            new Command(
                "xread",
                "XREAD of 100",
                "XREAD COUNT 100 STREAMS hundred 0",
                (server, _) -> fill(server)))) {
      loads.add(new CommandLoad("streams", command, 50, 1, scale));
    }
    for (int consumers : new int[] {1, 4, 16}) {
      loads.add(readers(consumers));
    }
    Setup setup = new Setup(scale.fsync(), true, Setup.Wire.REDIS);
    return new Group("streams", "XADD, XRANGE, XREAD, groups", setup, Commands.COLUMNS, loads);
  }

  private static void fill(Server server) throws IOException {
    server.fill(1, _ -> Part.resp("DEL", "hundred"));
    server.fill(
        READ_AT_ONCE,
        i -> Part.resp("XADD", "hundred", i + 1 + "-0", "field", "value-" + i, "other", "thing"));
  }

  private static Load readers(int consumers) {
    return new Played(
        "streams/group/" + consumers,
        String.format(
            Locale.ROOT,
            "XADD → group of %d %s, XREADGROUP 100 + XACK",
            consumers,
            consumers == 1 ? "consumer" : "consumers"),
        consumers + 1,
        List.of("XGROUP CREATE stream group $ MKSTREAM"),
        () -> {
          List<Part> parts = new ArrayList<>();
          parts.add(producer());
          for (int i = 0; i < consumers; i++) {
            parts.add(new GroupConsumer("stream", "group", "consumer-" + i, READ_AT_ONCE));
          }
          return parts;
        });
  }

  /// What is sent together was due together.
  private static ClosedLoop producer() {
    byte[][] last = new byte[1][];
    return new ClosedLoop(
        SENT_TOGETHER,
        false,
        0,
        number -> {
          if (number % SENT_TOGETHER == 0) {
            last[0] = add(Receiver.message(System.nanoTime(), 0));
          }
          return last[0];
        });
  }

  private static byte[] add(String value) {
    return Part.resp("XADD", "stream", "MAXLEN", "~", "100000", "*", "field", value);
  }
}
