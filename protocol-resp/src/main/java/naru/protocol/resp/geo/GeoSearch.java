package naru.protocol.resp.geo;

import java.util.ArrayList;
import java.util.List;
import naru.bytes.Bytes;
import naru.engine.Decision;
import naru.engine.KeyEvent.Kind;
import naru.engine.key.KeyOp;
import naru.engine.sortedset.ScoredMember;
import naru.engine.sortedset.SortedSetOp;
import naru.engine.sortedset.SortedSetValue;
import naru.protocol.resp.geo.Search.Found;
import naru.protocol.resp.geo.SearchWords.Dialect;
import naru.protocol.resp.verb.Call;
import naru.protocol.resp.verb.Flag;
import naru.protocol.resp.verb.KeySpec;
import naru.protocol.resp.verb.Replies;
import naru.protocol.resp.verb.RespReply;
import naru.protocol.resp.verb.Verb;
import naru.protocol.resp.wire.RespWriter;
import org.jspecify.annotations.Nullable;

/// Members near a place.
public final class GeoSearch {
  private static final String DETAILS =
      " [WITHCOORD] [WITHDIST] [WITHHASH] [COUNT count [ANY]] [ASC | DESC]";
  private static final String STORE = " [store= STORE key | STOREDIST key]";
  private static final String RADIUS_COMPLEXITY =
      "O(N+log(M)) where N is the number of elements inside the bounding box of the circular area "
          + "delimited by center and radius and M is the number of items inside the index.";
  private static final String SHAPE =
      " <FROMMEMBER member | FROMLONLAT longitude latitude> <{circle= BYRADIUS radius <M | KM | FT"
          + " | MI>} | {box= BYBOX width height <M | KM | FT | MI>}>";
  private static final String SEARCH_COMPLEXITY =
      "O(N+log(M)) where N is the number of elements in the grid-aligned bounding box area around "
          + "the shape provided as the filter and M is the number of items inside the shape";

  public static final List<Verb> VERBS =
      List.of(
          Verb.of(
                  "GEORADIUS key longitude latitude radius <M | KM | FT | MI>" + DETAILS + STORE,
                  call -> decide(call, 1, set -> SearchWords.ofRadius(call, Dialect.RADIUS, set)))
              .since("3.2.0")
              .deprecated("6.2.0", "`GEOSEARCH` and `GEOSEARCHSTORE` with the `BYRADIUS` argument")
              .flags(Flag.WRITE, Flag.DENYOOM, Flag.MOVABLEKEYS)
              .reading()
              .keySpecs(
                  new KeySpec("", 1, KeySpec.Extent.ONE, "RO access"),
                  new KeySpec("STORE", 6, KeySpec.Extent.ONE, "OW update")
                      .among(new KeySpec.Options(6, List.of(), true, "STOREDIST")),
                  new KeySpec("STOREDIST", 6, KeySpec.Extent.ONE, "OW update")
                      .among(new KeySpec.Options(6, List.of(), true, "STORE")))
              .summary(
                  "Queries a geospatial index for members within a distance from a coordinate, "
                      + "optionally stores the result.")
              .complexity(RADIUS_COMPLEXITY),
          Verb.of(
                  "GEORADIUS_RO key longitude latitude radius <M | KM | FT | MI>" + DETAILS,
                  call ->
                      decide(
                          call, 1, set -> SearchWords.ofRadius(call, Dialect.RADIUS_READING, set)))
              .since("3.2.10")
              .deprecated("6.2.0", "`GEOSEARCH` with the `BYRADIUS` argument")
              .flags(Flag.READONLY)
              .keys("RO access")
              .summary(
                  "Returns members from a geospatial index that are within a distance from a "
                      + "coordinate.")
              .complexity(RADIUS_COMPLEXITY),
          Verb.of(
                  "GEORADIUSBYMEMBER key member radius <M | KM | FT | MI>" + DETAILS + STORE,
                  call ->
                      decide(
                          call, 1, set -> SearchWords.ofRadiusByMember(call, Dialect.RADIUS, set)))
              .since("3.2.0")
              .deprecated(
                  "6.2.0",
                  "`GEOSEARCH` and `GEOSEARCHSTORE` with the `BYRADIUS` and `FROMMEMBER` arguments")
              .flags(Flag.WRITE, Flag.DENYOOM, Flag.MOVABLEKEYS)
              .reading()
              .keySpecs(
                  new KeySpec("", 1, KeySpec.Extent.ONE, "RO access"),
                  new KeySpec("STORE", 5, KeySpec.Extent.ONE, "OW update")
                      .among(new KeySpec.Options(5, List.of(), true, "STOREDIST")),
                  new KeySpec("STOREDIST", 5, KeySpec.Extent.ONE, "OW update")
                      .among(new KeySpec.Options(5, List.of(), true, "STORE")))
              .summary(
                  "Queries a geospatial index for members within a distance from a member, "
                      + "optionally stores the result.")
              .complexity(RADIUS_COMPLEXITY),
          Verb.of(
                  "GEORADIUSBYMEMBER_RO key member radius <M | KM | FT | MI>" + DETAILS,
                  call ->
                      decide(
                          call,
                          1,
                          set -> SearchWords.ofRadiusByMember(call, Dialect.RADIUS_READING, set)))
              .since("3.2.10")
              .deprecated("6.2.0", "`GEOSEARCH` with the `BYRADIUS` and `FROMMEMBER` arguments")
              .flags(Flag.READONLY)
              .keys("RO access")
              .summary(
                  "Returns members from a geospatial index that are within a distance from a "
                      + "member.")
              .complexity(RADIUS_COMPLEXITY),
          Verb.of(
                  "GEOSEARCH key"
                      + SHAPE
                      + " [ASC | DESC] [COUNT count [ANY]] [WITHCOORD] [WITHDIST] [WITHHASH]",
                  call -> decide(call, 1, set -> SearchWords.ofSearch(call, set)))
              .arity(-7)
              .since("6.2.0")
              .flags(Flag.READONLY)
              .keys("RO access")
              .summary(
                  "Queries a geospatial index for members inside an area of a box or a circle.")
              .complexity(SEARCH_COMPLEXITY),
          Verb.of(
                  "GEOSEARCHSTORE destination source"
                      + SHAPE
                      + " [ASC | DESC] [COUNT count [ANY]] [STOREDIST]",
                  call -> decide(call, 2, set -> SearchWords.ofSearchStore(call, set)))
              .arity(-8)
              .since("6.2.0")
              .flags(Flag.WRITE, Flag.DENYOOM)
              .reading()
              .keys("OW update", "RO access")
              .summary(
                  "Queries a geospatial index for members inside an area of a box or a circle, "
                      + "stores the result.")
              .complexity(SEARCH_COMPLEXITY));

