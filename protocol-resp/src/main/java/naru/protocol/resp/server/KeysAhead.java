package naru.protocol.resp.server;

import naru.bytes.ByteReader;
import naru.engine.Keyspace;
import naru.engine.Value;
import naru.structures.Hash;

/// Looks at what pipelined requests are about before the first of them is carried out: entries that
/// are not in the processor's cache are fetched side by side instead of one after the other, which
/// is most of what a request on one of many costs. That is one of many keys or, where two requests
/// in a row have the same key, one of many elements of what it holds.
///
/// A guess that changes nothing: the word behind the command's name is taken for its key, the one
/// behind that for the element, and what is not a request of few words is where it ends. Whoever
/// cuts requests knows nothing of it.
public final class KeysAhead {
  /// Fewer keys, or elements, are in the cache anyway.
  private static final int MANY = 1000;

  /// What is shorter is one request.
  private static final int PIPELINE_BYTES_MIN = 60;

  /// `*3\r\n`
  private static final int HEADER_BYTES = 4;

  private static final int LENGTH_DIGITS_MAX = 4;

  /// `ZADD key score member`
  private static final int SCORED_WORDS = 4;

  private final int[] hashes = new int[Keyspace.AHEAD_MAX];

  /// That of the key which [#read] found.
  private int hash;

  /// Where the element stands that [#read] found, negative if there is none, and its length.
  private int elementAt;

  private int elementLength;

  private long seenBytes;

  /// The size of all that was looked at. It is summed so that no look can be left out as useless.
  long seenBytes() {
    return seenBytes;
  }

  /// Looks at what some of the requests in `in`, which stays where it is, are about. Returns up to
  /// where there is no need to look again.
  public int look(ByteReader in, Keyspace keys) {
    if (in.remaining() < PIPELINE_BYTES_MIN) {
      return in.limit();
    }
    int start = in.position();
    int count = 0;
    long seed = keys.hashSeed();
    if (read(in, seed)) {
      int firstHash = hash;
      boolean isMore = read(in, seed);
      in.position(start);
      if (isMore && hash == firstHash) {
        count = lookAtElements(in, keys);
      } else if (isMore && keys.size() >= MANY) {
        count = lookAtKeys(in, keys);
      }
    }
    int seenTo = count == hashes.length ? in.position() : in.limit();
    in.position(start);
    return seenTo;
  }

  private int lookAtKeys(ByteReader in, Keyspace keys) {
    int count = 0;
    while (count < hashes.length
        && read(in, keys.hashSeed())
        && (count == 0 || hash != hashes[count - 1])) {
      hashes[count++] = hash;
    }
    seenBytes += keys.lookAhead(hashes, count);
    return count;
  }

  /// The requests are all but always about elements of the same value.
  private int lookAtElements(ByteReader in, Keyspace keys) {
    int key = hash;
    Value value = keys.guess(key);
    if (value == null || value.hashedElements() < MANY) {
      return 0;
    }
    int count = 0;
    long seed = keys.hashSeed();
    while (count < hashes.length && read(in, seed) && hash == key && elementAt >= 0) {
      hashes[count++] = Hash.of(in.array(), elementAt, elementLength, seed);
    }
    seenBytes += value.lookAhead(hashes, count);
    return count;
  }

  /// Passes a request whose key is hashed, and notes its element, which may be long and is not
  /// always asked for; false if there is no whole one.
  private boolean read(ByteReader in, long seed) {
    byte[] array = in.array();
    int at = in.position();
    if (in.remaining() < HEADER_BYTES || array[at] != '*' || array[at + 2] != '\r') {
      return false;
    }
    int words = array[at + 1] - '0';
    int element = 2;
    elementAt = -1;
    in.position(at + HEADER_BYTES);
    for (int i = 0; i < words; i++) {
      int length = beginWord(in);
      if (length < 0) {
        return false;
      }
      int from = in.position();
      if (i == 0 && words == SCORED_WORDS && isOfSortedSet(array[from])) {
        element = 3;
      } else if (i == 1) {
        hash = Hash.of(array, from, length, seed);
      } else if (i == element) {
        elementAt = from;
        elementLength = length;
      }
      in.position(from + length + 2);
    }
    return words > 1;
  }

  /// Whether a name that begins so is likely to be a command's on sorted sets.
  private static boolean isOfSortedSet(byte first) {
    return first == 'Z' || first == 'z';
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
