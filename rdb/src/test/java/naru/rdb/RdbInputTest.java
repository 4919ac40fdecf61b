package naru.rdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HexFormat;
import naru.bytes.ByteWriter;
import naru.bytes.Bytes;
import org.junit.jupiter.api.Test;

class RdbInputTest {
  private static Bytes hex(String digits) {
    return Bytes.of(HexFormat.of().parseHex(digits.replace(" ", "")));
  }

  private static RdbInput dripping(Bytes bytes) {
    int[] at = {0};
    return new RdbInput(
        (into, offset, count) -> {
          int part = Math.min(Math.min(3, count), bytes.length() - at[0]);
          System.arraycopy(bytes.array(), at[0], into, offset, part);
          at[0] += part;
          return part;
        });
  }

  @Test
  void everyLengthThatIsWrittenIsReadBack() {
    long[] lengths = {
      0, 1, 63, 64, 16383, 16384, 65535, Integer.MAX_VALUE, 0xFFFFFFFFL, 1L << 40, -1
    };
    ByteWriter out = new ByteWriter(16);
    RdbOutput writer = new RdbOutput(out, false);
    for (long length : lengths) {
      writer.writeLength(length);
    }
    Bytes written = Bytes.of(out.toArray());
    for (RdbInput in : new RdbInput[] {new RdbInput(written), dripping(written)}) {
      for (long length : lengths) {
        assertThat(in.readLength("a length")).isEqualTo(length);
      }
      assertThat(in.isAtEnd()).isTrue();
      assertThat(in.checksum()).isEqualTo(Crc64.update(0, written.array(), 0, written.length()));
    }
  }

  @Test
  void stringsOfEveryFormAreRead() {
    RdbInput in = new RdbInput(hex("03 616263 C0 FF C1 0080 C2 FFFFFF7F C3 04 07 00 61 80 00"));
    assertThat(in.readString("a")).hasToString("abc");
    assertThat(in.readString("b")).hasToString("-1");
    assertThat(in.readString("c")).hasToString("-32768");
    assertThat(in.readString("d")).hasToString("2147483647");
    assertThat(in.readString("e")).hasToString("aaaaaaa");
  }

  @Test
  void anAnnouncementOfFourGigabytesCostsNothing() {
    assertThatThrownBy(() -> dripping(hex("80 FFFFFFFF 0102030405")).readString("a string"))
        .isInstanceOf(MalformedRdb.class)
        .hasMessage("at offset 5: a string of 4294967295 bytes is too long");
    assertThatThrownBy(() -> dripping(hex("80 7FFFFF00 0102030405")).readString("a string"))
        .isInstanceOf(MalformedRdb.class)
        .hasMessage("at offset 10: the bytes end within a string: 5 of 2147483392 are there");
    assertThatThrownBy(() -> dripping(hex("C3 05 80 7FFFFF00 0102030405")).readString("a string"))
        .isInstanceOf(MalformedRdb.class)
        .hasMessageContaining("5 bytes cannot be 2147483392 expanded");
  }

  @Test
  void aFileThatEndsTooSoonSaysWhere() {
    assertThatThrownBy(() -> new RdbInput(hex("03 6162")).readString("a key"))
        .isInstanceOf(MalformedRdb.class)
        .hasMessage("at offset 3: the bytes end within a key: 2 of 3 are there");
  }
}
