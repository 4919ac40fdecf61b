package naru.protocol.resp.geo;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import naru.bytes.Bytes;
import naru.engine.sortedset.SortedSetValue;

/// Finds the members within a shape.
final class Search {
  /// A member that was found, with a copy of its name.
  record Found(Bytes member, double score, Place place, double distanceM) {}

  private final SortedSetValue set;
  private final Shape shape;
  private final long most;
  private final List<Found> found = new ArrayList<>();

  /// @param most after how many it stops, [Long#MAX_VALUE] for never
  private Search(SortedSetValue set, Shape shape, long most) {
    this.set = set;
    this.shape = shape;
    this.most = most;
  }

  static List<Found> of(SortedSetValue set, Shape shape, SearchWords words) {
    Search search = new Search(set, shape, words.any() ? words.count() : Long.MAX_VALUE);
    search.run();
    List<Found> found = search.found;
    if (words.order() != SearchWords.Order.NONE) {
      Comparator<Found> nearest = Comparator.comparingDouble(Found::distanceM);
      found.sort(words.order() == SearchWords.Order.ASC ? nearest : nearest.reversed());
    }
    return words.count() > 0 && words.count() < found.size()
        ? found.subList(0, (int) words.count())
        : found;
  }

  private void run() {
    for (Cell cell : Cover.of(shape)) {
      if (found.size() >= most) {
        return;
      }
      look(cell);
    }
  }

  private void look(Cell cell) {
    SortedSetValue.Cursor cursor = set.cursor(set.countBelow(cell.scoreMin(), false), true);
    while (cursor.next() && cursor.score() < cell.scoreEnd()) {
      Place place = Place.ofScore(cursor.score());
      double distance = shape.distanceM(place);
      if (!Double.isNaN(distance)) {
        Bytes member = Bytes.of(cursor.member().copy());
        found.add(new Found(member, cursor.score(), place, distance));
      }
      if (found.size() >= most) {
        return;
      }
    }
  }
}
