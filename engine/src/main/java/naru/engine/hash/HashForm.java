package naru.engine.hash;

import naru.engine.OpCodec.UnknownOp;

/// The forms in which a hash is kept.
public enum HashForm {
  PACKED(0),
  /// Packed, with room for the times of fields.
  PACKED_TIMED(1),
  TABLE(2);

  private final int code;

  HashForm(int code) {
    this.code = code;
  }

  int code() {
    return code;
  }

  static HashForm of(int code) {
    return switch (code) {
      case 0 -> PACKED;
      case 1 -> PACKED_TIMED;
      case 2 -> TABLE;
      default -> throw new UnknownOp(code);
    };
  }
}
