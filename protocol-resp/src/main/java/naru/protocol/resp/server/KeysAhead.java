package naru.protocol.resp.server;

import naru.bytes.ByteReader;
import naru.engine.Keyspace;
import naru.structures.Hash;

/// Looks at the keys of pipelined requests before the first of them is carried out: entries that
/// are not in the processor's cache are fetched side by side instead of one after the other, which
/// is most of what a request on one of many keys costs.
///
/// A guess that changes nothing: the word behind the command's name is taken for its key, and what
/// is not a request of few words is where it ends. Whoever cuts requests knows nothing of it.
public final class KeysAhead {
  /// Fewer are in the cache anyway.
  private static final int KEYS_MIN = 1000;

  /// What is shorter is one request.
  private static final int PIPELINE_BYTES_MIN = 60;

  /// `*3\r\n`
  private static final int HEADER_BYTES = 4;

  private static final int LENGTH_DIGITS_MAX = 4;

  private final int[] hashes = new int[Keyspace.AHEAD_MAX];

  /// That of the key which [#readKey] found.
  private int hash;

  private long seenBytes;

  /// The size of all entries that were looked at. It is summed so that no look can be left out as
  /// useless.
  long seenBytes() {
    return seenBytes;
  }

  /// Looks at the keys of some of the requests in `in`, which stays where it is. Returns up to
  /// where there is no need to look again.
  public int look(ByteReader in, Keyspace keys) {
    if (keys.size() < KEYS_MIN || in.remaining() < PIPELINE_BYTES_MIN) {
      return in.limit();
    }
    int start = in.position();
    int count = 0;
    // Where two in a row have the same key, it is all but always one key that is asked for.
    while (count < hashes.length
        && readKey(in, keys.hashSeed())
        && (count == 0 || hash != hashes[count - 1])) {
      hashes[count++] = hash;
    }
    int seenTo = count == hashes.length ? in.position() : in.limit();
    in.position(start);
    if (count > 1) {
      seenBytes += keys.lookAhead(hashes, count);
    }
    return seenTo;
  }

  /// Passes a request whose second word is hashed; false if there is no whole one.
  private boolean readKey(ByteReader in, long seed) {
    byte[] array = in.array();
    int at = in.position();
    if (in.remaining() < HEADER_BYTES || array[at] != '*' || array[at + 2] != '\r') {
      return false;
    }
    int words = array[at + 1] - '0';
    in.position(at + HEADER_BYTES);
    for (int i = 0; i < words; i++) {
      int length = beginWord(in);
      if (length < 0) {
        return false;
      }
      if (i == 1) {
        hash = Hash.of(array, in.position(), length, seed);
      }
      in.position(in.position() + length + 2);
    }
    return words > 1;
  }

  /// Passes what announces a word; returns its length, -1 if it is not all there.
  private static int beginWord(ByteReader in) {
    byte[] array = in.array();
    int at = in.position() + 1;
    int end = Math.min(in.limit(), at + LENGTH_DIGITS_MAX);
    int length = 0;
    while (at < end && array[at] >= '0' && array[at] <= '9') {
      length = length * 10 + array[at++] - '0';
    }
    if (in.limit() - at < length + 4) {
      return -1;
    }
    in.position(at + 2);
    return length;
  }
}
