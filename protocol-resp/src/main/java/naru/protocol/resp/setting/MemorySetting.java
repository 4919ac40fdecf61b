package naru.protocol.resp.setting;

import org.jspecify.annotations.Nullable;

/// A setting that is a number of bytes: `64mb`, `1gb`, `1048576`.
public final class MemorySetting extends Setting {
  private final long initialBytes;
  private final long leastBytes;
  private final long mostBytes;
  private long wholeBytes;
  private boolean maybePercent;
  private long percent;
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

  /// It may also be said as a share of something that changes: see [#bytesOf].
  MemorySetting orPercent() {
    maybePercent = true;
    return this;
  }

  public long bytes() {
    return valueBytes;
  }

  /// What it comes to if a share is one of so many bytes; 0 if it is a share of nothing.
  public long bytesOf(long whole) {
    return percent > 0 ? whole / 100 * percent : valueBytes;
  }

  @Override
  public String text() {
    return percent > 0 ? percent + "%" : Long.toString(valueBytes);
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
        + (wholeBytes == 0 ? "" : "; or % of the heap")
        + (maybePercent ? "; or % of maxmemory" : "");
  }

  @Override
  public @Nullable String refusal(String text) {
    if (isPercent(text)) {
      long share = MemorySize.parse(withoutSign(text));
      return share < 0
          ? "argument must be a memory or percent value"
          : share > 100 ? "percentage argument must be less or equal to 100" : null;
    }
    long bytes = parsed(text);
    if (bytes < 0 && maybePercent) {
      return "argument must be a memory or percent value";
    }
    if (bytes < 0) {
      return "argument must be a memory value";
    }
    return bytes < leastBytes || bytes > mostBytes
        ? "argument must be between " + leastBytes + " and " + mostBytes + " inclusive"
        : null;
  }

  @Override
  void parse(String text) {
    percent = isPercent(text) ? MemorySize.parse(withoutSign(text)) : 0;
    valueBytes = isPercent(text) ? 0 : parsed(text);
  }

  private boolean isPercent(String text) {
    return maybePercent && text.endsWith("%");
  }

  private static String withoutSign(String text) {
    return text.substring(0, text.length() - 1);
  }

  private long parsed(String text) {
    if (wholeBytes == 0 || !text.endsWith("%")) {
      return MemorySize.parse(text);
    }
    long share = MemorySize.parse(withoutSign(text));
    return share < 0 || share > 100 ? -1 : wholeBytes / 100 * share;
  }
}
