package naru.measure;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import naru.measure.load.Catalogue;
import naru.measure.load.Group;
import naru.measure.load.Load;
import naru.measure.load.Scale;
import naru.measure.server.Program;
import naru.measure.server.Setup;

/// What is to be measured.
///
/// @param words which loads, as [Catalogue#matches] takes them
/// @param rounds of each
/// @param seconds of each round, about
/// @param naru the server that this is about
/// @param redis its peer, if there is one
/// @param memcached its peer as a cache, if there is one
/// @param floor what answers and does nothing, if it is to play along
/// @param dataFolder within which the servers keep what they keep
/// @param outFolder where the results are written
/// @param printsJson instead of tables
public record Plan(
    List<String> words,
    int rounds,
    double seconds,
    Scale scale,
    Program naru,
    Optional<Program> redis,
    Optional<Program> memcached,
    Optional<Program> floor,
    Path dataFolder,
    Path outFolder,
    boolean printsJson) {

  /// Of each server with each group, at least; less if rounds are very short.
  static final double REHEARSAL_SECONDS = 5;

  /// Groups with the loads that are wanted; those without any are left out.
  List<Group> groups() {
    return Catalogue.groups(scale).stream()
        .map(
            group ->
                new Group(
                    group.name(),
                    group.purpose(),
                    group.setup(),
                    group.columns(),
                    group.loads().stream().filter(this::isWanted).toList()))
        .filter(group -> !group.loads().isEmpty())
        .toList();
  }

  private boolean isWanted(Load load) {
    return words.stream().anyMatch(word -> Catalogue.matches(word, load.name()));
  }

  /// Naru first.
  List<Program> programs(Group group) {
    boolean isRedis = group.setup().wire() == Setup.Wire.REDIS;
    Optional<Program> peer = isRedis ? redis : memcached;
    boolean hasFloor = isRedis && group.loads().stream().anyMatch(Load::isForFloor);
    List<Program> programs = new ArrayList<>(List.of(naru));
    peer.ifPresent(programs::add);
    floor.filter(_ -> hasFloor).ifPresent(programs::add);
    return List.copyOf(programs);
  }

  /// About how long it takes, in seconds, without what has to be filled.
  double expectedSeconds() {
    double sum = 0;
    for (Group group : groups()) {
      sum += REHEARSAL_SECONDS * programs(group).size();
      for (Load load : group.loads()) {
        double each = (load.rounds(rounds) + 1.25) * (seconds + 0.2) + 0.3;
        sum += each * programs(group).stream().filter(p -> plays(load, p)).count();
      }
    }
    return sum;
  }

  static boolean plays(Load load, Program program) {
    return load.isForFloor() || !program.isFloor();
  }
}
