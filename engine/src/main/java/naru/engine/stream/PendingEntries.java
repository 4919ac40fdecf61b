package naru.engine.stream;

import java.util.Arrays;
import java.util.function.UnaryOperator;
import naru.structures.HeapSize;
import org.jspecify.annotations.Nullable;

/// What a group has delivered and not seen acknowledged: id, owner, time and count of deliveries of
/// each entry, ordered by id.
///
/// A queue, nearly: entries are delivered with rising ids, so they are added at the end, and mostly
/// acknowledged from the front. So they stand in arrays that slide with the group, cut into chunks
/// of at most 512 so that the rare insertion in the middle moves little.
///
/// ```
///  chunks   [ 40 .. 95 ]  [ 96 .. 607 ]  [ 608 .. 700 ]
///             ^ first goes when empty      ^ added to
/// ```
///
/// 36 bytes an entry and no object; a chunk is found by halving over first ids, an entry in it by
/// halving again. Each chunk knows which owners it may have and its earliest delivery, so pages for
/// one owner, and the entries idle for longest, are found by looking at one word a chunk.
public final class PendingEntries {
  /// The owner of an entry that was given back to the group.
  public static final int NOBODY = -1;

  /// There is no such entry.
  public static final int ABSENT = -3;

  private @Nullable PendingChunk[] chunks = new PendingChunk[4];
  private int head;
  private int end;
  private long size;
  private long unowned;

  /// Entries that were given back are first in line, in the order in which they were: their time of
  /// delivery counts up from far below any time.
  private long nextReleased = Long.MIN_VALUE;

  /// The earliest delivery of all, unless it is stale: asked for by everyone who polls for idle
  /// entries.
  private long earliestMs = Long.MAX_VALUE;

  private boolean earliestIsStale;

  /// The memory of all chunks.
  private long chunkBytes;

  /// Which ids are wanted.
  @FunctionalInterface
  public interface Filter {
    boolean wants(long ms, long seq);
  }

  public long size() {
    return size;
  }

  /// How many entries were given back and belong to nobody.
  public long unowned() {
    return unowned;
  }

  public @Nullable StreamId firstId() {
    return size == 0 ? null : new StreamId(chunk(head).firstMs(), chunk(head).firstSeq());
  }

  public @Nullable StreamId lastId() {
    if (size == 0) {
      return null;
    }
    PendingChunk last = chunk(end - 1);
    return new StreamId(last.ms[last.to - 1], last.seq[last.to - 1]);
  }

  public boolean contains(long ms, long seq) {
    return find(ms, seq) != null;
  }

  /// A cursor on the entry with this id; null if there is none. Good until something changes.
  public @Nullable Cursor find(long ms, long seq) {
    int index = floor(ms, seq);
    if (index < head) {
      return null;
    }
    PendingChunk chunk = chunk(index);
    int at = chunk.ceiling(ms, seq);
    return chunk.holds(at, ms, seq) ? new Cursor(index, at) : null;
  }

  /// A cursor before the first entry whose id is not below `from`. Good until something changes.
  public Cursor from(StreamId from) {
    int index = Math.max(head, floor(from.ms(), from.seq()));
    if (index == end) {
      return new Cursor(index, -1);
    }
    return new Cursor(index, chunk(index).ceiling(from.ms(), from.seq()) - 1);
  }

  /// Stands on an entry.
  public final class Cursor {
    private int index;
    private int at;
    private int owner = ABSENT;

    private Cursor(int index, int at) {
      this.index = index;
      this.at = at;
    }

    /// A cursor at the same place that sees what is pending now, whatever changes. It takes an
    /// object for each chunk; the entries of a chunk are shared until it changes.
    Cursor onView() {
      return copied(PendingChunk::view).new Cursor(index, at);
    }

    /// Stops at entries of one owner only.
    public Cursor of(int newOwner) {
      owner = newOwner;
      return this;
    }

    /// Goes to the next entry; false when there is none.
    public boolean next() {
      while (index < end) {
        PendingChunk chunk = chunk(index);
        if (owner == ABSENT || chunk.mayHave(owner)) {
          for (at = Math.max(at + 1, chunk.from); at < chunk.to; at++) {
            if (owner == ABSENT
                ? chunk.owners[at] != PendingChunk.GONE
                : chunk.owners[at] == owner) {
              return true;
            }
          }
        }
        index++;
        at = -1;
      }
      return false;
    }

    public long ms() {
      return chunk(index).ms[at];
    }

