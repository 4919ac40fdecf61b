package naru.protocol.resp.stream;

import naru.bytes.Bytes;
import naru.bytes.Numbers;
import naru.engine.stream.block.BlockCursor;

/// How much a read of several streams may still return: entries, and bytes of the reply.
///
/// The first entry is always returned. After that, when the bytes so far have reached the limit, no
/// other entry is: a reply may pass the limit by one entry.
final class Budget {
  private long entriesLeft;
  private final long bytesMax;
  private long bytes;
  private long taken;

  Budget(long entriesMax, long bytesMax) {
    this.entriesLeft = entriesMax;
    this.bytesMax = bytesMax;
  }

  boolean isSpent() {
    return entriesLeft == 0 || (taken > 0 && bytes >= bytesMax);
  }

  long entriesLeft() {
    return entriesLeft;
  }

  /// Whether bytes matter at all.
  boolean measures() {
    return bytesMax != Long.MAX_VALUE;
  }

  /// Takes an entry of a few bytes more than its id and its content.
  void take(BlockCursor entry, int more) {
    count();
    if (measures()) {
      bytes += more + entryBytes(entry);
    }
  }

  /// Takes something of little size.
  void count() {
    taken++;
    entriesLeft--;
  }

  /// The name of a stream and what is around it.
  void beginStream(Bytes key, int version) {
    bytes += (version == 2 ? 4 : 0) + bulkBytes(key.length());
  }

  private static long entryBytes(BlockCursor entry) {
    int id = Numbers.length(entry.ms()) + 1 + Numbers.length(entry.seq());
    long total = 4 + bulkBytes(id) + headBytes(2L * entry.pairs());
    while (entry.nextPair()) {
      total += bulkBytes(entry.field().length()) + bulkBytes(entry.value().length());
    }
    return total;
  }

  private static long bulkBytes(int length) {
    return headBytes(length) + length + 2L;
  }

  private static long headBytes(long number) {
    return Numbers.length(number) + 3L;
  }
}
