package naru.simulator.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/// What a broker knows of connections, and forgets when it ends: what they watch and listen to.
final class Clients {
  private final Map<Integer, Set<String>> watched = new TreeMap<>();
  private final Set<Integer> overtaken = new TreeSet<>();
  private final Map<Integer, Set<String>> channels = new TreeMap<>();
  private final Map<Integer, Set<String>> patterns = new TreeMap<>();
  private final Map<Integer, Integer> versions = new TreeMap<>();
  private final List<Answer> pushes = new ArrayList<>();

  void clear() {
    watched.clear();
    overtaken.clear();
    channels.clear();
    patterns.clear();
    versions.clear();
  }

  void gone(int connection) {
    unwatch(connection);
    channels.remove(connection);
    patterns.remove(connection);
    versions.remove(connection);
  }

  /// Of the protocol.
  int version(int connection) {
    return versions.getOrDefault(connection, 2);
  }

  void version(int connection, int version) {
    versions.put(connection, version);
  }

  void watch(int connection, List<String> keys) {
    watched.computeIfAbsent(connection, _ -> new TreeSet<>()).addAll(keys);
  }

  void unwatch(int connection) {
    watched.remove(connection);
    overtaken.remove(connection);
  }

  /// Whether what the connection watches has changed since.
  boolean isOvertaken(int connection) {
    return overtaken.contains(connection);
  }

  void changed(List<String> keys) {
    watched.forEach(
        (connection, theirs) -> {
          if (keys.stream().anyMatch(theirs::contains)) {
            overtaken.add(connection);
          }
        });
  }

  /// `SUBSCRIBE`, `PSUBSCRIBE` and their opposites: each name is confirmed.
  Reply listen(int connection, String verb, List<String> names) {
    Set<String> all =
        (verb.startsWith("P") ? patterns : channels)
            .computeIfAbsent(connection, _ -> new TreeSet<>());
    List<Reply> confirmed = new ArrayList<>();
    for (String name : names) {
      if (verb.contains("UN")) {
        all.remove(name);
      } else {
        all.add(name);
      }
      confirmed.add(
          Reply.push(
              Reply.bulk(verb.toLowerCase(Locale.ROOT)),
              Reply.bulk(name),
              Reply.number(listening(connection))));
    }
    return new Reply.Several(confirmed);
  }

  /// How many channels and patterns a connection listens to.
  int listening(int connection) {
    return of(channels, connection).size() + of(patterns, connection).size();
  }

  /// Returns how many were sent it.
  int publish(String channel, String message) {
    int before = pushes.size();
    channels.forEach(
        (connection, names) -> {
          if (names.contains(channel)) {
            push(connection, "message", channel, message);
          }
        });
    patterns.forEach(
        (connection, names) -> {
          for (String pattern : names) {
            if (matches(pattern, channel)) {
              push(connection, "pmessage", pattern, channel, message);
            }
          }
        });
    return pushes.size() - before;
  }

  private void push(int connection, String... words) {
    pushes.add(Answer.push(connection, new Reply.Push(Reply.texts(List.of(words)))));
  }

  /// The model's patterns are a text and a star.
  private static boolean matches(String pattern, String channel) {
    return channel.startsWith(pattern.substring(0, pattern.length() - 1));
  }

  private static Set<String> of(Map<Integer, Set<String>> names, int connection) {
    return names.getOrDefault(connection, Set.of());
  }

  /// What is to be sent to those who listen; it counts as sent.
  List<Answer> takePushes() {
    List<Answer> taken = List.copyOf(pushes);
    pushes.clear();
    return taken;
  }
}
