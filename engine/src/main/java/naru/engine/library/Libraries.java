package naru.engine.library;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import naru.bytes.Bytes;
import naru.structures.HeapSize;
import org.jspecify.annotations.Nullable;

/// The source texts of libraries, by name. They belong to no database.
///
/// The methods that change it are for [LibraryOp] alone.
public final class Libraries {
  private final TreeMap<Bytes, Bytes> texts = new TreeMap<>();
  private long changes;
  private long sizeBytes;

  /// What they take in memory.
  public long sizeBytes() {
    return sizeBytes;
  }

  /// A name, a text, and their place in the tree.
  private static long bytesOf(Bytes name, Bytes text) {
    return 88 + HeapSize.bytes(name.length()) + HeapSize.bytes(text.length());
  }

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
    forget(name);
    sizeBytes += bytesOf(name, text);
    texts.put(Bytes.of(name.toArray()), Bytes.of(text.copy()));
  }

  void remove(Bytes name) {
    changes++;
    forget(name);
  }

  private void forget(Bytes name) {
    Bytes removed = texts.remove(name);
    if (removed != null) {
      sizeBytes -= bytesOf(name, removed);
    }
  }

  /// Has what another has, and nothing else.
  public void takeAll(Libraries other) {
    clear();
    texts.putAll(other.texts);
    sizeBytes = other.sizeBytes;
  }

  void clear() {
    changes++;
    texts.clear();
    sizeBytes = 0;
  }
}
