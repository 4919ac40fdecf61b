package naru.engine.list;

import naru.bytes.Bytes;
import naru.engine.Value;
import naru.structures.PackedList;

/// A list. Never empty while a key holds it.
public final class ListValue implements Value {
  private static final int PACKED_MAX_BYTES = 8192;

  private final PackedList elements;

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

  /// As Redis names it: `listpack` up to 8 KB, then `quicklist`.
  public String encoding() {
    boolean packed = elements.isOneChunk() && elements.usedBytes() <= PACKED_MAX_BYTES;
    return packed ? "listpack" : "quicklist";
  }

  @Override
  public ListValue copy() {
    return new ListValue(elements.copy());
  }
}
