package naru.log;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeMap;
import naru.world.Disk;
import naru.world.DiskFile;
import naru.world.WorldFailure;

/// A disk in memory that loses power.
///
/// Each change (append, cut, sync, creation, ...) is a step. A disk can be told to lose power in a
/// step, or to refuse one. [#afterPowerLoss] is the disk that the next start finds: of what was not
/// synced, any sectors are there or not, and the last one may be torn; of the changes to the
/// directory, any number of the last may be missing. [#afterKill] is what the next start finds when
/// only the process ended: everything. Equal seeds give equal disks.
///
/// A sync beside the caller ends when [#endSync] is called.
final class SimulatedDisk implements Disk {
  static final int SECTOR_BYTES = 512;

  private final SplittableRandom random;
  private final TreeMap<String, SimulatedFile> files;

  /// The directory as it was synced last, and the changes since.
  private TreeMap<String, SimulatedFile> syncedFiles;

  private final List<Runnable> unsyncedChanges = new ArrayList<>();
  private final ArrayDeque<Runnable> syncsUnderWay = new ArrayDeque<>();

  private long steps;
  private long powerLossStep = -1;
  private long refusedStep = -1;
  private boolean isDead;
  private int syncs;

  /// The power is gone. No code under test may catch this.
  static final class PowerLoss extends Error {
    private static final long serialVersionUID = 1;

    PowerLoss() {
      super("power loss", null, false, false);
    }
  }

  SimulatedDisk(long seed) {
    this(new SplittableRandom(seed), new TreeMap<>());
  }

  private SimulatedDisk(SplittableRandom random, TreeMap<String, SimulatedFile> files) {
    this.random = random;
    this.files = files;
    this.syncedFiles = new TreeMap<>(files);
    files.values().forEach(file -> file.disk = this);
  }

  /// Loses power in the step that follows after `more` others.
  void losePowerAfter(long more) {
    powerLossStep = steps + 1 + more;
  }

  /// Refuses the step that follows after `more` others.
  void refuseAfter(long more) {
    refusedStep = steps + 1 + more;
  }

  long steps() {
    return steps;
  }

  /// How many syncs of files there were.
  int syncs() {
    return syncs;
  }

  int syncsUnderWay() {
    return syncsUnderWay.size();
  }

  /// Ends the oldest sync beside the caller, and tells its listener.
  void endSync() {
    syncsUnderWay.remove().run();
  }

  byte[] content(String name) {
    return files.get(name).content();
  }

  /// Puts a file there, or replaces it: what somebody else did to the disk.
  void put(String name, byte[] content) {
    SimulatedFile file = new SimulatedFile(this, name);
    file.write(content, 0, content.length);
    file.keep(content.length);
    files.put(name, file);
    syncedFiles.put(name, file);
  }

  void remove(String name) {
    files.remove(name);
    syncedFiles.remove(name);
  }

  SimulatedDisk afterKill() {
    isDead = true;
    SimulatedDisk next = new SimulatedDisk(random, files);
    next.syncedFiles = syncedFiles;
    next.unsyncedChanges.addAll(unsyncedChanges);
    return next;
  }

  SimulatedDisk afterPowerLoss() {
    isDead = true;
    int surviving = random.nextInt(unsyncedChanges.size() + 1);
    unsyncedChanges.subList(0, surviving).forEach(Runnable::run);
    TreeMap<String, SimulatedFile> left = new TreeMap<>();
    syncedFiles.forEach((name, file) -> left.put(name, file.afterPowerLoss(random, name)));
    return new SimulatedDisk(random, left);
  }

  /// Counts a step; true if power is lost in it.
  private boolean losesPower(String what) {
    alive();
    steps++;
    if (steps == refusedStep) {
      throw new WorldFailure(what + " refused");
    }
    return steps == powerLossStep;
  }

  private void alive() {
    if (isDead) {
      throw new PowerLoss();
    }
  }

  private void powerLoss() {
    isDead = true;
    throw new PowerLoss();
  }

  /// A step that is done or not when power is lost in it.
  private void step(String what, Runnable change) {
    boolean lost = losesPower(what);
    if (!lost || random.nextBoolean()) {
      change.run();
    }
    if (lost) {
      powerLoss();
    }
  }

  @Override
  public String location() {
    return "simulated";
  }

