package naru.engine.list;

import java.util.ArrayDeque;
import naru.bytes.Bytes;
import naru.engine.Value;

/// A list. Never empty while a key holds it.
public final class ListValue implements Value {
  private final ArrayDeque<Bytes> elements = new ArrayDeque<>();

  public int size() {
    return elements.size();
  }

  public Iterable<Bytes> elements() {
    return elements;
  }

  void push(boolean head, Bytes owned) {
    if (head) {
      elements.addFirst(owned);
    } else {
      elements.addLast(owned);
    }
  }

  void pop(boolean head) {
    if (head) {
      elements.pollFirst();
    } else {
      elements.pollLast();
    }
  }

  public Bytes peek(boolean head) {
    return head ? elements.getFirst() : elements.getLast();
  }

  @Override
  public ListValue copy() {
    ListValue copy = new ListValue();
    copy.elements.addAll(elements);
    return copy;
  }
}
