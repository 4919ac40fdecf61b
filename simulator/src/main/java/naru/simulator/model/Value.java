package naru.simulator.model;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;

/// What a key holds. Copies are wholly apart.
sealed interface Value {
  Value copy();

  /// All that can be asked about it, as text; ages left out.
  String picture();

  record Text(String text) implements Value {
    @Override
    public Value copy() {
      return this;
    }

    @Override
    public String picture() {
      return Drawing.text(text);
    }
  }

  /// A list, never empty.
  record Elements(List<String> items) implements Value {
    @Override
    public Value copy() {
      return new Elements(new ArrayList<>(items));
    }

    @Override
    public String picture() {
      return Drawing.list(items);
    }
  }

  final class Hash implements Value {
    final TreeMap<String, String> fields = new TreeMap<>();

    /// When those fields expire that do.
    final TreeMap<String, Long> dueMs = new TreeMap<>();

    boolean remove(String field) {
      dueMs.remove(field);
      return fields.remove(field) != null;
    }

    @Override
    public Value copy() {
      Hash copy = new Hash();
      copy.fields.putAll(fields);
      copy.dueMs.putAll(dueMs);
      return copy;
    }

    @Override
    public String picture() {
      return Drawing.hash(fields, dueMs);
    }
  }

  /// A set, never empty.
  record Members(TreeSet<String> members) implements Value {
    @Override
    public Value copy() {
      return new Members(new TreeSet<>(members));
    }

    @Override
    public String picture() {
      return Drawing.set(members);
    }
  }

  /// A sorted set.
  final class Scores implements Value {
    final TreeMap<String, Long> scores = new TreeMap<>();

    List<String> inOrder() {
      return SortedSets.inOrder(scores);
    }

    @Override
    public Value copy() {
      Scores copy = new Scores();
      copy.scores.putAll(scores);
      return copy;
    }

    @Override
    public String picture() {
      return Drawing.sortedSet(
          inOrder().stream().map(member -> member + "=" + scores.get(member)).toList());
    }
  }

  final class Stream implements Value {
    final TreeMap<Id, List<String>> entries = new TreeMap<>();
    final TreeMap<String, Group> groups = new TreeMap<>();
    Id lastId = Id.ZERO;
    Id maxDeleted = Id.ZERO;
    long added;

    @Override
    public Value copy() {
      Stream copy = new Stream();
      copy.entries.putAll(entries);
      groups.forEach((name, group) -> copy.groups.put(name, group.copy()));
      copy.lastId = lastId;
      copy.maxDeleted = maxDeleted;
      copy.added = added;
      return copy;
    }

    @Override
    public String picture() {
      Drawing drawing = new Drawing(lastId.toString(), maxDeleted.toString(), added);
      entries.forEach((id, fields) -> drawing.entry(id.toString(), fields));
      groups.forEach((name, group) -> group.draw(name, drawing));
      return drawing.text();
    }
  }

  final class Group {
    final TreeMap<Id, Pending> pending = new TreeMap<>();
    final TreeSet<String> consumers = new TreeSet<>();
    Id lastId;

    Group(Id lastId) {
      this.lastId = lastId;
    }

    Group copy() {
      Group copy = new Group(lastId);
      copy.pending.putAll(pending);
      copy.consumers.addAll(consumers);
      return copy;
    }

    long pendingOf(String consumer) {
      return pending.values().stream().filter(entry -> entry.owner.equals(consumer)).count();
    }

    private void draw(String name, Drawing drawing) {
      drawing.group(name, lastId.toString());
      for (String consumer : consumers) {
        drawing.consumer(consumer, pendingOf(consumer));
      }
      pending.forEach(
          (id, entry) ->
              drawing.pending(id.toString(), entry.owner, entry.deliveredMs, entry.count));
    }
  }

  record Pending(String owner, long deliveredMs, long count) {
    /// As it is shown: never negative, though the clock may go back.
    long idleMs(long nowMs) {
      return Math.max(0, nowMs - deliveredMs);
    }
  }
}
