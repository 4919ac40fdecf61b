package naru.protocol.resp.geo;

/// What a search looks within. Lengths are in meters.
sealed interface Shape {
  Place center();

  /// Half of its extent from south to north.
  double upM();

  /// Half of its extent from west to east.
  double asideM();

  /// How far its farthest point is from the center.
  double reachM();

  /// How far a place within is from the center; NaN if it is outside.
  double distanceM(Place place);

  record Circle(Place center, double radiusM) implements Shape {
    @Override
    public double upM() {
      return radiusM;
    }

    @Override
    public double asideM() {
      return radiusM;
    }

    @Override
    public double reachM() {
      return radiusM;
    }

    @Override
    public double distanceM(Place place) {
      double distance = center.distanceM(place);
      return distance > radiusM ? Double.NaN : distance;
    }
  }

  record Box(Place center, double widthM, double heightM) implements Shape {
    @Override
    public double upM() {
      return heightM / 2;
    }

    @Override
    public double asideM() {
      return widthM / 2;
    }

    @Override
    public double reachM() {
      return Math.sqrt(asideM() * asideM() + upM() * upM());
    }

    @Override
    public double distanceM(Place place) {
      Place beside = new Place(center.longitude(), place.latitude());
      if (place.latitudeDistanceM(center) > upM() || place.distanceM(beside) > asideM()) {
        return Double.NaN;
      }
      return center.distanceM(place);
    }
  }
}
