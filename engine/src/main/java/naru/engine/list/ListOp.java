package naru.engine.list;

import java.util.ArrayList;
import java.util.List;
import naru.bytes.ByteReader;
import naru.bytes.ByteWriter;
import naru.bytes.Bytes;
import naru.engine.Keyspace;
import naru.engine.Op;
import naru.engine.OpCodec.UnknownOp;
import naru.engine.State;

/// Effects on lists.
public sealed interface ListOp extends Op {
  static ListOp decode(int tag, ByteReader in) {
    return switch (tag) {
      case 0x20 -> new Pushed(in.readCount(), in.readSized(), in.readByte() != 0, elements(in));
      case 0x21 -> new Popped(in.readCount(), in.readSized(), in.readByte() != 0, in.readCount());
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
    public void encode(ByteWriter out) {
      out.writeVarLong(database);
      out.writeSized(key);
      out.writeByte(head ? 1 : 0);
      out.writeVarLong(elements.size());
      for (Bytes element : elements) {
        out.writeSized(element);
      }
    }

    @Override
    public void applyTo(State state) {
      Keyspace keys = state.database(database);
      ListValue list;
      if (keys.value(key) instanceof ListValue present) {
        list = present;
      } else {
        list = new ListValue();
        keys.put(key, list);
      }
      for (Bytes element : elements) {
        list.push(head, element.owned());
      }
    }
  }

  /// `0x21`: that many elements were taken from one end; with the last one the key goes.
  record Popped(int database, Bytes key, boolean head, int count) implements ListOp {
    @Override
    public int tag() {
      return 0x21;
    }

    @Override
    public void encode(ByteWriter out) {
      out.writeVarLong(database);
      out.writeSized(key);
      out.writeByte(head ? 1 : 0);
      out.writeVarLong(count);
    }

    @Override
    public void applyTo(State state) {
      Keyspace keys = state.database(database);
      if (keys.value(key) instanceof ListValue list) {
        for (int i = 0; i < count; i++) {
          list.pop(head);
        }
        if (list.size() == 0) {
          keys.remove(key);
        }
      }
    }
  }

  private static List<Bytes> elements(ByteReader in) {
    int count = in.readCount();
    List<Bytes> elements = new ArrayList<>(Math.min(count, 1024));
    for (int i = 0; i < count; i++) {
      elements.add(in.readSized());
    }
    return elements;
  }
}
