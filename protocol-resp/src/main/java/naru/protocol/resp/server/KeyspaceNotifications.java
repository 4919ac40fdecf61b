package naru.protocol.resp.server;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import naru.bytes.ByteWriter;
import naru.bytes.Bytes;
import naru.engine.KeyEvent;
import naru.engine.Op;
import naru.engine.State;
import naru.engine.hash.FieldEvents;
import naru.reactor.KeyListener;
import org.jspecify.annotations.Nullable;

/// Publishes what happens to keys: `__keyspace@0__:key` gets the event, `__keyevent@0__:event` the
/// key, as the setting `notify-keyspace-events` asks. Four more channels tell which fields of a
/// hash
/// it happened to, each with its length before it, since Redis 8.8:
///
/// ```
/// S  __subkeyspace@0__:key          hset|5:field,5:other
/// T  __subkeyevent@0__:hset         3:key|5:field,5:other
/// I  __subkeyspaceitem@0__:key\nfield    hset, for each field
/// V  __subkeyspaceevent@0__:hset|key     5:field,5:other
/// ```
///
/// https://redis.io/docs/latest/develop/pubsub/keyspace-notifications/
/// https://redis.io/docs/latest/develop/pubsub/subkeyspace-notifications/
public final class KeyspaceNotifications implements KeyListener {
  /// The letters of what is told of parts, in Redis' order.
  private static final String PARTS = "STIV";

  private final Subscriptions subscriptions;
  private final Set<KeyEvent.Kind> kinds = EnumSet.noneOf(KeyEvent.Kind.class);
  private boolean ofModules;
  private boolean keyspace;
  private boolean keyevent;
  private String ofParts = "";

  public KeyspaceNotifications(Subscriptions subscriptions) {
    this.subscriptions = subscriptions;
  }

  /// Whether all letters are known.
  static boolean isValid(String letters) {
    return letters
        .chars()
        .allMatch(letter -> "KEAdSTIV".indexOf(letter) >= 0 || kind(letter) != null);
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
    ofParts =
        PARTS
            .chars()
            .filter(letter -> letters.indexOf(letter) >= 0)
            .mapToObj(Character::toString)
            .collect(Collectors.joining());
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
    return letters.append(ofParts).toString();
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
    return keyspace || keyevent || !ofParts.isEmpty();
  }

  /// A reading command looked for a key that is not there.
  void missed(int database, Bytes key) {
    if (listens() && kinds.contains(KeyEvent.Kind.MISSED)) {
      happened(new KeyEvent(KeyEvent.Kind.MISSED, "keymiss", database, key));
    }
  }

  @Override
  public Story before(List<KeyEvent> events, List<Op> ops, State state) {
    if (ofParts.isEmpty() || !kinds.contains(KeyEvent.Kind.HASH)) {
      return story(events, ops, state);
    }
    List<KeyEvent> detailed = FieldEvents.withFields(events, ops, state);
    Story story = story(detailed, ops, state);
    return _ -> story.tell(detailed);
  }

  private Story story(List<KeyEvent> events, List<Op> ops, State state) {
    boolean compares =
        kinds.contains(KeyEvent.Kind.NEW)
            || kinds.contains(KeyEvent.Kind.OVERWRITTEN)
            || kinds.contains(KeyEvent.Kind.TYPE_CHANGED);
    return compares
        ? new ValueEvents(events, state, this)
        : KeyListener.super.before(events, ops, state);
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
    if (!event.parts().isEmpty()) {
      tellOfParts(event);
    }
  }

  private void tellOfParts(KeyEvent event) {
    ByteWriter sized = new ByteWriter(64);
    for (Bytes part : event.parts()) {
      sized.writeAscii(sized.length() == 0 ? "" : ",");
      writeSized(part, sized);
    }
    Bytes parts = Bytes.of(sized.toArray());
    Bytes name = Bytes.of(event.name());
    if (ofParts.indexOf('S') >= 0) {
      publish("__subkeyspace@", event, event.key(), joined(name, '|', parts));
    }
    if (ofParts.indexOf('T') >= 0) {
      ByteWriter key = new ByteWriter(64);
      writeSized(event.key(), key);
      publish("__subkeyevent@", event, name, joined(Bytes.of(key.toArray()), '|', parts));
    }
    // A key with a line feed in it could not be told from the field behind it.
    if (ofParts.indexOf('I') >= 0 && event.key().indexOf((byte) '\n', 0) < 0) {
      for (Bytes part : event.parts()) {
        publish("__subkeyspaceitem@", event, joined(event.key(), '\n', part), name);
      }
    }
    if (ofParts.indexOf('V') >= 0) {
      publish("__subkeyspaceevent@", event, joined(name, '|', event.key()), parts);
    }
  }

  private void publish(String prefix, KeyEvent event, Bytes rest, Bytes message) {
    subscriptions.publish(channel(prefix, event.database(), rest), message);
  }

  private static void writeSized(Bytes bytes, ByteWriter out) {
    out.writeAscii(bytes.length() + ":");
    out.write(bytes);
  }

  private static Bytes joined(Bytes before, char between, Bytes behind) {
    ByteWriter out = new ByteWriter(before.length() + 1 + behind.length());
    out.write(before);
    out.writeByte(between);
    out.write(behind);
    return Bytes.of(out.toArray());
  }

  private static Bytes channel(String prefix, int database, Bytes rest) {
    byte[] head = Bytes.of(prefix + database + "__:").copy();
    byte[] channel = new byte[head.length + rest.length()];
    System.arraycopy(head, 0, channel, 0, head.length);
    System.arraycopy(rest.array(), rest.offset(), channel, head.length, rest.length());
    return Bytes.of(channel);
  }
}
