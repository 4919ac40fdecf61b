package naru.protocol.resp.geo;

import java.util.ArrayList;
import java.util.List;

/// The cells that are looked through for what is within a shape: the one of its center and those
/// around it, as small as they can be.
final class Cover {
  private static final double MAP_HALF_M = 20037726.37;

  /// East and north of the center's cell, in the order in which they are looked through.
  private static final int[][] AROUND = {
    {0, 0}, {0, 1}, {0, -1}, {1, 0}, {-1, 0}, {1, 1}, {-1, 1}, {1, -1}, {-1, -1}
  };

  private final Shape shape;
  private final double west;
  private final double east;
  private final double south;
  private final double north;

  private Cover(Shape shape) {
    Place center = shape.center();
    this.shape = shape;
    double up = Place.degrees(shape.upM() / Place.EARTH_RADIUS_M);
    // Where a degree of longitude is shortest.
    double nearest = center.latitude() + (center.latitude() < 0 ? -up : up);
    double aside =
        Place.degrees(shape.asideM() / Place.EARTH_RADIUS_M / Math.cos(Place.radians(nearest)));
    west = center.longitude() - aside;
    east = center.longitude() + aside;
    south = center.latitude() - up;
    north = center.latitude() + up;
  }

  static List<Cell> of(Shape shape) {
    return new Cover(shape).cells();
  }

  private List<Cell> cells() {
    int steps = steps(shape.reachM(), Math.abs(shape.center().latitude()));
    Cell middle = Cell.at(shape.center(), steps);
    if (steps > 1 && isTooSmall(middle)) {
      middle = Cell.at(shape.center(), steps - 1);
    }
    List<Cell> cells = new ArrayList<>();
    Cell last = null;
    for (int[] step : AROUND) {
      Cell cell = middle.neighbour(step[0], step[1]);
      // A neighbour of a very large cell may be the one before again.
      if (mayReach(middle, step[0], step[1]) && !cell.equals(last)) {
        cells.add(cell);
        last = cells.size() == 1 ? null : cell;
      }
    }
    return cells;
  }

  private static int steps(double reachM, double latitude) {
    if (reachM == 0) {
      return Cell.STEPS_MAX;
    }
    int steps = -1;
    for (double reach = reachM; reach < MAP_HALF_M; reach *= 2) {
      steps++;
    }
    steps -= latitude > 66 ? 1 : 0;
    steps -= latitude > 80 ? 1 : 0;
    return Math.clamp(steps, 1, Cell.STEPS_MAX);
  }

  /// Whether the shape reaches beyond a cell's neighbours.
  private boolean isTooSmall(Cell middle) {
    return middle.neighbour(0, 1).area().north() < north
        || middle.neighbour(0, -1).area().south() > south
        || middle.neighbour(1, 0).area().east() < east
        || middle.neighbour(-1, 0).area().west() > west;
  }

  /// Whether the shape may reach into a neighbour of its center's cell.
  private boolean mayReach(Cell middle, int stepEast, int stepNorth) {
    if (middle.steps() < 2) {
      return true;
    }
    Cell.Area area = middle.area();
    boolean notSouth = stepNorth < 0 && area.south() < south;
    boolean notNorth = stepNorth > 0 && area.north() > north;
    boolean notWest = stepEast < 0 && area.west() < west;
    boolean notEast = stepEast > 0 && area.east() > east;
    return !(notSouth || notNorth || notWest || notEast);
  }
}
