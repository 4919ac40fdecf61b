package naru.protocol.resp.acl;

import naru.bytes.Bytes;
import naru.structures.Glob;

/// Keys that may be used, and for what.
record KeyPattern(Glob glob, boolean reads, boolean writes) {
  Bytes pattern() {
    return glob.pattern();
  }

  /// Whether a key may be read, if `read`, and written, if `write`.
  boolean allows(Bytes key, boolean read, boolean write) {
    return covers(read, write) && glob.matches(key);
  }

  boolean covers(boolean read, boolean write) {
    return (reads || !read) && (writes || !write);
  }

  /// `~key`, `%R~key`, `%W~key`.
  String text() {
    String what = reads && writes ? "" : reads ? "%R" : "%W";
    return what + "~" + Latin.text(pattern());
  }
}
