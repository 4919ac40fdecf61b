package naru.structures;

import java.util.Arrays;
import java.util.function.Consumer;
import naru.bytes.Bytes;
import org.jspecify.annotations.Nullable;

/// A hash table of elements, each one byte run that holds its own key, for very many of them in
/// little memory: besides the element some eleven bytes, and no object of its own.
///
/// Elements lie in *pages*, sorted by the hash of their key; a page is an interval of the hash
/// space, halved when it is full and joined with its other half when both have become small
/// (extendible hashing: Fagin et al., 1979). So the table grows a page at a time, never all at
/// once.
///
/// ```
///  directory, by the top bits of the hash   [ A | A | B | C ]
///  pages                                    A: 0…, 1…   B: 10…   C: 11…
///  in a page   hashes   [ 17 | 90 | 91 | … ]   as unsigned numbers, rising
///              elements [  · |  · |  · | … ]
/// ```
///
/// Hashes are spread evenly, so where one stands in its page is guessed from its size, and that is
/// off by a few places.
///
/// A scan's cursor is a point of the hash space: all below it has been visited, whatever the table
/// has become since. What is there all the time is visited exactly once. Not thread safe.
///
/// A [#view] shares the pages as they are. Each page knows in which *epoch* it was made, and a view
/// begins a new one: a page of an earlier epoch is copied before it changes. So nothing has to be
/// given back when nobody looks at the view any more.
public final class ElementTable {
  /// A cursor at the end of the hash space.
  public static final long END = 1L << 32;

  private static final int PAGE_MAX = 128;
  private static final int JOIN_BELOW = 48;
  private static final int JOINED_MAX = 96;
  private static final int ROOM_FIRST = 8;
  private static final int DIRECTORY_BITS_MAX = 26;
  private static final int DIRECTORY_FREE = 64;

  private final ElementLayout layout;
  private final long seed;
  private Page[] directory = {new Page(0, 0, ROOM_FIRST)};
  private int directoryBits;
  private int size;
  private int epoch;

  /// How many pages are told apart by all bits of the directory.
  private int deepPages;

  /// The memory of pages and elements.
  private long pageBytes = directory[0].sizeBytes();

  /// An interval of the hash space: the hashes whose top `bits` bits are all the same.
  private static final class Page {
    private final int bits;
    private final int epoch;
    private int count;
    private int[] hashes;
    private byte[][] elements;

    Page(int bits, int epoch, int room) {
      this.bits = bits;
      this.epoch = epoch;
      hashes = new int[room];
      elements = new byte[room][];
    }

    /// Its memory, the elements not counted.
    long sizeBytes() {
      return 32 + HeapSize.ints(hashes.length) + HeapSize.references(elements.length);
    }

    /// About where `hash` stands.
    int guess(int hash) {
      return (int) ((((hash << bits) & 0xFFFFFFFFL) * count) >>> 32);
    }

    /// The index of the first element whose hash is at least `hash`.
    int find(int hash) {
      int at = guess(hash);
      while (at > 0 && Integer.compareUnsigned(hashes[at - 1], hash) >= 0) {
        at--;
      }
      while (at < count && Integer.compareUnsigned(hashes[at], hash) < 0) {
        at++;
      }
      return at;
    }

    void insert(int at, int hash, byte[] element) {
      if (count == hashes.length) {
        int room = Math.max(ROOM_FIRST, count + (count >>> 1));
        hashes = Arrays.copyOf(hashes, room);
        elements = Arrays.copyOf(elements, room);
      }
      System.arraycopy(hashes, at, hashes, at + 1, count - at);
      System.arraycopy(elements, at, elements, at + 1, count - at);
      hashes[at] = hash;
      elements[at] = element;
      count++;
    }

    /// A page of its own with the elements of two indices of this one.
    Page part(int from, int to, int partBits, int partEpoch) {
      Page part = new Page(partBits, partEpoch, to - from + ROOM_FIRST);
      part.count = to - from;
      System.arraycopy(hashes, from, part.hashes, 0, part.count);
      System.arraycopy(elements, from, part.elements, 0, part.count);
      return part;
    }

