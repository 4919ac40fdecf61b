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

  @Test
  void aTagOfANewerVersionIsRefused() {
    for (int tag :
        new int[] {0x0C, 0x1F, 0x2F, 0x3F, 0x4F, 0x5F, 0x6F, 0x7F, 0x8F, 0x9F, 0xA0, 0xFF}) {
      byte[] bytes = new byte[64];
      bytes[0] = (byte) tag;
      assertThatThrownBy(() -> OpCodec.decode(new ByteReader(bytes)))
          .isInstanceOf(OpCodec.UnknownOp.class)
          .hasMessageContaining("0x" + Integer.toHexString(tag));
    }
  }
}
