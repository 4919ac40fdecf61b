package naru.rdb;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import naru.bytes.Bytes;
import naru.engine.Op;
import naru.engine.stream.BlockBuilder;
import naru.engine.stream.ConsumerGroup;
import naru.engine.stream.GroupOp;
import naru.engine.stream.Idempotence;
import naru.engine.stream.StreamId;
import naru.engine.stream.StreamOp;

/// Reads streams: entries, block by block, then what the stream remembers, and its groups.
///
/// A node becomes a block, so that both have the same ends and the same deleted entries.
final class StreamReader {
  private static final int DELETED = 1;
  private static final int SAME_FIELDS = 2;

  /// No block gets longer, but for its last entry.
  private static final long BLOCK_MAX_BYTES = 1 << 28;

  private final RdbInput in;
  private final int database;
  private final Bytes key;
  private final Consumer<? super Op> out;
  private StreamId last = StreamId.ZERO;
  private StreamId firstLive = StreamId.ZERO;
  private long live;
  private long ordinal;

  StreamReader(RdbInput in, int database, Bytes key, Consumer<? super Op> out) {
    this.in = in;
    this.database = database;
    this.key = key;
    this.out = out;
  }

  /// @param version 2 has more of deleted entries, 3 when consumers were active, 4 producers, 5
  ///     pending entries that were given back
  void read(int version) {
    out.accept(new StreamOp.Created(database, key));
    for (long left = in.readCount("the number of nodes of a stream"); left > 0; left--) {
      readNode();
    }
    long length = in.readLength("the length of a stream");
    if (length != live) {
      throw in.malformed("a stream of " + live + " entries says " + Long.toUnsignedString(length));
    }
    StreamId lastId = readId("the last id of a stream");
    if (lastId.compareTo(last) < 0) {
      throw in.malformed("the last id of a stream is " + lastId + ", and it has the entry " + last);
    }
    StreamId maxDeletedId = StreamId.ZERO;
    long entriesAdded = live;
    if (version >= 2) {
      readId("the first id of a stream");
      maxDeletedId = readId("the highest id deleted");
      entriesAdded = in.readCount("how many entries were ever added to a stream");
    }
    readGroups(version, lastId);
    long[] messages = {-1, 0};
    if (version >= 4) {
      readProducers(messages);
    }
    out.accept(
        new StreamOp.Restored(
            database, key, lastId, maxDeletedId, entriesAdded, ordinal, messages[0], messages[1]));
  }

  private StreamId readId(String what) {
    return new StreamId(in.readLength(what), in.readLength(what));
  }

  private void readNode() {
    Bytes first = in.readString("the id of a node of a stream");
    if (first.length() != 16) {
      throw in.malformed("an id of " + first.length() + " bytes, not 16, for a node of a stream");
    }
    RdbInput id = new RdbInput(first);
    StreamId master = new StreamId(id.readBigLong("an id"), id.readBigLong("an id"));
    Listpack node = new Listpack(in.readString("a node of a stream"), in.offset());
    new Node(node, master).read();
  }

  /// A node.
  ///
  /// ```
  /// live, deleted, fields, field ..., 0, entry ...
  ///
  /// entry  flags, ms, seq, value ..., elements         with the fields of the node
  ///        flags, ms, seq, fields, field, value ..., elements
  /// ```
  ///
  /// Ids count from that of the node; `elements` is how many there are of the entry before it.
  private final class Node {
    private final Listpack elements;
    private final StreamId master;
    private final List<Bytes> fields = new ArrayList<>();
    private BlockBuilder block = new BlockBuilder();
    private boolean sharesFields;

    Node(Listpack elements, StreamId master) {
      this.elements = elements;
      this.master = master;
    }

    void read() {
      long saidLive = elements.number();
      long saidDeleted = elements.number();
      for (long left = elements.number(); left > 0; left--) {
        fields.add(elements.required());
      }
      elements.number();
      long before = live;
      long deleted = 0;
      while (elements.hasNext()) {
        deleted += readEntry() ? 1 : 0;
      }
      if (saidLive != live - before || saidDeleted != deleted) {
        throw elements.malformed(
            "has "
                + (live - before)
                + " entries and "
                + deleted
                + " deleted ones, and says "
                + saidLive
                + " and "
                + saidDeleted);
      }
      if (saidLive == 0) {
        throw elements.malformed("has no entry that is not deleted");
      }
      endBlock();
    }

    /// Returns whether it is a deleted one.
    private boolean readEntry() {
      long flags = elements.number();
      boolean same = (flags & SAME_FIELDS) != 0;
      boolean isDeleted = (flags & DELETED) != 0;
      StreamId id = new StreamId(master.ms() + elements.number(), master.seq() + elements.number());
      if (id.compareTo(last) <= 0) {
        throw elements.malformed("has the id " + id + " behind " + last);
      }
      List<Bytes> pairs = same ? sharedPairs() : ownPairs();
      long said = elements.number();
      long counted = same ? fields.size() + 3L : pairs.size() + 4L;
      if (said != counted) {
        throw elements.malformed("has an entry of " + counted + " elements that says " + said);
      }
      add(id, pairs, same, isDeleted);
      return isDeleted;
    }

