package naru.protocol.resp.geo;

/// A place on the earth, in degrees.
record Place(double longitude, double latitude) {
  /// The poles themselves are outside of the map that scores are made from (EPSG:3857).
  static final double LATITUDE_MAX = 85.05112878;

  static final double LONGITUDE_MAX = 180;

  static final double EARTH_RADIUS_M = 6372797.560856;

  private static final double RADIANS = Math.PI / 180;

  boolean isOnMap() {
    return Math.abs(longitude) <= LONGITUDE_MAX && Math.abs(latitude) <= LATITUDE_MAX;
  }

  double score() {
    return Cell.at(this, Cell.STEPS_MAX).bits();
  }

  /// The middle of the smallest cell that has this score.
  static Place ofScore(double score) {
    Cell.Area area = new Cell(bits(score), Cell.STEPS_MAX).area();
    return new Place(
        Math.clamp((area.west() + area.east()) / 2, -LONGITUDE_MAX, LONGITUDE_MAX),
        Math.clamp((area.south() + area.north()) / 2, -LATITUDE_MAX, LATITUDE_MAX));
  }

  /// A score that no place has, because it was set as a score, is read as Redis reads it on x86.
  private static long bits(double score) {
    return score >= 0x1p63 ? hash(score - 0x1p63) ^ Long.MIN_VALUE : hash(score);
  }

  /// A score as a whole number; the least one if it is none.
  static long hash(double score) {
    return Math.abs(score) < 0x1p63 ? (long) score : Long.MIN_VALUE;
  }

  /// Meters along a great circle, by the haversine formula.
  double distanceM(Place other) {
    double v = Math.sin((radians(other.longitude) - radians(longitude)) / 2);
    if (v == 0) {
      return latitudeDistanceM(other);
    }
    double here = radians(latitude);
    double there = radians(other.latitude);
    double u = Math.sin((there - here) / 2);
    double a = u * u + Math.cos(here) * Math.cos(there) * v * v;
    return 2 * EARTH_RADIUS_M * Math.asin(Math.sqrt(a));
  }

  /// Meters along a meridian.
  double latitudeDistanceM(Place other) {
    return EARTH_RADIUS_M * Math.abs(radians(other.latitude) - radians(latitude));
  }

  static double radians(double degrees) {
    return degrees * RADIANS;
  }

  static double degrees(double radians) {
    return radians / RADIANS;
  }
}
