package naru.world.simulated;

import java.util.Arrays;
import java.util.BitSet;
import java.util.SplittableRandom;
import naru.world.Disk;
import naru.world.DiskFile;
import naru.world.WorldFailure;
import org.jspecify.annotations.Nullable;

/// A file of the disk: what a reader sees, and what is safe of it.
final class SimulatedFile implements DiskFile {
  SimulatedDisk disk;
  String name;
  private byte[] bytes = new byte[64];
  private int size;

  // What would be left if all that was not synced were lost.
  private byte[] kept = new byte[0];

  /// Sectors that no later sync keeps: the system has forgotten that they are not on the disk.
  private final BitSet forgotten = new BitSet();

  /// That of an append beside the caller.
  private @Nullable WorldFailure appendFailure;

  SimulatedFile(SimulatedDisk disk, String name) {
    this.disk = disk;
    this.name = name;
  }

  byte[] content() {
    return Arrays.copyOf(bytes, size);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public long sizeBytes() {
    disk.alive();
    return size;
  }

  @Override
  public int read(long position, byte[] into, int offset, int count) {
    disk.alive();
    disk.countRead("reading of " + name);
    int there = Math.clamp(size - position, 0, count);
    // Less than was asked for, now and then, as a system may.
    int given = there > 1 && disk.random.nextInt(4) == 0 ? there / 2 : there;
    System.arraycopy(bytes, (int) position, into, offset, given);
    return given;
  }

  @Override
  public void append(byte[] from, int offset, int count) {
    boolean lost;
    try {
      lost = disk.losesPower("append to " + name);
    } catch (WorldFailure refused) {
      write(from, offset, disk.random.nextInt(count + 1));
      throw refused;
    }
    int fits = (int) Math.min(count, disk.roomBytes());
    write(from, offset, lost ? disk.random.nextInt(fits + 1) : fits);
    if (lost) {
      disk.powerLoss();
    }
    if (fits < count) {
      throw SimulatedDisk.noRoom("append to " + name);
    }
  }

  @Override
  public void appendThen(byte[] from, int offset, int count, SyncListener done) {
    WorldFailure refused = Disk.refusalOf(() -> append(from, offset, count));
    appendFailure = refused == null ? appendFailure : refused;
    done.synced(refused);
  }

  /// Bytes come to the end, counting as no step.
  void write(byte[] from, int offset, int count) {
    if (size + count > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(size + count, 2 * bytes.length));
    }
    System.arraycopy(from, offset, bytes, size, count);
    rememberFrom(size);
    size += count;
  }

  void flip(long bit) {
    int at = (int) (bit >>> 3);
    bytes[at] ^= (byte) (1 << (bit & 7));
    if (at < kept.length) {
      kept[at] ^= (byte) (1 << (bit & 7));
    }
  }

  @Override
  public void truncate(long sizeBytes) {
    disk.step(
        "cutting of " + name,
        () -> {
          Arrays.fill(bytes, (int) sizeBytes, size, (byte) 0);
          size = (int) sizeBytes;
          rememberFrom(size);
        });
  }

  @Override
  public void writeAgain(long from) {
    disk.step("writing again of " + name, () -> rememberFrom((int) from));
  }

  private void rememberFrom(int from) {
    int sector = from / SimulatedDisk.SECTOR_BYTES;
    forgotten.clear(sector, Math.max(sector, forgotten.length()));
  }

  @Override
  public void sync() {
    if (appendFailure != null) {
      throw appendFailure;
    }
    disk.countSync();
    syncUpTo(size);
  }

  private void syncUpTo(int covered) {
    try {
      disk.syncEnds(name, () -> keep(Math.min(covered, size)));
    } catch (WorldFailure refused) {
      forget(covered);
      throw refused;
    }
  }

  /// A refused sync: some of what was to be kept is taken for kept from now on, and is not.
  private void forget(int covered) {
    for (int from = kept.length; from < Math.min(covered, size); from = sectorBehind(from)) {
      if (disk.random.nextBoolean()) {
        forgotten.set(from / SimulatedDisk.SECTOR_BYTES);
      }
    }
  }

  private static int sectorBehind(int at) {
    return (at / SimulatedDisk.SECTOR_BYTES + 1) * SimulatedDisk.SECTOR_BYTES;
  }

  @Override
  public void syncThen(SyncListener done) {
    int covered = size;
    WorldFailure failure = appendFailure;
    disk.syncBegins(() -> endSync(covered, failure, done));
  }

  private void endSync(int covered, @Nullable WorldFailure failure, SyncListener done) {
    if (failure != null) {
      done.synced(failure);
      return;
    }
    try {
      syncUpTo(covered);
    } catch (WorldFailure refused) {
      done.synced(refused);
      return;
    }
    done.synced(null);
  }

  /// The first `count` bytes are safe from now on.
  void keep(int count) {
    if (disk.hidesRefusedSync()) {
      forget(count);
    }
    byte[] next = Arrays.copyOf(bytes, Math.max(count, Math.min(kept.length, size)));
    if (next.length > count) {
      System.arraycopy(kept, count, next, count, next.length - count);
    }
    leaveOutForgotten(next);
    kept = next;
  }

  private void leaveOutForgotten(byte[] left) {
    forgotten.stream()
        .forEach(
            sector -> {
              int from = sector * SimulatedDisk.SECTOR_BYTES;
              for (int i = from; i < Math.min(left.length, sectorBehind(from)); i++) {
                left[i] = i < kept.length ? kept[i] : 0;
              }
            });
  }

  @Override
  public void close() {}

  SimulatedFile afterPowerLoss(SplittableRandom random, String nameNow) {
    byte[] left =
        switch (random.nextInt(4)) {
          case 0 -> kept;
          case 1 -> prefix(random);
          case 2 -> content();
          default -> sectors(random);
        };
    leaveOutForgotten(left);
    SimulatedFile file = new SimulatedFile(disk, nameNow);
    file.write(left, 0, left.length);
    file.kept = left;
    return file;
  }

  private byte[] prefix(SplittableRandom random) {
    return size <= kept.length ? kept : Arrays.copyOf(bytes, random.nextInt(kept.length, size + 1));
  }

  /// Each sector as it was synced or as it was written last; what never came reads as zeros.
  private byte[] sectors(SplittableRandom random) {
    byte[] left = Arrays.copyOf(kept, Math.max(size, kept.length));
    int end = kept.length;
    for (int from = 0; from < size; from += SimulatedDisk.SECTOR_BYTES) {
      int count = Math.min(SimulatedDisk.SECTOR_BYTES, size - from);
      if (random.nextBoolean()) {
        System.arraycopy(bytes, from, left, from, count);
        end = Math.max(end, from + count);
      }
    }
    // The size may have come without the bytes.
    return Arrays.copyOf(left, random.nextInt(4) == 0 ? left.length : end);
  }
}
