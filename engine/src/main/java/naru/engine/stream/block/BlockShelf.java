package naru.engine.stream.block;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a state reads blocks with that lie in files: the store, and the blocks read last.
///
/// A request goes over the same blocks several times (to count, to write, to apply), and a consumer
/// comes back to them for each page.
public final class BlockShelf {
  /// Up to so many bytes of blocks read last are kept.
  private static final long CACHE_BYTES = 16L << 20;

  /// In any case so many are kept: the last block of a stream, and the one to which it is trimmed.
  private static final int KEPT_MIN = 2;

  private final LinkedHashMap<Long, EntryBlock> cache = new LinkedHashMap<>(16, 0.75f, true);
  private @Nullable BlockStore store;
  private long cacheBytesMax = CACHE_BYTES;
  private long cacheBytes;
  private long reads;

  /// From now on blocks can be laid down and read.
  public void store(BlockStore newStore) {
    store = newStore;
  }

  /// From now on blocks can be read that the other can read.
  public void readAs(BlockShelf other) {
    store = other.store;
  }

  /// Null while everything is in memory.
  public @Nullable BlockStore store() {
    return store;
  }

  /// Keeps no more than this of what was read. The two read last are kept in any case.
  public void cacheBytesMax(long bytes) {
    cacheBytesMax = bytes;
    shrink();
  }

  /// How many blocks were read from the store.
  public long reads() {
    return reads;
  }

  /// What the blocks read last take.
  public long cacheBytes() {
    return cacheBytes;
  }

  EntryBlock read(FiledRun run, int block) {
    long key = run.file() << 40 | run.offsetOf(block);
    EntryBlock known = cache.get(key);
    if (known != null) {
      return known;
    }
    BlockStore present = store;
    if (present == null) {
      throw new UnreadableBlock("a block lies in a file, and there are no files");
    }
    byte[] bytes = present.read(run.file(), run.offsetOf(block), run.index().bytes(block));
    EntryBlock read = run.index().block(block, bytes);
    reads++;
    cache.put(key, read);
    cacheBytes += read.sizeBytes();
    shrink();
    return read;
  }

  private void shrink() {
    while (cacheBytes > cacheBytesMax && cache.size() > KEPT_MIN) {
      Map.Entry<Long, EntryBlock> eldest = cache.firstEntry();
      cacheBytes -= eldest.getValue().sizeBytes();
      cache.remove(eldest.getKey());
    }
  }
}
