package naru.engine.list;

import java.util.List;
import naru.bytes.Bytes;
import naru.engine.PackedLimits;
import naru.engine.Retelling;
import naru.engine.Value;
import naru.structures.PackedList;

/// A list. Never empty while a key holds it.
///
/// It is kept in one way, whatever its size; whether it counts as packed is only reckoned, as Redis
/// would ([PackedLimits]).
public final class ListValue implements Value {
  /// What Redis' listpack takes beside its elements.
  private static final int LISTPACK_BYTES = 7;

  private final PackedList elements;
  private boolean large;

  ListValue() {
    this(new PackedList());
  }

  private ListValue(PackedList elements) {
    this.elements = elements;
  }

  /// The elements: for looking at. Only [ListOp]s change them.
  public PackedList elements() {
    return elements;
  }

  public int size() {
    return elements.size();
  }

  /// The first or the last element: a view, good until the next op on its key.
  public Bytes peek(boolean head) {
    return elements.peek(head);
  }

  /// As in `OBJECT ENCODING`.
  public String encoding() {
    return large ? "quicklist" : "listpack";
  }

  @Override
  public ListValue copy() {
    ListValue copy = new ListValue(elements.copy());
    copy.large = large;
    return copy;
  }

  @Override
  public long sizeBytes() {
    return 16 + elements.footprintBytes();
  }

  @Override
  public Retelling retelling(int database, Bytes key, long expiresAtMs, Retelling.Pieces pieces) {
    return new ListRetelling(this, database, key, expiresAtMs, pieces);
  }

  boolean isLarge() {
    return large;
  }

  void restore(List<Bytes> added, boolean isLarge) {
    large = isLarge;
    for (int i = 0; i < added.size(); i++) {
      elements.push(added.get(i), false);
    }
  }

  void push(List<Bytes> added, boolean head, PackedLimits limits) {
    if (!large) {
      long bytes = 0;
      for (int i = 0; i < added.size(); i++) {
        bytes += added.get(i).length();
      }
      grows(added.size(), bytes, limits);
    }
    for (int i = 0; i < added.size(); i++) {
      elements.push(added.get(i), head);
    }
  }

  /// So many elements, with so many bytes in all, are about to come.
  void grows(int count, long bytes, PackedLimits limits) {
    large = large || !limits.admitList((long) size() + count, listpackBytes() + bytes);
  }

  /// Elements have gone, or were replaced by others.
  void shrunk(PackedLimits limits) {
    if (large && (elements.isOneChunk() || limits.admitManyChunks())) {
      large = !limits.readmitList(size(), listpackBytes());
    }
  }

  private long listpackBytes() {
    return LISTPACK_BYTES + elements.usedBytes();
  }
}
