package naru.engine.hash;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import naru.bytes.Bytes;
import naru.engine.PackedLimits;
import naru.engine.Packing;
import naru.engine.Retelling;
import naru.engine.Value;
import naru.structures.ElementTable;
import naru.structures.PackedRun;
import org.jspecify.annotations.Nullable;

/// A hash. Never empty while a key holds it.
///
/// Packed while small ([PackedLimits]), a table after that. What is read is a view, good until the
/// next op on the hash. Fields may expire on their own; those that have are taken away before a
/// request is decided, so nobody sees them.
public final class HashValue implements Value {
  /// What a packed field takes at most beside its name and its value.
  private static final int FIELD_BYTES = 32;

  /// Marked when it has room for the times of fields.
  private PackedRun packed = new PackedRun();

  private @Nullable TableFields table;

  HashValue() {}

  public int size() {
    return table != null ? table.size() : fields().size();
  }

  /// The value of a field, null if there is none.
  public @Nullable Bytes get(Bytes name) {
    return table != null ? table.get(name) : fields().get(name);
  }

  public boolean contains(Bytes name) {
    return table != null ? table.contains(name) : fields().contains(name);
  }

  /// When a field expires, [Entry#NEVER] if it does not or is not there.
  public long expiresAtMs(Bytes name) {
    return table != null ? table.expiresAtMs(name) : fields().expiresAtMs(name);
  }

  @Override
  public long nextDueMs() {
    return table != null ? table.nextDueMs() : fields().nextDueMs();
  }

  /// The names of the fields that have expired at `nowMs`. Looks at all fields.
  List<Bytes> dueNames(long nowMs) {
    List<Bytes> names = new ArrayList<>();
    Consumer<HashField> visitor =
        field -> {
          if (field.expiresAtMs() <= nowMs) {
            names.add(field.name().owned());
          }
        };
    if (table != null) {
      table.forEachTimed(visitor);
    } else {
      fields().forEachTimed(visitor);
    }
    return names;
  }

  /// How many fields have expired at `nowMs`.
  public int countDue(long nowMs) {
    return table != null ? table.countDue(nowMs) : fields().countDue(nowMs);
  }

  /// Shows every field, in the order in which they were put in while packed.
  public void forEach(FieldVisitor visitor) {
    if (table != null) {
      table.forEach(visitor);
    } else {
      fields().forEach(visitor);
    }
  }

  /// Shows the fields from `cursor` on, at least `count` of them, and all when packed; returns the
  /// cursor to go on with, 0 at the end.
  public long scan(long cursor, int count, FieldVisitor visitor) {
    if (table == null) {
      fields().forEach(visitor);
      return 0;
    }
    long next = cursor >= ElementTable.END ? cursor : table.scan(cursor, count, visitor);
    return next >= ElementTable.END ? 0 : next;
  }

  /// Shows a field chosen by `random`.
  public void random(long random, FieldVisitor visitor) {
    if (table != null) {
      table.random(random, visitor);
    } else {
      PackedFields fields = fields();
      fields.at((int) Math.unsignedMultiplyHigh(random, fields.size()), visitor);
    }
  }

  @Override
  public int hashedElements() {
    return table == null ? 0 : table.size();
  }

  @Override
  public long lookAhead(int[] hashes, int count) {
    return table == null ? 0 : table.lookAhead(hashes, count);
  }

  /// As in `OBJECT ENCODING`.
  public String encoding() {
    return table != null ? "hashtable" : packed.isMarked() ? "listpackex" : "listpack";
  }

  @Override
  public HashValue copy() {
    HashValue copy = new HashValue();
    copy.packed = packed.copy();
    copy.table = table == null ? null : table.copy();
    return copy;
  }

  /// A copy without what has expired at `nowMs`.
  public HashValue at(long nowMs) {
    HashValue rest = copy();
    rest.expire(nowMs);
    return rest;
  }

  @Override
  public long sizeBytes() {
    return 16 + packed.footprintBytes() + (table == null ? 0 : table.sizeBytes());
  }

  @Override
  public Retelling retelling(int database, Bytes key, long expiresAtMs, Retelling.Pieces pieces) {
    return new HashRetelling(this, database, key, expiresAtMs, pieces);
  }

  /// Its table as it is now, to be read whatever becomes of it: see [ElementTable#view].
  HashValue view() {
    HashValue view = new HashValue();
    view.table = table == null ? null : table.view();
    return view;
  }

  HashForm form() {
    return table != null
        ? HashForm.TABLE
        : packed.isMarked() ? HashForm.PACKED_TIMED : HashForm.PACKED;
  }

  /// An empty hash that is kept in a form.
  static HashValue of(HashForm form, long seed) {
    HashValue hash = new HashValue();
    if (form == HashForm.PACKED_TIMED) {
      hash.packed.mark();
    }
    hash.table = form == HashForm.TABLE ? new TableFields(seed) : null;
    return hash;
  }

  /// As [#scan], with the times of the fields; [ElementTable#END] at the end.
  long scanTimed(long cursor, int count, Consumer<HashField> visitor) {
    if (table == null) {
      fields().forEachTimed(visitor);
      return ElementTable.END;
    }
    return table.scanTimed(cursor, count, visitor);
  }

  /// Puts a field that is not there behind the others, without a change of form.
  void restore(HashField field) {
    if (table != null) {
      table.restore(field);
    } else {
      fields().restore(field);
    }
  }

  /// Sets a field. A field that is there keeps its expiry or, if not `keepsExpiry`, loses it.
  void put(Bytes name, Bytes value, boolean keepsExpiry, Packing packing) {
    if (table == null && !admits(name, value, packing.limits())) {
      unpack(packing.hashSeed());
    }
    if (table != null) {
      table.put(name, value, keepsExpiry);
      return;
    }
    fields().put(name, value, keepsExpiry);
    if (!packing.limits().admitFields(size())) {
      unpack(packing.hashSeed());
    }
  }

  private boolean admits(Bytes name, Bytes value, PackedLimits limits) {
    return name.length() <= limits.hashBytes()
        && value.length() <= limits.hashBytes()
        && hasRoomFor((long) name.length() + value.length() + FIELD_BYTES);
  }

  private boolean hasRoomFor(long bytes) {
    return packed.end() + bytes <= PackedLimits.BYTES_MOST;
  }

  /// Prepares for `count` fields to come, as many as if none of them were there.
  void expect(int count, Packing packing) {
    if (table == null && !packing.limits().admitFields(count)) {
      unpack(packing.hashSeed());
    }
  }

  void remove(Bytes name) {
    if (table != null) {
      table.remove(name);
    } else {
      fields().remove(name);
    }
  }

  /// Sets the expiry of a field, takes it away with [Entry#NEVER]. No effect if there is none.
  void expireAt(Bytes name, long atMs, Packing packing) {
    if (table == null
        && !hasRoomFor(packed.isMarked() ? FIELD_BYTES : (long) FIELD_BYTES * packed.count())) {
      unpack(packing.hashSeed());
    }
    if (table != null) {
      table.expireAt(name, atMs);
      return;
    }
    if (!packed.isMarked()) {
      packed = fields().timed();
      packed.mark();
    }
    fields().expireAt(name, atMs);
  }

  /// Takes away the fields whose time is at or before `untilMs`.
  void expire(long untilMs) {
    if (table != null) {
      table.expire(untilMs);
    } else {
      fields().expire(untilMs);
    }
  }

  private PackedFields fields() {
    return PackedFields.of(packed, packed.isMarked());
  }

  private void unpack(long seed) {
    table = fields().unpacked(seed);
    packed = new PackedRun();
  }
}
