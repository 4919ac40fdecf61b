package naru.engine;

import java.util.ArrayList;
import java.util.List;
import naru.engine.hash.HashValue;
import org.jspecify.annotations.Nullable;

/// Keys of a request whose time has come, and fields of hashes, but whose removal is for another
/// server to say: they are out of sight while the request is decided.
///
/// For a hash with such fields a copy without them stands in. As long as nothing changes, the same
/// copy stands in again.
public final class HiddenKeys {
  /// @param value what the entry really holds; null if all of it is hidden
  private record Hidden(Keyspace keys, Entry entry, @Nullable Value value) {}

  private final List<Hidden> hidden = new ArrayList<>();
  private @Nullable HashValue copied;
  private @Nullable HashValue copy;
  private long copiedAtChange;

  /// Hides what of the request's keys has expired at `nowMs`. No op may be applied before [#show].
  ///
  /// @param changes how many ops have been applied so far
  public void hide(Request request, State state, long nowMs, long changes) {
    request.forEachKey(key -> hide(key, state.database(key.database()), nowMs, changes));
  }

  private void hide(Key key, Keyspace keys, long nowMs, long changes) {
    Entry entry = keys.entry(key.bytes());
    if (entry == null) {
      return;
    }
    if (entry.isExpired(nowMs)) {
      hide(keys, entry);
    } else if (entry.value() instanceof HashValue hash && hash.nextDueMs() <= nowMs) {
      if (hash.countDue(nowMs) == hash.size()) {
        hide(keys, entry);
      } else {
        hidden.add(new Hidden(keys, entry, hash));
        entry.value(standIn(hash, nowMs, changes));
      }
    }
  }

  private void hide(Keyspace keys, Entry entry) {
    keys.hide(entry);
    hidden.add(new Hidden(keys, entry, null));
  }

  private HashValue standIn(HashValue hash, long nowMs, long changes) {
    HashValue known = copied == hash && copiedAtChange == changes ? copy : null;
    HashValue standIn = known == null || known.nextDueMs() <= nowMs ? hash.at(nowMs) : known;
    copied = hash;
    copiedAtChange = changes;
    copy = standIn;
    return standIn;
  }

  /// Puts all back.
  public void show() {
    for (Hidden each : hidden) {
      if (each.value == null) {
        each.keys.show(each.entry);
      } else {
        each.entry.value(each.value);
      }
    }
    hidden.clear();
  }
}
