package naru.engine;

/// How often something is used, in 24 bits: a logarithmic counter that grows with use, by chance
/// and ever more seldom, and that shrinks by one for each so many minutes in which it was not
/// looked at.
///
/// ```
///  23 .............. 8   7 ....... 0
///  minutes modulo 2^16 | counter
/// ```
///
/// Morris, "Counting large numbers of events in small registers" (1978), with the constants of
/// Redis, so that `OBJECT FREQ` and the settings mean the same.
///
/// @param logFactor the larger, the more uses it takes to reach the top
/// @param decayMinutes after how many minutes the counter loses one; 0 for never
public record Frequency(int logFactor, int decayMinutes) {
  public static final Frequency DEFAULT = new Frequency(10, 1);

  /// What is new starts here, so that it has a chance to be used again.
  public static final int COUNTER_FIRST = 5;

  private static final int COUNTER_MAX = 255;
  private static final int MINUTES_MASK = 0xFFFF;

  static int first(int nowS) {
    return with(COUNTER_FIRST, nowS);
  }

  /// As [#first], with a counter from 0 to 255.
  static int with(int counter, int nowS) {
    return minutes(nowS) << 8 | counter;
  }

  private static int minutes(int nowS) {
    return nowS / 60 & MINUTES_MASK;
  }

  /// The counter as it is by now.
  int counter(int bits, int nowS) {
    int counter = bits & COUNTER_MAX;
    if (decayMinutes == 0) {
      return counter;
    }
    int elapsed = (minutes(nowS) - (bits >>> 8)) & MINUTES_MASK;
    return Math.max(0, counter - elapsed / decayMinutes);
  }

  /// After one more use; `random` decides whether it counts.
  int used(int bits, int nowS, long random) {
    int counter = counter(bits, nowS);
    if (counter < COUNTER_MAX) {
      double base = Math.max(0, counter - COUNTER_FIRST);
      double chance = (random >>> 11) * 0x1p-53;
      if (chance < 1 / (base * logFactor + 1)) {
        counter++;
      }
    }
    return with(counter, nowS);
  }
}