    /// The same once more, with as much room.
    Page copy(int copyEpoch) {
      Page copy = new Page(bits, copyEpoch, hashes.length);
      copy.count = count;
      System.arraycopy(hashes, 0, copy.hashes, 0, count);
      System.arraycopy(elements, 0, copy.elements, 0, count);
      return copy;
    }

    /// A page with the elements of this one and of `behind`, whose hashes are higher.
    Page joined(Page behind, int joinedEpoch) {
      Page joined = new Page(bits - 1, joinedEpoch, count + behind.count + ROOM_FIRST);
      joined.count = count + behind.count;
      System.arraycopy(hashes, 0, joined.hashes, 0, count);
      System.arraycopy(elements, 0, joined.elements, 0, count);
      System.arraycopy(behind.hashes, 0, joined.hashes, count, behind.count);
      System.arraycopy(behind.elements, 0, joined.elements, count, behind.count);
      return joined;
    }

    @SuppressWarnings("NullAway") // places behind the last element hold nothing
    void remove(int at) {
      System.arraycopy(hashes, at + 1, hashes, at, count - at - 1);
      System.arraycopy(elements, at + 1, elements, at, count - at - 1);
      elements[--count] = null;
      if (count < hashes.length >>> 1 && hashes.length > 2 * ROOM_FIRST) {
        hashes = Arrays.copyOf(hashes, count + (count >>> 2));
        elements = Arrays.copyOf(elements, hashes.length);
      }
    }
  }

  /// `seed` is the secret of the hash.
  public ElementTable(ElementLayout layout, long seed) {
    this.layout = layout;
    this.seed = seed;
  }

  public int size() {
    return size;
  }

  /// The element of `key`, or null.
  public byte @Nullable [] get(Bytes key) {
    int hash = Hash.of(key, seed);
    Page page = page(hash);
    int at = find(page, hash, key);
    return at < 0 ? null : page.elements[at];
  }

  public boolean contains(Bytes key) {
    int hash = Hash.of(key, seed);
    return find(page(hash), hash, key) >= 0;
  }

  /// Looks at the elements that [#get] is likely to return for keys with these hashes, step by step
  /// for all of them together: see [HashTable#guess]. Returns how many bytes they have.
  public long lookAhead(int[] hashes, int count) {
    Page[] pages = new Page[count];
    byte[] @Nullable [] found = new byte[count][];
    for (int i = 0; i < count; i++) {
      pages[i] = page(hashes[i]);
    }
    for (int i = 0; i < count; i++) {
      Page page = pages[i];
      found[i] = page.elements[page.guess(hashes[i])];
    }
    for (int i = 0; i < count; i++) {
      Page page = pages[i];
      int at = page.find(hashes[i]);
      boolean isThere = at < page.count && page.hashes[at] == hashes[i];
      found[i] = isThere ? page.elements[at] : null;
    }
    long bytes = 0;
    for (byte @Nullable [] element : found) {
      bytes += element == null ? 0 : element.length;
    }
    return bytes;
  }

  /// Puts `element` in the place of the one with the same key, which is returned, or adds it.
  /// `element` is kept, not copied.
  public byte @Nullable [] put(byte[] element) {
    int from = layout.keyFrom(element);
    Bytes key = Bytes.of(element, from, layout.keyTo(element) - from);
    int hash = Hash.of(key, seed);
    Page page = page(hash);
    int at = page.find(hash);
    int present = matchFrom(page, at, hash, key);
    if (present >= 0) {
      byte[] before = page.elements[present];
      owned(page, hash).elements[present] = element;
      pageBytes += HeapSize.bytes(element.length) - HeapSize.bytes(before.length);
      return before;
    }
    insert(page, at, hash, element);
    return null;
  }

  /// Adds `key` as an element, where an element is its key; false if it is there already.
  public boolean add(Bytes key) {
    int hash = Hash.of(key, seed);
    Page page = page(hash);
    int at = page.find(hash);
    if (matchFrom(page, at, hash, key) >= 0) {
      return false;
    }
    insert(page, at, hash, key.toArray());
    return true;
  }

