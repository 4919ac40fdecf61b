package naru.measure;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import naru.measure.load.Group;
import naru.measure.load.Load;
import naru.measure.report.Figure;
import naru.measure.report.Json;
import naru.measure.report.Plot;
import naru.measure.report.Report;
import naru.measure.report.Row;
import naru.measure.report.Sample;
import naru.measure.report.Section;
import naru.measure.report.Table;
import naru.measure.server.Program;
import naru.measure.server.Server;
import naru.measure.server.Setup;

/// Plays what is planned: each load in rounds, the servers in turns within each, medians.
///
/// Results are written anew after each load, so that what was measured is there if the run is cut
/// short.
public final class Measure {
  private static final int OTHER_FILES = 200;
  private static final long NOTHING_PLAYED_NS = 10_000_000;

  private final Plan plan;
  private final PrintStream out;
  private final PrintStream progress;
  private final Report report;
  private int played;
  private int failed;

  /// `out` gets the tables, or the JSON; `progress` what happens meanwhile.
  public Measure(Plan plan, PrintStream out, PrintStream progress) {
    this.plan = plan;
    this.out = out;
    this.progress = progress;
    this.report = new Report(facts(plan), new ArrayList<>());
  }

  private static Map<String, String> facts(Plan plan) {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("version", plan.naru().version());
    plan.redis().ifPresent(redis -> facts.put("peer", redis.version()));
    plan.memcached().ifPresent(memcached -> facts.put("cache peer", memcached.version()));
    facts.put("machine", Machine.described());
    facts.put("load before", String.format(Locale.ROOT, "%.2f", Machine.load()));
    facts.put("rounds", String.format(Locale.ROOT, "%d of %s s", plan.rounds(), plan.seconds()));
    facts.put(
        "driver",
        plan.scale().usesRedisBenchmark()
            ? "redis-benchmark for single commands, else naru's own"
            : "naru's own");
    facts.put("begun", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
    return facts;
  }

  /// Whether everything could be measured.
  public boolean run() throws IOException {
    Files.createDirectories(plan.outFolder());
    Path folder = Files.createTempDirectory(plan.dataFolder(), "naru-bench-");
    Thread onSignal = new Thread(() -> abandon(folder), "abandon");
    Runtime.getRuntime().addShutdownHook(onSignal);
    try {
      announce();
      for (Group group : plan.groups()) {
        play(group, folder);
      }
    } finally {
      delete(folder);
      Runtime.getRuntime().removeShutdownHook(onSignal);
    }
    if (plan.printsJson()) {
      out.println(Json.document(report));
    }
    progress.println("written: " + plan.outFolder() + "/bench.md, bench.json, bench.svg");
    return failed == 0;
  }

  private static void abandon(Path folder) {
    ProcessHandle.current().descendants().forEach(ProcessHandle::destroyForcibly);
    delete(folder);
  }

  private void announce() throws IOException {
    report.facts().forEach((name, value) -> progress.println(name + ": " + value));
    progress.printf(
        Locale.ROOT,
        "%d loads, about %.0f min and the time to fill the servers%n",
        count(),
        Math.ceil(plan.expectedSeconds() / 60));
    if (!Machine.isQuiet()) {
      progress.println("this machine is busy: of the figures only s/M can be trusted a little");
    }
    if (Machine.isInMemory(plan.dataFolder())) {
      progress.println(plan.dataFolder() + " is in memory, where a sync costs nothing; see --data");
    }
  }

  private int count() {
    return plan.groups().stream().mapToInt(group -> group.loads().size()).sum();
  }

  private void play(Group group, Path folder) throws IOException {
    List<Program> programs = plan.programs(group);
    Section section =
        new Section(
            group.name(),
            note(group),
            group.columns(),
            programs.stream().map(Program::name).toList());
    report.sections().add(section);
    Table table = new Table(section, group.loads().stream().map(Load::title).toList());
    if (!plan.printsJson()) {
      out.printf("%n## %s%n%n%s%n%n%s%n", section.name(), section.note(), table.head());
    }
    List<Server> servers = new ArrayList<>();
    try {
      for (Program program : programs) {
        servers.add(Server.start(program, group.setup(), folder));
      }
      rehearse(group, servers);
      for (Load load : group.loads()) {
        play(load, servers, section, table);
      }
    } finally {
      servers.forEach(Server::close);
    }
  }

  /// All loads in turns, again and again where they are few: a server that compiles what runs often
  /// is measured when it has done so.
  private void rehearse(Group group, List<Server> servers) throws IOException {
    double each = Plan.REHEARSAL_SECONDS * Math.min(1, plan.seconds());
    long beginNs = System.nanoTime();
    long endNs = beginNs + (long) (each * servers.size() * 1e9);
    boolean plays = true;
    for (long nowNs = beginNs; plays && nowNs < endNs; nowNs = System.nanoTime()) {
      for (Load load : group.loads()) {
        for (Server server : playing(load, servers)) {
          load.rehearse(server, plan.seconds());
        }
      }
      plays = System.nanoTime() - nowNs > NOTHING_PLAYED_NS;
    }
  }

  private static List<Server> playing(Load load, List<Server> servers) {
    return servers.stream().filter(server -> load.isForFloor() || !server.isFloor()).toList();
  }

  private static String note(Group group) {
    Setup setup = group.setup();
    String log = setup.keepsLog() ? "a sync " + syncs(setup.fsync()) : "no log";
    return group.purpose() + "; " + log;
  }

  private static String syncs(String fsync) {
    return switch (fsync) {
      case "always" -> "for each write";
      case "no" -> "when the system likes";
      default -> "each second";
    };
  }

  private void play(Load load, List<Server> servers, Section section, Table table)
      throws IOException {
    played++;
    String place = played + "/" + count() + " " + load.name();
    if (load.connections() + OTHER_FILES > Machine.openMax()) {
      failed++;
      progress.println(place + ": needs a larger limit of open files (ulimit -n)");
      return;
    }
    Row row = new Row(load.name(), load.title());
    try {
      play(load, playing(load, servers), row);
    } catch (IOException failure) {
      failed++;
      progress.println(place + ": could not be measured: " + failure.getMessage());
      return;
    }
    section.rows().add(row);
    if (!plan.printsJson()) {
      out.println(table.line(row));
    }
    progress.println(place + ": " + first(section, row));
    write();
  }

  private void play(Load load, List<Server> servers, Row row) throws IOException {
    for (Server server : servers) {
      load.prepare(server);
    }
    for (Server server : servers) {
      load.warmUp(server, plan.seconds());
    }
    for (int round = 0; round < load.rounds(plan.rounds()); round++) {
      // Whoever comes second in one round comes first in the next.
      for (Server server : round % 2 == 0 ? servers : servers.reversed()) {
        server.awaitAnswer();
        Sample sample = load.play(server, plan.seconds());
        sample.with(Figure.RESIDENT, server.residentBytes() / 1e6);
        sample.with(Figure.DISK, server.diskBytes() / 1e6);
        row.add(server.name(), sample);
      }
    }
  }

  /// What the first column says, for who watches.
  private static String first(Section section, Row row) {
    Figure figure = section.columns().getFirst();
    return section.servers().stream()
        .map(server -> server + " " + Table.shown(row.median(server, figure), figure))
        .collect(Collectors.joining(", ", figure.title() + ": ", ""));
  }

  private void write() throws IOException {
    Files.writeString(plan.outFolder().resolve("bench.md"), Table.document(report));
    Files.writeString(plan.outFolder().resolve("bench.json"), Json.document(report) + "\n");
    Files.writeString(plan.outFolder().resolve("bench.svg"), Plot.document(report));
  }

  /// As far as possible: what is left behind is in the system's folder for that.
  private static void delete(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
    } catch (IOException goneAlready) {
      // Nothing to do.
    }
  }
}
