package naru.protocol.resp.replication;

import java.util.Locale;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// What those who follow are told, as one line of bytes counted from 1: what it is called, how long
/// it is, and its end.
///
/// ```
/// 1 ........ formerEnd - 1 | formerEnd ........ offset
/// as the former id has it  | the id's own
///                    [ backlog                       ]
/// ```
///
/// It has a former id when it began as another server's: who followed that one can go on here.
final class History {
  /// What stands where there is no id.
  static final String NO_ID = "0".repeat(40);

  private static final long NO_END = -1;

  private final Supplier<String> ids;
  private final LongSupplier limitBytes;
  private String id;
  private String formerId = NO_ID;
  private long formerEnd = NO_END;
  private long offset;
  private @Nullable Backlog backlog;

  History(Supplier<String> ids, LongSupplier limitBytes) {
    this.ids = ids;
    this.limitBytes = limitBytes;
    this.id = ids.get();
  }

  String id() {
    return id;
  }

  String formerId() {
    return formerId;
  }

  /// The first offset that the former id does not know, -1 without one.
  long formerEnd() {
    return formerEnd;
  }

  /// How many bytes there were so far.
  long offset() {
    return offset;
  }

  /// Its end; null while nothing is told.
  @Nullable Backlog backlog() {
    return backlog;
  }

  /// From now on something is told, and its end kept.
  void keep() {
    if (backlog == null) {
      id = ids.get();
      forgetFormer();
      backlog = new Backlog(offset + 1, limitBytes());
    }
  }

  /// Nothing is told any more: what happens from now on is not part of it.
  void drop() {
    id = ids.get();
    forgetFormer();
    backlog = null;
  }

  /// It is another server's, passed on from behind that offset on.
  void passOn(String itsId, long itsOffset) {
    id = itsId;
    forgetFormer();
    offset = itsOffset;
    backlog = new Backlog(offset + 1, limitBytes());
  }

  private void forgetFormer() {
    formerId = NO_ID;
    formerEnd = NO_END;
  }

  /// It goes on under another name.
  void rename(String newId) {
    formerId = id;
    formerEnd = offset + 1;
    id = newId;
  }

  /// It goes on under a name of its own.
  void rename() {
    rename(ids.get());
  }

  void add(byte[] told) {
    offset += told.length;
    if (backlog != null) {
      backlog.append(told);
    }
  }

  /// The limit has changed.
  void limitChanged() {
    if (backlog != null) {
      backlog.limit(limitBytes());
    }
  }

  private long limitBytes() {
    return Math.max(Backlog.SEGMENT_BYTES, limitBytes.getAsLong());
  }

  /// Whether who has all before `from` of the history of that id can go on with what is kept here.
  boolean leadsOn(String itsId, long from) {
    String lower = itsId.toLowerCase(Locale.ROOT);
    boolean known = lower.equals(id) || (lower.equals(formerId) && from <= formerEnd);
    return known && backlog != null && backlog.reaches(from);
  }
}
