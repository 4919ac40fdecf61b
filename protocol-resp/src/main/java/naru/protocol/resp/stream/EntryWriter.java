package naru.protocol.resp.stream;

import java.nio.charset.StandardCharsets;
import naru.bytes.Numbers;
import naru.engine.stream.StreamId;
import naru.engine.stream.block.BlockCursor;
import naru.protocol.resp.wire.RespWriter;

/// Writes entries and their ids.
///
/// ```
/// entry           [ id, [ field, value, ... ] ]
/// entry of a group that takes over idle ones
///                 [ id, [ field, value, ... ], idle ms, times delivered before ]
/// ```
final class EntryWriter {
  private static final int ID_LENGTH_MAX = 41;

  private final RespWriter out;
  private final byte[] scratch = new byte[ID_LENGTH_MAX];

  EntryWriter(RespWriter out) {
    this.out = out;
  }

  void id(StreamId id) {
    id(id.ms(), id.seq());
  }

  void id(long ms, long seq) {
    int start = number(seq, ID_LENGTH_MAX);
    scratch[--start] = '-';
    start = number(ms, start);
    out.bulk(scratch, start, ID_LENGTH_MAX - start);
  }

  private int number(long unsigned, int end) {
    if (unsigned >= 0) {
      return Numbers.write(unsigned, scratch, end);
    }
    byte[] digits = Long.toUnsignedString(unsigned).getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(digits, 0, scratch, end - digits.length, digits.length);
    return end - digits.length;
  }

  void entry(BlockCursor entry) {
    out.array(2);
    idAndPairs(entry);
  }

  void entry(BlockCursor entry, long idleMs, long count) {
    out.array(4);
    idAndPairs(entry);
    out.integer(idleMs);
    out.integer(count);
  }

  private void idAndPairs(BlockCursor entry) {
    id(entry.ms(), entry.seq());
    out.array(2 * entry.pairs());
    while (entry.nextPair()) {
      out.bulk(entry.field());
      out.bulk(entry.value());
    }
  }
}
