package naru.engine;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.function.Consumer;
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
  public interface Listener extends Consumer<Op> {
    /// Whether it has had enough for now. Asked after each piece.
    boolean hasEnough();
  }

  /// Is shown entries as they were when it began, each once, whole.
  public interface Visitor {
    void visit(int database, Entry entry);
  }

  private final State state;
  private final @Nullable Visitor visitor;
  private final boolean mark;
  private final List<HashTable<Entry>> tables = new ArrayList<>(State.DATABASES);
  private final Deque<Op> besideKeys;
  private final Deque<Retelling> begun = new ArrayDeque<>();
  private final IdentityHashMap<Entry, Retelling> changeable = new IdentityHashMap<>();
  private int database;
  private long cursor;
  private long entries;
  private boolean stopped;

  public StateRetelling(State state) {
    this(state, null);
  }

  /// Shows entries to a visitor instead of telling ops; what stands beside the keys is not shown.
  public StateRetelling(State state, @Nullable Visitor visitor) {
    this.state = state;
    this.visitor = visitor;
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
    changeable.clear();
  }

  private boolean step(Listener out) {
    Op beside = besideKeys.poll();
    if (beside != null) {
      out.accept(beside);
      return true;
    }
    Retelling first = begun.peek();
    if (first != null) {
      if (!first.tell(out)) {
        begun.remove();
        changeable.values().remove(first);
      }
      return true;
    }
    if (cursor == HashTable.END) {
      database++;
      cursor = 0;
    }
    if (database == State.DATABASES) {
      return false;
    }
    cursor = tables.get(database).scan(cursor, entry -> reach(database, entry, out));
    return true;
  }

  private void reach(int index, Entry entry, Listener out) {
    if (entry.mark() == mark) {
      return;
    }
    Retelling retelling = begin(index, entry);
    if (retelling == null) {
      return;
    }
    while (retelling.tell(out)) {
      if (out.hasEnough()) {
        begun.add(retelling);
        changeable.put(entry, retelling);
        return;
      }
    }
  }

  private @Nullable Retelling begin(int index, Entry entry) {
    entry.mark(mark);
    if (stopped) {
      return null;
    }
    entries++;
    if (visitor != null) {
      visitor.visit(index, entry);
      return null;
    }
    return entry.value().retelling(index, entry.keyBytes(), entry.expiresAtMs());
  }

  /// Tells what `op`, which is about to be applied, would change.
  public void before(Op op, Consumer<? super Op> out) {
    op.forEachKey(key -> before(key, out));
  }

  private void before(Key key, Consumer<? super Op> out) {
    Keyspace keys = state.database(key.database());
    Entry entry = keys.entry(key.bytes());
    if (entry == null) {
      return;
    }
    if (entry.mark() != mark) {
      Retelling retelling = begin(stopped ? 0 : indexOf(keys), entry);
      if (retelling != null && retelling.tellBeforeChange(out)) {
        begun.add(retelling);
      }
    } else if (!changeable.isEmpty()) {
      Retelling retelling = changeable.remove(entry);
      if (retelling != null && !retelling.tellBeforeChange(out)) {
        begun.remove(retelling);
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