    private List<Bytes> sharedPairs() {
      List<Bytes> pairs = new ArrayList<>();
      for (Bytes field : fields) {
        pairs.add(field);
        pairs.add(elements.required());
      }
      return pairs;
    }

    private List<Bytes> ownPairs() {
      List<Bytes> pairs = new ArrayList<>();
      for (long left = elements.number(); left > 0; left--) {
        pairs.add(elements.required());
        pairs.add(elements.required());
      }
      return pairs;
    }

    /// A block shares the fields of its first entry. Where these are not those of the node, the
    /// first entry that has them begins another block: else each would bring them along.
    private void add(StreamId id, List<Bytes> pairs, boolean same, boolean isDeleted) {
      boolean ends = same && !sharesFields && block.entries() > 0;
      if (ends || block.bytes() > BLOCK_MAX_BYTES) {
        endBlock();
      }
      if (block.entries() == 0) {
        sharesFields = same;
      }
      long bytes = 0;
      for (Bytes each : pairs) {
        bytes += each.length();
      }
      if (bytes > BLOCK_MAX_BYTES * 4) {
        throw elements.malformed("has an entry of " + bytes + " bytes");
      }
      block.add(id, pairs, isDeleted);
      last = id;
      firstLive = live == 0 && !isDeleted ? id : firstLive;
      live += isDeleted ? 0 : 1;
    }

    private void endBlock() {
      if (block.live() > 0) {
        out.accept(block.restored(database, key, ordinal));
      }
      ordinal += block.entries();
      block = new BlockBuilder();
    }
  }

  private void readGroups(int version, StreamId lastId) {
    Set<Bytes> names = new HashSet<>();
    for (long left = in.readCount("the number of groups of a stream"); left > 0; left--) {
      Bytes name = in.readString("the name of a group");
      if (!names.add(name)) {
        throw in.malformed("two groups of the same name");
      }
      StreamId groupId = readId("the last id of a group");
      long entriesRead =
          version >= 2 ? in.readLength("what a group has read") : entriesThrough(groupId, lastId);
      if (entriesRead < ConsumerGroup.UNKNOWN) {
        throw in.malformed("a group has read " + Long.toUnsignedString(entriesRead) + " entries");
      }
      out.accept(new GroupOp.Created(database, key, name, groupId, entriesRead));
      new GroupReader(in, database, key, name, out).read(version);
    }
  }

  /// How many entries a group has read that did not count them, as far as that can be told.
  private long entriesThrough(StreamId id, StreamId lastId) {
    if (live == 0 || id.compareTo(firstLive) < 0) {
      return 0;
    }
    return id.equals(lastId) ? live : id.equals(firstLive) ? 1 : ConsumerGroup.UNKNOWN;
  }

  private void readProducers(long[] messages) {
    long durationS = in.readCount("for how long messages are remembered");
    long entriesMax = in.readCount("how many messages are remembered");
    if (durationS > Integer.MAX_VALUE || entriesMax > Integer.MAX_VALUE) {
      throw in.malformed("more messages are remembered than can be");
    }
    List<Op> remembered = new ArrayList<>();
    Map<Bytes, Set<Bytes>> known = new HashMap<>();
    for (long left = in.readCount("the number of producers"); left > 0; left--) {
      Bytes producer = in.readString("the name of a producer");
      if (known.put(producer, new HashSet<>()) != null) {
        throw in.malformed("two producers of the same name");
      }
      for (long more = in.readCount("the number of messages"); more > 0; more--) {
        Bytes message = in.readString("the id of a message");
        StreamId entry = readId("the entry of a message");
        if (!known.getOrDefault(producer, Set.of()).add(message)) {
          throw in.malformed("the same message twice");
        }
        remembered.add(
            new StreamOp.Remembered(database, key, producer, message, entry, Long.MIN_VALUE));
      }
    }
    messages[0] = in.readCount("how many messages were ever added");
    messages[1] = in.readCount("how many messages came again");
    if (!remembered.isEmpty() || messages[0] > 0 || messages[1] > 0) {
      out.accept(new StreamOp.Configured(database, key, durationS, entriesMax));
      remembered.forEach(out);
    } else {
      messages[0] = configured(durationS, entriesMax) ? 0 : -1;
    }
  }

  /// A stream that remembers nothing needs to know of it only if it was told other limits.
  private boolean configured(long durationS, long entriesMax) {
    boolean isOther =
        durationS != Idempotence.DURATION_DEFAULT_S
            || entriesMax != Idempotence.ENTRIES_DEFAULT_MAX;
    if (isOther) {
      out.accept(new StreamOp.Configured(database, key, durationS, entriesMax));
    }
    return isOther;
  }
}