    public long seq() {
      return chunk(index).seq[at];
    }

    public StreamId id() {
      return new StreamId(ms(), seq());
    }

    /// The number of the consumer, see [Consumer#number]; [#NOBODY] if it was given back.
    public int owner() {
      return chunk(index).owners[at];
    }

    /// Wall clock; 0 if it was given back.
    public long deliveredAtMs() {
      return owner() == NOBODY ? 0 : chunk(index).deliveredAtMs[at];
    }

    /// When it was delivered or, if it was given back, its place in line: in this order entries
    /// are claimed.
    public long order() {
      return chunk(index).deliveredAtMs[at];
    }

    /// How often it was delivered.
    public long count() {
      return chunk(index).counts[at];
    }
  }

  /// The earliest time at which an entry was delivered, [Long#MAX_VALUE] if there are none. Far in
  /// the past if one was given back.
  public long earliestMs() {
    if (earliestIsStale) {
      long earliest = Long.MAX_VALUE;
      for (int i = head; i < end; i++) {
        earliest = Math.min(earliest, chunk(i).earliestMs());
      }
      earliestMs = earliest;
      earliestIsStale = false;
    }
    return earliestMs;
  }

  /// Up to `max` of the entries that were delivered at or before a time and are wanted, those
  /// delivered first coming first.
  public IdList oldest(long untilMs, long max, Filter filter) {
    Oldest oldest = new Oldest(max);
    for (int i = head; i < end; i++) {
      PendingChunk chunk = chunk(i);
      if (chunk.earliestMs() > untilMs || !oldest.takes(chunk.earliestMs())) {
        continue;
      }
      for (int at = chunk.from; at < chunk.to; at++) {
        long atMs = chunk.deliveredAtMs[at];
        if (chunk.owners[at] != PendingChunk.GONE
            && atMs <= untilMs
            && oldest.takes(atMs)
            && filter.wants(chunk.ms[at], chunk.seq[at])) {
          oldest.add(atMs, chunk.ms[at], chunk.seq[at]);
        }
      }
    }
    return oldest.inOrder();
  }

  /// Adds an entry, or changes the one with this id; returns who had it, [#ABSENT] if nobody did.
  int put(long ms, long seq, int owner, long deliveredAtMs, long count) {
    earliestMs = Math.min(earliestMs, deliveredAtMs);
    if (end == head || isBehindLast(ms, seq)) {
      append(ms, seq, owner, deliveredAtMs, count);
      return ABSENT;
    }
    int index = Math.max(head, floor(ms, seq));
    PendingChunk chunk = chunk(index);
    int at = chunk.ceiling(ms, seq);
    if (chunk.holds(at, ms, seq)) {
      int before = chunk.owners[at];
      earliestIsStale |= chunk.deliveredAtMs[at] <= earliestMs;
      chunk.change(at, owner, deliveredAtMs, count);
      unowned -= before == NOBODY ? 1 : 0;
      unowned += owner == NOBODY ? 1 : 0;
      return before;
    }
    insert(index, ms, seq, owner, deliveredAtMs, count);
    return ABSENT;
  }

  /// Adds or changes an entry so that it belongs to nobody, behind all others that do.
  int release(long ms, long seq, long count) {
    return put(ms, seq, NOBODY, nextReleased++, count);
  }

  /// As [#release], at a place in line that was told by [Cursor#order].
  int restoreReleased(long ms, long seq, long order, long count) {
    nextReleased = Math.max(nextReleased, order + 1);
    return put(ms, seq, NOBODY, order, count);
  }

  private boolean isBehindLast(long ms, long seq) {
    PendingChunk last = chunk(end - 1);
    return StreamId.compare(ms, seq, last.ms[last.to - 1], last.seq[last.to - 1]) > 0;
  }

  private void append(long ms, long seq, int owner, long deliveredAtMs, long count) {
    if (end == head || chunk(end - 1).isFull()) {
      PendingChunk added =
          end == head ? PendingChunk.small() : new PendingChunk(PendingChunk.CAPACITY_MAX);
      addChunk(end, added);
    }
    PendingChunk last = chunk(end - 1);
    last.put(open(last, last.to), ms, seq, owner, deliveredAtMs, count);
    count(owner, 1);
  }

