package naru.engine.stream.block;

import java.util.Arrays;
import java.util.List;
import naru.bytes.ByteReader;
import naru.bytes.ByteWriter;
import naru.bytes.Bytes;
import naru.engine.stream.StreamId;
import naru.structures.HeapSize;
import org.jspecify.annotations.Nullable;

/// Entries packed into one array, without the field names that they share with the first of them.
///
/// ```
/// block   count  field ... │ entry │ entry │ ...
/// entry   head  ms  seq  [ count  field ... ]  value ...
/// head    size of what follows in the entry * 2 + 1 if it has fields of its own
/// ms      milliseconds since the block's first entry
/// seq     sequence number; in the first entry's millisecond, less the first entry's
/// ```
///
/// Numbers are varints, fields and values are [Packed]. An entry with the block's fields and two
/// values of ten bytes takes about 26 bytes. Because each entry begins with its size, going over a
/// block without looking inside is a step an entry; going backwards first notes where entries
/// begin.
///
/// While open, a block is appended to; readers that hold its array see what was there.
public final class EntryBlock implements Block {
  /// Header, fields and padding of this object and of its array, with compressed references.
  private static final int OBJECT_BYTES = 72;

  private final long firstMs;
  private final long firstSeq;
  private long lastMs;
  private long lastSeq;
  private byte[] array;
  private @Nullable ByteWriter open;
  private int length;
  private int entriesStart;
  private int entries;
  private long nodeBytes;

  private EntryBlock(long firstMs, long firstSeq) {
    this.firstMs = firstMs;
    this.firstSeq = firstSeq;
    this.array = new byte[0];
  }

  /// A block with one entry, open for more.
  ///
  /// @param pairs field, value, field, …
  public static EntryBlock begin(long ms, long seq, List<Bytes> pairs) {
    EntryBlock block = new EntryBlock(ms, seq);
    int fields = Packed.varLongSize(pairs.size() / 2);
    for (int i = 0; i < pairs.size(); i += 2) {
      fields += Packed.size(pairs.get(i));
    }
    int body = block.bodySize(ms, seq, pairs, true);
    // Writing a varint asks for room for the longest one.
    ByteWriter out = new ByteWriter(fields + Packed.varLongSize(2L * body) + body + 10);
    out.writeVarLong(pairs.size() / 2);
    for (int i = 0; i < pairs.size(); i += 2) {
      Packed.write(pairs.get(i), out);
    }
    block.open = out;
    block.entriesStart = out.length();
    block.nodeBytes = NodeSize.ofNode(pairs);
    block.write(out, ms, seq, pairs, true, body);
    return block;
  }

  /// A sealed block from what [#packed] gave. The array is given away.
  public static EntryBlock restore(
      StreamId first, StreamId last, int entries, long nodeBytes, byte[] data) {
    EntryBlock block = new EntryBlock(first.ms(), first.seq());
    block.lastMs = last.ms();
    block.lastSeq = last.seq();
    block.entries = entries;
    block.nodeBytes = nodeBytes;
    block.array = data;
    block.length = block.array.length;
    ByteReader in = new ByteReader(block.array);
    for (int left = in.readCount(); left > 0; left--) {
      Packed.skip(in);
    }
    block.entriesStart = in.position();
    return block;
  }

  /// The bytes drawn above. Borrowed.
  public Bytes packed() {
    return Bytes.of(array(), 0, length);
  }

  /// See [NodeSize].
  public long nodeBytes() {
    return nodeBytes;
  }

  /// Whether Redis would put another entry of this payload into the same node.
  public boolean hasRoomFor(long payloadBytes, BlockLimits limits) {
    return limits.haveRoomFor(nodeBytes + payloadBytes, entries);
  }

  /// Adds an entry whose id is above all others.
  public void append(long ms, long seq, List<Bytes> pairs) {
    ByteWriter out = reopened();
    boolean shares = sharesFields(pairs);
    write(out, ms, seq, pairs, shares, bodySize(ms, seq, pairs, shares));
  }

  private ByteWriter reopened() {
    ByteWriter out = open;
    if (out == null) {
      out = new ByteWriter(length + 64);
      out.write(array, 0, length);
      open = out;
      array = new byte[0];
    }
    return out;
  }

  private boolean sharesFields(List<Bytes> pairs) {
    ByteReader in = new ByteReader(array(), 0, entriesStart);
    if (in.readCount() != pairs.size() / 2) {
      return false;
    }
    for (int i = 0; i < pairs.size(); i += 2) {
      if (!Packed.readMatches(in, pairs.get(i))) {
        return false;
      }
    }
    return true;
  }

  private int bodySize(long ms, long seq, List<Bytes> pairs, boolean shares) {
    int size = Packed.varLongSize(ms - firstMs) + Packed.varLongSize(seq - seqBase(ms));
    if (!shares) {
      size += Packed.varLongSize(pairs.size() / 2);
    }
    for (int i = 0; i < pairs.size(); i++) {
      if ((i & 1) == 1 || !shares) {
        size = Math.addExact(size, Packed.size(pairs.get(i)));
      }
    }
    return size;
  }

  private long seqBase(long ms) {
    return ms == firstMs ? firstSeq : 0;
  }

