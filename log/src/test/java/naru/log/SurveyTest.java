package naru.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import naru.bytes.ByteReader;
import naru.log.FileReport.Flaw;
import naru.log.FileReport.Kind;
import naru.world.Clock;
import naru.world.simulated.SimulatedClock;
import naru.world.simulated.SimulatedDisk;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// Looking at a directory, and taking what is whole of it into another.
class SurveyTest {
  private static final LogSettings SETTINGS = new LogSettings(Durability.ALWAYS, 200, 1024, 0);

  private final Clock clock = new SimulatedClock(0);
  private final LogBench bench = new LogBench(1);
  private final List<String> written = new ArrayList<>();

  private void write(int records) {
    for (int i = 0; i < records; i++) {
      String payload = "record " + written.size();
      written.add(payload);
      bench.write(payload);
      bench.settle();
    }
  }

  private void snapshot() {
    SnapshotWriter writer = bench.tell(written.stream().map(String::getBytes).toList());
    while (writer.advance((_, _) -> {}, () -> false) != SnapshotWriter.Progress.DONE) {
      bench.settle();
    }
  }

  private Map<String, List<Byte>> content() {
    Map<String, List<Byte>> content = new TreeMap<>();
    for (String name : bench.disk.list()) {
      List<Byte> bytes = new ArrayList<>();
      for (byte each : bench.disk.content(name)) {
        bytes.add(each);
      }
      content.put(name, bytes);
    }
    return content;
  }

  private Survey survey() {
    return new Survey(bench.disk, clock);
  }

  private List<FileReport> files() {
    return survey().files((_, _, _, _) -> {});
  }

  private List<String> names(String beginning) {
    return bench.disk.list().stream().filter(name -> name.startsWith(beginning)).toList();
  }

  private void flip(String name, int at) {
    bench.disk.flip(name, 8L * at + 1);
  }

  private Repair.@Nullable Plan plan() {
    return new Repair(bench.disk, clock, () -> 5).plan((_, _, _, _) -> {});
  }

  /// Writes what `plan` says, starts on it, and goes on writing.
  private void repair(Repair.Plan plan) {
    SimulatedDisk to = new SimulatedDisk(9);
    new Repair(bench.disk, clock, () -> 5).write(plan, to);
    LogBench other = new LogBench(to.afterPowerLoss(), 7).start(SETTINGS);
    assertThat(other.report.tornTail()).isNull();
    assertThat(other.replayedText()).isEqualTo(written.subList(0, (int) plan.toPosition()));
    assertThat(other.log.position()).isEqualTo(plan.toPosition());
    other.write("more");
    other.settle();
    other.start(SETTINGS);
    assertThat(other.replayedText()).hasSize((int) plan.toPosition() + 1);
  }

  private void fill() {
    bench.start(SETTINGS);
    write(30);
    snapshot();
    write(17);
    bench.log.close();
  }

  @Test
  void aWholeDirectoryIsWhole() {
    fill();

    List<FileReport> files = files();

    assertThat(files).allMatch(FileReport::isWhole);
    assertThat(files).extracting(FileReport::kind).contains(Kind.LOG, Kind.SNAPSHOT);
    FileReport last = files.get(files.size() - 2);
    assertThat(last.lastPosition()).isEqualTo(47);
    assertThat(files.getLast().entries()).isEqualTo(30);
    Survey.Verdict verdict = survey().start((_, _) -> {});
    assertThat(Objects.requireNonNull(verdict.start()).records()).isEqualTo(17);
    Repair.Plan plan = Objects.requireNonNull(plan());
    assertThat(plan.lost()).isEmpty();
    assertThat(plan.leftBehind()).isZero();
    repair(plan);
  }

  @Test
  void whateverBitIsFlippedItIsFoundAndTheRestRepaired() {
    fill();
    for (String name : bench.disk.list()) {
      for (int at = 0; at < bench.disk.content(name).length; at++) {
        flip(name, at);
        Map<String, List<Byte>> before = content();
        int here = at;
        assertThat(files())
            .as("byte %d of %s", at, name)
            .anySatisfy(
                file -> {
                  assertThat(file.name()).isEqualTo(name);
                  assertThat(file.flaws()).anyMatch(flaw -> flaw.offset() <= here);
                });
        assertThatTheVerdictIsRight();
        Repair.Plan plan = plan();
        if (plan != null) {
          repair(plan);
        } else {
          assertThat(name).startsWith("snapshot");
        }
        assertThat(content()).isEqualTo(before);
        flip(name, at);
      }
    }
  }

  private void assertThatTheVerdictIsRight() {
    Survey.Verdict verdict = survey().start((_, _) -> {});
    LogBench other = new LogBench(bench.disk.twin(3), 7);
    String real;
    try {
      other.start(SETTINGS);
      real = "" + other.report.lastPosition() + other.report.tornTail();
    } catch (DamagedLog refusal) {
      real = refusal.getMessage();
    }
    RecoveryReport start = verdict.start();
    String said =
        start == null
            ? Objects.requireNonNull(verdict.refusal()).getMessage()
            : "" + start.lastPosition() + start.tornTail();
    assertThat(said).isEqualTo(real);
  }