  private GeoSearch() {}

  private interface Reading {
    SearchWords of(@Nullable SortedSetValue set);
  }

  private static Decision decide(Call call, int keyIndex, Reading reading) {
    SortedSetValue set = call.find(call.arg(keyIndex), SortedSetValue.class);
    SearchWords words = reading.of(set);
    Shape shape = words.shape();
    List<Found> found = set == null || shape == null ? List.of() : Search.of(set, shape, words);
    Bytes destination = words.destination();
    return destination == null
        ? Decision.done(told(found, words))
        : stored(call, destination, found, words);
  }

  private static RespReply told(List<Found> found, SearchWords words) {
    return out -> {
      out.array(found.size());
      for (Found each : found) {
        write(out, each, words);
      }
    };
  }

  private static void write(RespWriter out, Found found, SearchWords words) {
    if (words.details() > 0) {
      out.array(1 + words.details());
    }
    out.bulk(found.member());
    if (words.withDistance()) {
      out.bulk(GeoWords.distance(found.distanceM() / words.unit().meters()));
    }
    if (words.withHash()) {
      out.integer(Place.hash(found.score()));
    }
    if (words.withPlace()) {
      GeoWords.write(out, found.place());
    }
  }

  private static Decision stored(Call call, Bytes key, List<Found> found, SearchWords words) {
    int database = call.database();
    if (found.isEmpty()) {
      return call.keys().entry(key) == null
          ? Decision.done(Replies.ZERO)
          : Decision.done(Replies.ZERO, new KeyOp.Removed(database, key, KeyOp.Cause.DELETED))
              .event(Kind.GENERIC, "del", database, key);
    }
    List<ScoredMember> members = new ArrayList<>(found.size());
    for (Found each : found) {
      double score =
          words.storesDistance() ? each.distanceM() / words.unit().meters() : each.score();
      members.add(new ScoredMember(each.member(), score));
    }
    String event = call.verb().name().startsWith("geosearch") ? "geosearchstore" : "georadiusstore";
    return Decision.done(
            Replies.integer(members.size()), new SortedSetOp.Stored(database, key, members))
        .event(Kind.SORTED_SET, event, database, key);
  }
}