  private void insert(int index, long ms, long seq, int owner, long deliveredAtMs, long count) {
    PendingChunk chunk = chunk(index);
    if (chunk.isFull()) {
      chunkBytes -= chunk.sizeBytes();
      if (chunk.live < PendingChunk.CAPACITY_MAX) {
        chunk.compact();
        chunkBytes += chunk.sizeBytes();
      } else {
        PendingChunk upper = chunk.split();
        chunkBytes += chunk.sizeBytes();
        addChunk(index + 1, upper);
        boolean above = StreamId.compare(ms, seq, upper.firstMs(), upper.firstSeq()) > 0;
        chunk = above ? upper : chunk;
      }
    }
    int at = open(chunk, chunk.ceiling(ms, seq));
    chunk.put(at, ms, seq, owner, deliveredAtMs, count);
    count(owner, 1);
  }

  /// As [PendingChunk#open].
  private int open(PendingChunk chunk, int at) {
    long before = chunk.sizeBytes();
    int opened = chunk.open(at);
    chunkBytes += chunk.sizeBytes() - before;
    return opened;
  }

  private void count(int owner, int change) {
    size += change;
    unowned += owner == NOBODY ? change : 0;
  }

  /// Removes an entry; returns who had it, [#ABSENT] if there was none.
  int remove(long ms, long seq) {
    int index = floor(ms, seq);
    if (index < head) {
      return ABSENT;
    }
    PendingChunk chunk = chunk(index);
    int at = chunk.ceiling(ms, seq);
    if (!chunk.holds(at, ms, seq)) {
      return ABSENT;
    }
    int owner = chunk.owners[at];
    earliestIsStale |= chunk.deliveredAtMs[at] <= earliestMs;
    chunkBytes -= chunk.sizeBytes();
    chunk.remove(at);
    chunkBytes += chunk.sizeBytes();
    count(owner, -1);
    if (chunk.live == 0) {
      removeChunk(index);
    }
    return owner;
  }

  /// Removes all entries of an owner.
  void removeAll(int owner) {
    IdList ids = new IdList();
    for (Cursor cursor = from(StreamId.ZERO).of(owner); cursor.next(); ) {
      ids.add(cursor.ms(), cursor.seq());
    }
    for (int i = 0; i < ids.size(); i++) {
      remove(ids.ms(i), ids.seq(i));
    }
  }

  private PendingChunk chunk(int index) {
    PendingChunk chunk = chunks[index];
    if (chunk == null) {
      throw new IndexOutOfBoundsException(index);
    }
    return chunk;
  }

  /// The last chunk whose first id is at or below this one; below `head` if there is none.
  private int floor(long ms, long seq) {
    int low = head;
    int high = end - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      PendingChunk chunk = chunk(middle);
      if (StreamId.compare(chunk.firstMs(), chunk.firstSeq(), ms, seq) <= 0) {
        low = middle + 1;
      } else {
        high = middle - 1;
      }
    }
    return high;
  }

  private void addChunk(int index, PendingChunk chunk) {
    int at = index;
    if (end == chunks.length) {
      int count = end - head;
      @Nullable PendingChunk[] moved = new PendingChunk[Math.max(4, 2 * count)];
      System.arraycopy(chunks, head, moved, 0, count);
      chunks = moved;
      at -= head;
      head = 0;
      end = count;
    }
    System.arraycopy(chunks, at, chunks, at + 1, end - at);
    chunks[at] = chunk;
    chunkBytes += chunk.sizeBytes();
    end++;
  }

  private void removeChunk(int index) {
    chunkBytes -= chunk(index).sizeBytes();
    if (index == head) {
      chunks[head++] = null;
    } else {
      System.arraycopy(chunks, index + 1, chunks, index, end - index - 1);
      chunks[--end] = null;
    }
    if (head == end) {
      head = 0;
      end = 0;
    }
  }

  PendingEntries copy() {
    return copied(PendingChunk::copy);
  }

  private PendingEntries copied(UnaryOperator<PendingChunk> ofChunk) {
    PendingEntries copy = new PendingEntries();
    copy.chunks = Arrays.copyOf(chunks, chunks.length);
    copy.head = head;
    copy.end = end;
    for (int i = head; i < end; i++) {
      copy.chunks[i] = ofChunk.apply(chunk(i));
    }
    copy.chunkBytes = chunkBytes;
    copy.size = size;
    copy.unowned = unowned;
    copy.nextReleased = nextReleased;
    copy.earliestMs = earliestMs;
    copy.earliestIsStale = earliestIsStale;
    return copy;
  }

  public long sizeBytes() {
    return 80 + HeapSize.references(chunks.length) + chunkBytes;
  }
}
