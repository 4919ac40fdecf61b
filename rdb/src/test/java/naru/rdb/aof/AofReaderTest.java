package naru.rdb.aof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import naru.bytes.Bytes;
import naru.rdb.MalformedRdb;
import naru.rdb.RdbInput;
import org.junit.jupiter.api.Test;

class AofReaderTest {
  private static final String SET = "*3\r\n$3\r\nSET\r\n$1\r\nk\r\n$1\r\nv\r\n";
  private static final String MULTI = "*1\r\n$5\r\nMULTI\r\n";
  private static final String EXEC = "*1\r\n$4\r\nEXEC\r\n";

  private static AofReader reader(String text) {
    return new AofReader(new RdbInput(Bytes.of(text)));
  }

  private static List<String> all(AofReader reader) {
    List<String> all = new ArrayList<>();
    for (List<List<Bytes>> next = reader.next(); next != null; next = reader.next()) {
      all.add(next.toString());
    }
    return all;
  }

  @Test
  void commandsComeOneByOneAndTransactionsAsOne() {
    AofReader reader = reader("#TS:1700000000\r\n" + SET + MULTI + SET + SET + EXEC + SET);
    assertThat(all(reader))
        .containsExactly("[[SET, k, v]]", "[[SET, k, v], [SET, k, v]]", "[[SET, k, v]]");
    assertThat(reader.isTruncated()).isFalse();
  }

  @Test
  void aCutEndIsLeftOut() {
    String text = SET + SET;
    for (int length = SET.length() + 1; length < text.length(); length++) {
      AofReader reader = reader(text.substring(0, length));
      assertThat(all(reader)).containsExactly("[[SET, k, v]]");
      assertThat(reader.isTruncated()).isTrue();
      assertThat(reader.wholeTo()).isEqualTo(SET.length());
    }
  }

  @Test
  void aTransactionWithoutItsEndIsLeftOut() {
    AofReader reader = reader(SET + MULTI + SET);
    assertThat(all(reader)).containsExactly("[[SET, k, v]]");
    assertThat(reader.isTruncated()).isTrue();
  }

  @Test
  void whatIsNoCommandIsRefusedWithItsOffset() {
    assertThatThrownBy(() -> all(reader(SET + "hello\r\n" + SET)))
        .isInstanceOf(MalformedRdb.class)
        .hasMessage("at offset 27: the byte 104 where '*' should be");
    assertThatThrownBy(() -> all(reader("*0\r\n" + SET))).isInstanceOf(MalformedRdb.class);
    assertThatThrownBy(() -> all(reader(EXEC + SET))).isInstanceOf(MalformedRdb.class);
  }

  @Test
  void aManifestNamesItsFilesInTheirOrder() {
    AofManifest manifest =
        AofManifest.of(
            List.of(
                "file a.2.incr.aof seq 2 type i",
                "# a comment",
                "file a.1.incr.aof seq 1 type i",
                "file \"a b.base.rdb\" seq 1 type b",
                "file a.0.incr.aof seq 0 type h"));
    assertThat(manifest.base()).isEqualTo("a b.base.rdb");
    assertThat(manifest.increments()).containsExactly("a.1.incr.aof", "a.2.incr.aof");
    assertThatThrownBy(() -> AofManifest.of(List.of("file ../x seq 1 type b")))
        .isInstanceOf(AofManifest.Malformed.class);
  }
}
