package naru.engine;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.function.Consumer;
import naru.engine.string.StringValue;
import naru.structures.HashTable;
import org.jspecify.annotations.Nullable;

/// All of a state as it is when this is made, as the ops that make it anew from nothing, told in
/// slices while the state goes on changing.
///
/// - [#tell] goes through the keys by a cursor and tells a little at a time.
/// - [#before] has to be called before each op is applied: what it changes and was not told yet is
///   told first. A key that is told, or is newer, has the state's mark: one bit, which turns with
///   each retelling.
/// - What stands beside the keys is little: it is noted when this is made, and told first.
/// - Databases that are emptied or exchanged meanwhile are told as they were, from their tables.
///
/// At most one retelling of a state is under way, and it has to be brought to its end, by [#tell]
/// or [#stop], before the next one begins: then all entries have the same mark again.
public final class StateRetelling {
  /// Takes what is told.
  public interface Sink extends Consumer<Op> {
    /// Takes a short string: what [#accept] of its op would, but most keys are that, and for who
    /// only wants the bytes no op need be made.
    default void string(int database, Entry entry, StringValue string) {
      accept(string.plainOp(database, entry.keyBytes(), entry.expiresAtMs()));
    }
  }

  /// Takes what is told, until it has enough.
  public interface Listener extends Sink {
    /// Whether it has had enough for now. Asked after each piece.
    boolean hasEnough();
  }

  /// Is shown entries as they were when it began, each once, whole.
  public interface Visitor {
    void visit(int database, Entry entry);
  }

  /// So many entries are fetched from memory together.
  private static final int NEAR = 32;

  private static final int BUCKETS_MAX = 256;

  private final State state;
  private final @Nullable Visitor visitor;
  private final boolean mark;
  private final List<HashTable<Entry>> tables = new ArrayList<>(State.DATABASES);
  private final Deque<Op> besideKeys;
  private final Retelling.Pieces pieces;
  private final Deque<Begun> begun = new ArrayDeque<>();
  private final IdentityHashMap<Entry, Begun> ofEntries = new IdentityHashMap<>();
  private int database;
  private long cursor;

  /// Entries that come next: what the cursor has passed and was not told yet.
  private @Nullable Entry[] near = new Entry[2 * NEAR];

  private int nearCount;
  private int nearAt;
  private int nearDatabase;

  /// So that nobody thinks that [#touch] does nothing.
  @SuppressWarnings("UnusedVariable")
  private int touched;

  private long entries;
  private boolean stopped;

  /// An entry of which something was told, and something is left.
  private static final class Begun {
    final Entry entry;
    final Retelling retelling;
    boolean isOver;

    Begun(Entry entry, Retelling retelling) {
      this.entry = entry;
      this.retelling = retelling;
    }
  }

  public StateRetelling(State state) {
    this(state, Retelling.Pieces.DEFAULT);
  }

  public StateRetelling(State state, Retelling.Pieces pieces) {
    this(state, null, pieces);
  }

  /// Shows entries to a visitor instead of telling ops; what stands beside the keys is not shown.
  public StateRetelling(State state, Visitor visitor) {
    this(state, visitor, Retelling.Pieces.DEFAULT);
  }

  private StateRetelling(State state, @Nullable Visitor visitor, Retelling.Pieces pieces) {
    this.state = state;
    this.visitor = visitor;
    this.pieces = pieces;
    mark = !state.notes().mark;
    state.notes().mark = mark;
    besideKeys = new ArrayDeque<>(visitor == null ? state.besideKeys() : List.of());
    for (int i = 0; i < State.DATABASES; i++) {
      tables.add(state.database(i).table());
    }
  }

  /// How many keys were told, or begun to be.
  public long entries() {
    return entries;
  }

  /// Tells the next pieces until the listener has enough; returns whether anything is left.
  public boolean tell(Listener out) {
    boolean more = true;
    while (more && !out.hasEnough()) {
      more = step(out);
    }
    return more;
  }

  /// Nothing more is told. [#tell] goes on without telling, to bring the marks in order.
  public void stop() {
    stopped = true;
    besideKeys.clear();
    begun.clear();
    ofEntries.clear();
  }

