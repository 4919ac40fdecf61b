package naru.engine.hash;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.function.Consumer;
import naru.bytes.Bytes;
import naru.engine.Entry;
import naru.structures.ElementLayout;
import naru.structures.ElementTable;
import naru.structures.RankTree;
import org.jspecify.annotations.Nullable;

/// The fields of a large hash: a table of them, and the ones that expire in the order in which they
/// do. A field is one run of bytes, which is never changed, only put in the place of another.
///
/// ```
///  varint: name length * 2 + f | 8 bytes: time, if f is 1 | name | value
/// ```
final class TableFields {
  private static final VarHandle TIME =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private final ElementTable table;
  private @Nullable RankTree expiring;

  TableFields(long seed) {
    this(new ElementTable(ElementLayout.SIZED, seed), null);
  }

  private TableFields(ElementTable table, @Nullable RankTree expiring) {
    this.table = table;
    this.expiring = expiring;
  }

  int size() {
    return table.size();
  }

  @Nullable Bytes get(Bytes name) {
    byte[] field = table.get(name);
    return field == null ? null : value(field);
  }

  boolean contains(Bytes name) {
    return table.contains(name);
  }

  /// See [ElementTable#lookAhead].
  long lookAhead(int[] hashes, int count) {
    return table.lookAhead(hashes, count);
  }

  long expiresAtMs(Bytes name) {
    byte[] field = expiring == null ? null : table.get(name);
    return field == null ? Entry.NEVER : time(field);
  }

  long nextDueMs() {
    return expiring == null || expiring.size() == 0 ? Entry.NEVER : expiring.firstOrder();
  }

  /// See [PackedFields#put].
  void put(Bytes name, Bytes value, boolean keepsExpiry) {
    long time = keepsExpiry ? expiresAtMs(name) : Entry.NEVER;
    exchange(field(name, value, time));
  }

  void expireAt(Bytes name, long atMs) {
    byte[] field = table.get(name);
    if (field != null && time(field) != atMs) {
      exchange(field(name, value(field), atMs));
    }
  }

  /// Puts `field` in the place of the one with its name.
  private void exchange(byte[] field) {
    byte[] before = table.put(field);
    if (before != null) {
      forgetTime(before);
    }
    long time = time(field);
    if (time != Entry.NEVER) {
      if (expiring == null) {
        expiring = new RankTree(ElementLayout.SIZED);
      }
      expiring.add(time, field);
    }
  }

  void remove(Bytes name) {
    byte[] removed = table.remove(name);
    if (removed != null) {
      forgetTime(removed);
    }
  }

  private void forgetTime(byte[] field) {
    if (expiring != null && time(field) != Entry.NEVER) {
      expiring.remove(time(field), name(field));
    }
  }

  void expire(long untilMs) {
    RankTree times = expiring;
    while (times != null && times.size() > 0 && times.firstOrder() <= untilMs) {
      table.remove(name(times.removeAt(0)));
    }
  }

  int countDue(long untilMs) {
    return expiring == null ? 0 : expiring.countBelow(untilMs, true);
  }

  void forEach(FieldVisitor visitor) {
    table.forEach(showingTo(visitor));
  }

  void forEachTimed(Consumer<HashField> visitor) {
    table.forEach(field -> visitor.accept(new HashField(name(field), value(field), time(field))));
  }

  long scan(long cursor, int count, FieldVisitor visitor) {
    return table.scan(cursor, count, showingTo(visitor));
  }

  long scanTimed(long cursor, int count, Consumer<HashField> visitor) {
    return table.scan(
        cursor,
        count,
        field -> visitor.accept(new HashField(name(field), value(field), time(field))));
  }

  void restore(HashField field) {
    exchange(field(field.name(), field.value(), field.expiresAtMs()));
  }

  void random(long random, FieldVisitor visitor) {
    showingTo(visitor).accept(table.random(random));
  }

  long sizeBytes() {
    return 16 + table.sizeBytes() + (expiring == null ? 0 : expiring.overheadBytes());
  }

  TableFields copy() {
    return new TableFields(table.copy(), expiring == null ? null : expiring.copy());
  }

  /// For [#scanTimed] alone: fields carry their times themselves.
  TableFields view() {
    return new TableFields(table.view(), null);
  }

  private static Consumer<byte[]> showingTo(FieldVisitor visitor) {
    return field -> visitor.field(name(field), value(field));
  }

  private static byte[] field(Bytes name, Bytes value, long time) {
    boolean timed = time != Entry.NEVER;
    long head = ((long) name.length() << 1) | (timed ? 1 : 0);
    int headBytes = (64 - Long.numberOfLeadingZeros(head | 1) + 6) / 7;
    int nameAt = headBytes + (timed ? 8 : 0);
    byte[] field = new byte[nameAt + name.length() + value.length()];
    for (int i = 0; i < headBytes; i++) {
      int more = i + 1 < headBytes ? 0x80 : 0;
      field[i] = (byte) (((head >>> (7 * i)) & 0x7F) | more);
    }
    if (timed) {
      TIME.set(field, headBytes, time);
    }
    System.arraycopy(name.array(), name.offset(), field, nameAt, name.length());
    int valueAt = nameAt + name.length();
    System.arraycopy(value.array(), value.offset(), field, valueAt, value.length());
    return field;
  }

  private static Bytes name(byte[] field) {
    return ElementLayout.SIZED.key(field);
  }

  private static Bytes value(byte[] field) {
    int from = ElementLayout.SIZED.keyTo(field);
    return Bytes.of(field, from, field.length - from);
  }

  private static long time(byte[] field) {
    boolean timed = (field[0] & 1) != 0;
    return timed ? (long) TIME.get(field, ElementLayout.SIZED.keyFrom(field) - 8) : Entry.NEVER;
  }
}
