package naru.log;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import naru.world.Disk;
import naru.world.DiskFile;
import naru.world.WorldFailure;
import org.jspecify.annotations.Nullable;

/// A disk on which a start can be tried: it reads what is there, and of what is written only the
/// names and sizes stay. Nothing reaches the disk below.
public final class Rehearsal implements Disk {
  private final Disk below;
  private final TreeMap<String, Draft> drafts = new TreeMap<>();
  private final TreeSet<String> gone = new TreeSet<>();

  public Rehearsal(Disk below) {
    this.below = below;
  }

  /// A file that was opened or made here.
  private static final class Draft implements DiskFile {
    private final String name;
    private final @Nullable DiskFile below;
    private long readable;
    private long size;

    Draft(String name, @Nullable DiskFile below) {
      this.name = name;
      this.below = below;
      size = below == null ? 0 : below.sizeBytes();
      readable = size;
    }

    @Override
    public String name() {
      return name;
    }

    @Override
    public long sizeBytes() {
      return size;
    }

    @Override
    public int read(long position, byte[] into, int offset, int count) {
      if (below == null) {
        return 0;
      }
      return below.read(position, into, offset, Math.clamp(readable - position, 0, count));
    }

    @Override
    public void append(byte[] from, int offset, int count) {
      size += count;
    }

    @Override
    public void truncate(long sizeBytes) {
      size = sizeBytes;
      readable = Math.min(readable, size);
    }

    @Override
    public void writeAgain(long from) {}

    @Override
    public void sync() {}

    @Override
    public void syncThen(SyncListener done) {
      done.synced(null);
    }

    @Override
    public void close() {
      if (below != null) {
        below.close();
      }
    }
  }

  @Override
  public String location() {
    return below.location();
  }

  @Override
  public long roomBytes() {
    return Long.MAX_VALUE;
  }

  @Override
  public List<String> list() {
    TreeSet<String> names = new TreeSet<>(below.list());
    names.addAll(drafts.keySet());
    names.removeAll(gone);
    return new ArrayList<>(names);
  }

  @Override
  public DiskFile create(String name) {
    return draft(name, null);
  }

  @Override
  public DiskFile open(String name) {
    return draft(name, below.open(name));
  }

  private Draft draft(String name, @Nullable DiskFile file) {
    Draft draft = new Draft(name, file);
    drafts.put(name, draft);
    gone.remove(name);
    return draft;
  }

  @Override
  public void rename(String from, String to) {
    throw new WorldFailure("a start renames nothing, and not " + from + " to " + to);
  }

  @Override
  public void delete(String name) {
    gone.add(name);
  }

  @Override
  public void sync() {}

  @Override
  public void close() {}
}
