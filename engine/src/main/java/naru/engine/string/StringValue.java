package naru.engine.string;

import naru.bytes.Bytes;
import naru.engine.Value;

/// A string. Its array is replaced, never written, so that a reply may still be holding it.
public final class StringValue implements Value {
  private Bytes bytes;

  /// `bytes` must own its array.
  public StringValue(Bytes bytes) {
    this.bytes = bytes;
  }

  public Bytes bytes() {
    return bytes;
  }

  void replace(Bytes owned) {
    bytes = owned;
  }

  @Override
  public StringValue copy() {
    return new StringValue(bytes);
  }
}
