package naru.measure.load;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import naru.measure.drive.ClosedLoop;
import naru.measure.drive.Paced;
import naru.measure.drive.Part;
import naru.measure.drive.Patterns;
import naru.measure.drive.Receiver;
import naru.measure.server.Setup;

/// What is handed from one client to others: queues, and what is published. Times are from when a
/// message should have been sent until it is received.
final class Messages {
  private static final int BYTES = 100;
  private static final int PATTERNS = 10_000;
  private static final int LISTENERS = 10;

  private Messages() {}

  static Group queues(Scale scale) {
    List<Load> loads = new ArrayList<>();
    for (int pairs : new int[] {1, 16}) {
      loads.add(
          new Played(
              "queues/full/" + pairs,
              String.format(Locale.ROOT, "LPUSH → BRPOP, %1$d:%1$d, as fast as it goes", pairs),
              2 * pairs,
              List.of(),
              () -> queue(pairs, 0)));
    }
    for (int[] rate : new int[][] {{1, 5_000}, {16, 20_000}}) {
      loads.add(
          new Played(
              "queues/rate/" + rate[0],
              String.format(Locale.ROOT, "LPUSH → BRPOP, %1$d:%1$d, %2$,d/s", rate[0], rate[1]),
              2 * rate[0],
              List.of(),
              () -> queue(rate[0], rate[1])));
    }
    Setup setup = new Setup(scale.fsync(), true, Setup.Wire.REDIS);
    return new Group(
        "queues", "lists that are waited at, 1:1 and 16:16", setup, Commands.COLUMNS, loads);
  }

  static Group fanOut(Scale scale) {
    List<Load> loads = new ArrayList<>();
    for (int bytes : new int[] {100, 10_000}) {
      for (int subscribers : new int[] {1, 100, 1000}) {
        int perSecond = Math.max(20, 20_000 / subscribers / (bytes > BYTES ? 10 : 1));
        String many = subscribers == 1 ? "subscriber" : "subscribers";
        loads.add(
            new Played(
                "fanout/" + subscribers + "/" + bytes,
                String.format(
                    Locale.ROOT,
                    "PUBLISH → %,d %s, %,d bytes, %,d/s",
                    subscribers,
                    many,
                    bytes,
                    perSecond),
                subscribers + 1,
                List.of(),
                () -> fanOut(subscribers, bytes, perSecond)));
      }
    }
    loads.add(
        new Played(
            "fanout/patterns/" + PATTERNS,
            String.format(Locale.ROOT, "PUBLISH, %,d patterns, one matches, 500/s", PATTERNS),
            LISTENERS + 2,
            List.of(),
            Messages::patterns));
    Setup setup = new Setup(scale.fsync(), true, Setup.Wire.REDIS);
    return new Group(
        "fanout", "published to 1, 100, 1,000; 10,000 patterns", setup, Commands.COLUMNS, loads);
  }

  /// At no rate each producer sends one after the other.
  private static List<Part> queue(int pairs, int perSecond) {
    List<Part> parts = new ArrayList<>();
    for (int i = 0; i < pairs; i++) {
      parts.add(Receiver.popping("queue"));
    }
    for (int i = 0; i < pairs; i++) {
      parts.add(
          perSecond == 0
              ? new ClosedLoop(1, false, 0, _ -> pushed(System.nanoTime()))
              : new Paced(perSecond / (double) pairs, false, Messages::pushed));
    }
    return parts;
  }

  private static byte[] pushed(long dueNs) {
    return Part.resp("LPUSH", "queue", Receiver.message(dueNs, BYTES));
  }

  private static List<Part> fanOut(int subscribers, int bytes, int perSecond) {
    List<Part> parts = new ArrayList<>();
    for (int i = 0; i < subscribers; i++) {
      parts.add(Receiver.subscribed("channel"));
    }
    parts.add(publisher(bytes, perSecond));
    return parts;
  }

  private static List<Part> patterns() {
    List<Part> parts = new ArrayList<>();
    for (int i = 0; i < LISTENERS; i++) {
      parts.add(new Patterns("other:" + i, PATTERNS / LISTENERS));
    }
    parts.add(Receiver.subscribedToPattern("chann?l"));
    parts.add(publisher(BYTES, 500));
    return parts;
  }

  private static Paced publisher(int bytes, int perSecond) {
    return new Paced(
        perSecond, false, dueNs -> Part.resp("PUBLISH", "channel", Receiver.message(dueNs, bytes)));
  }
}