  /// Removes and returns the element of `key`, or returns null.
  public byte @Nullable [] remove(Bytes key) {
    int hash = Hash.of(key, seed);
    Page page = page(hash);
    int at = find(page, hash, key);
    if (at < 0) {
      return null;
    }
    page = owned(page, hash);
    byte[] removed = page.elements[at];
    pageBytes -= page.sizeBytes() + HeapSize.bytes(removed.length);
    page.remove(at);
    pageBytes += page.sizeBytes();
    size--;
    if (page.count < JOIN_BELOW && page.bits > 0) {
      join(page, hash);
    }
    return removed;
  }

  /// Visits every element, in the order of hashes. The visitor must not add or remove.
  public void forEach(Consumer<? super byte[]> visitor) {
    for (int i = 0; i < directory.length; i += 1 << (directoryBits - directory[i].bits)) {
      Page page = directory[i];
      for (int j = 0; j < page.count; j++) {
        visitor.accept(page.elements[j]);
      }
    }
  }

  /// Visits the elements from `cursor` (0 to begin) on, at least `count` of them if there are so
  /// many; returns the cursor to go on with, [#END] when everything was visited. The visitor must
  /// not add or remove.
  public long scan(long cursor, int count, Consumer<? super byte[]> visitor) {
    long at = cursor;
    int visited = 0;
    while (at < END) {
      Page page = page((int) at);
      int visitedHash = 0;
      for (int i = page.find((int) at); i < page.count; i++) {
        int hash = page.hashes[i];
        if (visited >= count && hash != visitedHash) {
          return hash & 0xFFFFFFFFL;
        }
        visitor.accept(page.elements[i]);
        visitedHash = hash;
        visited++;
      }
      int width = 32 - page.bits;
      at = ((at >>> width) + 1) << width;
    }
    return END;
  }

  /// An element chosen by `random`, each as likely as any other. The table must not be empty.
  public byte[] random(long random) {
    long draw = random;
    while (true) {
      draw = draw * 6364136223846793005L + 1442695040888963407L;
      Page page = page((int) (draw >>> 32));
      draw = draw * 6364136223846793005L + 1442695040888963407L;
      int place = (int) (((draw >>> 32) * placesOf(page)) >>> 32);
      if (place < page.count) {
        return page.elements[place];
      }
    }
  }

  /// How many places a page is taken to have. A page is met as often as its share of the hash space
  /// is large, so its places are in proportion to that share, and each element is drawn with the
  /// same chance.
  private long placesOf(Page page) {
    return directoryBits == 0
        ? page.count
        : Math.max(page.count, (long) PAGE_MAX << (directoryBits - page.bits));
  }

  /// The memory that it takes, elements included. Elements shared with a copy count in both.
  public long sizeBytes() {
    return 48 + HeapSize.references(directory.length) + pageBytes;
  }

  /// The memory of all but the elements themselves, by a walk.
  public long overheadBytes() {
    long bytes = 48 + HeapSize.references(directory.length);
    for (int i = 0; i < directory.length; i += 1 << (directoryBits - directory[i].bits)) {
      bytes += directory[i].sizeBytes();
    }
    return bytes;
  }

  /// A table with the same elements, which both share.
  public ElementTable copy() {
    ElementTable copy = new ElementTable(layout, seed);
    copy.directory = new Page[directory.length];
    copy.directoryBits = directoryBits;
    copy.deepPages = deepPages;
    copy.size = size;
    copy.pageBytes = pageBytes;
    for (int i = 0; i < directory.length; ) {
      Page page = directory[i];
      int slots = 1 << (directoryBits - page.bits);
      Page part = page.part(0, page.count, page.bits, 0);
      copy.pageBytes += part.sizeBytes() - page.sizeBytes();
      Arrays.fill(copy.directory, i, i + slots, part);
      i += slots;
    }
    return copy;
  }

  /// What is in the table now, to be read whatever becomes of the table. It takes a word for each
  /// page, and what changes from here on.
  public ElementTable view() {
    ElementTable view = new ElementTable(layout, seed);
    view.directory = directory.clone();
    view.directoryBits = directoryBits;
    view.size = size;
    view.pageBytes = pageBytes;
    epoch++;
    return view;
  }

