package naru.rdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import naru.bytes.ByteWriter;
import naru.bytes.Bytes;
import naru.engine.Op;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Forms that no Redis of today writes, byte by byte.
class OldFormsTest {
  private static Bytes hex(String digits) {
    return Bytes.of(HexFormat.of().parseHex(digits.replace(" ", "")));
  }

  private static String read(String digits) {
    Bytes bytes = hex(digits);
    List<Op> ops = new ArrayList<>();
    RdbInput in = new RdbInput(bytes);
    int type = in.readByte("a type");
    boolean exists = new ValueReader(in, 0, Bytes.of("k"), ops::add).read(type);
    assertThat(in.isAtEnd()).isTrue();
    return exists ? ops.toString().replace("database=0, key=k, ", "") : "empty";
  }

  /// Puts elements, given with their heads, together to a ziplist behind its length.
  private static String ziplist(String... elements) {
    ByteWriter out = new ByteWriter(64);
    out.writeInt(0);
    out.writeInt(0);
    out.writeByte(elements.length);
    out.writeByte(0);
    int before = 0;
    for (String element : elements) {
      int from = out.length();
      out.writeByte(before);
      out.write(hex(element));
      before = out.length() - from;
    }
    out.writeByte(0xFF);
    out.setInt(0, out.length());
    return HexFormat.of().toHexDigits((byte) out.length())
        + HexFormat.of().formatHex(out.toArray());
  }

  private static String text(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
    return HexFormat.of().toHexDigits((byte) bytes.length) + HexFormat.of().formatHex(bytes);
  }

  private static final String NUMBERS =
      ziplist("F1", "FD", "FE 80", "C0 0080", "F0 000080", "D0 00000080", "E0 0000000000000080");

  @Test
  void numbersOfAllSizesStandInZiplists() {
    assertThat(read("0A" + NUMBERS))
        .isEqualTo(
            "[Pushed[head=false, elements=[0, 12, -128, -32768, -8388608, -2147483648,"
                + " -9223372036854775808]]]");
  }

  @Test
  void stringsOfAllHeadsStandInZiplists() {
    String two = ziplist(text("a"), "4003 626262", "80 00000004 63636363");
    assertThat(read("0A" + two)).isEqualTo("[Pushed[head=false, elements=[a, bbb, cccc]]]");
    assertThat(read("0E 02" + two + two))
        .isEqualTo("[Pushed[head=false, elements=[a, bbb, cccc, a, bbb, cccc]]]");
  }

  @Test
  void hashesAndSortedSetsStandInZiplists() {
    assertThat(read("0D" + ziplist(text("f"), "F3", text("g"), text("h"))))
        .isEqualTo("[Set[pairs=[f, 2, g, h]]]");
    assertThat(read("0C" + ziplist(text("m"), text("1.5"), text("n"), "F3")))
        .isEqualTo(
            "[Scored[members=[ScoredMember[member=m, score=1.5], ScoredMember[member=n,"
                + " score=2.0]]]]");
  }

  @Test
  void zipmapsAreReadWithTheirSpareBytes() {
    String zipmap = "02" + text("f") + "03 02 616263 0000" + text("g") + "00 00 FF";
    int length = hex(zipmap).length();
    assertThat(read("09" + HexFormat.of().toHexDigits((byte) length) + zipmap))
        .isEqualTo("[Set[pairs=[f, abc, g, ]]]");
  }

  @Test
  void scoresAsTextAndTheThreeThatAreNone() {
    assertThat(read("03 03" + text("a") + text("2.5") + text("b") + "FE" + text("c") + "FF"))
        .contains("member=a, score=2.5", "member=b, score=Infinity", "member=c, score=-Infinity");
    assertThatThrownBy(() -> read("03 01" + text("a") + "FD"))
        .isInstanceOf(MalformedRdb.class)
        .hasMessageContaining("a score that is no number");
  }

  @Test
  void plainCollectionsAndNumberSets() {
    assertThat(read("01 02" + text("a") + "C005"))
        .isEqualTo("[Pushed[head=false, elements=[a, 5]]]");
    assertThat(read("02 02" + text("a") + text("b"))).isEqualTo("[Added[members=[a, b]]]");
    assertThat(read("0B 0C 02000000 02000000 FFFF 0500")).isEqualTo("[Added[members=[-1, 5]]]");
    assertThat(read("02 00")).isEqualTo("empty");
  }

  @Test
  void fieldsThatExpireInBothForms() {
    String preGa = "16 02 00" + text("f") + text("v") + "80 000003E8" + text("g") + text("w");
    assertThat(read(preGa))
        .isEqualTo("[Set[pairs=[f, v, g, w]], ExpiryChanged[atMs=1000, names=[g]]]");
    String ga = "18 E803000000000000 02 01" + text("f") + text("v") + "0B" + text("g") + text("w");
    assertThat(read(ga))
        .isEqualTo(
            "[Set[pairs=[f, v, g, w]], ExpiryChanged[atMs=1000, names=[f]],"
                + " ExpiryChanged[atMs=1010, names=[g]]]");
    String packed = "10 10000000 0300 816602 817602 C3E802 FF";
    String listpack = HexFormat.of().toHexDigits((byte) (hex(packed).length() - 1));
    String body = listpack + packed.substring(3);
    assertThat(read("17" + body))
        .isEqualTo("[Set[pairs=[f, v]], ExpiryChanged[atMs=1000, names=[f]]]");
    assertThat(read("19 E803000000000000" + body))
        .isEqualTo("[Set[pairs=[f, v]], ExpiryChanged[atMs=1000, names=[f]]]");
  }

  @ParameterizedTest
  @CsvSource({
    "08, a value of type 8",
    "1C, a value of type 28",
    "06 00, a module's value in the form of Redis 4.0's betas",
    "01 01, the bytes end where an element of a list should be",
    "02 02 0161 0161, the same element twice in a set",
    "0B 0A 02000000 01000000 00, the bytes end within a packed value: 9 of 10",
    "0B 0A 02000000 02000000 0000, says another length",
    "0B 0C 02000000 02000000 0500 0500, numbers that do not rise",
    "12 01 03 00, a node of a list with the container 3",
    "0A 0B 0B000000 0A000000 0100 FF, has 0 elements and says 1",
    "10 07 07000000 0100 FF, has 0 elements and says 1",
    "10 0A 0A000000 0100 8461 02 FF, reaches over its end",
    "10 0A 0A000000 0100 8161 03 FF, has an element of 2 bytes that says 3",
    "10 0A 0A000000 0100 8161 02 FF, ends where an element should be"
  })
  void whatIsWrongIsSaid(String bytes, String message) {
    assertThatThrownBy(() -> read(bytes))
        .isInstanceOf(MalformedRdb.class)
        .hasMessageStartingWith("at offset ")
        .hasMessageContaining(message);
  }

  @Test
  void aModuleIsNamed() {
    // The id of RedisJSON's type: nine letters of six bits above ten bits of version.
    long id = 0;
    String letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    for (char letter : "ReJSON-RL".toCharArray()) {
      id = id << 6 | letters.indexOf(letter);
    }
    String digits = HexFormat.of().toHexDigits(id << 10 | 3);
    assertThatThrownBy(() -> read("07 81" + digits))
        .isInstanceOf(MalformedRdb.class)
        .hasMessageContaining("the module type 'ReJSON-RL'");
  }
}
