package naru.world.simulated;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import naru.world.Disk;
import naru.world.DiskFile;
import naru.world.WorldFailure;
import org.jspecify.annotations.Nullable;

/// A disk in memory that loses power.
///
/// Each change (append, cut, sync, creation, ...) is a step. A disk can be told to lose power in a
/// step, or to refuse one. [#afterPowerLoss] is the disk that the next start finds: of what was not
/// synced, any sectors are there or not, and the last one may be torn; of the changes to the
/// directory, any may be missing: half the time the last ones, as journals leave it, else
/// whichever. [#afterKill] is what the next start finds when
/// only the process ended: everything. Equal seeds give equal disks.
///
/// A sync beside the caller ends when [#endSync] is called.
///
/// A refused sync loses some of what it was to keep, for ever: it can still be read, and no later
/// sync keeps it, though it ends well. So do systems that take pages for written which they could
/// not write.
///
/// A disk may also be told to lie: its syncs end well and keep nothing. And it may be full: then as
/// much is written as there is room for, and the rest refused.
public final class SimulatedDisk implements Disk {
  public static final int SECTOR_BYTES = 512;

  private static final int HIDDEN_ONE_IN = 8;

  final SplittableRandom random;
  private final TreeMap<String, SimulatedFile> files;

  /// The directory as it was synced last, and the changes since.
  private TreeMap<String, SimulatedFile> syncedFiles;

  private final List<Runnable> unsyncedChanges = new ArrayList<>();
  private final ArrayDeque<Runnable> syncsUnderWay = new ArrayDeque<>();

  private long steps;
  private long powerLossStep = -1;
  private long refusedStep = -1;
  private long reads;
  private long refusedRead = -1;
  private @Nullable String whatWasRefused;
  private boolean isDead;
  private boolean lies;
  private boolean forgetsNames;
  private boolean hidesRefusedSyncs;
  private long capacityBytes = Long.MAX_VALUE;
  private int syncs;
  private Runnable syncBegun = () -> {};

  /// The power is gone. No code under test may catch this.
  public static final class PowerLoss extends Error {
    private static final long serialVersionUID = 1;

    PowerLoss() {
      super("power loss", null, false, false);
    }
  }

  public SimulatedDisk(long seed) {
    this(new SplittableRandom(seed), new TreeMap<>());
  }

  private SimulatedDisk(SplittableRandom random, Map<String, SimulatedFile> files) {
    this.random = random;
    this.files = new TreeMap<>(files);
    this.syncedFiles = new TreeMap<>(files);
    files.values().forEach(file -> file.disk = this);
  }

  /// Loses power in the step that follows after `more` others.
  public void losePowerAfter(long more) {
    powerLossStep = steps + 1 + more;
  }

  /// Refuses the reading of a file that follows after `more` others. Readings are no steps.
  public void refuseReadAfter(long more) {
    refusedRead = reads + 1 + more;
  }

  /// Refuses no reading any more; returns how it has refused one since it was told to, or null.
  public @Nullable String readsAgain() {
    String refused = whatWasRefused;
    whatWasRefused = null;
    refusedRead = -1;
    return refused;
  }

  void countRead(String what) {
    reads++;
    if (reads == refusedRead) {
      whatWasRefused = what + " refused";
      throw new WorldFailure(whatWasRefused);
    }
  }

  /// Refuses the step that follows after `more` others.
  public void refuseAfter(long more) {
    refusedStep = steps + 1 + more;
  }

  /// From now on so many bytes may be written; the greatest number takes the limit away.
  public void leaveRoom(long bytes) {
    capacityBytes = bytes == Long.MAX_VALUE ? bytes : usedBytes() + bytes;
  }

  private long usedBytes() {
    return files.values().stream().mapToLong(file -> file.content().length).sum();
  }

  @Override
  public long roomBytes() {
    return capacityBytes == Long.MAX_VALUE
        ? capacityBytes
        : Math.max(0, capacityBytes - usedBytes());
  }

  static WorldFailure noRoom(String what) {
    return WorldFailure.noRoom(what, new IOException("no room"));
  }

  /// From now on no sync keeps anything, though all of them end well.
  public void lieAboutSyncs() {
    lies = true;
  }

  /// From now on the system refuses a sync of a file now and then, and it is tried again, which
  /// seems to go well.
  public void hideRefusedSyncs() {
    hidesRefusedSyncs = true;
  }

  boolean hidesRefusedSync() {
    return hidesRefusedSyncs && random.nextInt(HIDDEN_ONE_IN) == 0;
  }

  /// From now on no sync of the directory keeps anything, though all of them end well.
  public void forgetNames() {
    forgetsNames = true;
  }

