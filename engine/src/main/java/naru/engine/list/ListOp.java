package naru.engine.list;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import naru.bytes.ByteReader;
import naru.bytes.ByteWriter;
import naru.bytes.Bytes;
import naru.engine.Key;
import naru.engine.KeyedOp;
import naru.engine.Keyspace;
import naru.engine.OpCodec.UnknownOp;
import naru.engine.State;
import naru.structures.PackedList;
import naru.structures.PackedList.Cursor;

/// Effects on lists. With the last element the key goes.
public sealed interface ListOp extends KeyedOp {
  static ListOp decode(int tag, int database, Bytes key, ByteReader in) {
    return switch (tag) {
      case 0x20 -> new Pushed(database, key, in.readByte() != 0, in.readSizedList());
      case 0x21 -> new Popped(database, key, in.readByte() != 0, in.readCount());
      case 0x22 -> new Trimmed(database, key, in.readCount(), in.readCount());
      case 0x23 -> new Put(database, key, in.readCount(), in.readSized());
      case 0x24 -> new Inserted(database, key, in.readCount(), in.readSized());
      case 0x25 -> new Removed(database, key, in.readByte() != 0, in.readCount(), in.readSized());
      case 0x26 -> Moved.decode(database, key, in);
      case 0x27 -> new Restored(database, key, in.readByte() != 0, in.readSizedList());
      default -> throw new UnknownOp(tag);
    };
  }

  /// `0x20`: elements were put at one end, one after the other; the list is made if there is none.
  record Pushed(int database, Bytes key, boolean head, List<Bytes> elements) implements ListOp {
    @Override
    public int tag() {
      return 0x20;
    }

    @Override
    public void encodeFields(ByteWriter out) {
      out.writeByte(head ? 1 : 0);
      out.writeSizedList(elements);
    }

    @Override
    public void applyTo(State state) {
      Keyspace keys = state.database(database);
      made(keys, key).push(elements, head, keys.packing().limits());
    }
  }

  /// `0x21`: that many elements were taken from one end.
  record Popped(int database, Bytes key, boolean head, int count) implements ListOp {
    @Override
    public int tag() {
      return 0x21;
    }

    @Override
    public void encodeFields(ByteWriter out) {
      out.writeByte(head ? 1 : 0);
      out.writeVarLong(count);
    }

    @Override
    public void applyTo(State state) {
      Keyspace keys = state.database(database);
      if (keys.value(key) instanceof ListValue list) {
        list.elements().drop(count, head);
        shrunk(keys, key, list);
      }
    }
  }

  /// `0x22`: that many elements were taken from each end.
  record Trimmed(int database, Bytes key, int fromHead, int fromTail) implements ListOp {
    @Override
    public int tag() {
      return 0x22;
    }

    @Override
    public void encodeFields(ByteWriter out) {
      out.writeVarLong(fromHead);
      out.writeVarLong(fromTail);
    }

    @Override
    public void applyTo(State state) {
      Keyspace keys = state.database(database);
      if (keys.value(key) instanceof ListValue list) {
        list.elements().drop(fromHead, true);
        list.elements().drop(fromTail, false);
        shrunk(keys, key, list);
      }
    }
  }

  /// `0x23`: the element at `index` is now another.
  record Put(int database, Bytes key, int index, Bytes element) implements ListOp {
    @Override
    public int tag() {
      return 0x23;
    }

    @Override
    public void encodeFields(ByteWriter out) {
      encodePlace(out, index, element);
    }

    @Override
    public void applyTo(State state) {
      Keyspace keys = state.database(database);
      if (keys.value(key) instanceof ListValue list) {
        list.grows(1, element.length(), keys.packing().limits());
        list.elements().set(index, element);
        shrunk(keys, key, list);
      }
    }
  }

  /// `0x24`: an element was put before the one at `index`, behind the last if that is the size.
  record Inserted(int database, Bytes key, int index, Bytes element) implements ListOp {
    @Override
    public int tag() {
      return 0x24;
    }

    @Override
    public void encodeFields(ByteWriter out) {
      encodePlace(out, index, element);
    }

    @Override
    public void applyTo(State state) {
      Keyspace keys = state.database(database);
      if (keys.value(key) instanceof ListValue list) {
        list.grows(1, element.length(), keys.packing().limits());
        list.elements().insert(index, element);
      }
    }
  }

