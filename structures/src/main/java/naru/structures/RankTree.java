package naru.structures;

import java.util.Arrays;
import naru.bytes.Bytes;
import org.jspecify.annotations.Nullable;

/// Elements in order, by a number and then by key, each found by its rank or its rank by it: a B+
/// tree that counts.
///
/// ```
///  inner   [ 40 | 61 | … ]  how many elements each child has, and the least of it
///            |    |
///  leaves  [ … ]–[ … ]–…    numbers and elements, linked both ways
/// ```
///
/// The number of an element, its *order*, is held here; the key is inside the element, see
/// [ElementLayout]. Everything takes O(log n); an element costs some fifteen bytes besides itself.
/// Not thread safe.
///
/// A [#view] shares the nodes as they are. Each node knows in which *epoch* it was made, and a view
/// begins a new one: nodes of an earlier epoch are copied before they change, from the root down to
/// the leaf. The links between leaves are always those of the tree that changes.
public final class RankTree {
  private static final int LEAF_MAX = 64;
  private static final int LEAF_LOW = 16;
  private static final int INNER_MAX = 64;
  private static final int INNER_LOW = 16;

  /// Places kept free in what is new.
  private static final int SPARE = 4;

  private final ElementLayout layout;
  private final boolean isView;
  private Node root = new Leaf(4, 0);
  private long nodeBytes = root.sizeBytes();
  private int epoch;

  public RankTree(ElementLayout layout) {
    this.layout = layout;
    isView = false;
  }

  private RankTree(RankTree viewed) {
    layout = viewed.layout;
    isView = true;
    root = viewed.root;
    nodeBytes = viewed.nodeBytes;
  }

  /// What is in the tree now, to be read whatever becomes of the tree. It takes no room but that of
  /// what changes from here on.
  public RankTree view() {
    epoch++;
    return new RankTree(this);
  }

  /// Entries in order: of a leaf its elements, of an inner node a lower bound of each child.
  private abstract static class Node {
    final int epoch;
    int count;
    long[] orders;
    byte[][] elements;

    Node(int room, int epoch) {
      this.epoch = epoch;
      orders = new long[room];
      elements = new byte[room][];
    }

    abstract int size();

    abstract Node copy(int copyEpoch);

    void copyEntriesTo(Node copy) {
      copy.count = count;
      System.arraycopy(orders, 0, copy.orders, 0, count);
      System.arraycopy(elements, 0, copy.elements, 0, count);
    }

    /// Its memory, the elements not counted.
    long sizeBytes() {
      return 32 + HeapSize.longs(orders.length) + HeapSize.references(elements.length);
    }

    void insertEntry(int at, long order, byte[] element) {
      if (count == orders.length) {
        resize(Math.min(Math.max(LEAF_MAX, INNER_MAX), count + (count >>> 2) + 2));
      }
      System.arraycopy(orders, at, orders, at + 1, count - at);
      System.arraycopy(elements, at, elements, at + 1, count - at);
      orders[at] = order;
      elements[at] = element;
      count++;
    }

    void resize(int room) {
      orders = Arrays.copyOf(orders, room);
      elements = Arrays.copyOf(elements, room);
    }

    @SuppressWarnings("NullAway") // places behind the last entry hold nothing
    void removeEntry(int at) {
      count--;
      System.arraycopy(orders, at + 1, orders, at, count - at);
      System.arraycopy(elements, at + 1, elements, at, count - at);
      elements[count] = null;
    }

    @SuppressWarnings("NullAway")
    void moveEntries(int from, Node to) {
      int moved = count - from;
      if (to.orders.length < to.count + moved) {
        to.resize(to.count + moved + SPARE);
      }
      System.arraycopy(orders, from, to.orders, to.count, moved);
      System.arraycopy(elements, from, to.elements, to.count, moved);
      Arrays.fill(elements, from, count, null);
      to.count += moved;
      count = from;
    }
  }

  private static final class Leaf extends Node {
    @Nullable Leaf previous;
    @Nullable Leaf next;

    Leaf(int room, int epoch) {
      super(room, epoch);
    }

    /// The same once more, in its place between its neighbours.
    @Override
    Leaf copy(int copyEpoch) {
      Leaf copy = new Leaf(orders.length, copyEpoch);
      copyEntriesTo(copy);
      copy.previous = previous;
      copy.next = next;
      if (previous != null) {
        previous.next = copy;
      }
      if (next != null) {
        next.previous = copy;
      }
      return copy;
    }

    @Override
    int size() {
      return count;
    }
  }

  private static final class Inner extends Node {
    Node[] children;
    int[] sizes;
    int size;

    Inner(int room, int epoch) {
      super(room, epoch);
      children = new Node[room];
      sizes = new int[room];
    }

