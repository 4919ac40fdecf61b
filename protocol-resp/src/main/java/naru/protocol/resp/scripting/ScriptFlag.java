package naru.protocol.resp.scripting;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// What a script or a function says of itself, in the order in which Redis tells it.
enum ScriptFlag {
  NO_WRITES,
  ALLOW_OOM,
  ALLOW_STALE,
  NO_CLUSTER,
  ALLOW_CROSS_SLOT_KEYS;

  /// `no-writes`
  String wireName() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /// The flag of that name, in any case; null if there is none.
  static @Nullable ScriptFlag named(String name) {
    for (ScriptFlag flag : values()) {
      if (flag.wireName().equalsIgnoreCase(name)) {
        return flag;
      }
    }
    return null;
  }
}
