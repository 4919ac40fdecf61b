package naru.protocol.resp.acl;

import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.List;
import naru.bytes.Bytes;
import naru.protocol.resp.acl.Denial.Reason;

/// What was refused of late, newest first. The same thing again within a minute is counted, not
/// written again.
public final class AccessLog {
  private static final int LOOKED_AT = 10;
  private static final long SAME_WITHIN_MS = 60_000;

  /// Where a call came from.
  public enum Context {
    TOPLEVEL,
    MULTI,
    LUA,
    MODULE
  }

  /// One thing that was refused.
  ///
  /// @param object the command, key or channel; for a wrong password, the command that gave it
  /// @param client the client in one line, as `CLIENT INFO` shows it
  public record Entry(
      long id,
      long count,
      Reason reason,
      Context context,
      Bytes object,
      Bytes user,
      String client,
      long createdMs,
      long updatedMs) {

    private boolean isSame(Entry other) {
      return reason == other.reason
          && context == other.context
          && Math.abs(updatedMs - other.updatedMs) <= SAME_WITHIN_MS
          && object.equals(other.object)
          && user.equals(other.user);
    }

    private Entry again(Entry other) {
      return new Entry(
          id, count + 1, reason, context, object, user, other.client, createdMs, other.updatedMs);
    }
  }

  private final ArrayDeque<Entry> entries = new ArrayDeque<>();
  private long idNext;

  void add(
      Reason reason,
      Context context,
      Bytes object,
      Bytes user,
      String client,
      long nowMs,
      long entriesMax) {
    if (entriesMax == 0) {
      return;
    }
    Entry entry =
        new Entry(idNext, 1, reason, context, object.owned(), user.owned(), client, nowMs, nowMs);
    Iterator<Entry> newest = entries.iterator();
    for (int i = 0; i < LOOKED_AT && newest.hasNext(); i++) {
      Entry present = newest.next();
      if (present.isSame(entry)) {
        newest.remove();
        entries.addFirst(present.again(entry));
        return;
      }
    }
    idNext++;
    entries.addFirst(entry);
    while (entries.size() > entriesMax) {
      entries.removeLast();
    }
  }

  /// Up to `count` entries, newest first.
  public List<Entry> newest(long count) {
    return entries.stream().limit(Math.max(0, count)).toList();
  }

  public void clear() {
    entries.clear();
  }
}
