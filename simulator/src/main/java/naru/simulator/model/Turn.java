package naru.simulator.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// One command and what it may look at.
///
/// @param awakenedBy the key for which the command, which has waited, is tried again; null the
///     first time
record Turn(
    Keys keys,
    Clients clients,
    int connection,
    List<String> words,
    long nowMs,
    @Nullable String awakenedBy) {
  int count() {
    return words.size();
  }

  String word(int index) {
    return words.get(index);
  }

  long number(int index) {
    return Long.parseLong(words.get(index));
  }

  /// All words from `index` on.
  List<String> from(int index) {
    return words.subList(index, words.size());
  }

  <V extends Value> @Nullable V find(String key, Class<V> type) {
    Value value = keys.find(key);
    if (value != null && !type.isInstance(value)) {
      throw Refused.wrongType();
    }
    return type.cast(value);
  }

  /// As [#find], but who has waited does not mind a value of another type.
  <V extends Value> @Nullable V waitedFor(String key, Class<V> type) {
    Value value = keys.find(key);
    return awakenedBy != null && !type.isInstance(value) ? null : find(key, type);
  }

  /// As [#waitedFor], but who has waited gets what has come, not what is elsewhere.
  <V extends Value> @Nullable V come(String key, Class<V> type) {
    return awakenedBy == null || key.equals(awakenedBy) ? waitedFor(key, type) : null;
  }

  void put(String key, Value value) {
    keys.put(key, value);
  }

  boolean remove(String key) {
    return keys.remove(key);
  }
}
