package naru.engine;

import naru.bytes.Bytes;
import naru.engine.stream.ConsumerGroup;
import naru.engine.stream.StreamValue;

/// What a request waits for at a key.
///
/// Those who wait for equal things are one queue: the oldest is asked first, and none that has not
/// been asked is asked any more once nothing is left for them.
public sealed interface Awaited {
  Key key();

  /// Whether there may be something for those who wait.
  boolean hasCome(State state);

  /// Whether there may be something for those who wait once all is done that is being done now.
  default boolean mayCome(State state) {
    return hasCome(state);
  }

  /// The same, owning its bytes.
  Awaited owned();

  /// A value of this type.
  record Some(Key key, Class<? extends Value> type) implements Awaited {
    @Override
    public boolean hasCome(State state) {
      return type.isInstance(state.valueAt(key));
    }

    @Override
    public Some owned() {
      return new Some(key.owned(), type);
    }
  }

  /// Entries that a group of the stream has not read, or that there is no such group any more: who
  /// waits for that is told.
  record Unread(Key key, Bytes group) implements Awaited {
    @Override
    public boolean hasCome(State state) {
      if (!(state.valueAt(key) instanceof StreamValue stream)) {
        return true;
      }
      ConsumerGroup present = stream.group(group);
      return present == null || stream.lastEntryId().compareTo(present.lastId()) > 0;
    }

    /// The transaction that adds an entry may set the group back to it afterwards.
    @Override
    public boolean mayCome(State state) {
      return true;
    }

    @Override
    public Unread owned() {
      return new Unread(key.owned(), group.owned());
    }
  }

  /// Any change at all.
  record Change(Key key) implements Awaited {
    @Override
    public boolean hasCome(State state) {
      return true;
    }

    @Override
    public Change owned() {
      return new Change(key.owned());
    }
  }
}
