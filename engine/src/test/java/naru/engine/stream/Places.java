package naru.engine.stream;

import naru.bytes.Bytes;

/// Deleting and trimming by id, as a decision would have it.
public final class Places {
  private Places() {}

  static void delete(StreamValue stream, StreamId id, boolean leavesHole) {
    EntryLookup lookup = stream.lookup();
    if (lookup.contains(id.ms(), id.seq())) {
      stream.delete(id.ms(), id.seq(), lookup.place(), leavesHole);
    }
  }

  static void trim(StreamValue stream, StreamId through) {
    stream.trim(through(stream, through));
  }

  public static StreamOp.Trimmed trimmed(StreamValue stream, Bytes key, StreamId through) {
    return new StreamOp.Trimmed(0, key, through, through(stream, through));
  }

  /// The place of the last entry up to an id; -1 if there is none.
  private static long through(StreamValue stream, StreamId id) {
    StreamCursor last = stream.rangeDown(StreamId.ZERO, id);
    if (!last.next()) {
      return -1;
    }
    EntryLookup lookup = stream.lookup();
    lookup.find(last.ms(), last.seq());
    return lookup.place();
  }
}