  /// Cuts a file, for readers and for ever: what somebody else did to the disk.
  public void cut(String name, int sizeBytes) {
    put(name, Arrays.copyOf(content(name), sizeBytes));
  }

  /// Runs `action` whenever a sync beside the caller begins: to call [#endSync] some time later.
  public void whenSyncBegins(Runnable action) {
    syncBegun = action;
  }

  /// How many steps there were, those of a start included.
  public long steps() {
    return steps;
  }

  /// How many syncs of files there were.
  public int syncs() {
    return syncs;
  }

  /// How many syncs beside the caller have begun and not ended.
  public int syncsUnderWay() {
    return syncsUnderWay.size();
  }

  /// Ends the oldest sync beside the caller, and tells its listener.
  public void endSync() {
    syncsUnderWay.remove().run();
  }

  /// All bytes of a file, as a reader sees them.
  public byte[] content(String name) {
    return existing(name).content();
  }

  /// Puts a file there, or replaces it: what somebody else did to the disk.
  public void put(String name, byte[] content) {
    SimulatedFile file = new SimulatedFile(this, name);
    file.write(content, 0, content.length);
    file.keep(content.length);
    files.put(name, file);
    syncedFiles.put(name, file);
  }

  /// Turns one bit of a file over, for readers and for ever: what a disk does that grows old.
  public void flip(String name, long bit) {
    existing(name).flip(bit);
  }

  /// A disk with the same files, all of them safe.
  public SimulatedDisk twin(long seed) {
    SimulatedDisk twin = new SimulatedDisk(seed);
    files.forEach((name, file) -> twin.put(name, file.content()));
    return twin;
  }

  /// Takes a file away: what somebody else did to the disk.
  public void remove(String name) {
    files.remove(name);
    syncedFiles.remove(name);
  }

  /// The disk that the next start finds when only the process has ended. This one is dead.
  public SimulatedDisk afterKill() {
    isDead = true;
    SimulatedDisk next = new SimulatedDisk(random, files);
    next.syncedFiles = syncedFiles;
    next.unsyncedChanges.addAll(unsyncedChanges);
    next.lies = lies;
    next.forgetsNames = forgetsNames;
    next.hidesRefusedSyncs = hidesRefusedSyncs;
    next.capacityBytes = capacityBytes;
    return next;
  }

  /// The disk that the next start finds when the power was lost. This one is dead.
  public SimulatedDisk afterPowerLoss() {
    isDead = true;
    if (random.nextBoolean()) {
      int surviving = random.nextInt(unsyncedChanges.size() + 1);
      unsyncedChanges.subList(0, surviving).forEach(Runnable::run);
    } else {
      // Nothing says in which order a directory is written.
      unsyncedChanges.stream().filter(_ -> random.nextBoolean()).toList().forEach(Runnable::run);
    }
    TreeMap<String, SimulatedFile> left = new TreeMap<>();
    syncedFiles.forEach((name, file) -> left.put(name, file.afterPowerLoss(random, name)));
    SimulatedDisk next = new SimulatedDisk(random, left);
    next.lies = lies;
    next.forgetsNames = forgetsNames;
    next.hidesRefusedSyncs = hidesRefusedSyncs;
    next.capacityBytes = capacityBytes;
    return next;
  }

  /// Counts a step; true if power is lost in it.
  boolean losesPower(String what) {
    alive();
    steps++;
    if (steps == refusedStep) {
      throw new WorldFailure(what + " refused");
    }
    return steps == powerLossStep;
  }

  void alive() {
    if (isDead) {
      throw new PowerLoss();
    }
  }

  /// The power is lost now.
  void powerLoss() {
    isDead = true;
    throw new PowerLoss();
  }

  /// A step that is done or not when power is lost in it.
  void step(String what, Runnable change) {
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
    if (roomBytes() == 0) {
      throw noRoom("creation of " + name);
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
    return existing(name);
  }

  private SimulatedFile existing(String name) {
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
          SimulatedFile file = existing(from);
          files.remove(from);
          file.name = to;
          files.put(to, file);
          unsyncedChanges.add(
              () -> {
                syncedFiles.remove(from);
                syncedFiles.put(to, file);
              });
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
          if (!lies && !forgetsNames) {
            syncedFiles = new TreeMap<>(files);
            unsyncedChanges.clear();
          }
        });
  }

  @Override
  public void close() {}

  /// A sync of `file` that is under way until [#endSync].
  void syncBegins(Runnable end) {
    alive();
    syncs++;
    syncsUnderWay.add(end);
    syncBegun.run();
  }

  /// A sync of a file ends: `keep` makes its bytes safe.
  void syncEnds(String name, Runnable keep) {
    step(
        "sync of " + name,
        () -> {
          if (!lies) {
            keep.run();
          }
        });
  }

  void countSync() {
    syncs++;
  }
}
