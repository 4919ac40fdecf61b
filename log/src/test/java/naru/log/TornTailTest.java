package naru.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.Arrays;
import naru.bytes.ByteWriter;
import org.junit.jupiter.api.Test;

/// What a crash leaves at the end of the last file.
class TornTailTest {
  private static final String NAME = LogNames.log(1);

  private final LogBench bench = new LogBench(1);

  @Test
  void isKeptAsideCutAndReported() {
    write("one", "two", "three");
    byte[] content = bench.disk.content(NAME);
    byte[] torn = Arrays.copyOf(content, content.length - 2);
    bench.disk.put(NAME, torn);

    bench.start(LogSettings.DEFAULTS);

    int offset = content.length - 25;
    assertThat(bench.replayedText()).containsExactly("one", "two");
    assertThat(bench.report.tornTail())
        .isEqualTo(new RecoveryReport.TornTail(NAME, offset, 23, "torn-3-" + offset + ".bin"));
    assertThat(bench.disk.content("torn-3-" + offset + ".bin"))
        .isEqualTo(Arrays.copyOfRange(torn, offset, torn.length));
    assertThat(bench.disk.content(NAME)).hasSize(offset);
  }

  @Test
  void isFollowedByNewRecordsInTheSameFile() {
    write("one", "two");
    bench.disk.put(NAME, Arrays.copyOf(bench.disk.content(NAME), 60));
    bench.start(LogSettings.DEFAULTS);
    bench.write("again");
    bench.log.close();

    bench.start(LogSettings.DEFAULTS);

    assertThat(bench.replayedText()).containsExactly("one", "again");
    assertThat(bench.report.tornTail()).isNull();
  }

  @Test
  void whoseNameIsTakenIsKeptUnderAnother() {
    write("one", "two");
    bench.disk.put(NAME, Arrays.copyOf(bench.disk.content(NAME), 60));
    bench.disk.put("torn-2-55.bin", new byte[] {1});

    bench.start(LogSettings.DEFAULTS);

    assertThat(bench.disk.content("torn-2-55.bin")).containsExactly(1);
    assertThat(bench.disk.content("torn-2-55-2.bin")).hasSize(5);
  }

  @Test
  void ofZerosIsCut() {
    write("one");
    byte[] content = bench.disk.content(NAME);
    bench.disk.put(NAME, Arrays.copyOf(content, content.length + 5000));

    bench.start(LogSettings.DEFAULTS);

    assertThat(bench.replayedText()).containsExactly("one");
    assertThat(bench.report.tornBytes()).isEqualTo(5000);
  }

  @Test
  void inTheHeaderOfANewFileIsCutToo() {
    bench.disk.put(NAME, Arrays.copyOf("NARULOG\n".getBytes(), 20));

    bench.start(LogSettings.DEFAULTS);
    bench.write("one");
    bench.log.close();

    assertThat(bench.report.tornBytes()).isEqualTo(20);
    assertThat(bench.start(LogSettings.DEFAULTS).replayedText()).containsExactly("one");
  }

  @Test
  void withALostPieceInItsMiddleIsCutWhereItBegins() {
    bench.start(LogSettings.DEFAULTS);
    for (int i = 0; i < 100; i++) {
      bench.write("record number " + i);
    }
    byte[] content = bench.disk.content(NAME);
    Arrays.fill(content, 1024, 1536, (byte) 0);
    bench.disk.put(NAME, content);

    bench.start(LogSettings.DEFAULTS);

    assertThat(bench.replayed).hasSize(27);
    assertThat(bench.report.tornTail().offset()).isEqualTo(32 + 10 * 35 + 17 * 36);
  }

