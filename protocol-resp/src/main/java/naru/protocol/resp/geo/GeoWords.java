package naru.protocol.resp.geo;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import naru.bytes.Doubles;
import naru.engine.Refusal;
import naru.protocol.resp.verb.Call;
import naru.protocol.resp.wire.RespWriter;

/// Places and distances as words and in replies.
final class GeoWords {
  private static final int DISTANCE_DIGITS = 4;
  private static final int COORDINATE_DIGITS = 17;
  private static final int REFUSED_DIGITS = 6;

  private GeoWords() {}

  static double number(Call call, int index, String refusal) {
    double number = Doubles.parse(call.arg(index));
    if (Double.isNaN(number)) {
      throw new Refusal(refusal);
    }
    return number;
  }

  /// The place whose longitude and latitude stand from `index` on.
  static Place place(Call call, int index) {
    Place place =
        new Place(
            number(call, index, "value is not a valid float"),
            number(call, index + 1, "value is not a valid float"));
    if (!place.isOnMap()) {
      throw new Refusal(
          "invalid longitude,latitude pair "
              + fixed(place.longitude(), REFUSED_DIGITS)
              + ","
              + fixed(place.latitude(), REFUSED_DIGITS));
    }
    return place;
  }

  static String distance(double distance) {
    return fixed(distance, DISTANCE_DIGITS);
  }

  static void write(RespWriter out, Place place) {
    out.array(2);
    coordinate(out, place.longitude());
    coordinate(out, place.latitude());
  }

  private static void coordinate(RespWriter out, double degrees) {
    String text =
        new BigDecimal(degrees)
            .setScale(COORDINATE_DIGITS, RoundingMode.HALF_EVEN)
            .stripTrailingZeros()
            .toPlainString();
    if (out.version() < 3) {
      out.bulk(text);
    } else {
      out.raw(("," + text + "\r\n").getBytes(StandardCharsets.US_ASCII));
    }
  }

  /// As C's `%.Nf`.
  private static String fixed(double number, int digits) {
    if (Double.isInfinite(number)) {
      return number < 0 ? "-inf" : "inf";
    }
    String text = new BigDecimal(number).setScale(digits, RoundingMode.HALF_EVEN).toPlainString();
    boolean lostSign = Math.copySign(1, number) < 0 && !text.startsWith("-");
    return lostSign ? "-" + text : text;
  }
}