  /// `page`, or a copy in its place if a view has it too: what may be changed.
  private Page owned(Page page, int hash) {
    if (page.epoch == epoch) {
      return page;
    }
    Page copy = page.copy(epoch);
    place(copy, page.bits == 0 ? 0 : hash & (-1 << (32 - page.bits)));
    return copy;
  }

  private Page page(int hash) {
    return directory[directoryBits == 0 ? 0 : hash >>> (32 - directoryBits)];
  }

  private void insert(Page found, int foundAt, int hash, byte[] element) {
    Page page = found;
    int at = foundAt;
    while (page.count >= PAGE_MAX && maySplit(page)) {
      page = split(page, hash);
      at = page.find(hash);
    }
    page = owned(page, hash);
    pageBytes -= page.sizeBytes();
    page.insert(at, hash, element);
    pageBytes += page.sizeBytes() + HeapSize.bytes(element.length);
    size++;
  }

  /// The directory must not outgrow what it leads to, should very many hashes be alike.
  private boolean maySplit(Page page) {
    return page.bits < directoryBits
        || directory.length < DIRECTORY_FREE
        || (directory.length <= size / 8 && directoryBits < DIRECTORY_BITS_MAX);
  }

  /// Halves a page; returns the half in which `hash` lies.
  private Page split(Page page, int hash) {
    if (page.bits == directoryBits) {
      doubleDirectory();
    }
    int bits = page.bits + 1;
    int half = 1 << (32 - bits);
    int first = page.bits == 0 ? 0 : hash & (-1 << (32 - page.bits));
    int middle = page.find(first | half);
    Page low = page.part(0, middle, bits, epoch);
    Page high = page.part(middle, page.count, bits, epoch);
    deepPages += bits == directoryBits ? 2 : 0;
    pageBytes += low.sizeBytes() + high.sizeBytes() - page.sizeBytes();
    place(low, first);
    place(high, first | half);
    return (hash & half) == 0 ? low : high;
  }

  private void doubleDirectory() {
    Page[] doubled = new Page[directory.length * 2];
    for (int i = 0; i < doubled.length; i++) {
      doubled[i] = directory[i >>> 1];
    }
    directory = doubled;
    directoryBits++;
    deepPages = 0;
  }

  /// Has the directory lead to `page` for all hashes that start as `first` does.
  private void place(Page page, int first) {
    int from = directoryBits == 0 ? 0 : first >>> (32 - directoryBits);
    Arrays.fill(directory, from, from + (1 << (directoryBits - page.bits)), page);
  }

  /// Joins a page with the one that it was once halved from, if both have few elements.
  private void join(Page page, int hash) {
    int half = 1 << (32 - page.bits);
    Page other = page(hash ^ half);
    if (other.bits != page.bits || page.count + other.count > JOINED_MAX) {
      return;
    }
    Page low = (hash & half) == 0 ? page : other;
    Page joined = low.joined(low == page ? other : page, epoch);
    pageBytes += joined.sizeBytes() - page.sizeBytes() - other.sizeBytes();
    int first = joined.bits == 0 ? 0 : hash & (-1 << (32 - joined.bits));
    place(joined, first);
    if (page.bits == directoryBits) {
      deepPages -= 2;
      while (deepPages == 0 && directoryBits > 0) {
        halveDirectory();
      }
    }
  }

  private void halveDirectory() {
    Page[] halved = new Page[directory.length / 2];
    directoryBits--;
    for (int i = 0; i < halved.length; i++) {
      halved[i] = directory[2 * i];
      deepPages += halved[i].bits == directoryBits ? 1 : 0;
    }
    directory = halved;
  }

  private int find(Page page, int hash, Bytes key) {
    return matchFrom(page, page.find(hash), hash, key);
  }

  private int matchFrom(Page page, int first, int hash, Bytes key) {
    for (int at = first; at < page.count && page.hashes[at] == hash; at++) {
      if (holds(page.elements[at], key)) {
        return at;
      }
    }
    return -1;
  }

  private boolean holds(byte[] element, Bytes key) {
    return Arrays.equals(
        element,
        layout.keyFrom(element),
        layout.keyTo(element),
        key.array(),
        key.offset(),
        key.offset() + key.length());
  }
}
