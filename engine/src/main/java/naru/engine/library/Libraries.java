package naru.engine.library;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import naru.bytes.Bytes;
import org.jspecify.annotations.Nullable;

/// The source texts of libraries, by name. They belong to no database.
///
/// The methods that change it are for [LibraryOp] alone.
public final class Libraries {
  private final TreeMap<Bytes, Bytes> texts = new TreeMap<>();
  private long changes;

  /// How often it was changed: who makes something of the texts sees by this that it is old.
  public long changes() {
    return changes;
  }

  /// All texts, by name and in the order of the names.
  public Map<Bytes, Bytes> texts() {
    return Collections.unmodifiableMap(texts);
  }

  /// The text of a library, null if there is none of that name.
  public @Nullable Bytes text(Bytes name) {
    return texts.get(name);
  }

  void put(Bytes name, Bytes text) {
    changes++;
    texts.put(Bytes.of(name.toArray()), Bytes.of(text.copy()));
  }

  void remove(Bytes name) {
    changes++;
    texts.remove(name);
  }

  void clear() {
    changes++;
    texts.clear();
  }
}