  private boolean step(Listener out) {
    Op beside = besideKeys.poll();
    if (beside != null) {
      out.accept(beside);
      return true;
    }
    Begun first = begun.peek();
    if (first != null) {
      if (first.isOver || !first.retelling.tell(out)) {
        begun.remove();
        ofEntries.remove(first.entry);
      }
      return true;
    }
    if (nearAt == nearCount && !fetch()) {
      return false;
    }
    if (nearAt < nearCount) {
      Entry next = near[nearAt];
      near[nearAt++] = null;
      if (next != null) {
        reach(nearDatabase, next, out);
      }
    }
    return true;
  }

  /// Goes on to the next entries; false if there are no more.
  private boolean fetch() {
    if (cursor == HashTable.END) {
      database++;
      cursor = 0;
    }
    if (database == State.DATABASES) {
      return false;
    }
    nearCount = 0;
    nearAt = 0;
    nearDatabase = database;
    for (int i = 0; i < BUCKETS_MAX && nearCount < NEAR && cursor != HashTable.END; i++) {
      cursor = tables.get(database).scan(cursor, this::isNear);
    }
    touch();
    return true;
  }

  private void isNear(Entry entry) {
    if (nearCount == near.length) {
      near = Arrays.copyOf(near, 2 * nearCount);
    }
    near[nearCount++] = entry;
  }

  /// Looks at what will be told, of all entries at a time: so the processor waits for memory for
  /// many of them at once, and not for each by itself.
  private void touch() {
    int sum = 0;
    for (int i = 0; i < nearCount; i++) {
      sum += near[i] == null ? 0 : near[i].key().length;
    }
    for (int i = 0; i < nearCount; i++) {
      sum += near[i] != null && near[i].value() instanceof StringValue string ? string.length() : 0;
    }
    for (int i = 0; i < nearCount; i++) {
      sum +=
          near[i] != null && near[i].value() instanceof StringValue string
              ? string.capacityBytes()
              : 0;
    }
    touched += sum;
  }

  private void reach(int index, Entry entry, Listener out) {
    if (entry.mark() == mark) {
      return;
    }
    Retelling retelling = begin(index, entry, out);
    if (retelling == null) {
      return;
    }
    boolean more = retelling.tell(out);
    while (more && !out.hasEnough()) {
      more = retelling.tell(out);
    }
    if (more) {
      goOnWith(entry, retelling);
    }
  }

  private void goOnWith(Entry entry, Retelling retelling) {
    Begun left = new Begun(entry, retelling);
    begun.add(left);
    ofEntries.put(entry, left);
  }

  /// What tells an entry, null if it is told.
  private @Nullable Retelling begin(int index, Entry entry, Sink out) {
    entry.mark(mark);
    if (stopped) {
      return null;
    }
    entries++;
    if (visitor != null) {
      visitor.visit(index, entry);
      return null;
    }
    Value value = entry.value();
    if (value instanceof StringValue string && string.isPlain(pieces.bytes())) {
      out.string(index, entry, string);
      return null;
    }
    return value.retelling(index, entry.keyBytes(), entry.expiresAtMs(), pieces);
  }

  /// Tells what of the keys that `op`, which is about to be applied, touches could not be told
  /// afterwards.
  public void before(Op op, Sink out) {
    op.forEachKey(key -> before(op, key, out));
  }

  private void before(Op op, Key key, Sink out) {
    Keyspace keys = state.database(key.database());
    Entry entry = keys.entry(key.bytes());
    if (entry == null) {
      return;
    }
    if (entry.mark() != mark) {
      Retelling retelling = begin(stopped ? 0 : indexOf(keys), entry, out);
      if (retelling != null && retelling.tellBeforeChange(op, out)) {
        goOnWith(entry, retelling);
      }
    } else if (!ofEntries.isEmpty()) {
      Begun left = ofEntries.get(entry);
      if (left != null && !left.isOver) {
        left.isOver = !left.retelling.tellBeforeChange(op, out);
      }
    }
  }

  /// Which database the keys were in when this began. Entries without the mark are in a table that
  /// was there then.
  private int indexOf(Keyspace keys) {
    for (int i = 0; i < State.DATABASES; i++) {
      if (tables.get(i) == keys.table()) {
        return i;
      }
    }
    throw new IllegalStateException("an entry without the mark in a table that is newer");
  }
}
