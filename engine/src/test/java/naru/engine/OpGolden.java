package naru.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import naru.bytes.ByteReader;
import naru.bytes.ByteWriter;

/// Checks that ops are read as they were written, and written as they always were.
///
/// `ops.golden` has a line for each op: name, and a sample in hex. A line never changes: logs with
/// such bytes exist.
public final class OpGolden {
  private OpGolden() {}

  public static void check(Op... samples) {
    List<String> written = new ArrayList<>();
    for (Op sample : samples) {
      byte[] bytes = encoded(sample);
      ByteReader reader = new ByteReader(bytes);
      assertThat(OpCodec.decode(reader)).isEqualTo(sample);
      assertThat(reader.remaining()).isZero();
      written.add(line(sample, bytes));
    }
    assertThat(lines()).containsAll(written);
  }

  private static byte[] encoded(Op op) {
    ByteWriter out = new ByteWriter(64);
    OpCodec.encode(op, out);
    return out.toArray();
  }

  private static String line(Op op, byte[] bytes) {
    Class<?> type = op.getClass();
    String noun = type.getEnclosingClass() == null ? "" : type.getEnclosingClass().getSimpleName();
    return noun + "." + type.getSimpleName() + " " + HexFormat.of().formatHex(bytes);
  }

  static List<String> lines() {
    try (InputStream in = OpGolden.class.getResourceAsStream("/ops.golden")) {
      if (in == null) {
        throw new IllegalStateException("no ops.golden");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
