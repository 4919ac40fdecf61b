package naru.log;

import java.util.ArrayList;
import java.util.List;
import naru.bytes.ByteReader;
import naru.log.FileReport.Flaw;
import naru.log.FileReport.Kind;
import naru.world.DiskFile;

/// Reads all that can be read of one log file, past what is damaged, and says what that was.
/// Nothing is changed, and nothing but the file is looked at.
final class LogFileScan {
  private final DiskFile file;
  private final long first;
  private final boolean isLast;
  private final Survey.Visitor visitor;
  private final List<Flaw> flaws = new ArrayList<>();
  private long records;
  private long expected;

  /// @param isLast whether a torn tail may be at its end
  LogFileScan(DiskFile file, long first, boolean isLast, Survey.Visitor visitor) {
    this.file = file;
    this.first = first;
    this.isLast = isLast;
    this.visitor = visitor;
    expected = first;
  }

  FileReport run() {
    if (isLast && FileHeader.isTorn(file)) {
      flaws.add(
          new Flaw(0, file.sizeBytes(), first, "a header", file.sizeBytes() + " bytes", true));
      return report();
    }
    try {
      long salt = FileHeader.check(file, first).salt();
      readAll(new RecordReader(file, salt), salt);
    } catch (DamagedLog damaged) {
      // Without the header no record can be told from chance.
      flaws.add(
          new Flaw(
              damaged.offset(),
              file.sizeBytes(),
              first,
              damaged.expected(),
              damaged.found(),
              false));
    }
    return report();
  }

  private FileReport report() {
    return new FileReport(
        file.name(),
        Kind.LOG,
        file.sizeBytes(),
        records,
        first,
        expected - 1,
        0,
        List.copyOf(flaws));
  }

  private void readAll(RecordReader reader, long salt) {
    while (true) {
      switch (reader.next()) {
        case END -> {
          return;
        }
        case RECORD -> take(reader);
        case DAMAGE -> {
          long next = skip(reader, salt);
          if (next < 0) {
            return;
          }
          reader.seek(next);
        }
      }
    }
  }

  /// Notes what cannot be read; returns where reading goes on, -1 if nowhere.
  private long skip(RecordReader reader, long salt) {
    long at = reader.offset();
    boolean torn = isLast && new TornTail(file, salt, at, expected).isTorn();
    long next = new TornTail(file, salt, at, expected).findReadable();
    long end = next < 0 ? file.sizeBytes() : next;
    String wanted = "the record of position " + expected;
    flaws.add(new Flaw(at, end - at, expected, wanted, reader.trouble(), torn));
    return next;
  }

  private void take(RecordReader reader) {
    long position = reader.position();
    long at = reader.offset();
    int count = reader.recordBytes();
    if (position != expected) {
      boolean isBehind = flaws.stream().anyMatch(flaw -> flaw.position() == expected);
      if (!isBehind || position < expected) {
        String found = "that of position " + position;
        long bytes = position < expected ? count : 0;
        flaws.add(
            new Flaw(at, bytes, expected, "the record of position " + expected, found, false));
      }
      if (position < expected) {
        return;
      }
    }
    expected = position + 1;
    try {
      visitor.record(file.name(), at, position, reader.payload());
      records++;
    } catch (ByteReader.Malformed unreadable) {
      String wanted = "a record that this version understands";
      String found = "one that " + unreadable.getMessage();
      flaws.add(new Flaw(at, count, position, wanted, found, false));
    }
  }
}
