package naru.protocol.resp.key;

import java.util.ArrayList;
import java.util.List;
import naru.bytes.ByteWriter;
import naru.bytes.Bytes;
import naru.engine.Entry;
import naru.engine.hash.HashValue;
import naru.engine.string.StringValue;
import naru.protocol.resp.verb.Call;
import org.jspecify.annotations.Nullable;

/// What stands where the patterns of `BY` and `GET` lead: `#` is the element itself, `weight_*` a
/// string, `object_*->field` a field of a hash.
final class SortPatterns {
  private static final Bytes ITSELF = Bytes.of("#");

  private final Call call;

  SortPatterns(Call call) {
    this.call = call;
  }

  /// For each element what the patterns lead to, null where that is nothing; the elements
  /// themselves if there are no patterns.
  List<@Nullable Bytes> shown(List<Bytes> elements, List<Bytes> patterns) {
    List<@Nullable Bytes> shown = new ArrayList<>(elements.size());
    for (Bytes element : elements) {
      if (patterns.isEmpty()) {
        shown.add(element);
      }
      for (Bytes pattern : patterns) {
        shown.add(lookUp(pattern, element));
      }
    }
    return shown;
  }

  @Nullable Bytes lookUp(Bytes pattern, Bytes element) {
    if (pattern.equals(ITSELF)) {
      return element;
    }
    int star = pattern.indexOf((byte) '*', 0);
    if (star < 0) {
      return null;
    }
    int arrow = arrow(pattern, star);
    int end = arrow < 0 ? pattern.length() : arrow;
    ByteWriter key = new ByteWriter(end + element.length());
    key.write(pattern.slice(0, star));
    key.write(element);
    key.write(pattern.slice(star + 1, end));
    Entry entry = call.entry(Bytes.of(key.toArray()));
    if (entry == null || entry.isExpired(call.nowMs())) {
      return null;
    }
    if (arrow >= 0) {
      Bytes field = pattern.slice(arrow + 2, pattern.length());
      return entry.value() instanceof HashValue hash ? field(hash, field) : null;
    }
    return entry.value() instanceof StringValue string ? string.bytes() : null;
  }

  /// Where `->` stands behind the star with a name behind it, -1 if it does not.
  private static int arrow(Bytes pattern, int star) {
    for (int i = star + 1; i + 2 < pattern.length(); i++) {
      if (pattern.at(i) == '-' && pattern.at(i + 1) == '>') {
        return i;
      }
    }
    return -1;
  }

  private @Nullable Bytes field(HashValue hash, Bytes name) {
    return hash.expiresAtMs(name) <= call.nowMs() ? null : hash.get(name);
  }
}
