package naru.rdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import naru.bytes.ByteWriter;
import naru.bytes.Bytes;
import naru.engine.Op;
import naru.engine.State;
import naru.rdb.aof.AofReader;
import org.junit.jupiter.api.Test;

/// Files that somebody has tampered with. Each run has a seed of its own, which a failure names;
/// `-Dfuzz.seed=N` runs one again.
class RdbFuzzTest {
  private static final int FILES = 1500;

  private final long seed = Long.getLong("fuzz.seed", System.nanoTime());
  private final Random random = new Random(seed);

  private static byte[] file(State state, boolean compresses) {
    ByteWriter out = new ByteWriter(1024);
    RdbWriter writer =
        new RdbWriter(
            (from, offset, count) -> out.write(from, offset, count), RdbVersion.NEWEST, compresses);
    writer.begin();
    writer.auxiliary("redis-ver", "8.8.0");
    writer.keys(state);
    writer.end();
    return out.toArray();
  }

  /// A file with a few small keys, its checksum not to be checked.
  private byte[] small() {
    State state = Values.state();
    Values values = new Values(random.nextLong());
    for (int i = random.nextInt(4); i >= 0; i--) {
      values.make(state, Bytes.of("k" + i));
    }
    byte[] file = file(state, random.nextInt(4) == 0);
    Arrays.fill(file, file.length - 8, file.length, (byte) 0);
    return file;
  }

  private static State read(byte[] file) {
    State state = Values.state();
    RdbContents contents =
        new RdbContents() {
          @Override
          public void key(int database, Bytes key, long expiresAtMs) {}

          @Override
          public void op(Op op) {
            op.applyTo(state);
          }

          @Override
          public void keyEnded() {}
        };
    new RdbReader(new RdbInput(Bytes.of(file)), contents).read();
    return state;
  }

  @Test
  void everyTamperedFileIsReadOrRefusedInOneWay() {
    int refused = 0;
    for (int i = 0; i < FILES; i++) {
      byte[] file = small();
      for (int times = random.nextInt(3); times >= 0; times--) {
        int at = random.nextInt(file.length);
        if (random.nextInt(6) == 0) {
          file = Arrays.copyOf(file, Math.max(1, at));
        } else {
          file[at] ^= (byte) (1 << random.nextInt(8));
        }
      }
      try {
        State state = read(file);
        assertThat(read(file(state, true)).keys()).as("seed %d", seed).isEqualTo(state.keys());
      } catch (MalformedRdb _) {
        refused++;
      } catch (RuntimeException other) {
        fail("seed " + seed, other);
      }
    }
    assertThat(refused).isBetween(FILES / 10, FILES - 1);
  }

  @Test
  void aFileCutAnywhereIsRefused() {
    byte[] file = small();
    for (int length = 0;
        length < file.length;
        length += 1 + random.nextInt(1 + file.length / 500)) {
      byte[] cut = Arrays.copyOf(file, length);
      try {
        read(cut);
        fail("seed %d: cut at %d", seed, length);
      } catch (MalformedRdb malformed) {
        assertThat(malformed.offset()).isLessThanOrEqualTo(length);
      }
    }
  }

  @Test
  void aWrongChecksumIsNoticed() {
    byte[] file = file(Values.state(), true);
    file[12] ^= 1;
    try {
      read(file);
      fail("taken");
    } catch (MalformedRdb malformed) {
      assertThat(malformed).hasMessageContaining("the checksum of the file is");
    }
  }

  @Test
  void everyTamperedAppendOnlyFileEndsOrIsRefused() {
    String text =
        "#TS:17\r\n*2\r\n$6\r\nSELECT\r\n$1\r\n0\r\n*1\r\n$5\r\nMULTI\r\n*3\r\n$3\r\nSET\r\n"
            + "$1\r\nk\r\n$1\r\nv\r\n*1\r\n$4\r\nEXEC\r\n";
    for (int i = 0; i < 20_000; i++) {
      byte[] file = Bytes.of(text).copy();
      for (int times = random.nextInt(3); times >= 0; times--) {
        int at = random.nextInt(file.length);
        if (random.nextInt(4) == 0) {
          file = Arrays.copyOf(file, at + 1);
        } else {
          file[at] = (byte) random.nextInt(256);
        }
      }
      AofReader reader = new AofReader(new RdbInput(Bytes.of(file)));
      try {
        List<List<Bytes>> commands = reader.next();
        while (commands != null) {
          commands = reader.next();
        }
        assertThat(reader.wholeTo()).isLessThanOrEqualTo(file.length);
      } catch (MalformedRdb _) {
        // As it should be.
      } catch (RuntimeException other) {
        fail("seed " + seed, other);
      }
    }
  }
}
