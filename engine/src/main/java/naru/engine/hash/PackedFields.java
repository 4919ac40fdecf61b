package naru.engine.hash;

import java.util.function.Consumer;
import naru.bytes.Bytes;
import naru.bytes.Numbers;
import naru.engine.Entry;
import naru.structures.PackedRun;
import org.jspecify.annotations.Nullable;

/// The fields of a small hash in a [PackedRun].
///
/// ```
///  name value | name value | …              as they were put in
///  name value time | name value time | …    once a field has had an expiry: by time, the soonest
///                                           first, those without (time 0) last
/// ```
final class PackedFields {
  private static final Bytes NO_TIME = Bytes.of("0");

  private final PackedRun run;
  private final int stride;

  private PackedFields(PackedRun run, boolean timed) {
    this.run = run;
    this.stride = timed ? 3 : 2;
  }

  static PackedFields of(PackedRun run, boolean timed) {
    return new PackedFields(run, timed);
  }

  int size() {
    return run.count() / stride;
  }

  @Nullable Bytes get(Bytes name) {
    int place = run.find(name, stride);
    return place == PackedRun.NONE ? null : run.bytes(run.next(place));
  }

  boolean contains(Bytes name) {
    return run.find(name, stride) != PackedRun.NONE;
  }

  long expiresAtMs(Bytes name) {
    int place = stride == 2 ? PackedRun.NONE : run.find(name, stride);
    return place == PackedRun.NONE ? Entry.NEVER : timeAt(place);
  }

  long nextDueMs() {
    return stride == 2 || run.count() == 0 ? Entry.NEVER : timeAt(0);
  }

  private long timeAt(int place) {
    long time = run.number(run.skip(place, 2));
    return time == 0 ? Entry.NEVER : time;
  }

  /// Sets a field. A field that is there keeps its expiry or, if not `keepsExpiry`, loses it.
  void put(Bytes name, Bytes value, boolean keepsExpiry) {
    int place = run.find(name, stride);
    if (place == PackedRun.NONE) {
      append(name, value);
    } else if (stride == 2 || keepsExpiry || timeAt(place) == Entry.NEVER) {
      run.replace(run.next(place), value);
    } else {
      run.remove(place, run.skip(place, stride));
      append(name, value);
    }
  }

  private void append(Bytes name, Bytes value) {
    if (stride == 2) {
      run.insert(run.end(), name, value);
    } else {
      run.insert(run.end(), name, value, NO_TIME);
    }
  }

  void remove(Bytes name) {
    int place = run.find(name, stride);
    if (place != PackedRun.NONE) {
      run.remove(place, run.skip(place, stride));
    }
  }

  /// Sets the expiry of a field, for which there is room to say it.
  void expireAt(Bytes name, long atMs) {
    int place = run.find(name, stride);
    if (place == PackedRun.NONE) {
      return;
    }
    int valueAt = run.next(place);
    int timeAt = run.next(valueAt);
    Bytes ownName = Bytes.of(run.bytes(place).copy());
    Bytes value = Bytes.of(run.bytes(valueAt).copy());
    run.remove(place, run.next(timeAt));
    if (atMs == Entry.NEVER) {
      append(ownName, value);
    } else {
      run.insert(placeFor(atMs), ownName, value, Bytes.of(Numbers.toAscii(atMs)));
    }
  }

  private int placeFor(long atMs) {
    int place = 0;
    while (place < run.end() && timeAt(place) <= atMs) {
      place = run.skip(place, stride);
    }
    return place;
  }

  /// Takes away the fields whose time is at or before `untilMs`.
  void expire(long untilMs) {
    int place = 0;
    while (stride == 3 && place < run.end() && timeAt(place) <= untilMs) {
      place = run.skip(place, stride);
    }
    run.remove(0, place);
  }

  /// How many fields have a time at or before `untilMs`.
  int countDue(long untilMs) {
    int due = 0;
    for (int place = 0;
        stride == 3 && place < run.end() && timeAt(place) <= untilMs;
        place = run.skip(place, stride)) {
      due++;
    }
    return due;
  }

  void forEach(FieldVisitor visitor) {
    for (int place = 0; place < run.end(); ) {
      int valueAt = run.next(place);
      visitor.field(run.bytes(place), run.bytes(valueAt));
      place = run.skip(valueAt, stride - 1);
    }
  }

  void forEachTimed(Consumer<HashField> visitor) {
    for (int place = 0; place < run.end(); place = run.skip(place, stride)) {
      long time = stride == 2 ? Entry.NEVER : timeAt(place);
      visitor.accept(new HashField(run.bytes(place), run.bytes(run.next(place)), time));
    }
  }

  /// Puts a field behind all others, where it belongs.
  void restore(HashField field) {
    if (stride == 2 || field.expiresAtMs() == Entry.NEVER) {
      append(field.name(), field.value());
    } else {
      Bytes time = Bytes.of(Numbers.toAscii(field.expiresAtMs()));
      run.insert(run.end(), field.name(), field.value(), time);
    }
  }

  /// The field at `index`.
  void at(int index, FieldVisitor visitor) {
    int place = run.skip(0, index * stride);
    visitor.field(run.bytes(place), run.bytes(run.next(place)));
  }

  /// The same fields with room for their times.
  PackedRun timed() {
    PackedRun timed = new PackedRun();
    forEach((name, value) -> timed.insert(timed.end(), name, value, NO_TIME));
    return timed;
  }

  /// The same fields as a table.
  TableFields unpacked(long seed) {
    TableFields table = new TableFields(seed);
    for (int place = 0; place < run.end(); place = run.skip(place, stride)) {
      Bytes name = run.bytes(place);
      table.put(name, run.bytes(run.next(place)), false);
      if (stride == 3) {
        table.expireAt(name, timeAt(place));
      }
    }
    return table;
  }
}
