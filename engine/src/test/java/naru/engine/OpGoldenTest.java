package naru.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import naru.bytes.ByteReader;
import org.junit.jupiter.api.Test;

class OpGoldenTest {
  @Test
  void noTagIsGivenTwice() {
    Map<String, String> byTag = new HashMap<>();
    for (String line : OpGolden.lines()) {
      String[] parts = line.split(" ", -1);
      String name = byTag.putIfAbsent(parts[1].substring(0, 2), parts[0]);
      assertThat(name).as(line).isIn(null, parts[0]);
    }
  }

  @Test
  void anOpCutAnywhereIsRefusedAndNeverMisread() {
    for (String line : OpGolden.lines()) {
      byte[] bytes = HexFormat.of().parseHex(line.split(" ", -1)[1]);
      for (int length = 0; length < bytes.length; length++) {
        ByteReader cut = new ByteReader(bytes, 0, length);
        assertThatThrownBy(() -> OpCodec.decode(cut)).isInstanceOf(ByteReader.Malformed.class);
      }
    }
  }
}