    @Override
    Inner copy(int copyEpoch) {
      Inner copy = new Inner(orders.length, copyEpoch);
      copyEntriesTo(copy);
      System.arraycopy(children, 0, copy.children, 0, count);
      System.arraycopy(sizes, 0, copy.sizes, 0, count);
      copy.size = size;
      return copy;
    }

    @Override
    int size() {
      return size;
    }

    @Override
    long sizeBytes() {
      return 8
          + super.sizeBytes()
          + HeapSize.references(children.length)
          + HeapSize.ints(sizes.length);
    }

    @Override
    void resize(int room) {
      super.resize(room);
      children = Arrays.copyOf(children, room);
      sizes = Arrays.copyOf(sizes, room);
    }

    void insertChild(int at, long order, byte[] element, Node child) {
      insertEntry(at, order, element);
      System.arraycopy(children, at, children, at + 1, count - 1 - at);
      System.arraycopy(sizes, at, sizes, at + 1, count - 1 - at);
      children[at] = child;
      sizes[at] = child.size();
    }

    @SuppressWarnings("NullAway")
    void removeChild(int at) {
      removeEntry(at);
      System.arraycopy(children, at + 1, children, at, count - at);
      System.arraycopy(sizes, at + 1, sizes, at, count - at);
      children[count] = null;
    }

    @SuppressWarnings("NullAway")
    void moveChildren(int from, Inner to) {
      int before = to.count;
      int moved = count - from;
      int all = count;
      moveEntries(from, to);
      System.arraycopy(children, from, to.children, before, moved);
      System.arraycopy(sizes, from, to.sizes, before, moved);
      Arrays.fill(children, from, all, null);
      for (int i = before; i < to.count; i++) {
        to.size += to.sizes[i];
        size -= to.sizes[i];
      }
    }
  }

  public int size() {
    return root.size();
  }

  /// Adds an element of which there is none with the same order and key. It is kept, not copied.
  public void add(long order, byte[] element) {
    Bytes key = layout.key(element);
    root = owned(root);
    Node sibling = add(root, order, key, element);
    if (sibling != null) {
      Inner above = new Inner(4, epoch);
      above.size = root.size() + sibling.size();
      above.insertChild(0, root.orders[0], root.elements[0], root);
      above.insertChild(1, sibling.orders[0], sibling.elements[0], sibling);
      root = above;
      nodeBytes += above.sizeBytes();
    }
  }

  /// `node`, or a copy if a view has it too: what may be changed.
  private Node owned(Node node) {
    return node.epoch == epoch ? node : node.copy(epoch);
  }

  private Node ownedChild(Inner inner, int at) {
    Node child = owned(inner.children[at]);
    inner.children[at] = child;
    return child;
  }

  /// Adds to a subtree; returns what has to stand behind it because it was full.
  private @Nullable Node add(Node node, long order, Bytes key, byte[] element) {
    if (node instanceof Leaf leaf) {
      return addToLeaf(leaf, order, key, element);
    }
    Inner inner = (Inner) node;
    int at = childFor(inner, order, key, true);
    inner.size++;
    inner.sizes[at]++;
    Node sibling = add(ownedChild(inner, at), order, key, element);
    if (sibling == null) {
      return null;
    }
    inner.sizes[at] = inner.children[at].size();
    Inner target = inner;
    Inner right = null;
    nodeBytes -= inner.sizeBytes();
    int place = at + 1;
    if (inner.count == INNER_MAX) {
      int half = place == INNER_MAX ? INNER_MAX - 1 : INNER_MAX / 2;
      right = new Inner(INNER_MAX - half + SPARE, epoch);
      inner.moveChildren(half, right);
      if (place > half) {
        target = right;
        place -= half;
      }
    }
    target.insertChild(place, sibling.orders[0], sibling.elements[0], sibling);
    nodeBytes += inner.sizeBytes();
    if (right != null) {
      nodeBytes += right.sizeBytes();
      recount(inner);
      recount(right);
    }
    return right;
  }

  private static void recount(Inner inner) {
    int size = 0;
    for (int i = 0; i < inner.count; i++) {
      size += inner.sizes[i];
    }
    inner.size = size;
  }

  private @Nullable Leaf addToLeaf(Leaf leaf, long order, Bytes key, byte[] element) {
    int at = countBelowIn(leaf, order, key, false);
    nodeBytes -= leaf.sizeBytes();
    if (leaf.count < LEAF_MAX) {
      leaf.insertEntry(at, order, element);
      nodeBytes += leaf.sizeBytes();
      return null;
    }
    boolean last = at == LEAF_MAX && leaf.next == null;
    int half = last ? LEAF_MAX : LEAF_MAX / 2;
    Leaf right = new Leaf(LEAF_MAX - half + SPARE, epoch);
    leaf.moveEntries(half, right);
    if (!last) {
      leaf.resize(half + SPARE);
    }
    right.next = leaf.next;
    right.previous = leaf;
    if (right.next != null) {
      right.next.previous = right;
    }
    leaf.next = right;
    if (last || at > half) {
      right.insertEntry(at - half, order, element);
    } else {
      leaf.insertEntry(at, order, element);
    }
    nodeBytes += leaf.sizeBytes() + right.sizeBytes();
    return right;
  }

