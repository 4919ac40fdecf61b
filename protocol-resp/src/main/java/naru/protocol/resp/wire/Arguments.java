package naru.protocol.resp.wire;

import java.util.Arrays;
import java.util.List;
import naru.bytes.Bytes;

/// The words of one request, the command's name first. Reused for each request of a connection; the
/// words are borrowed from the receive buffer.
public final class Arguments {
  private static final int KEPT_MAX = 1024;

  /// A word's object and its place.
  private static final int WORD_BYTES = 32;

  private Bytes[] items;
  private int count;

  public Arguments() {
    items = new Bytes[8];
  }

  private Arguments(Bytes[] items) {
    this.items = items;
    this.count = items.length;
  }

  public static Arguments of(Bytes... items) {
    return new Arguments(items);
  }

  /// The words of a line, with quotes and escapes as `redis-cli` knows them. Throws [Violation]
  /// when a quote is not closed, or closed in the middle of a word.
  public static Arguments ofLine(Bytes line) {
    Arguments words = new Arguments();
    InlineWords.split(line, words);
    return words;
  }

  public int count() {
    return count;
  }

  public Bytes get(int index) {
    assert index < count;
    return items[index];
  }

  /// The words from `index` on, borrowed.
  public List<Bytes> from(int index) {
    return Arrays.asList(items).subList(index, count);
  }

  /// Puts another word in the place of one: for a request that is going to be decided again.
  public void replace(int index, Bytes word) {
    assert index < count;
    items[index] = word;
  }

  /// What [#kept] words take in memory.
  public int keptBytes() {
    int bytes = 0;
    for (int i = 0; i < count; i++) {
      bytes += items[i].length() + WORD_BYTES;
    }
    return bytes;
  }

  void clear() {
    if (items.length > KEPT_MAX) {
      items = new Bytes[8];
    }
    count = 0;
  }

  void add(Bytes item) {
    if (count == items.length) {
      items = Arrays.copyOf(items, count * 2);
    }
    items[count++] = item;
  }

  /// The same words with bytes of their own: one array for all of them.
  public Arguments kept() {
    int total = 0;
    for (int i = 0; i < count; i++) {
      total += items[i].length();
    }
    byte[] array = new byte[total];
    Bytes[] kept = new Bytes[count];
    int at = 0;
    for (int i = 0; i < count; i++) {
      Bytes item = items[i];
      System.arraycopy(item.array(), item.offset(), array, at, item.length());
      kept[i] = Bytes.of(array, at, item.length());
      at += item.length();
    }
    return new Arguments(kept);
  }
}
