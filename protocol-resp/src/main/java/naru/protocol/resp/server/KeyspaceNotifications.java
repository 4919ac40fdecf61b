package naru.protocol.resp.server;

import java.util.List;
import naru.bytes.ByteWriter;
import naru.bytes.Bytes;
import naru.engine.KeyEvent;
import naru.engine.Op;
import naru.engine.State;
import naru.engine.hash.FieldEvents;
import naru.protocol.resp.setting.EventLetters;
import naru.reactor.KeyListener;

/// Publishes what happens to keys: `__keyspace@0__:key` gets the event, `__keyevent@0__:event` the
/// key, as the setting `notify-keyspace-events` asks. Four more channels tell which fields of a
/// hash it happened to, each with its length before it, since Redis 8.8:
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
  private final Subscriptions subscriptions;
  private EventLetters letters = EventLetters.NONE;

  public KeyspaceNotifications(Subscriptions subscriptions) {
    this.subscriptions = subscriptions;
  }

  /// From here on tells what these ask for.
  void configure(EventLetters newLetters) {
    letters = newLetters;
  }

  @Override
  public boolean listens() {
    return letters.tell();
  }

  /// A reading command looked for a key that is not there.
  void missed(int database, Bytes key) {
    if (listens() && letters.kinds().contains(KeyEvent.Kind.MISSED)) {
      happened(new KeyEvent(KeyEvent.Kind.MISSED, "keymiss", database, key));
    }
  }

  @Override
  public Story before(List<KeyEvent> events, List<Op> ops, State state) {
    if (letters.ofParts().isEmpty() || !letters.kinds().contains(KeyEvent.Kind.HASH)) {
      return story(events, ops, state);
    }
    List<KeyEvent> detailed = FieldEvents.withFields(events, ops, state);
    Story story = story(detailed, ops, state);
    return _ -> story.tell(detailed);
  }

  private Story story(List<KeyEvent> events, List<Op> ops, State state) {
    boolean compares =
        letters.kinds().contains(KeyEvent.Kind.NEW)
            || letters.kinds().contains(KeyEvent.Kind.OVERWRITTEN)
            || letters.kinds().contains(KeyEvent.Kind.TYPE_CHANGED);
    return compares
        ? new ValueEvents(events, state, this)
        : KeyListener.super.before(events, ops, state);
  }

  @Override
  public void happened(KeyEvent event) {
    if (!letters.kinds().contains(event.kind())) {
      return;
    }
    Bytes name = Bytes.of(event.name());
    if (letters.keyspace()) {
      subscriptions.publish(channel("__keyspace@", event.database(), event.key()), name);
    }
    if (letters.keyevent()) {
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
    if (letters.ofParts().indexOf('S') >= 0) {
      publish("__subkeyspace@", event, event.key(), joined(name, '|', parts));
    }
    if (letters.ofParts().indexOf('T') >= 0) {
      ByteWriter key = new ByteWriter(64);
      writeSized(event.key(), key);
      publish("__subkeyevent@", event, name, joined(Bytes.of(key.toArray()), '|', parts));
    }
    // A key with a line feed in it could not be told from the field behind it.
    if (letters.ofParts().indexOf('I') >= 0 && event.key().indexOf((byte) '\n', 0) < 0) {
      for (Bytes part : event.parts()) {
        publish("__subkeyspaceitem@", event, joined(event.key(), '\n', part), name);
      }
    }
    if (letters.ofParts().indexOf('V') >= 0) {
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
