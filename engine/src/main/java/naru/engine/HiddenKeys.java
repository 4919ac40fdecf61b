package naru.engine;

import java.util.ArrayList;
import java.util.List;

/// Keys of a request whose time has come, but whose removal is for another server to say: they are
/// out of sight while the request is decided and answered.
public final class HiddenKeys {
  private record Hidden(Keyspace keys, Entry entry) {}

  private final List<Hidden> hidden = new ArrayList<>();

  /// Hides what of the request's keys has expired at `nowMs`. No op may be applied before [#show].
  public void hide(Request request, State state, long nowMs) {
    request.forEachKey(
        key -> {
          Keyspace keys = state.database(key.database());
          Entry entry = keys.hide(key.bytes(), nowMs);
          if (entry != null) {
            hidden.add(new Hidden(keys, entry));
          }
        });
  }

  /// Puts all back.
  public void show() {
    hidden.forEach(each -> each.keys.show(each.entry));
    hidden.clear();
  }
}
