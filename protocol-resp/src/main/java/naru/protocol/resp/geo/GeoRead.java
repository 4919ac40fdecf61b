package naru.protocol.resp.geo;

import java.util.ArrayList;
import java.util.List;
import naru.bytes.Bytes;
import naru.engine.Decision;
import naru.engine.sortedset.SortedSetValue;
import naru.protocol.resp.verb.Call;
import naru.protocol.resp.verb.Flag;
import naru.protocol.resp.verb.Replies;
import naru.protocol.resp.verb.RespReply;
import naru.protocol.resp.verb.Verb;
import org.jspecify.annotations.Nullable;

/// Where members are.
public final class GeoRead {
  public static final List<Verb> VERBS =
      List.of(
          Verb.of("GEODIST key member1 member2 [M | KM | FT | MI]", GeoRead::distance)
              .since("3.2.0")
              .flags(Flag.READONLY)
              .keys("RO access")
              .summary("Returns the distance between two members of a geospatial index.")
              .complexity("O(1)"),
          Verb.of("GEOHASH key [member [member ...]]", call -> each(call, GeoRead::hash))
              .since("3.2.0")
              .flags(Flag.READONLY)
              .keys("RO access")
              .summary("Returns members from a geospatial index as geohash strings.")
              .complexity("O(1) for each member requested."),
          Verb.of("GEOPOS key [member [member ...]]", call -> each(call, GeoRead::position))
              .since("3.2.0")
              .flags(Flag.READONLY)
              .keys("RO access")
              .summary("Returns the longitude and latitude of members from a geospatial index.")
              .complexity("O(1) for each member requested."));

  private static final String ALPHABET = "0123456789bcdefghjkmnpqrstuvwxyz";

  /// Of the usual geohash: its map reaches to the poles.
  private static final double LATITUDE_MAX = 90;

  private static final int HASH_LENGTH = 11;

  private GeoRead() {}

  private static Decision distance(Call call) {
    if (call.count() > 5) {
      throw Call.syntaxError();
    }
    Unit unit = call.count() == 5 ? Unit.at(call, 4) : Unit.M;
    SortedSetValue set = call.find(call.arg(1), SortedSetValue.class);
    Place one = place(set, call.arg(2));
    Place other = place(set, call.arg(3));
    return Decision.done(
        one == null || other == null
            ? Replies.NULL
            : Replies.bulk(GeoWords.distance(one.distanceM(other) / unit.meters())));
  }

  /// Where a member is; null if it is none.
  static @Nullable Place place(@Nullable SortedSetValue set, Bytes member) {
    double score = set == null ? Double.NaN : set.score(member);
    return Double.isNaN(score) ? null : Place.ofScore(score);
  }

  private interface Answer {
    RespReply of(@Nullable Place place);
  }

  private static Decision each(Call call, Answer answer) {
    SortedSetValue set = call.find(call.arg(1), SortedSetValue.class);
    List<RespReply> replies = new ArrayList<>(call.count() - 2);
    for (int i = 2; i < call.count(); i++) {
      replies.add(answer.of(place(set, call.arg(i))));
    }
    return Decision.done(Replies.array(replies));
  }

  private static RespReply position(@Nullable Place place) {
    return place == null ? Replies.NULL_ARRAY : out -> GeoWords.write(out, place);
  }

  /// Five bits a letter. Eleven letters have more bits than there are: the last one is always 0.
  private static RespReply hash(@Nullable Place place) {
    if (place == null) {
      return Replies.NULL;
    }
    long bits = Cell.at(place, Cell.STEPS_MAX, LATITUDE_MAX).bits();
    StringBuilder hash = new StringBuilder(HASH_LENGTH);
    for (int i = 1; i < HASH_LENGTH; i++) {
      hash.append(ALPHABET.charAt((int) (bits >> (2 * Cell.STEPS_MAX - 5 * i)) & 31));
    }
    return Replies.bulk(hash.append(ALPHABET.charAt(0)).toString());
  }
}
