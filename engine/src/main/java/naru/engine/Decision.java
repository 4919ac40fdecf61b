package naru.engine;

import java.util.ArrayList;
import java.util.List;
import naru.bytes.Bytes;
import org.jspecify.annotations.Nullable;

/// What becomes of a request, decided on the state as it is and not yet carried out.
public sealed interface Decision {
  /// Whether it changes anything.
  default boolean writes() {
    return switch (this) {
      case Done done -> !done.ops().isEmpty();
      case Declined _ -> false;
      case Wait wait -> !wait.ops().isEmpty();
    };
  }

  /// It is done: the asker gets `reply`, and `ops` happen.
  ///
  /// The reply is written *before* the ops are applied, so it may look at the state as decided on.
  final class Done implements Decision {
    private final Reply reply;
    private final List<Op> ops;

    // The first event is kept in pieces: all but always it is the only one, and nobody asks for it.
    private KeyEvent.@Nullable Kind kind;
    private String name = "";
    private int database;
    private Bytes key = Bytes.EMPTY;
    private List<KeyEvent> more = List.of();

    public Done(Reply reply, List<Op> ops) {
      this.reply = reply;
      this.ops = ops;
    }

    public Reply reply() {
      return reply;
    }

    /// In the order in which they are to be applied.
    public List<Op> ops() {
      return ops;
    }

    /// Whether there are events. With events but without ops nothing changes, yet those who watch
    /// the keys of the events are told that they were touched.
    public boolean hasEvents() {
      return kind != null;
    }

    /// In the order in which they were added.
    public List<KeyEvent> events() {
      if (kind == null) {
        return List.of();
      }
      KeyEvent first = new KeyEvent(kind, name, database, key);
      if (more.isEmpty()) {
        return List.of(first);
      }
      List<KeyEvent> events = new ArrayList<>(more.size() + 1);
      events.add(first);
      events.addAll(more);
      return events;
    }

    /// Adds an event for those who listen to the keyspace; returns this.
    public Done event(KeyEvent.Kind newKind, String newName, int newDatabase, Bytes newKey) {
      if (kind == null) {
        kind = newKind;
        name = newName;
        database = newDatabase;
        key = newKey;
        return this;
      }
      if (more.isEmpty()) {
        more = new ArrayList<>(2);
      }
      more.add(new KeyEvent(newKind, newName, newDatabase, newKey));
      return this;
    }
  }

  /// The broker says no; nothing happens.
  record Declined(Failure failure) implements Decision {}

  /// Not yet: to be decided again when an op touches a key and what is `awaited` there may have
  /// come, oldest waiter first.
  ///
  /// Where waiting is not possible (inside a transaction), and when the time is up, the asker gets
  /// `timedOut`.
  ///
  /// @param untilMs wall clock; [#FOR_EVER] for no end
  /// @param againMs wall clock; to be decided again at this time too; [#FOR_EVER] for not
  /// @param ops what happens nevertheless, each time it is decided so
  /// @param events what those who listen to the keyspace are told of these ops
  record Wait(
      List<? extends Awaited> awaited,
      long untilMs,
      Reply timedOut,
      long againMs,
      List<Op> ops,
      List<KeyEvent> events)
      implements Decision {
    public static final long FOR_EVER = Long.MAX_VALUE;

    public Wait(List<? extends Awaited> awaited, long untilMs, Reply timedOut) {
      this(awaited, untilMs, timedOut, FOR_EVER, List.of(), List.of());
    }
  }

  static Done done(Reply reply) {
    return new Done(reply, List.of());
  }

  static Done done(Reply reply, Op op) {
    return new Done(reply, List.of(op));
  }

  static Done done(Reply reply, List<Op> ops) {
    return new Done(reply, ops);
  }
}
