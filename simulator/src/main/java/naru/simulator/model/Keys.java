package naru.simulator.model;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// All keys there are, when they expire, and which of them somebody has to be told of.
final class Keys {
  private final TreeMap<String, Value> values = new TreeMap<>();
  private final TreeMap<String, Long> dueMs = new TreeMap<>();

  /// What somebody who waits may want to look at, in order: it may be read or popped now, or it was
  /// a stream and is gone.
  private final LinkedHashSet<String> touched = new LinkedHashSet<>();

  /// What has changed for somebody who watches.
  private final TreeSet<String> changed = new TreeSet<>();

  /// What counts for them as changed, and is what it was.
  private final TreeSet<String> unchanged = new TreeSet<>();

  private boolean written;

  Keys copy() {
    Keys copy = new Keys();
    values.forEach((key, value) -> copy.values.put(key, value.copy()));
    copy.dueMs.putAll(dueMs);
    return copy;
  }

  @Nullable Value find(String key) {
    return values.get(key);
  }

  /// There is a value, or it has changed. It expires when it did.
  void put(String key, Value value) {
    if (values.put(key, value) instanceof Value.Stream || !(value instanceof Value.Text)) {
      touch(key);
    }
    change(key);
  }

  boolean remove(String key) {
    dueMs.remove(key);
    Value before = values.remove(key);
    if (before == null) {
      return false;
    }
    if (before instanceof Value.Stream) {
      touch(key);
    }
    change(key);
    return true;
  }

  void touch(String key) {
    touched.add(key);
  }

  void change(String key) {
    changed.add(key);
  }

  /// Who watches the key is told of a change, though nothing is written.
  void pretendChange(String key) {
    unchanged.add(key);
  }

  /// When a key expires; the greatest number if it does not.
  long dueMs(String key) {
    return dueMs.getOrDefault(key, Long.MAX_VALUE);
  }

  /// A key that is there expires at that time.
  void expireAt(String key, long atMs) {
    dueMs.put(key, atMs);
    change(key);
  }

  /// The key does not expire; false if it did not anyway.
  boolean keep(String key) {
    if (dueMs.remove(key) == null) {
      return false;
    }
    change(key);
    return true;
  }

  /// When the next key expires; the greatest number if none does.
  long nextDueMs() {
    Stream<Long> fields =
        values.values().stream()
            .filter(Value.Hash.class::isInstance)
            .flatMap(value -> ((Value.Hash) value).dueMs.values().stream());
    return Stream.concat(dueMs.values().stream(), fields)
        .min(Comparator.naturalOrder())
        .orElse(Long.MAX_VALUE);
  }

  void removeDue(long nowMs) {
    List<String> due = new ArrayList<>();
    dueMs.forEach(
        (key, atMs) -> {
          if (atMs <= nowMs) {
            due.add(key);
          }
        });
    due.forEach(this::remove);
    for (String key : List.copyOf(values.keySet())) {
      if (values.get(key) instanceof Value.Hash hash) {
        removeDue(key, hash, nowMs);
      }
    }
  }

  private void removeDue(String key, Value.Hash hash, long nowMs) {
    List<String> due =
        hash.dueMs.entrySet().stream()
            .filter(field -> field.getValue() <= nowMs)
            .map(Map.Entry::getKey)
            .toList();
    due.forEach(hash::remove);
    if (!due.isEmpty()) {
      change(key);
    }
    if (hash.fields.isEmpty()) {
      remove(key);
    }
  }

  /// Something is written that is what it was.
  void write() {
    written = true;
  }

  /// Whether anything was written since this was like `before`.
  boolean isWrittenSince(Keys before) {
    return written || !changed.isEmpty() || !picture().equals(before.picture());
  }

  /// The key that was touched first, null if none was; it counts as untouched again.
  @Nullable String takeTouched() {
    return touched.isEmpty() ? null : touched.removeFirst();
  }

  /// The keys that have changed; they count as unchanged again.
  List<String> takeChanged() {
    List<String> taken = new ArrayList<>(changed);
    taken.addAll(unchanged);
    changed.clear();
    unchanged.clear();
    written = false;
    return taken;
  }

  Map<String, String> picture() {
    Map<String, String> picture = new TreeMap<>();
    values.forEach((key, value) -> picture.put(key, Drawing.key(value.picture(), dueMs(key))));
    return picture;
  }
}