  /// `0x25`: the first `count` elements, seen from one end, that equal `element` were taken away.
  record Removed(int database, Bytes key, boolean head, int count, Bytes element)
      implements ListOp {
    @Override
    public int tag() {
      return 0x25;
    }

    @Override
    public void encodeFields(ByteWriter out) {
      out.writeByte(head ? 1 : 0);
      out.writeVarLong(count);
      out.writeSized(element);
    }

    @Override
    public void applyTo(State state) {
      Keyspace keys = state.database(database);
      if (keys.value(key) instanceof ListValue list) {
        list.elements().remove(element, count, head);
        shrunk(keys, key, list);
      }
    }
  }

  /// `0x26`: elements were taken from one end of a list and put at an end of another, or the same,
  /// which is made if there is none.
  ///
  /// @param route which ends, and in which order
  record Moved(int database, Bytes key, Bytes toKey, Route route, int count) implements ListOp {
    static Moved decode(int database, Bytes key, ByteReader in) {
      return new Moved(database, key, in.readSized(), Route.ofCode(in.readByte()), in.readCount());
    }

    @Override
    public int tag() {
      return 0x26;
    }

    @Override
    public void encodeFields(ByteWriter out) {
      out.writeSized(toKey);
      out.writeByte(route.code());
      out.writeVarLong(count);
    }

    @Override
    public void applyTo(State state) {
      Keyspace keys = state.database(database);
      if (keys.value(key) instanceof ListValue from) {
        boolean rotates = key.equals(toKey);
        List<Bytes> moved = route.pushed(from.elements(), count);
        if (rotates) {
          moved.replaceAll(element -> Bytes.of(element.copy()));
          from.elements().drop(count, route.head());
        }
        ListValue to = rotates ? from : made(keys, toKey);
        to.push(moved, route.toHead(), keys.packing().limits());
        if (!rotates) {
          from.elements().drop(count, route.head());
        }
        shrunk(keys, key, from);
      }
    }

    @Override
    public boolean changesOneKey() {
      return false;
    }

    @Override
    public void forEachKey(Consumer<Key> visitor) {
      visitor.accept(new Key(database, key));
      visitor.accept(new Key(database, toKey));
    }
  }

  /// `0x27`: these elements stand behind those before: for snapshots.
  ///
  /// @param large whether the list does not count as packed
  record Restored(int database, Bytes key, boolean large, List<Bytes> elements) implements ListOp {
    @Override
    public int tag() {
      return 0x27;
    }

    @Override
    public void encodeFields(ByteWriter out) {
      out.writeByte(large ? 1 : 0);
      out.writeSizedList(elements);
    }

    @Override
    public void applyTo(State state) {
      made(state.database(database), key).restore(elements, large);
    }
  }

  /// Which way elements move from list to list.
  ///
  /// @param head whether they are taken from the head
  /// @param toHead whether they are put at the head
  /// @param asRun whether they keep the order they had, not the one in which they were taken
  record Route(boolean head, boolean toHead, boolean asRun) {
    int code() {
      return (head ? 1 : 0) | (toHead ? 2 : 0) | (asRun ? 4 : 0);
    }

    static Route ofCode(int code) {
      return new Route((code & 1) != 0, (code & 2) != 0, (code & 4) != 0);
    }

    /// The first `count` elements of `from` in the order in which they are pushed, as views.
    public List<Bytes> pushed(PackedList from, int count) {
      List<Bytes> elements = new ArrayList<>(count);
      Cursor cursor = takesForward() ? forward(from, count) : backward(from, count);
      while (elements.size() < count && cursor.next()) {
        elements.add(cursor.bytes());
      }
      return elements;
    }

    private boolean takesForward() {
      return asRun ? !toHead : head;
    }

    private Cursor forward(PackedList from, int count) {
      return from.forward(head ? 0 : from.size() - count);
    }

    private Cursor backward(PackedList from, int count) {
      return from.backward(head ? count - 1 : from.size() - 1);
    }
  }

  private static ListValue made(Keyspace keys, Bytes key) {
    if (keys.value(key) instanceof ListValue present) {
      return present;
    }
    ListValue list = new ListValue();
    keys.put(key, list);
    return list;
  }

  private static void shrunk(Keyspace keys, Bytes key, ListValue list) {
    if (list.size() == 0) {
      keys.remove(key);
    } else {
      list.shrunk(keys.packing().limits());
    }
  }

  private static void encodePlace(ByteWriter out, int index, Bytes element) {
    out.writeVarLong(index);
    out.writeSized(element);
  }
}