  /// Puts `element` in the place of the one with the same order and key; false if there is none.
  public boolean replace(long order, byte[] element) {
    Bytes key = layout.key(element);
    root = owned(root);
    Node node = root;
    while (node instanceof Inner inner) {
      node = ownedChild(inner, childFor(inner, order, key, true));
    }
    int at = countBelowIn(node, order, key, false);
    if (at == node.count || compare(node, at, order, key) != 0) {
      return false;
    }
    node.elements[at] = element;
    return true;
  }

  /// Removes and returns the element with that order and key; null if there is none.
  public byte @Nullable [] remove(long order, Bytes key) {
    root = owned(root);
    byte[] removed = remove(root, order, key);
    lowerRoot();
    return removed;
  }

  private byte @Nullable [] remove(Node node, long order, Bytes key) {
    if (node instanceof Leaf leaf) {
      int at = countBelowIn(leaf, order, key, false);
      if (at == leaf.count || compare(leaf, at, order, key) != 0) {
        return null;
      }
      byte[] removed = leaf.elements[at];
      leaf.removeEntry(at);
      return removed;
    }
    Inner inner = (Inner) node;
    int at = childFor(inner, order, key, true);
    byte[] removed = remove(ownedChild(inner, at), order, key);
    if (removed != null) {
      removedFrom(inner, at);
    }
    return removed;
  }

  /// Removes and returns the element at `rank`, which there is.
  public byte[] removeAt(int rank) {
    if (rank < 0 || rank >= size()) {
      throw new IndexOutOfBoundsException(rank + " of " + size());
    }
    root = owned(root);
    byte[] removed = removeAt(root, rank);
    lowerRoot();
    return removed;
  }

  private void lowerRoot() {
    while (root instanceof Inner inner && inner.count == 1) {
      nodeBytes -= inner.sizeBytes();
      root = inner.children[0];
    }
  }

  private byte[] removeAt(Node node, int rank) {
    if (node instanceof Leaf leaf) {
      byte[] removed = leaf.elements[rank];
      leaf.removeEntry(rank);
      return removed;
    }
    Inner inner = (Inner) node;
    int left = rank;
    int at = 0;
    while (left >= inner.sizes[at]) {
      left -= inner.sizes[at++];
    }
    byte[] removed = removeAt(ownedChild(inner, at), left);
    removedFrom(inner, at);
    return removed;
  }

  private void removedFrom(Inner inner, int at) {
    inner.size--;
    inner.sizes[at]--;
    tidy(inner, at);
  }

  /// Takes an empty child out, joins one that has few entries with a neighbour.
  private void tidy(Inner inner, int at) {
    Node child = inner.children[at];
    boolean leaf = child instanceof Leaf;
    if (child.count == 0) {
      unlink(child);
      inner.removeChild(at);
      nodeBytes -= child.sizeBytes();
    } else if (child.count < (leaf ? LEAF_LOW : INNER_LOW)) {
      int most = (leaf ? LEAF_MAX : INNER_MAX) * 3 / 4;
      if (at > 0 && inner.children[at - 1].count + child.count <= most) {
        join(inner, at - 1);
      } else if (at + 1 < inner.count && inner.children[at + 1].count + child.count <= most) {
        join(inner, at);
      }
    }
  }

  /// Moves all of the child behind `at` to the one at `at`.
  private void join(Inner inner, int at) {
    Node left = ownedChild(inner, at);
    Node right = ownedChild(inner, at + 1);
    nodeBytes -= left.sizeBytes() + right.sizeBytes();
    if (left instanceof Inner leftInner && right instanceof Inner rightInner) {
      rightInner.orders[0] = inner.orders[at + 1];
      rightInner.elements[0] = inner.elements[at + 1];
      rightInner.moveChildren(0, leftInner);
    } else {
      right.moveEntries(0, left);
      unlink(right);
    }
    nodeBytes += left.sizeBytes();
    inner.sizes[at] = left.size();
    inner.removeChild(at + 1);
  }

  private static void unlink(Node node) {
    if (node instanceof Leaf leaf) {
      if (leaf.previous != null) {
        leaf.previous.next = leaf.next;
      }
      if (leaf.next != null) {
        leaf.next.previous = leaf.previous;
      }
    }
  }

