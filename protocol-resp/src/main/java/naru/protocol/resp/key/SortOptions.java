package naru.protocol.resp.key;

import java.util.ArrayList;
import java.util.List;
import naru.bytes.Bytes;
import naru.protocol.resp.verb.Call;
import org.jspecify.annotations.Nullable;

/// What `SORT` is told behind the key.
///
/// @param by the pattern of the keys by which is sorted; null to sort by the elements
/// @param keepsOrder whether the elements are not sorted at all: `BY` a pattern without a star
/// @param limitCount negative for all
record SortOptions(
    @Nullable Bytes by,
    boolean keepsOrder,
    List<Bytes> get,
    boolean descending,
    boolean alpha,
    long limitOffset,
    long limitCount,
    @Nullable Bytes store) {

  static SortOptions of(Call call, boolean mayStore) {
    Bytes by = null;
    boolean keepsOrder = false;
    List<Bytes> get = new ArrayList<>();
    boolean descending = false;
    boolean alpha = false;
    long limitOffset = 0;
    long limitCount = -1;
    Bytes store = null;
    for (int i = 2; i < call.count(); i++) {
      int left = call.count() - i - 1;
      if (call.is(i, "ASC")) {
        descending = false;
      } else if (call.is(i, "DESC")) {
        descending = true;
      } else if (call.is(i, "ALPHA")) {
        alpha = true;
      } else if (call.is(i, "LIMIT") && left >= 2) {
        limitOffset = call.integer(i + 1);
        limitCount = call.integer(i + 2);
        i += 2;
      } else if (call.is(i, "STORE") && left >= 1 && mayStore) {
        store = call.arg(++i);
      } else if (call.is(i, "BY") && left >= 1) {
        by = call.arg(++i);
        keepsOrder = by.indexOf((byte) '*', 0) < 0;
      } else if (call.is(i, "GET") && left >= 1) {
        get.add(call.arg(++i));
      } else {
        throw Call.syntaxError();
      }
    }
    return new SortOptions(by, keepsOrder, get, descending, alpha, limitOffset, limitCount, store);
  }

  /// The same, but sorted by the elements as text.
  SortOptions byThemselves() {
    return new SortOptions(null, false, get, descending, true, limitOffset, limitCount, store);
  }
}
