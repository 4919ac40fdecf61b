package naru.protocol.resp.verb;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import naru.bytes.Bytes;
import org.jspecify.annotations.Nullable;

/// Tells words that come a second time.
public final class SeenWords {
  private static final int COMPARED_MAX = 16;

  private final List<Bytes> few = new ArrayList<>(4);
  private @Nullable Set<Bytes> many;

  public boolean contains(Bytes word) {
    return many != null ? many.contains(word) : few.contains(word);
  }

  /// Whether `word` comes for the first time.
  public boolean add(Bytes word) {
    if (contains(word)) {
      return false;
    }
    if (many != null) {
      return many.add(word);
    }
    few.add(word);
    if (few.size() > COMPARED_MAX) {
      many = new HashSet<>(few);
    }
    return true;
  }
}