  /// How many elements have a lower order or, if `andEqual`, the same.
  public int countBelow(long order, boolean andEqual) {
    int below = 0;
    Node node = root;
    while (node instanceof Inner inner) {
      int at = Math.max(0, countBelowIn(inner, order, andEqual) - 1);
      below += sizeBefore(inner, at);
      node = inner.children[at];
    }
    return below + countBelowIn(node, order, andEqual);
  }

  /// How many elements stand before the one with that order and key, it included if `andEqual` and
  /// it is there.
  public int countBelow(long order, Bytes key, boolean andEqual) {
    int below = 0;
    Node node = root;
    while (node instanceof Inner inner) {
      int at = childFor(inner, order, key, andEqual);
      below += sizeBefore(inner, at);
      node = inner.children[at];
    }
    return below + countBelowIn(node, order, key, andEqual);
  }

  private int childFor(Inner inner, long order, Bytes key, boolean andEqual) {
    return Math.max(0, countBelowIn(inner, order, key, andEqual) - 1);
  }

  private static int sizeBefore(Inner inner, int child) {
    int size = 0;
    if (child <= inner.count / 2) {
      for (int i = 0; i < child; i++) {
        size += inner.sizes[i];
      }
      return size;
    }
    for (int i = child; i < inner.count; i++) {
      size += inner.sizes[i];
    }
    return inner.size - size;
  }

  private static int countBelowIn(Node node, long order, boolean andEqual) {
    int low = 0;
    int high = node.count;
    while (low < high) {
      int middle = (low + high) >>> 1;
      long there = node.orders[middle];
      if (there < order || (andEqual && there == order)) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  private int countBelowIn(Node node, long order, Bytes key, boolean andEqual) {
    int low = 0;
    int high = node.count;
    while (low < high) {
      int middle = (low + high) >>> 1;
      int difference = compare(node, middle, order, key);
      if (difference < 0 || (andEqual && difference == 0)) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  private int compare(Node node, int at, long order, Bytes key) {
    long there = node.orders[at];
    if (there != order) {
      return there < order ? -1 : 1;
    }
    byte[] element = node.elements[at];
    return Arrays.compareUnsigned(
        element,
        layout.keyFrom(element),
        layout.keyTo(element),
        key.array(),
        key.offset(),
        key.offset() + key.length());
  }

  /// The element at `rank`, which there is.
  public byte[] at(int rank) {
    Cursor cursor = new Cursor(rank, true);
    byte[] element = cursor.next();
    if (element == null) {
      throw new IndexOutOfBoundsException(rank + " of " + size());
    }
    return element;
  }

  /// The order of the first element; there must be one.
  public long firstOrder() {
    Node node = root;
    while (node instanceof Inner inner) {
      node = inner.children[0];
    }
    return node.orders[0];
  }

  /// A cursor before the element at `rank`, going up, or behind it, going down.
  public Cursor cursor(int rank, boolean up) {
    return new Cursor(rank, up);
  }

  /// Goes from element to element. Good until the tree changes.
  public final class Cursor {
    private final boolean up;
    private @Nullable Leaf leaf;
    private int rank;
    private int index;

    private Cursor(int rank, boolean up) {
      this.up = up;
      this.rank = rank;
      descend();
    }

    private void descend() {
      leaf = null;
      if (rank < 0 || rank >= size()) {
        return;
      }
      Node node = root;
      int left = rank;
      while (node instanceof Inner inner) {
        int at = 0;
        while (left >= inner.sizes[at]) {
          left -= inner.sizes[at++];
        }
        node = inner.children[at];
      }
      leaf = (Leaf) node;
      index = left;
    }

    /// The next element; null if there is none.
    public byte @Nullable [] next() {
      Leaf current = leaf;
      if (current == null) {
        return null;
      }
      byte[] element = current.elements[index];
      index += up ? 1 : -1;
      rank += up ? 1 : -1;
      if (index >= 0 && index < current.count) {
        return element;
      }
      if (isView) {
        descend();
      } else {
        leaf = up ? current.next : current.previous;
        index = up || leaf == null ? 0 : leaf.count - 1;
      }
      return element;
    }
  }

  /// A tree with the same elements, which both share.
  public RankTree copy() {
    RankTree copy = new RankTree(layout);
    for (Leaf leaf = firstLeaf(); leaf != null; leaf = leaf.next) {
      for (int i = 0; i < leaf.count; i++) {
        copy.add(leaf.orders[i], leaf.elements[i]);
      }
    }
    return copy;
  }

  private Leaf firstLeaf() {
    Node node = root;
    while (node instanceof Inner inner) {
      node = inner.children[0];
    }
    return (Leaf) node;
  }

  /// The memory of all but the elements themselves.
  public long overheadBytes() {
    return 32 + nodeBytes;
  }
}
