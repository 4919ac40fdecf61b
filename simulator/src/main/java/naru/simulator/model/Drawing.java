package naru.simulator.model;

import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;

/// What a key holds, as text: drawn by the model of itself, and by who looks at a broker.
public final class Drawing {
  private final StringBuilder out = new StringBuilder();

  /// A stream, to which entries and groups are added.
  public Drawing(String lastId, String maxDeletedId, long added) {
    out.append("stream up to ").append(lastId);
    out.append(", deleted up to ").append(maxDeletedId);
    out.append(", ever added ").append(added);
  }

  /// The key as a whole.
  ///
  /// @param dueMs when it expires; the greatest number if it does not
  public static String key(String value, long dueMs) {
    return dueMs == Long.MAX_VALUE ? value : "until " + dueMs + ": " + value;
  }

  public static String text(String text) {
    return "string " + text;
  }

  public static String list(List<String> items) {
    return "list " + items;
  }

  public static String set(SortedSet<String> members) {
    return "set " + members;
  }

  /// @param members each with its score, in order
  public static String sortedSet(List<String> members) {
    return "sorted set " + members;
  }

  /// @param dueMs when those fields expire that do
  public static String hash(SortedMap<String, String> fields, Map<String, Long> dueMs) {
    StringBuilder out = new StringBuilder("hash");
    fields.forEach(
        (field, value) -> {
          out.append("\n  ").append(field).append(' ').append(value);
          Long due = dueMs.get(field);
          if (due != null) {
            out.append(" until ").append(due);
          }
        });
    return out.toString();
  }

  public void entry(String id, List<String> fields) {
    out.append("\n  ").append(id).append(' ').append(fields);
  }

  public void group(String name, String lastId) {
    out.append("\n  group ").append(name).append(" read up to ").append(lastId);
  }

  public void consumer(String name, long pending) {
    out.append("\n    ").append(name).append(" has ").append(pending);
  }

  public void pending(String id, String owner, long deliveredMs, long count) {
    out.append("\n    ").append(id).append(" with ").append(owner);
    out.append(" since ").append(deliveredMs).append(", delivery ").append(count);
  }

  public String text() {
    return out.toString();
  }
}
