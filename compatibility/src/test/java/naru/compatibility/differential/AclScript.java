package naru.compatibility.differential;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/// Makes rules for users, right ones and wrong ones, and calls that such a user may or may not
/// make.
final class AclScript {
  private static final List<String> CHANNELS = List.of("x1", "x2", "y1");

  private static final double WRONG = 0.06;
  private static final int RULES_MAX = 7;
  private static final String HASH_OF_P1 =
      "f7c93a3e1f1b7d3ea5b0ee6f3e2a3a6e5b7f9dbea5fd3f8e9fc9b3b5a1f3c2d1";

  private static final List<String> KEYS = List.of("a1", "a2", "b1", "b2", "c1");
  private static final List<String> PATTERNS =
      List.of("a*", "b*", "a1", "*", "?1", "[ab]*", "c", "a2", "", "*1", "\\*");
  private static final List<String> CHANNEL_PATTERNS = List.of("x*", "y1", "*", "x1", "?1", "");
  private static final List<String> PASSWORDS = List.of("p1", "p2", "p3");

  private static final List<String> COMMANDS =
      List.of(
          ("get set del mget mset sort sort_ro copy rename exists append strlen incr lpush lrange"
                  + " lmove sinterstore zunionstore bitfield bitop xadd xread xreadgroup xgroup"
                  + " georadius object eval publish subscribe psubscribe multi exec discard watch"
                  + " select ping echo config client acl type expire getex getdel GET Config"
                  + " script flushdb lmpop zadd sadd geoadd pfmerge lcs function hello auth")
              .split(" "));

  private static final List<String> PARTS =
      List.of(
          ("config|get config|set CONFIG|GET client|getname client|setname acl|whoami xgroup|create"
                  + " object|freq script|exists select|0 select|1 get|a1 echo|hi SELECT|0"
                  + " sort|a1 acl|setuser object|nosuch config| nosuch|x config|get|x")
              .split(" "));

  private static final List<String> CATEGORIES =
      List.of(
          ("@read @write @string @list @set @sortedset @stream @keyspace @fast @slow @dangerous"
                  + " @admin @pubsub @transaction @scripting @connection @all @hash @geo @bitmap"
                  + " @blocking @hyperloglog @READ @nosuch @")
              .split(" "));

  private static final List<String> FIRST_RULES =
      List.of(
          "+@all ~a* %R~b* &x*",
          "+@all allkeys",
          "+@all ~a* %W~c* allchannels",
          "+@all -@dangerous ~b* %R~* &y1",
          "+@read +@write +@scripting +@transaction ~[ab]1 &x1",
          "-@all",
          "-@all (+@all ~a*) (+@read allkeys &x*)");

  private static final List<String> WRONG_RULES =
      List.of(
          "foo",
          "+nosuch",
          "-nosuch",
          "%X~a",
          "%RR~a",
          "%~a",
          "~a b",
          "&x y",
          "#abc",
          "<nope",
          "!abc",
          "(+get",
          "+get)",
          "(on)",
          "()",
          "+",
          "-",
          "~",
          "&",
          ">",
          "#" + HASH_OF_P1,
          "!" + HASH_OF_P1,
          "(~a1 +get",
          "(>p1)",
          "((+get))",
          "%",
          "%R",
          "%RW~",
          "(+nosuch)",
          "( +get ~a* )",
          "ON",
          "AllKeys",
          "+@",
          "-@",
          "(nocommands)",
          "(allkeys ~a)",
          "+|get");

  /// `K` is a key, `C` a channel, `P` a pattern of channels.
  private static final List<String> CALLS =
      List.of(
          "GET K",
          "SET K 5",
          "SET K 6 GET",
          "MGET K K",
          "MSET K 1 K 2",
          "DEL K K",
          "EXISTS K K",
          "COPY K K REPLACE",
          "RENAME K K",
          "GETDEL K",
          "GETEX K",
          "APPEND K 7",
          "STRLEN K",
          "INCR K",
          "LPUSH K 3",
          "LRANGE K 0 -1",
          "LMOVE K K LEFT RIGHT",
          "LMPOP 2 K K LEFT",
          "SORT K",
          "SORT K BY w*",
          "SORT K BY nosort LIMIT 0 0 GET #",
          "SORT K GET v* STORE K",
          // Nobody promises an order to those without a weight.
          "SORT_RO K BY w* ALPHA LIMIT 0 0",
          "SORT K ALPHA STORE K",
          "SINTERSTORE K K K",
          "ZUNIONSTORE K 2 K K",
          "ZINTERCARD 2 K K",
          "BITOP AND K K K",
          "BITFIELD K GET u8 0",
          "BITFIELD K SET u8 0 1",
          "BITFIELD_RO K GET u8 0",
          "XADD K 1-1 f v",
          "XREAD STREAMS K K 0 0",
          "XREADGROUP GROUP g c STREAMS K >",
          "XGROUP CREATE K g 0 MKSTREAM",
          "GEORADIUS K 0 0 1 m",
          "GEORADIUS K 0 0 1 m STORE K",
          "GEOSEARCHSTORE K K FROMLONLAT 0 0 BYRADIUS 1 m",
          "OBJECT FREQ K",
          "TYPE K",
          "EXPIRE K 100",
          "TOUCH K K",
          "UNLINK K",
          "ZADD K 1 m",
          "SADD K 1",
          "HSET K f 1",
          "LCS K K",
          "PFMERGE K K",
          "PFCOUNT K",
          "SETRANGE K 0 9",
          "ZRANGESTORE K K 0 -1",
          "SMOVE K K 1",
          "GETSET K 1",
          "MSETNX K 1 K 2",
          "SINTERCARD 2 K K",
          "GEOADD K 1 1 m",
          "PUBLISH C hello",
          "SPUBLISH C hello",
          "PUBLISH C hello",
          "MULTI",
          "MULTI",
          "EXEC",
          "EXEC",
          "EXEC",
          "DISCARD",
          "WATCH K",
          "SELECT 0",
          "PING",
          "ECHO hi",
          "CLIENT GETNAME",
          "CLIENT SETNAME me",
          "ACL WHOAMI",
          "CONFIG GET maxmemory-policy",
          "SCRIPT EXISTS abc",
          "AUTH u p1",
          "AUTH u p2",
          "AUTH p1",
          "AUTH default p",
          "HELLO 2 AUTH u p1",
          "NOSUCH K",
          "GET",
          "CONFIG",
          "CONFIG NOSUCH",
          "FLUSHDB",
          "RESET");

