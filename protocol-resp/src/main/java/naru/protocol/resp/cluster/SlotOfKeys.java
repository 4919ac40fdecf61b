package naru.protocol.resp.cluster;

import java.util.function.Consumer;
import naru.bytes.Bytes;
import naru.engine.Key;
import naru.engine.Request;
import naru.protocol.resp.verb.KeySpec;
import naru.protocol.resp.verb.Verb;
import naru.protocol.resp.wire.Arguments;

/// Finds the one slot of the keys that it is shown.
public final class SlotOfKeys implements Consumer<Key> {
  private static final int NONE = -1;

  private int slot = NONE;
  private boolean several;

  /// Looks at the keys of a call.
  public static SlotOfKeys of(Verb verb, Arguments words) {
    SlotOfKeys slots = new SlotOfKeys();
    for (KeySpec spec : verb.keys()) {
      spec.forEachIndex(words, i -> slots.add(words.get(i)));
    }
    return slots;
  }

  @Override
  public void accept(Key key) {
    add(key.bytes());
  }

  private void add(Bytes key) {
    int of = Slots.of(key);
    several |= slot != NONE && slot != of;
    slot = of;
  }

  /// Whether the keys of some requests are in several slots.
  public static boolean isSeveral(Iterable<? extends Request> requests) {
    SlotOfKeys slots = new SlotOfKeys();
    requests.forEach(request -> request.forEachKey(slots));
    return slots.isSeveral();
  }

  /// Whether there were keys in different slots.
  public boolean isSeveral() {
    return several;
  }

  /// The slot of the last key, -1 if there was none.
  public int slot() {
    return slot;
  }
}