  @Test
  void whatIsBehindTheDamageIsCountedAndLeft() {
    bench.start(SETTINGS);
    write(30);
    bench.log.close();
    String second = names("log-").get(1);
    int first = Integer.parseInt(second.substring(4, 24));
    flip(second, 60);

    Repair.Plan plan = Objects.requireNonNull(plan());

    assertThat(plan.toPosition()).isEqualTo(first);
    assertThat(plan.leftBehind()).isEqualTo(30 - first - 1);
    assertThat(plan.lost()).hasSize(1);
    Flaw flaw = plan.lost().getFirst().flaw();
    assertThat(plan.lost().getFirst().file()).isEqualTo(second);
    assertThat(flaw.position()).isEqualTo(first + 1);
    assertThat(flaw.bytes()).isEqualTo(20 + "record 5".length());
    repair(plan);
  }

  @Test
  void damageThatASnapshotCoversCostsNothing() {
    bench.start(SETTINGS.with(Durability.NO));
    write(3);
    snapshot();
    write(2);
    bench.log.close();
    assertThat(names("log-")).hasSize(1);
    flip(names("log-").getFirst(), 60);

    Repair.Plan plan = Objects.requireNonNull(plan());

    assertThat(plan.toPosition()).isEqualTo(5);
    assertThat(plan.lost()).isEmpty();
    repair(plan);
  }

  @Test
  void aDamagedSnapshotIsDoneWithoutIfTheLogHasAll() {
    bench.start(SETTINGS);
    write(3);
    snapshot();
    write(20);
    bench.log.close();
    flip(names("snapshot-").getFirst(), 40);

    Repair.Plan plan = Objects.requireNonNull(plan());

    assertThat(plan.snapshot()).isNull();
    assertThat(plan.toPosition()).isEqualTo(23);
    repair(plan);
  }

  @Test
  void aMissingFileIsAGap() {
    bench.start(SETTINGS);
    write(30);
    bench.log.close();
    String second = names("log-").get(1);
    bench.disk.remove(second);

    Repair.Plan plan = Objects.requireNonNull(plan());

    assertThat(plan.toPosition()).isEqualTo(Integer.parseInt(second.substring(4, 24)) - 1);
    assertThat(plan.leftBehind()).isPositive();
    assertThatTheVerdictIsRight();
    repair(plan);
  }

  @Test
  void aTornTailIsNoDamage() {
    fill();
    String last = names("log-").getLast();
    byte[] content = bench.disk.content(last);
    bench.disk.put(last, Arrays.copyOf(content, content.length - 3));

    FileReport report =
        files().stream().filter(file -> file.name().equals(last)).findFirst().orElseThrow();

    assertThat(report.isWhole()).isTrue();
    assertThat(Objects.requireNonNull(report.tornTail()).bytes()).isEqualTo(20 + 9 - 3);
    assertThatTheVerdictIsRight();
    repair(Objects.requireNonNull(plan()));
  }

  @Test
  void whatIsNotUnderstoodIsDamage() {
    bench.start(SETTINGS);
    write(5);
    bench.log.close();

    List<FileReport> files =
        survey()
            .files(
                (_, _, position, _) -> {
                  if (position == 3) {
                    throw new ByteReader.Malformed("is odd");
                  }
                });

    assertThat(files.getFirst().flaws())
        .singleElement()
        .satisfies(flaw -> assertThat(flaw.found()).isEqualTo("one that is odd"));
  }

  @Test
  void otherFilesArePassedOverButNotThoseThatLookLikeOurs() {
    fill();
    bench.disk.put("users.acl", new byte[3]);
    bench.disk.put("log-7.naru", new byte[3]);
    bench.disk.put(LogNames.part(99), new byte[3]);
    bench.disk.put("torn-1-32.bin", new byte[3]);

    Map<String, FileReport> files = new TreeMap<>();
    files().forEach(file -> files.put(file.name(), file));

    assertThat(Objects.requireNonNull(files.get("users.acl")).isWhole()).isTrue();
    assertThat(Objects.requireNonNull(files.get("log-7.naru")).isWhole()).isFalse();
    assertThat(Objects.requireNonNull(files.get(LogNames.part(99))).kind())
        .isEqualTo(Kind.UNFINISHED);
    assertThat(Objects.requireNonNull(files.get("torn-1-32.bin")).kind()).isEqualTo(Kind.TORN);
    assertThatTheVerdictIsRight();
    repair(Objects.requireNonNull(plan()));
  }

  @Test
  void aDirectoryOfSomebodyElseIsEmpty() {
    bench.disk.put("dump.rdb", new byte[3]);
    assertThat(survey().isEmpty()).isTrue();
    assertThat(plan()).isNull();
  }
}
