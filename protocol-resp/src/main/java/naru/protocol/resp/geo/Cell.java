package naru.protocol.resp.geo;

/// A part of the map: the map was halved `steps` times from west to east and as often from south to
/// north. The bits say which half it was each time, the first one on top: odd ones of the
/// longitude, even ones of the latitude.
record Cell(long bits, int steps) {
  static final int STEPS_MAX = 26;

  private static final long LATITUDE = 0x5555_5555_5555_5555L;
  private static final long LONGITUDE = LATITUDE << 1;

  /// In degrees.
  record Area(double west, double east, double south, double north) {}

  static Cell at(Place place, int steps) {
    return at(place, steps, Place.LATITUDE_MAX);
  }

  /// A cell of a map that reaches from `-latitudeMax` to `latitudeMax`.
  static Cell at(Place place, int steps, double latitudeMax) {
    return new Cell(
        Long.expand(part(place.latitude(), latitudeMax, steps), LATITUDE)
            | Long.expand(part(place.longitude(), Place.LONGITUDE_MAX, steps), LONGITUDE),
        steps);
  }

  private static long part(double degrees, double most, int steps) {
    double offset = (degrees + most) / (most + most);
    return (long) (offset * (1L << steps)) & 0xFFFF_FFFFL;
  }

  Area area() {
    long row = Long.compress(bits, LATITUDE);
    long column = Long.compress(bits, LONGITUDE);
    return new Area(
        degrees(column, Place.LONGITUDE_MAX),
        degrees(column + 1, Place.LONGITUDE_MAX),
        degrees(row, Place.LATITUDE_MAX),
        degrees(row + 1, Place.LATITUDE_MAX));
  }

  private double degrees(long part, double most) {
    return -most + ((double) (part & 0xFFFF_FFFFL) / (1L << steps)) * (most + most);
  }

  /// The cell that lies beside this one, or at the other end of the map.
  ///
  /// @param east 1 for the next one eastwards, -1 westwards, 0 for neither
  /// @param north 1 for the next one northwards, -1 southwards, 0 for neither
  Cell neighbour(int east, int north) {
    return new Cell(
        moved(bits & LONGITUDE, LONGITUDE, east) | moved(bits & LATITUDE, LATITUDE, north), steps);
  }

  private long moved(long part, long mask, int by) {
    long used = mask >>> (64 - 2 * steps);
    long one = Long.lowestOneBit(mask);
    long between = ~mask >>> (64 - 2 * steps);
    return switch (by) {
      case 1 -> ((part | between) + one) & used;
      case -1 -> (part - one) & used;
      default -> part;
    };
  }

  /// The least score of a place within.
  double scoreMin() {
    return aligned(bits);
  }

  /// The least score of a place behind it.
  double scoreEnd() {
    return aligned(bits + 1);
  }

  private double aligned(long prefix) {
    return prefix << (2 * (STEPS_MAX - steps));
  }
}