  private static final List<String> SCRIPTS =
      List.of(
          "return redis.call('get', KEYS[1])",
          "return redis.call('set', KEYS[1], '4')",
          "return redis.pcall('get', 'a1')",
          "return redis.call('get', 'b1')",
          "return redis.pcall('publish', 'x1', 'hello')",
          "return {redis.acl_check_cmd('get', 'a1'), redis.acl_check_cmd('set', 'b1', 'x')}",
          "return 1");

  private static final List<String> LISTENING =
      List.of("SUBSCRIBE C", "SUBSCRIBE C C", "PSUBSCRIBE P", "SSUBSCRIBE C");

  private final Random random;

  AclScript(long seed) {
    random = new Random(seed);
  }

  boolean chance(double share) {
    return random.nextDouble() < share;
  }

  private String pick(List<String> words) {
    return words.get(random.nextInt(words.size()));
  }

  /// Who may do little is refused all the same things: most may do much at first.
  List<String> firstRules() {
    return List.of(pick(FIRST_RULES).split(" "));
  }

  /// Rules as `ACL SETUSER` takes them.
  List<String> rules() {
    List<String> rules = new ArrayList<>();
    boolean isOpen = false;
    for (int i = random.nextInt(RULES_MAX) + 1; i > 0 && !isOpen; i--) {
      rules.addAll(rule());
      // Of a parenthesis within an open one 7.0 forgets what stood before.
      isOpen = rules.getLast().startsWith("(") && !rules.getLast().endsWith(")");
    }
    return rules;
  }

  private List<String> rule() {
    if (chance(WRONG)) {
      return List.of(pick(WRONG_RULES));
    }
    return switch (random.nextInt(20)) {
      case 0 -> List.of(pick(List.of("on", "off", "on", "reset", "resetpass", "nopass")));
      case 1 -> List.of(">" + pick(PASSWORDS));
      case 2 -> List.of("<" + pick(PASSWORDS));
      case 3 -> List.of(pick(List.of("resetkeys", "resetchannels", "clearselectors")));
      case 4 -> List.of(pick(List.of("allkeys", "allchannels", "allcommands", "nocommands")));
      case 5 -> List.of(pick(List.of("sanitize-payload", "skip-sanitize-payload", "+@all")));
      case 6, 7 -> selector();
      default -> List.of(permission());
    };
  }

  private String permission() {
    String sign = chance(0.7) ? "+" : "-";
    return switch (random.nextInt(10)) {
      case 0, 1 -> "~" + pick(PATTERNS);
      case 2 -> "%" + pick(List.of("R", "W", "RW", "r", "w")) + "~" + pick(PATTERNS);
      case 3 -> "&" + pick(CHANNEL_PATTERNS);
      case 4, 5 -> sign + pick(CATEGORIES);
      case 6 -> sign + pick(PARTS);
      default -> sign + pick(COMMANDS);
    };
  }

  /// In one word, or cut at the spaces.
  private List<String> selector() {
    List<String> inside = new ArrayList<>();
    for (int i = random.nextInt(3) + 1; i > 0; i--) {
      inside.add(permission());
    }
    String whole = "(" + String.join(" ", inside) + ")";
    return chance(0.5) ? List.of(whole) : List.of(whole.split(" "));
  }

  /// A call that is answered once.
  List<String> call() {
    if (chance(0.1)) {
      String script = pick(SCRIPTS);
      return List.of("EVAL", script, "1", pick(KEYS));
    }
    return words(pick(CALLS));
  }

  /// A call after which the connection listens.
  List<String> listening() {
    return words(pick(LISTENING));
  }

  private List<String> words(String call) {
    List<String> words = new ArrayList<>();
    for (String word : call.split(" ")) {
      words.add(
          switch (word) {
            case "K" -> pick(KEYS);
            case "C" -> pick(CHANNELS);
            case "P" -> pick(CHANNEL_PATTERNS);
            default -> word;
          });
    }
    return words;
  }

  String password() {
    return pick(PASSWORDS);
  }
}