  private void write(
      ByteWriter out, long ms, long seq, List<Bytes> pairs, boolean shares, int bodySize) {
    out.writeVarLong(2L * bodySize + (shares ? 0 : 1));
    out.writeVarLong(ms - firstMs);
    out.writeVarLong(seq - seqBase(ms));
    if (!shares) {
      out.writeVarLong(pairs.size() / 2);
      for (int i = 0; i < pairs.size(); i += 2) {
        Packed.write(pairs.get(i), out);
      }
    }
    for (int i = 1; i < pairs.size(); i += 2) {
      Packed.write(pairs.get(i), out);
    }
    length = out.length();
    nodeBytes += NodeSize.ofNumber(entries + 1L) - NodeSize.ofNumber(entries);
    entries++;
    lastMs = ms;
    lastSeq = seq;
    nodeBytes += NodeSize.ofEntry(ms - firstMs, seq - firstSeq, shares, pairs);
  }

  /// Nothing is added any more: spare room is given back.
  public void seal() {
    if (open != null) {
      array = open.capacity() == length ? open.array() : open.toArray();
      open = null;
    }
  }

  boolean isSealed() {
    return open == null;
  }

  @Override
  public int entries() {
    return entries;
  }

  @Override
  public long firstMs() {
    return firstMs;
  }

  @Override
  public long firstSeq() {
    return firstSeq;
  }

  @Override
  public long lastMs() {
    return lastMs;
  }

  @Override
  public long lastSeq() {
    return lastSeq;
  }

  @Override
  public long sizeBytes() {
    return OBJECT_BYTES
        + (open == null ? HeapSize.bytes(array.length) : HeapSize.bytes(open.capacity()) + 24);
  }

  @Override
  public EntryBlock copy() {
    EntryBlock copy = new EntryBlock(firstMs, firstSeq);
    copy.lastMs = lastMs;
    copy.lastSeq = lastSeq;
    copy.array = open == null ? array : open.toArray();
    copy.length = length;
    copy.entriesStart = entriesStart;
    copy.entries = entries;
    copy.nodeBytes = nodeBytes;
    return copy;
  }

  @Override
  public BlockCursor cursor() {
    return new Cursor();
  }

  private byte[] array() {
    return open == null ? array : open.array();
  }

  /// Reads the block as it was when the cursor was made.
  private final class Cursor implements BlockCursor {
    private final byte[] data = array();
    private final int end = length;
    private final int count = entries;
    private final ByteReader body = new ByteReader(data, 0, end);
    private final ByteReader names = new ByteReader(data, 0, entriesStart);
    private int @Nullable [] starts;
    private int index = -1;
    private int nextAt = entriesStart;
    private long ms;
    private long seq;
    private boolean shares;
    private int pairs;
    private int pairsLeft;
    private Bytes field = Bytes.EMPTY;
    private Bytes value = Bytes.EMPTY;

    @Override
    public boolean next() {
      if (index + 1 >= count) {
        index = count;
        return false;
      }
      index++;
      enter(nextAt);
      return true;
    }

    @Override
    public boolean previous() {
      if (index <= 0) {
        index = -1;
        nextAt = entriesStart;
        return false;
      }
      index--;
      enter(starts()[index]);
      return true;
    }

    @Override
    public void toEnd() {
      index = count;
      nextAt = end;
    }

    private void enter(int at) {
      body.position(at);
      long head = body.readVarLong();
      nextAt = body.position() + (int) (head >>> 1);
      shares = (head & 1) == 0;
      ms = firstMs + body.readVarLong();
      seq = seqBase(ms) + body.readVarLong();
      pairs = -1;
    }

    private int[] starts() {
      int[] known = starts;
      if (known == null) {
        known = new int[count];
        ByteReader in = new ByteReader(data, entriesStart, end);
        for (int i = 0; i < count; i++) {
          known[i] = in.position();
          long head = in.readVarLong();
          in.position(in.position() + (int) (head >>> 1));
        }
        starts = known;
      }
      return known;
    }

    @Override
    public int index() {
      return index;
    }

    @Override
    public long ms() {
      return ms;
    }

    @Override
    public long seq() {
      return seq;
    }

    @Override
    public int pairs() {
      openPairs();
      return pairs;
    }

    /// With fields of its own, an entry has all fields before its values: two readers go along.
    private void openPairs() {
      if (pairs >= 0) {
        return;
      }
      if (shares) {
        names.reset(data, 0, entriesStart);
        pairs = names.readCount();
      } else {
        pairs = body.readCount();
        names.reset(data, body.position(), nextAt);
        for (int i = 0; i < pairs; i++) {
          Packed.skip(body);
        }
      }
      pairsLeft = pairs;
    }

    @Override
    public boolean nextPair() {
      openPairs();
      if (pairsLeft == 0) {
        return false;
      }
      pairsLeft--;
      field = Packed.read(names);
      value = Packed.read(body);
      return true;
    }

    @Override
    public Bytes field() {
      return field;
    }

    @Override
    public Bytes value() {
      return value;
    }
  }

  @Override
  public String toString() {
    return "EntryBlock" + Arrays.asList(firstMs, firstSeq, entries, length);
  }
}
