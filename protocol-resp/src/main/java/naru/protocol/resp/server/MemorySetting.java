package naru.protocol.resp.server;

import org.jspecify.annotations.Nullable;

/// A setting that is a number of bytes: `64mb`, `1gb`, `1048576`.
public final class MemorySetting extends Setting {
  private final long initialBytes;
  private final long leastBytes;
  private final long mostBytes;
  private long wholeBytes;
  private long valueBytes;

  MemorySetting(String name, long initialBytes, long leastBytes, long mostBytes, String sentence) {
    super(name, sentence);
    this.initialBytes = initialBytes;
    this.leastBytes = leastBytes;
    this.mostBytes = mostBytes;
    this.valueBytes = initialBytes;
  }

  /// It may also be said as a share of so many bytes: `50%`.
  MemorySetting orShareOf(long newWholeBytes) {
    wholeBytes = newWholeBytes;
    return this;
  }

  public long bytes() {
    return valueBytes;
  }

  @Override
  public String text() {
    return Long.toString(valueBytes);
  }

  @Override
  public String defaultText() {
    return Long.toString(initialBytes);
  }

  @Override
  public String range() {
    String most = mostBytes == Long.MAX_VALUE ? "" : " to " + mostBytes;
    return (most.isEmpty() ? "from " : "")
        + leastBytes
        + most
        + " bytes; units k, kb, m, mb, g, gb"
        + (wholeBytes == 0 ? "" : "; or % of the heap");
  }

  @Override
  public @Nullable String refusal(String text) {
    long bytes = parsed(text);
    if (bytes < 0) {
      return "argument must be a memory value";
    }
    return bytes < leastBytes || bytes > mostBytes
        ? "argument must be between " + leastBytes + " and " + mostBytes + " inclusive"
        : null;
  }

  @Override
  void parse(String text) {
    valueBytes = parsed(text);
  }

  private long parsed(String text) {
    if (wholeBytes == 0 || !text.endsWith("%")) {
      return MemorySize.parse(text);
    }
    long percent = MemorySize.parse(text.substring(0, text.length() - 1));
    return percent < 0 || percent > 100 ? -1 : wholeBytes / 100 * percent;
  }
}