  @Test
  void thatHoldsABitFlipIsNotTakenForALostPiece() {
    bench.start(LogSettings.DEFAULTS);
    for (int i = 0; i < 100; i++) {
      bench.write("record number " + i);
    }
    byte[] content = bench.disk.content(NAME);
    content[1030] ^= 1;
    bench.disk.put(NAME, content);

    DamagedLog damaged =
        catchThrowableOfType(DamagedLog.class, () -> bench.start(LogSettings.DEFAULTS));

    assertThat(damaged.file()).isEqualTo(NAME);
  }

  /// A log whose first sectors end behind the first byte of a record, which is one of its checksum;
  /// the records `before` it, of 20 bytes and their text, are made to fit, and one stands behind
  /// it.
  private static byte[] logAcrossASector(boolean firstByteIsZero, String... before) {
    for (int i = 0; ; i++) {
      LogBench each = new LogBench(1).start(LogSettings.DEFAULTS);
      for (String text : before) {
        each.write(text);
      }
      each.write("record " + i);
      each.write("behind it");
      byte[] content = each.disk.content(NAME);
      if ((content[1023] == 0) == firstByteIsZero) {
        return content;
      }
    }
  }

  @Test
  void aZeroThatBelongsThereIsNoLostPiece() {
    byte[] content = logAcrossASector(true, "x".repeat(1023 - 32 - 20));
    content[1045] ^= 1;
    bench.disk.put(NAME, content);

    DamagedLog damaged =
        catchThrowableOfType(DamagedLog.class, () -> bench.start(LogSettings.DEFAULTS));

    assertThat(damaged.file()).isEqualTo(NAME);
  }

  /// So the piece that was lost seems to reach into the record behind it.
  @Test
  void aZeroOfTheRecordBehindALostPieceIsNoDamage() {
    byte[] content = logAcrossASector(true, "x".repeat(1023 - 32 - 20 - 28), "lost now");
    Arrays.fill(content, 1023 - 28, 1023, (byte) 0);
    bench.disk.put(NAME, content);

    bench.start(LogSettings.DEFAULTS);

    assertThat(bench.replayed).hasSize(1);
    assertThat(bench.report.tornTail().offset()).isEqualTo(1023 - 28);
  }

  @Test
  void ofWhichOneByteWasLostIsCut() {
    byte[] content = logAcrossASector(false, "x".repeat(1023 - 32 - 20));
    content[1023] = 0;
    bench.disk.put(NAME, content);

    bench.start(LogSettings.DEFAULTS);

    assertThat(bench.replayed).hasSize(1);
    assertThat(bench.report.tornTail().offset()).isEqualTo(1023);
  }

  @Test
  void whoseValueHoldsBytesOfALogIsStillTorn() {
    LogBench other = new LogBench(2).start(LogSettings.DEFAULTS);
    for (int i = 0; i < 10; i++) {
      other.write("a record that a client stores as a value");
    }
    other.log.close();
    bench.start(LogSettings.DEFAULTS);
    bench.write("one");
    bench.log.record().write(other.disk.content(NAME));
    bench.write("and the end");
    bench.log.close();
    byte[] content = bench.disk.content(NAME);
    bench.disk.put(NAME, Arrays.copyOf(content, content.length - 1));

    bench.start(LogSettings.DEFAULTS);

    assertThat(bench.replayedText()).containsExactly("one");
  }

  @Test
  void ofALargeRecordIsSearchedInPieces() {
    bench.start(LogSettings.DEFAULTS);
    bench.write("one");
    ByteWriter record = bench.log.record();
    record.write(new byte[3_000_000]);
    bench.log.seal();
    bench.log.close();
    byte[] content = bench.disk.content(NAME);
    content[2_000_000] = 1;
    bench.disk.put(NAME, content);

    bench.start(LogSettings.DEFAULTS);

    assertThat(bench.replayedText()).containsExactly("one");
    assertThat(bench.report.tornBytes()).isEqualTo(3_000_020);
  }

  private void write(String... records) {
    bench.start(LogSettings.DEFAULTS);
    for (String record : records) {
      bench.write(record);
    }
    bench.log.close();
  }
}
