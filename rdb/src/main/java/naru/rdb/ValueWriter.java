package naru.rdb;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import naru.bytes.ByteWriter;
import naru.bytes.Bytes;
import naru.bytes.Doubles;
import naru.bytes.Numbers;
import naru.engine.Entry;
import naru.engine.Value;
import naru.engine.hash.HashValue;
import naru.engine.list.ListValue;
import naru.engine.set.SetValue;
import naru.engine.sortedset.SortedSetValue;
import naru.engine.stream.StreamValue;
import naru.engine.string.StringValue;
import naru.structures.PackedList;

/// Writes values in the forms that Redis has for those that they have here, byte for byte where
/// Redis keeps them alike.
final class ValueWriter {
  private static final int NODE_BYTES = 8192;

  /// What Redis reckons an element of a list to take beside its bytes.
  private static final int ELEMENT_BYTES = 8;

  private static final int PLAIN_NODE = 1;
  private static final int PACKED_NODE = 2;
  private static final int PLAIN_MIN_BYTES = 1 << 30;

  private final RdbOutput out;
  private final int version;
  private final ListpackWriter packed = new ListpackWriter();
  private final ByteWriter scratch = new ByteWriter(64);

  /// @param version that is written; what it has no place for is left out
  ValueWriter(RdbOutput out, int version) {
    this.out = out;
    this.version = version;
  }

  /// The type that a value is written as.
  RdbType type(Value value) {
    return switch (value) {
      case StringValue _ -> RdbType.STRING;
      case ListValue _ -> RdbType.LIST_QUICKLIST_2;
      case HashValue hash -> type(hash);
      case SetValue set -> type(set);
      case SortedSetValue set -> set.isPacked() ? RdbType.ZSET_LISTPACK : RdbType.ZSET_2;
      case StreamValue _ -> StreamWriter.type(version);
    };
  }

  private RdbType type(HashValue hash) {
    boolean isTable = isTable(hash);
    if (hash.nextDueMs() == Entry.NEVER || version < RdbVersion.FIELD_TIMES) {
      return isTable ? RdbType.HASH : RdbType.HASH_LISTPACK;
    }
    return isTable ? RdbType.HASH_METADATA : RdbType.HASH_LISTPACK_EX;
  }

  private static boolean isTable(HashValue hash) {
    return hash.encoding().equals("hashtable");
  }

  private RdbType type(SetValue set) {
    if (set.isNumbers()) {
      return RdbType.SET_INTSET;
    }
    boolean isTable = set.encoding().equals("hashtable");
    return isTable || version < RdbVersion.ACTIVE_CONSUMERS ? RdbType.SET : RdbType.SET_LISTPACK;
  }

  /// Writes a value behind its type.
  void writeWithType(Value value) {
    out.writeByte(type(value).code());
    write(value);
  }

  /// Writes a value, as [#type] says.
  void write(Value value) {
    switch (value) {
      case StringValue string -> out.writeString(string.bytes());
      case ListValue list -> writeList(list);
      case HashValue hash -> writeHash(hash);
      case SetValue set -> writeSet(set);
      case SortedSetValue set -> writeSortedSet(set);
      case StreamValue stream -> new StreamWriter(out, packed, version).write(stream);
    }
    out.breathe();
  }

  private void writePacked() {
    out.writeString(packed.bytes());
    packed.clear();
    out.breathe();
  }

  /// The number of nodes stands first, so the list is gone through twice.
  private void writeList(ListValue list) {
    out.writeLength(eachNode(list, false));
    eachNode(list, true);
  }

  private long eachNode(ListValue list, boolean writes) {
    long nodes = 0;
    long bytes = 0;
    PackedList.Cursor cursor = list.elements().forward(0);
    while (cursor.next()) {
      Bytes element = cursor.bytes();
      if (element.length() >= PLAIN_MIN_BYTES) {
        nodes += endNode(bytes, writes) + 1;
        bytes = 0;
        if (writes) {
          out.writeLength(PLAIN_NODE);
          out.writeString(element);
        }
        continue;
      }
      if (bytes > 0 && bytes + element.length() + ELEMENT_BYTES > NODE_BYTES) {
        nodes += endNode(bytes, writes);
        bytes = 0;
      }
      bytes = (bytes == 0 ? Listpack.HEADER_BYTES + 1 : bytes) + sizeBytes(element);
      if (writes) {
        packed.add(element);
      }
    }
    return nodes + endNode(bytes, writes);
  }

  private int endNode(long bytes, boolean writes) {
    if (bytes == 0) {
      return 0;
    }
    if (writes) {
      out.writeLength(PACKED_NODE);
      writePacked();
    }
    return 1;
  }

