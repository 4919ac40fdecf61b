package naru.engine.stream;

/// How far groups have come, counted in entries: what can be told in spite of deleted entries.
///
/// The rules are Redis', so that its clients see the same numbers.
public final class Progress {
  private Progress() {}

  /// How many entries a group has yet to read; [ConsumerGroup#UNKNOWN] if that cannot be told.
  public static long lag(StreamValue stream, ConsumerGroup group) {
    if (stream.entriesAdded() == 0 || stream.length() == 0) {
      return 0;
    }
    StreamId first = stream.firstId();
    if (group.lastId().compareTo(first) < 0 && stream.maxDeletedId().compareTo(first) < 0) {
      return stream.length();
    }
    if (group.entriesRead() != ConsumerGroup.UNKNOWN && !hasHoles(stream, group.lastId())) {
      return stream.entriesAdded() - group.entriesRead();
    }
    long read = entriesThrough(stream, group.lastId());
    return read == ConsumerGroup.UNKNOWN ? ConsumerGroup.UNKNOWN : stream.entriesAdded() - read;
  }

  /// What a group's count of entries read becomes when it reads the next entry.
  public static long entriesRead(
      StreamValue stream, StreamId lastId, long entriesRead, StreamId nextId) {
    if (entriesRead != ConsumerGroup.UNKNOWN
        && lastId.compareTo(stream.firstId()) >= 0
        && !hasHoles(stream, lastId)) {
      return entriesRead + 1;
    }
    return stream.entriesAdded() == 0 ? entriesRead : entriesThrough(stream, nextId);
  }

  /// Whether an entry from this id on was deleted singly.
  private static boolean hasHoles(StreamValue stream, StreamId from) {
    return stream.length() > 0
        && !stream.maxDeletedId().isZero()
        && from.compareTo(stream.maxDeletedId()) <= 0;
  }

  /// How many entries were ever added up to an id; [ConsumerGroup#UNKNOWN] if that cannot be told.
  private static long entriesThrough(StreamValue stream, StreamId id) {
    if (stream.entriesAdded() == 0) {
      return 0;
    }
    if (stream.length() == 0 && id.compareTo(stream.lastId()) <= 0) {
      return stream.entriesAdded();
    }
    if (!id.isZero() && id.compareTo(stream.maxDeletedId()) < 0) {
      return ConsumerGroup.UNKNOWN;
    }
    int toLast = id.compareTo(stream.lastId());
    if (toLast == 0) {
      return stream.entriesAdded();
    }
    if (toLast > 0) {
      return ConsumerGroup.UNKNOWN;
    }
    return entriesThroughStart(stream, id);
  }

  private static long entriesThroughStart(StreamValue stream, StreamId id) {
    StreamId first = stream.firstId();
    StreamId deleted = stream.maxDeletedId();
    int toFirst = id.compareTo(first);
    if (toFirst > 0 || (!deleted.isZero() && deleted.compareTo(first) >= 0)) {
      return ConsumerGroup.UNKNOWN;
    }
    return stream.entriesAdded() - stream.length() + (toFirst == 0 ? 1 : 0);
  }
}
