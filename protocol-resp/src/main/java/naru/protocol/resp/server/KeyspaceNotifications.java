package naru.protocol.resp.server;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import naru.bytes.Bytes;
import naru.engine.KeyEvent;
import naru.engine.State;
import naru.reactor.KeyListener;
import org.jspecify.annotations.Nullable;

/// Publishes what happens to keys: `__keyspace@0__:key` gets the event, `__keyevent@0__:event` the
/// key, as the setting `notify-keyspace-events` asks.
///
/// https://redis.io/docs/latest/develop/pubsub/keyspace-notifications/
public final class KeyspaceNotifications implements KeyListener {
  private final Subscriptions subscriptions;
  private final Set<KeyEvent.Kind> kinds = EnumSet.noneOf(KeyEvent.Kind.class);
  private boolean ofModules;
  private boolean keyspace;
  private boolean keyevent;

  public KeyspaceNotifications(Subscriptions subscriptions) {
    this.subscriptions = subscriptions;
  }

  /// Whether all letters are known.
  static boolean isValid(String letters) {
    return letters.chars().allMatch(letter -> "KEAd".indexOf(letter) >= 0 || kind(letter) != null);
  }

  /// The letters as Redis gives them back.
  static String canonical(String letters) {
    KeyspaceNotifications parsed = new KeyspaceNotifications(new Subscriptions());
    parsed.configure(letters);
    return parsed.letters();
  }

  /// Takes the letters of `notify-keyspace-events`, which are valid.
  void configure(String letters) {
    kinds.clear();
    for (int i = 0; i < letters.length(); i++) {
      KeyEvent.Kind kind = kind(letters.charAt(i));
      if (letters.charAt(i) == 'A') {
        kinds.addAll(all());
      } else if (kind != null) {
        kinds.add(kind);
      }
    }
    ofModules = letters.indexOf('d') >= 0 || letters.indexOf('A') >= 0;
    keyspace = letters.indexOf('K') >= 0;
    keyevent = letters.indexOf('E') >= 0;
  }

  private static KeyEvent.@Nullable Kind kind(int letter) {
    for (KeyEvent.Kind kind : KeyEvent.Kind.values()) {
      if (kind.letter() == letter) {
        return kind;
      }
    }
    return null;
  }

  /// What `A` stands for: all but the misses, new keys, and changes of value or type.
  private static Set<KeyEvent.Kind> all() {
    return EnumSet.complementOf(
        EnumSet.of(
            KeyEvent.Kind.MISSED,
            KeyEvent.Kind.NEW,
            KeyEvent.Kind.OVERWRITTEN,
            KeyEvent.Kind.TYPE_CHANGED));
  }

  private String letters() {
    StringBuilder letters = new StringBuilder();
    if (ofModules && kinds.containsAll(all())) {
      letters.append('A');
    } else {
      for (char letter : "g$lshzxet".toCharArray()) {
        append(letter, letters);
      }
      if (ofModules) {
        letters.append('d');
      }
    }
    for (char letter : "noc".toCharArray()) {
      append(letter, letters);
    }
    if (keyspace) {
      letters.append('K');
    }
    if (keyevent) {
      letters.append('E');
    }
    append('m', letters);
    return letters.toString();
  }

  private void append(char letter, StringBuilder letters) {
    for (KeyEvent.Kind kind : kinds) {
      if (kind.letter() == letter) {
        letters.append(letter);
      }
    }
  }

  @Override
  public boolean listens() {
    return keyspace || keyevent;
  }

  /// A reading command looked for a key that is not there.
  void missed(int database, Bytes key) {
    if (listens() && kinds.contains(KeyEvent.Kind.MISSED)) {
      happened(new KeyEvent(KeyEvent.Kind.MISSED, "keymiss", database, key));
    }
  }

  @Override
  public Story before(List<KeyEvent> events, State state) {
    boolean compares =
        kinds.contains(KeyEvent.Kind.NEW)
            || kinds.contains(KeyEvent.Kind.OVERWRITTEN)
            || kinds.contains(KeyEvent.Kind.TYPE_CHANGED);
    return compares
        ? new ValueEvents(events, state, this)
        : KeyListener.super.before(events, state);
  }

  @Override
  public void happened(KeyEvent event) {
    if (!kinds.contains(event.kind())) {
      return;
    }
    Bytes name = Bytes.of(event.name());
    if (keyspace) {
      subscriptions.publish(channel("__keyspace@", event.database(), event.key()), name);
    }
    if (keyevent) {
      subscriptions.publish(channel("__keyevent@", event.database(), name), event.key());
    }
  }

  private static Bytes channel(String prefix, int database, Bytes rest) {
    byte[] head = Bytes.of(prefix + database + "__:").copy();
    byte[] channel = new byte[head.length + rest.length()];
    System.arraycopy(head, 0, channel, 0, head.length);
    System.arraycopy(rest.array(), rest.offset(), channel, head.length, rest.length());
    return Bytes.of(channel);
  }
}
