package naru.structures;

import java.util.function.Consumer;
import naru.bytes.Bytes;
import org.jspecify.annotations.Nullable;

/// A hash table by byte key whose growth is spread over its writes, and which can be scanned by a
/// cursor while it changes.
///
/// Buckets are ordered by hash: with `2^b` buckets, a key lives in the one numbered by the top `b`
/// bits of its hash. So a bucket is an interval of the hash space, and
///
/// - **growing or shrinking** is a point that moves up through the hash space: keys below it are
///   already in the new array, keys above still in the old one. Each write moves it a little.
/// - **a scan's cursor** is a point in the hash space too: all below has been returned. It stays
///   right whatever size the table has when the scan goes on: what was there all the time is
///   returned at least once.
///
/// ```
///  hash space  0 ............ movedTo ..................... 2^32
///                new array   |   old array
/// ```
///
/// Nodes are chained and carry the key; the owner extends [Node] with its payload. No node moves in
/// memory, so a reference to one stays good while its key is in the table. Not thread safe.
public final class HashTable<N extends HashTable.Node> {
  /// A cursor at the end of the hash space.
  public static final long END = 1L << 32;

  private static final int BITS_MIN = 2;
  private static final int BITS_MAX = 30;
  private static final int BUCKETS_MOVED_PER_WRITE = 4;
  private static final int TAG_BITS = 3;
  private static final int TAG_MASK = (1 << TAG_BITS) - 1;

  /// An element: the key, and the chain. Extended with what is stored.
  ///
  /// Of the hash only the lowest bits are kept, so that seven of eight other keys in a chain are
  /// passed without a look at their bytes; the whole of it is reckoned again when the table grows.
  public abstract static class Node {
    private final byte[] key;
    private @Nullable Node next;

    /// The owner's 29 bits, and below them the lowest bits of the hash.
    private int noteAndTag;

    /// `key` is kept, not copied.
    protected Node(byte[] key) {
      this.key = key;
    }

    public final byte[] key() {
      return key;
    }

    public final Bytes keyBytes() {
      return Bytes.of(key);
    }

    /// 29 bits of the owner's, kept here because there is room for them; 0 at first.
    protected final int note() {
      return noteAndTag >>> TAG_BITS;
    }

    /// Keeps the lowest 29 bits of `bits`.
    protected final void note(int bits) {
      noteAndTag = bits << TAG_BITS | (noteAndTag & TAG_MASK);
    }

    private void tag(int hash) {
      noteAndTag = (noteAndTag & ~TAG_MASK) | (hash & TAG_MASK);
    }

    private boolean mayHave(int hash) {
      return ((noteAndTag ^ hash) & TAG_MASK) == 0;
    }
  }

  private final long seed;
  private @Nullable Node[] table = new Node[1 << BITS_MIN];
  private int shift = 32 - BITS_MIN;
  private @Nullable Node @Nullable [] old;
  private int oldShift;
  private long movedTo = END;
  private int size;

  public HashTable(long seed) {
    this.seed = seed;
  }

  public int size() {
    return size;
  }

  /// The node of `key`, or null.
  @SuppressWarnings("unchecked")
  public @Nullable N get(Bytes key) {
    int hash = Hash.of(key, seed);
    Node node = chain(hash);
    while (node != null) {
      if (node.mayHave(hash) && key.contentEquals(node.key)) {
        return (N) node;
      }
      node = node.next;
    }
    return null;
  }

  /// Finds for each of `count` hashes the node that [#get] is likely to return for a key with that
  /// hash, null if there is none.
  ///
  /// All buckets are looked at before all nodes: what is not in the processor's cache is fetched
  /// side by side, not one after the other.
  @SuppressWarnings("unchecked")
  public void guess(int[] hashes, int count, @Nullable N[] found) {
    for (int i = 0; i < count; i++) {
      found[i] = (N) chain(hashes[i]);
    }
    for (int i = 0; i < count; i++) {
      found[i] = (N) likely(found[i], hashes[i]);
    }
  }

  /// As the other, for one hash.
  @SuppressWarnings("unchecked")
  public @Nullable N guess(int hash) {
    return (N) likely(chain(hash), hash);
  }

  private static @Nullable Node likely(@Nullable Node first, int hash) {
    Node node = first;
    while (node != null && !node.mayHave(hash)) {
      node = node.next;
    }
    return node;
  }

  /// Adds a node whose key is not in the table.
  public void add(N node) {
    Node added = node;
    int hash = hashOf(added);
    added.tag(hash);
    step();
    @Nullable Node[] buckets = bucketsOf(hash);
    int bucket = bucketOf(hash);
    added.next = buckets[bucket];
    buckets[bucket] = added;
    size++;
    if (old == null && size > table.length && shift > 32 - BITS_MAX) {
      resize(shift - 1);
    }
  }