  /// What an element takes in a listpack.
  private static long sizeBytes(Bytes element) {
    long size;
    if (Numbers.isLong(element)) {
      long number = Numbers.parseLong(element);
      if (number >= 0 && number < 1 << 7) {
        size = 1;
      } else if (number >= -(1 << 12) && number < 1 << 12) {
        size = 2;
      } else if (number == (short) number) {
        size = 3;
      } else if (number >= -(1 << 23) && number < 1 << 23) {
        size = 4;
      } else {
        size = number == (int) number ? 5 : 9;
      }
    } else {
      long length = element.length();
      size = length + (length < 1 << 6 ? 1 : length < 1 << 12 ? 2 : 5);
    }
    return size + Listpack.backBytes(size);
  }

  private void writeHash(HashValue hash) {
    switch (type(hash)) {
      case HASH -> {
        out.writeLength(hash.size());
        hash.forEach(this::writePair);
      }
      case HASH_METADATA -> writeTimed(hash);
      case HASH_LISTPACK_EX -> writePackedTimed(hash);
      default -> {
        hash.forEach(
            (name, value) -> {
              packed.add(name);
              packed.add(value);
            });
        writePacked();
      }
    }
  }

  private void writePair(Bytes name, Bytes value) {
    out.writeString(name);
    out.writeString(value);
    out.breathe();
  }

  private static long earliestMs(HashValue hash) {
    long[] earliest = {Entry.NEVER};
    hash.forEach((name, _) -> earliest[0] = Math.min(earliest[0], hash.expiresAtMs(name)));
    return earliest[0];
  }

  private void writeTimed(HashValue hash) {
    long earliestMs = earliestMs(hash);
    out.writeLong(earliestMs);
    out.writeLength(hash.size());
    hash.forEach(
        (name, value) -> {
          long atMs = hash.expiresAtMs(name);
          out.writeLength(atMs == Entry.NEVER ? 0 : atMs - earliestMs + 1);
          writePair(name, value);
        });
  }

  private record Field(Bytes name, Bytes value, long expiresAtMs) {}

  /// Fields stand in the order in which they expire, those that do not behind the others.
  private void writePackedTimed(HashValue hash) {
    List<Field> fields = new ArrayList<>(hash.size());
    hash.forEach((name, value) -> fields.add(new Field(name, value, hash.expiresAtMs(name))));
    fields.sort(Comparator.comparingLong(Field::expiresAtMs));
    out.writeLong(fields.getFirst().expiresAtMs);
    for (Field field : fields) {
      packed.add(field.name);
      packed.add(field.value);
      packed.add(field.expiresAtMs == Entry.NEVER ? 0 : field.expiresAtMs);
    }
    writePacked();
  }

  private void writeSet(SetValue set) {
    switch (type(set)) {
      case SET_INTSET -> writeNumbers(set);
      case SET_LISTPACK -> {
        set.forEach(packed::add);
        writePacked();
      }
      default -> {
        out.writeLength(set.size());
        set.forEach(
            member -> {
              out.writeString(member);
              out.breathe();
            });
      }
    }
  }

  private void writeNumbers(SetValue set) {
    int[] width = {2};
    set.forEach(
        member -> {
          long number = Numbers.parseLong(member);
          int its = number == (short) number ? 2 : number == (int) number ? 4 : 8;
          width[0] = Math.max(width[0], its);
        });
    ByteWriter numbers = new ByteWriter(Intset.HEADER_BYTES + width[0] * set.size());
    numbers.writeInt(width[0]);
    numbers.writeInt(set.size());
    set.forEach(
        member -> {
          long number = Numbers.parseLong(member);
          for (int i = 0; i < width[0]; i++) {
            numbers.writeByte((int) (number >> (8 * i)));
          }
        });
    out.writeString(Bytes.of(numbers.array(), 0, numbers.length()));
  }

  private void writeSortedSet(SortedSetValue set) {
    if (set.isPacked()) {
      set.forEach(this::pack);
      writePacked();
      return;
    }
    out.writeLength(set.size());
    // As Redis does it: from the highest score down.
    SortedSetValue.Cursor cursor = set.cursor(set.size() - 1, false);
    while (cursor.next()) {
      out.writeString(cursor.member());
      out.writeLong(Double.doubleToRawLongBits(cursor.score()));
      out.breathe();
    }
  }

  private void pack(Bytes member, double score) {
    packed.add(member);
    scratch.clear(64);
    Doubles.write(score, scratch);
    packed.add(Bytes.of(scratch.array(), 0, scratch.length()));
  }
}
