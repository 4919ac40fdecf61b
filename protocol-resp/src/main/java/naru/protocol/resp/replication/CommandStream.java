package naru.protocol.resp.replication;

import java.util.Arrays;
import naru.bytes.ByteReader;
import naru.bytes.Bytes;
import naru.protocol.resp.wire.RequestReader;
import naru.protocol.resp.wire.Violation;

/// Cuts the commands that a server sends into pieces that are whole: between two of them no command
/// and no transaction is open.
///
/// ```
/// SET a 1 | MULTI, SET b 2, EXEC | SET c ...
///         ^                      ^ here it may be cut
/// ```
final class CommandStream {
  private static final int READ_BYTES = 128 << 10;

  /// A transaction has to fit into memory, and into one record.
  private static final int PIECE_MAX_BYTES = 1 << 30;

  private final RequestReader requests = new RequestReader();
  private byte[] bytes = new byte[READ_BYTES];
  private int length;

  /// Up to here commands were looked at.
  private int parsed;

  /// Up to here it is whole.
  private int whole;

  private boolean inTransaction;

  CommandStream() {
    requests.bulkMaxBytes(Integer.MAX_VALUE);
  }

  /// Takes what came; returns whether anything did.
  boolean read(LinkInput in, int timeoutMs) {
    if (bytes.length - length < READ_BYTES / 2) {
      bytes = Arrays.copyOf(bytes, (int) Math.min(PIECE_MAX_BYTES, 2L * bytes.length));
    }
    if (length == bytes.length) {
      throw new LinkFailure("a transaction of more than " + PIECE_MAX_BYTES + " bytes");
    }
    int count = in.read(bytes, length, bytes.length - length, timeoutMs);
    length += count;
    return count > 0;
  }

  /// Everything that is whole and was not taken, empty if nothing is. Good until the next [#read].
  Bytes piece() {
    ByteReader reader = new ByteReader(bytes, parsed, length);
    try {
      while (requests.next(reader)) {
        Bytes name = requests.arguments().get(0);
        if (name.equalsIgnoreCase("MULTI")) {
          inTransaction = true;
        } else if (name.equalsIgnoreCase("EXEC")) {
          inTransaction = false;
        }
        whole = inTransaction ? whole : reader.position();
      }
    } catch (Violation violation) {
      throw new LinkFailure("no command: " + violation.sentence());
    }
    if (!inTransaction && reader.position() > parsed) {
      whole = Math.max(whole, reader.position());
    }
    parsed = reader.position();
    return Bytes.of(bytes, 0, whole);
  }

  /// The [#piece] was dealt with.
  void taken() {
    int rest = length - whole;
    byte[] next = bytes.length > 8 * READ_BYTES && rest < READ_BYTES ? new byte[READ_BYTES] : bytes;
    System.arraycopy(bytes, whole, next, 0, rest);
    bytes = next;
    length = rest;
    parsed -= whole;
    whole = 0;
  }
}
