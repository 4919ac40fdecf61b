package naru.engine.set;

import naru.engine.OpCodec.UnknownOp;

/// The forms in which a set is kept.
public enum SetForm {
  NUMBERS(0),
  PACKED(1),
  TABLE(2);

  private final int code;

  SetForm(int code) {
    this.code = code;
  }

  int code() {
    return code;
  }

  static SetForm of(int code) {
    return switch (code) {
      case 0 -> NUMBERS;
      case 1 -> PACKED;
      case 2 -> TABLE;
      default -> throw new UnknownOp(code);
    };
  }
}