  /// Removes and returns the node of `key`, or returns null.
  @SuppressWarnings("unchecked")
  public @Nullable N remove(Bytes key) {
    int hash = Hash.of(key, seed);
    step();
    @Nullable Node[] buckets = bucketsOf(hash);
    int bucket = bucketOf(hash);
    Node before = null;
    for (Node node = buckets[bucket]; node != null; before = node, node = node.next) {
      if (node.mayHave(hash) && key.contentEquals(node.key)) {
        if (before == null) {
          buckets[bucket] = node.next;
        } else {
          before.next = node.next;
        }
        node.next = null;
        size--;
        shrinkIfSparse();
        return (N) node;
      }
    }
    return null;
  }

  /// Puts `node` in the place of the node with the same key, which must be in the table.
  public void replace(N node) {
    Node added = node;
    remove(added.keyBytes());
    add(node);
  }

  public void clear() {
    table = new Node[1 << BITS_MIN];
    shift = 32 - BITS_MIN;
    old = null;
    movedTo = END;
    size = 0;
  }

  /// Visits every node, in the order of hashes. The visitor must not add or remove.
  public void forEach(Consumer<? super N> visitor) {
    long cursor = 0;
    while (cursor < END) {
      cursor = scan(cursor, visitor);
    }
  }

  /// Visits the nodes of one bucket from `cursor` (0 to begin) on; returns the cursor to go on
  /// with, [#END] when everything was visited. The visitor must not add or remove.
  @SuppressWarnings("unchecked")
  public long scan(long cursor, Consumer<? super N> visitor) {
    int at = (int) cursor;
    long start = cursor & 0xFFFFFFFFL;
    int width = start < movedTo ? shift : oldShift;
    boolean isWhole = (start & ((1L << width) - 1)) == 0;
    for (Node node = chain(at); node != null; node = node.next) {
      if (isWhole || (hashOf(node) & 0xFFFFFFFFL) >= start) {
        visitor.accept((N) node);
      }
    }
    return ((start >>> width) + 1) << width;
  }

  /// A node chosen by `random`, all but equally likely; null when empty.
  @SuppressWarnings("unchecked")
  public @Nullable N random(long random) {
    if (size == 0) {
      return null;
    }
    long draw = random;
    Node first = null;
    while (first == null) {
      draw = draw * 6364136223846793005L + 1442695040888963407L;
      first = chain((int) (draw >>> 32));
    }
    int length = 0;
    for (Node node = first; node != null; node = node.next) {
      length++;
    }
    draw = draw * 6364136223846793005L + 1442695040888963407L;
    Node chosen = first;
    for (long skip = (draw >>> 33) % length; skip > 0 && chosen.next != null; skip--) {
      chosen = chosen.next;
    }
    return (N) chosen;
  }

  /// The memory that it takes, nodes not counted.
  public long bucketBytes() {
    return 48
        + HeapSize.references(table.length)
        + (old == null ? 0 : HeapSize.references(old.length));
  }

  private int hashOf(Node node) {
    return Hash.of(node.key, 0, node.key.length, seed);
  }

  private @Nullable Node chain(int hash) {
    return bucketsOf(hash)[bucketOf(hash)];
  }

  private @Nullable Node[] bucketsOf(int hash) {
    return old == null || (hash & 0xFFFFFFFFL) < movedTo ? table : old;
  }

  private int bucketOf(int hash) {
    return hash >>> (old == null || (hash & 0xFFFFFFFFL) < movedTo ? shift : oldShift);
  }

  private void shrinkIfSparse() {
    if (old == null && size < table.length >>> 3 && table.length > 1 << BITS_MIN) {
      resize(shift + 1);
    }
  }

  private void resize(int newShift) {
    old = table;
    oldShift = shift;
    table = new Node[1 << (32 - newShift)];
    shift = newShift;
    movedTo = 0;
    step();
  }

  /// Moves some of the old buckets while a resize is under way. Empty ones are passed quickly.
  /// When shrinking, the point may only rest where a new bucket begins.
  private void step() {
    @Nullable Node[] from = old;
    if (from == null) {
      return;
    }
    int moved = 0;
    int passed = 0;
    while ((moved < BUCKETS_MOVED_PER_WRITE && passed < 64) || !restsOnNewBucket()) {
      int bucket = (int) (movedTo >>> oldShift);
      if (from[bucket] != null) {
        move(from, bucket);
        moved++;
      }
      passed++;
      movedTo += 1L << oldShift;
      if (movedTo == END) {
        old = null;
        return;
      }
    }
  }

  private boolean restsOnNewBucket() {
    return (movedTo & ((1L << shift) - 1)) == 0;
  }

  private void move(@Nullable Node[] from, int bucket) {
    Node node = from[bucket];
    from[bucket] = null;
    while (node != null) {
      Node next = node.next;
      int target = hashOf(node) >>> shift;
      node.next = table[target];
      table[target] = node;
      node = next;
    }
  }
}
