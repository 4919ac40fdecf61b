package naru.measure.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The rows of one group of loads: a table.
///
/// @param note in a sentence, how the servers were set up
/// @param servers ours first, then its peer if there is one, then the floor if that was asked for
/// @param rows grows while the loads are played
public record Section(
    String name, String note, List<Figure> columns, List<String> servers, List<Row> rows) {
  static final String FLOOR = "floor";

  public Section(String name, String note, List<Figure> columns, List<String> servers) {
    this(name, note, columns, servers, new ArrayList<>());
  }

  String ours() {
    return servers.getFirst();
  }

  Optional<String> peer() {
    return servers.stream().skip(1).filter(server -> !server.equals(FLOOR)).findFirst();
  }

  boolean hasFloor() {
    return servers.contains(FLOOR);
  }
}