  @Override
  public List<String> list() {
    alive();
    return new ArrayList<>(files.keySet());
  }

  @Override
  public DiskFile create(String name) {
    alive();
    if (files.containsKey(name)) {
      throw new WorldFailure("cannot create " + name + ": the name is taken");
    }
    SimulatedFile file = new SimulatedFile(this, name);
    step(
        "creation of " + name,
        () -> {
          files.put(name, file);
          unsyncedChanges.add(() -> syncedFiles.put(name, file));
        });
    return file;
  }

  @Override
  public DiskFile open(String name) {
    alive();
    SimulatedFile file = files.get(name);
    if (file == null) {
      throw new WorldFailure("cannot open " + name + ": there is no such file");
    }
    return file;
  }

  @Override
  public void rename(String from, String to) {
    step(
        "renaming of " + from,
        () -> {
          SimulatedFile file = files.remove(from);
          file.name = to;
          files.put(to, file);
          unsyncedChanges.add(() -> syncedFiles.put(to, syncedFiles.remove(from)));
        });
  }

  @Override
  public void delete(String name) {
    step(
        "deletion of " + name,
        () -> {
          files.remove(name);
          unsyncedChanges.add(() -> syncedFiles.remove(name));
        });
  }

  @Override
  public void sync() {
    step(
        "sync of the directory",
        () -> {
          syncedFiles = new TreeMap<>(files);
          unsyncedChanges.clear();
        });
  }

  @Override
  public void close() {}

  /// A file of the disk: what a reader sees, and what is safe of it.
  private static final class SimulatedFile implements DiskFile {
    private SimulatedDisk disk;
    private String name;
    private byte[] bytes = new byte[64];
    private int size;

    // What would be left if all that was not synced were lost.
    private byte[] kept = new byte[0];

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
      write(from, offset, lost ? disk.random.nextInt(count + 1) : count);
      if (lost) {
        disk.powerLoss();
      }
    }

    private void write(byte[] from, int offset, int count) {
      if (size + count > bytes.length) {
        bytes = Arrays.copyOf(bytes, Math.max(size + count, 2 * bytes.length));
      }
      System.arraycopy(from, offset, bytes, size, count);
      size += count;
    }

    @Override
    public void truncate(long sizeBytes) {
      disk.step(
          "cutting of " + name,
          () -> {
            Arrays.fill(bytes, (int) sizeBytes, size, (byte) 0);
            size = (int) sizeBytes;
          });
    }

    @Override
    public void sync() {
      disk.syncs++;
      disk.step("sync of " + name, () -> keep(size));
    }

    @Override
    public void syncThen(SyncListener done) {
      disk.alive();
      int covered = size;
      disk.syncs++;
      disk.syncsUnderWay.add(() -> endSync(covered, done));
    }

    private void endSync(int covered, SyncListener done) {
      try {
        disk.step("sync of " + name, () -> keep(Math.min(covered, size)));
      } catch (WorldFailure refused) {
        done.synced(refused);
        return;
      }
      done.synced(null);
    }

    /// The first `count` bytes are safe from now on.
    private void keep(int count) {
      byte[] next = Arrays.copyOf(bytes, Math.max(count, Math.min(kept.length, size)));
      if (next.length > count) {
        System.arraycopy(kept, count, next, count, next.length - count);
      }
      kept = next;
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
      SimulatedFile file = new SimulatedFile(disk, nameNow);
      file.write(left, 0, left.length);
      file.kept = left;
      return file;
    }

    private byte[] prefix(SplittableRandom random) {
      return size <= kept.length
          ? kept
          : Arrays.copyOf(bytes, random.nextInt(kept.length, size + 1));
    }

    /// Each sector as it was synced or as it was written last; what never came reads as zeros.
    private byte[] sectors(SplittableRandom random) {
      byte[] left = Arrays.copyOf(kept, Math.max(size, kept.length));
      int end = kept.length;
      for (int from = 0; from < size; from += SECTOR_BYTES) {
        int count = Math.min(SECTOR_BYTES, size - from);
        if (random.nextBoolean()) {
          System.arraycopy(bytes, from, left, from, count);
          end = Math.max(end, from + count);
        }
      }
      // The size may have come without the bytes.
      return Arrays.copyOf(left, random.nextInt(4) == 0 ? left.length : end);
    }
  }
}
