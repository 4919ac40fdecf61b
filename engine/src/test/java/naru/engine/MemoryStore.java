package naru.engine;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import naru.bytes.Bytes;
import naru.engine.stream.block.BlockStore;
import naru.engine.stream.block.UnreadableBlock;

/// A store of blocks that is none: each run is a file.
public final class MemoryStore implements BlockStore {
  private final List<byte[]> blocks = new ArrayList<>();
  private final List<Long> offsets = new ArrayList<>();
  private final List<Integer> files = new ArrayList<>();
  public final Set<Long> toBeLeft = new HashSet<>();
  public boolean isBroken;
  private int runs;

  @Override
  public Place append(List<Bytes> run) {
    long offset = 32;
    for (Bytes block : run) {
      blocks.add(block.copy());
      offsets.add(offset);
      files.add(runs);
      offset += FRAME_BYTES + block.length();
    }
    return new Place(runs++, 32);
  }

  @Override
  public byte[] read(long file, long offset, int bytes) {
    for (int i = 0; i < blocks.size() && !isBroken; i++) {
      if (files.get(i) == file && offsets.get(i) == offset && blocks.get(i).length == bytes) {
        return blocks.get(i).clone();
      }
    }
    throw new UnreadableBlock("no block of " + bytes + " bytes in " + file + " at " + offset);
  }

  public int runs() {
    return runs;
  }

  @Override
  public long salt(long file) {
    return ~file;
  }

  @Override
  public boolean isToBeLeft(long file) {
    return toBeLeft.contains(file);
  }

  @Override
  public boolean hasFilesToBeLeft() {
    return !toBeLeft.isEmpty();
  }
}
