package naru.broker.directory;

import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import naru.bytes.ByteReader;
import naru.log.DamagedLog;
import naru.log.FileReport;
import naru.log.FileReport.Flaw;
import naru.log.RecoveryReport;
import naru.log.Replay;
import naru.log.Survey;
import naru.world.WorldFailure;
import naru.world.real.ReadOnlyDisk;
import naru.world.real.SystemClock;

/// Says of each file of a directory whether it is whole, and what a start would do.
public final class Check {
  private final ReadOnlyDisk disk;
  private final PrintStream out;

  public Check(ReadOnlyDisk disk, PrintStream out) {
    this.disk = disk;
    this.out = out;
  }

  /// Returns whether all is whole. Throws [WorldFailure] if there is nothing to look at, or it
  /// cannot be read.
  ///
  /// @param replay is given what a start would apply
  public boolean run(Replay replay) {
    Survey survey = new Survey(disk, new SystemClock());
    if (survey.isEmpty()) {
      throw new WorldFailure(disk.location() + " holds no log and no snapshot");
    }
    long process = disk.brokerProcess();
    if (process > 0) {
      out.println(
          "A broker (process "
              + process
              + ") runs on it: its last record may be seen half written, and files may go.");
    }
    List<FileReport> files = survey.files(new Shown());
    boolean isWhole = files.stream().allMatch(FileReport::isWhole);
    boolean starts = verdict(survey, replay);
    if (!isWhole && starts) {
      out.println("What is damaged is not needed by a start.");
    }
    out.println(isWhole && starts ? "whole" : "DAMAGED");
    return isWhole && starts;
  }

  /// Shows each file when it was read.
  private final class Shown implements Survey.Visitor {
    private final Progress progress = new Progress();

    @Override
    public void begins(String file, long bytes) {
      progress.begins(file, bytes);
    }

    @Override
    public void record(String file, long offset, long position, ByteReader payload) {
      progress.record(file, offset, position, payload);
    }

    @Override
    public void ended(FileReport report) {
      progress.ended(report);
      out.println(line(report));
      for (Flaw flaw : report.flaws()) {
        out.println("  " + line(flaw));
      }
    }
  }

  static String line(FileReport file) {
    String state = !file.isWhole() ? "DAMAGED" : file.tornTail() == null ? "whole" : "torn end";
    return String.format(
        Locale.ROOT, "%-34s %,14d bytes  %-8s  %s", file.name(), file.bytes(), state, what(file));
  }

  private static String what(FileReport file) {
    return switch (file.kind()) {
      case LOG ->
          file.records() == 0
              ? "no records yet"
              : file.records() + " records, " + file.firstPosition() + " to " + file.lastPosition();
      case SNAPSHOT ->
          "the state after position "
              + file.firstPosition()
              + (file.isWhole() ? ": " + file.entries() + " keys" : "");
      case UNFINISHED -> "a snapshot that was never finished: the next start deletes it";
      case BLOCKS -> "blocks of streams";
      case TORN -> "cut off by a start, and kept aside";
      case OTHER -> file.isWhole() ? "not of the log: passed over" : "not of the log";
    };
  }

  static String line(Flaw flaw) {
    return "offset "
        + flaw.offset()
        + ": expected "
        + flaw.expected()
        + ", found "
        + flaw.found()
        + (flaw.bytes() == 0 ? "" : "; " + flaw.bytes() + " bytes")
        + (flaw.isTornTail() ? ", half written when a crash came, and never acknowledged" : "");
  }

  private boolean verdict(Survey survey, Replay replay) {
    Survey.Verdict verdict = survey.start(replay);
    DamagedLog refusal = verdict.refusal();
    if (refusal != null) {
      out.println("A start refuses: " + refusal.getMessage());
      return false;
    }
    RecoveryReport start = verdict.start();
    if (start != null) {
      out.println("A start " + sentence(start));
    }
    return true;
  }

  private static String sentence(RecoveryReport start) {
    RecoveryReport.Snapshot snapshot = start.snapshot();
    String from = snapshot == null ? "begins with the log" : "begins with " + snapshot.file();
    RecoveryReport.TornTail torn = start.tornTail();
    String cut =
        torn == null
            ? ""
            : ", cuts " + torn.bytes() + " bytes off " + torn.file() + " and keeps them aside";
    return from
        + ", reads "
        + start.records()
        + " records"
        + cut
        + ", and goes on behind position "
        + start.lastPosition()
        + ".";
  }
}
