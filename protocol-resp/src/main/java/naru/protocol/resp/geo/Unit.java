package naru.protocol.resp.geo;

import naru.engine.Refusal;
import naru.protocol.resp.verb.Call;

/// A unit of length.
enum Unit {
  M(1),
  KM(1000),
  FT(0.3048),
  MI(1609.34);

  private final double meters;

  Unit(double meters) {
    this.meters = meters;
  }

  double meters() {
    return meters;
  }

  static Unit at(Call call, int index) {
    for (Unit unit : values()) {
      if (call.is(index, unit.name())) {
        return unit;
      }
    }
    throw new Refusal("unsupported unit provided. please use M, KM, FT, MI");
  }
}
