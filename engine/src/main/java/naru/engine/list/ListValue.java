package naru.engine.list;

import naru.bytes.Bytes;
import naru.engine.Value;
import naru.structures.PackedList;

/// A list. Never empty while a key holds it.
public final class ListValue implements Value {
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

  @Override
  public ListValue copy() {
    return new ListValue(elements.copy());
  }
}
