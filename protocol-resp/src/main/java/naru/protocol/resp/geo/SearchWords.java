package naru.protocol.resp.geo;

import naru.bytes.Bytes;
import naru.engine.Refusal;
import naru.engine.sortedset.SortedSetValue;
import naru.protocol.resp.verb.Call;
import org.jspecify.annotations.Nullable;

/// What the commands that search are told. Where the set is missing, so is the member to search
/// from, and with it the shape.
final class SearchWords {
  enum Order {
    NONE,
    ASC,
    DESC
  }

  /// Which words a command knows.
  enum Dialect {
    /// `GEORADIUS`, `GEORADIUSBYMEMBER`.
    RADIUS,
    RADIUS_READING,
    SEARCH,
    SEARCH_STORE;

    private boolean searches() {
      return this == SEARCH || this == SEARCH_STORE;
    }
  }

  private final Call call;
  private final Dialect dialect;
  private final @Nullable SortedSetValue set;

  private @Nullable Place center;
  private boolean fromMember;
  private boolean fromPlace;
  private boolean byRadius;
  private boolean byBox;
  private double width;
  private double height;
  private Unit unit = Unit.M;
  private boolean withDistance;
  private boolean withHash;
  private boolean withPlace;
  private boolean any;
  private long count;
  private Order order = Order.NONE;
  private @Nullable Bytes destination;
  private boolean storesDistance;

  private SearchWords(Call call, Dialect dialect, @Nullable SortedSetValue set) {
    this.call = call;
    this.dialect = dialect;
    this.set = set;
  }

  static SearchWords ofRadius(Call call, Dialect dialect, @Nullable SortedSetValue set) {
    SearchWords words = new SearchWords(call, dialect, set);
    words.center = GeoWords.place(call, 2);
    words.readRadius(4);
    words.readOptions(6);
    return words;
  }

  static SearchWords ofRadiusByMember(Call call, Dialect dialect, @Nullable SortedSetValue set) {
    SearchWords words = new SearchWords(call, dialect, set);
    if (set != null) {
      words.readMember(2);
      words.readRadius(3);
    }
    words.readOptions(5);
    return words;
  }

  static SearchWords ofSearch(Call call, @Nullable SortedSetValue set) {
    SearchWords words = new SearchWords(call, Dialect.SEARCH, set);
    words.readOptions(2);
    return words;
  }

  static SearchWords ofSearchStore(Call call, @Nullable SortedSetValue set) {
    SearchWords words = new SearchWords(call, Dialect.SEARCH_STORE, set);
    words.destination = call.arg(1);
    words.readOptions(3);
    return words;
  }

  private void readOptions(int first) {
    int at = first;
    while (at < call.count()) {
      int read = readShape(at);
      read = read > 0 ? read : readStore(at);
      read = read > 0 ? read : readOption(at);
      if (read == 0) {
        throw Call.syntaxError();
      }
      at += read;
    }
    check();
    if (count != 0 && order == Order.NONE && !any) {
      order = Order.ASC;
    }
  }

  /// How many words were read; so do those below.
  private int readOption(int at) {
    if (call.is(at, "WITHDIST")) {
      withDistance = true;
    } else if (call.is(at, "WITHHASH")) {
      withHash = true;
    } else if (call.is(at, "WITHCOORD")) {
      withPlace = true;
    } else if (call.is(at, "ANY")) {
      any = true;
    } else if (call.is(at, "ASC")) {
      order = Order.ASC;
    } else if (call.is(at, "DESC")) {
      order = Order.DESC;
    } else if (call.is(at, "COUNT") && at + 1 < call.count()) {
      count = call.integer(at + 1);
      if (count <= 0) {
        throw new Refusal("COUNT must be > 0");
      }
      return 2;
    } else {
      return 0;
    }
    return 1;
  }

  private int readStore(int at) {
    boolean stores = call.is(at, "STORE");
    boolean distances = call.is(at, "STOREDIST");
    if (dialect == Dialect.SEARCH_STORE && distances) {
      storesDistance = true;
      return 1;
    }
    if (dialect == Dialect.RADIUS && (stores || distances) && at + 1 < call.count()) {
      destination = call.arg(at + 1);
      storesDistance = distances;
      return 2;
    }
    return 0;
  }

  private int readShape(int at) {
    int more = call.count() - at - 1;
    if (!dialect.searches()) {
      return 0;
    }
    if (call.is(at, "FROMMEMBER") && more >= 1 && !fromPlace) {
      fromMember = true;
      readMember(at + 1);
      return 2;
    }
    if (call.is(at, "FROMLONLAT") && more >= 2 && !fromMember) {
      fromPlace = true;
      center = GeoWords.place(call, at + 1);
      return 3;
    }
    if (call.is(at, "BYRADIUS") && more >= 2 && !byBox) {
      readRadius(at + 1);
      return 3;
    }
    if (call.is(at, "BYBOX") && more >= 3 && !byRadius) {
      readBox(at + 1);
      return 4;
    }
    return 0;
  }

  private void readMember(int at) {
    if (set != null) {
      center = GeoRead.place(set, call.arg(at));
      if (center == null) {
        throw new Refusal("could not decode requested zset member");
      }
    }
  }

  private void readRadius(int at) {
    width = GeoWords.number(call, at, "need numeric radius");
    if (width < 0) {
      throw new Refusal("radius cannot be negative");
    }
    unit = Unit.at(call, at + 1);
    byRadius = true;
  }

  private void readBox(int at) {
    width = GeoWords.number(call, at, "need numeric width");
    height = GeoWords.number(call, at + 1, "need numeric height");
    if (width < 0 || height < 0) {
      throw new Refusal("height or width cannot be negative");
    }
    unit = Unit.at(call, at + 2);
    byBox = true;
  }

  private void check() {
    if (destination != null && details() > 0) {
      String what =
          dialect == Dialect.SEARCH_STORE ? "GEOSEARCHSTORE" : "STORE option in GEORADIUS";
      throw new Refusal(what + " is not compatible with WITHDIST, WITHHASH and WITHCOORD options");
    }
    if (dialect.searches() && !fromMember && !fromPlace) {
      throw new Refusal(
          "exactly one of FROMMEMBER or FROMLONLAT can be specified for " + typedName());
    }
    if (dialect.searches() && !byRadius && !byBox) {
      throw new Refusal("exactly one of BYRADIUS and BYBOX can be specified for " + typedName());
    }
    if (any && count == 0) {
      throw new Refusal("the ANY argument requires COUNT argument");
    }
  }

  /// The command as the client has written it.
  private String typedName() {
    return call.arg(0).printed();
  }

  /// Null if there is no set to search.
  @Nullable Shape shape() {
    if (set == null || center == null) {
      return null;
    }
    return byBox
        ? new Shape.Box(center, width * unit.meters(), height * unit.meters())
        : new Shape.Circle(center, width * unit.meters());
  }

  /// How many things are told of each member beside its name.
  int details() {
    return (withDistance ? 1 : 0) + (withHash ? 1 : 0) + (withPlace ? 1 : 0);
  }

  boolean withDistance() {
    return withDistance;
  }

  boolean withHash() {
    return withHash;
  }

  boolean withPlace() {
    return withPlace;
  }

  Unit unit() {
    return unit;
  }

  boolean any() {
    return any;
  }

  /// How many members are wanted, 0 for all.
  long count() {
    return count;
  }

  Order order() {
    return order;
  }

  /// The key to store in; null to tell the client.
  @Nullable Bytes destination() {
    return destination;
  }

  boolean storesDistance() {
    return storesDistance;
  }
}
