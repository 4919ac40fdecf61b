package naru.compatibility.differential;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/// The commands by what they work on, with the weight of each; see `Usage` for the notation.
enum Family {
  STRINGS(
      1,
      """
      6 SET string value [NX | XX] [GET] [EX seconds | PX milliseconds | EXAT unix-seconds | PXAT \
      unix-milliseconds | KEEPTTL]
      SET string value ([EX seconds] [PX milliseconds] [KEEPTTL] [NX] [XX] [GET])
      5 GET string
      3 GETEX string [EX seconds | PX milliseconds | EXAT unix-seconds | PXAT unix-milliseconds | \
      PERSIST]
      GETEX string ([EX seconds] [PERSIST] [PX milliseconds])
      2 GETDEL string
      2 GETSET string value
      2 SETNX string value
      2 SETEX string seconds value
      2 PSETEX string milliseconds value
      3 INCR string
      2 DECR string
      3 INCRBY string int
      2 DECRBY string int
      6 INCRBYFLOAT string float
      3 APPEND string value
      2 STRLEN string
      3 SETRANGE string offset value
      4 GETRANGE string index index
      1 SUBSTR string index index
      2 MGET string... key...
      2 MSET (string value)...
      2 MSETNX (string value)...
      3 LCS string string [LEN] [IDX] [MINMATCHLEN count] [WITHMATCHLEN]
      1 TTL string
      1 SET string float
      """),
  LISTS(
      1,
      """
      5 LPUSH list member...
      5 RPUSH list member...
      1 LPUSHX list member...
      1 RPUSHX list member...
      2 LPOP list [count]
      2 RPOP list [count]
      5 LRANGE list index index
      2 LLEN list
      3 LINDEX list index
      3 LSET list index member
      4 LINSERT list (BEFORE | AFTER) member member
      4 LREM list removals member
      2 LTRIM list index index
      5 LPOS list member [RANK lpos-rank] [COUNT count] [MAXLEN count]
      2 RPOPLPUSH list list
      3 LMOVE list list (LEFT | RIGHT) (LEFT | RIGHT)
      3 LMPOP numkeys-list (LEFT | RIGHT) [COUNT count]
      """),
  HASHES(
      1,
      """
      7 HSET hash (field value)...
      1 HMSET hash (field value)...
      2 HSETNX hash field value
      3 HGET hash field
      3 HMGET hash field...
      3 HDEL hash field...
      4 HGETALL hash
      2 HKEYS hash
      2 HVALS hash
      2 HLEN hash
      2 HEXISTS hash field
      2 HSTRLEN hash field
      3 HINCRBY hash field int
      5 HINCRBYFLOAT hash field float
      3 HRANDFIELD hash [sample [WITHVALUES]]
      2 HSCAN hash cursor [MATCH pattern] [COUNT scan-count]
      """),
  SETS(
      1,
      """
      7 SADD set member...
      3 SREM set member...
      3 SMEMBERS set
      2 SISMEMBER set member
      2 SMISMEMBER set member...
      2 SCARD set
      2 SMOVE set set member
      3 SINTER set...
      3 SUNION set...
      3 SDIFF set...
      2 SINTERSTORE set set...
      2 SUNIONSTORE set set...
      2 SDIFFSTORE set set...
      3 SINTERCARD numkeys-set [LIMIT count]
      2 SRANDMEMBER set [sample]
      2 SPOP set [count]
      2 SSCAN set cursor [MATCH pattern] [COUNT scan-count]
      """),
  SORTED_SETS(
      1,
      """
      8 ZADD zset [NX | XX] [GT | LT] [CH] [INCR] (score member)...
      6 ZADD zset (score member)...
      5 ZADD lex-zset (0 member)...
      2 ZADD zset INCR score member
      4 ZINCRBY zset score member
      2 ZREM zset member...
      1 ZCARD zset
      3 ZSCORE zset member
      2 ZMSCORE zset member...
      2 ZRANK zset member
      2 ZREVRANK zset member
      3 ZCOUNT zset score-bound score-bound
      2 ZLEXCOUNT lex-zset lex-bound lex-bound
      3 ZRANGE zset rank rank [WITHSCORES]
      3 ZRANGE zset rank rank [REV] [WITHSCORES] [LIMIT rank count]
      4 ZRANGE zset score-bound score-bound BYSCORE [REV] [LIMIT rank count] [WITHSCORES]
      3 ZRANGE lex-zset lex-bound lex-bound BYLEX [REV] [LIMIT rank count] [WITHSCORES]
      1 ZRANGESTORE lex-zset lex-zset lex-bound lex-bound BYLEX [REV] [LIMIT rank count]
      3 ZRANGESTORE zset zset rank rank [BYSCORE] [REV] [LIMIT rank count]
      2 ZRANGESTORE zset zset score-bound score-bound BYSCORE [REV] [LIMIT rank count]
      2 ZREVRANGE zset rank rank [WITHSCORES]
      3 ZRANGEBYSCORE zset score-bound score-bound [WITHSCORES] [LIMIT rank count]
      2 ZREVRANGEBYSCORE zset score-bound score-bound [WITHSCORES] [LIMIT rank count]
      2 ZRANGEBYLEX lex-zset lex-bound lex-bound [LIMIT rank count]
      2 ZREVRANGEBYLEX lex-zset lex-bound lex-bound [LIMIT rank count]
      1 ZREMRANGEBYRANK zset rank rank
      1 ZREMRANGEBYSCORE zset score-bound score-bound
      1 ZREMRANGEBYLEX lex-zset lex-bound lex-bound
      2 ZPOPMIN zset [count]
      2 ZPOPMAX zset [count]
      3 ZMPOP numkeys-zset (MIN | MAX) [COUNT count]
      3 ZUNION zsets-weighted [AGGREGATE (SUM | MIN | MAX)] [WITHSCORES]
      3 ZINTER zsets-weighted [AGGREGATE (SUM | MIN | MAX)] [WITHSCORES]
      2 ZDIFF numkeys-zset [WITHSCORES]
      2 ZUNIONSTORE zset zsets-weighted [AGGREGATE (SUM | MIN | MAX)]
      2 ZINTERSTORE zset zsets-weighted [AGGREGATE (SUM | MIN | MAX)]
      1 ZDIFFSTORE zset numkeys-zset
      2 ZINTERCARD numkeys-zset [LIMIT count]
      3 ZRANDMEMBER zset [sample [WITHSCORES]]
      2 ZSCAN zset cursor [MATCH pattern] [COUNT scan-count]
      """),
  KEYS(
      1,
      """
      3 DEL key...
      1 UNLINK key...
      3 EXISTS key...
      2 TYPE key
      2 TOUCH key...
      4 EXPIRE key seconds [NX | XX | GT | LT]
      2 PEXPIRE key milliseconds [NX | XX | GT | LT]
      3 EXPIREAT key unix-seconds [NX | XX | GT | LT]
      2 PEXPIREAT key unix-milliseconds [NX | XX | GT | LT]
      1 EXPIRE key seconds ([NX] [XX] [GT] [LT])
      2 PERSIST key
      3 TTL key
      2 PTTL key
      2 EXPIRETIME key
      2 PEXPIRETIME key
      3 RENAME key key
      2 RENAMENX key key
      3 COPY key key [DB db] [REPLACE]
      2 MOVE key db
      3 SELECT db
      2 SWAPDB db db
      1 DBSIZE
      1 FLUSHDB [ASYNC | SYNC]
      1 FLUSHALL [ASYNC | SYNC]
      2 KEYS pattern
      2 SCAN cursor [MATCH pattern] [COUNT scan-count] [TYPE type]
      1 RANDOMKEY
      1 OBJECT IDLETIME key
      1 OBJECT FREQ key
      5 SORT key [BY by-pattern] [LIMIT index count] [GET get-pattern] [GET get-pattern] [ASC | \
      DESC] [ALPHA]
      2 SORT_RO key [LIMIT index count] [ASC | DESC] [ALPHA]
      2 SORT key [ALPHA] [DESC] STORE key
      1 SORT (list | set | zset) [LIMIT index count] [DESC]
      2 MSET 'w_1 int 'w_2 int 'w_3 int
      2 RPUSH list int...
      1 SADD set int...
      """),
  STREAMS(
      2,
      """
      8 XADD stream add-id (field value)...
      3 XADD stream [NOMKSTREAM] [MAXLEN [=] threshold | MINID [=] entry-id] add-id (field value)...
      2 XLEN stream
      4 XRANGE stream range-id range-id [COUNT count]
      3 XREVRANGE stream range-id range-id [COUNT count]
      3 XDEL stream entry-id...
      3 XTRIM stream (MAXLEN | MINID) [=] threshold
      1 XTRIM stream MINID [=] entry-id [LIMIT count]
      2 XSETID stream last-id [ENTRIESADDED entries-added] [MAXDELETEDID entry-id]
      3 XREAD [COUNT count] STREAMS streams-after
      4 XGROUP CREATE stream group group-start [MKSTREAM] [ENTRIESREAD entries-read]
      2 XGROUP SETID stream group group-start [ENTRIESREAD entries-read]
      1 XGROUP DESTROY stream group
      2 XGROUP CREATECONSUMER stream group consumer
      2 XGROUP DELCONSUMER stream group consumer
      8 XREADGROUP GROUP group consumer [COUNT count] [NOACK] STREAMS streams-new
      3 XACK stream group entry-id...
      3 XPENDING stream group
      4 XPENDING stream group [IDLE min-idle] range-id range-id count [consumer]
      5 XCLAIM stream group consumer min-idle entry-id... [IDLE idle] [TIME unix-milliseconds] \
      [RETRYCOUNT retries] [FORCE] [JUSTID] [LASTID entry-id]
      4 XAUTOCLAIM stream group consumer min-idle range-id [COUNT count] [JUSTID]
      3 XINFO STREAM stream [FULL [COUNT count]]
      2 XINFO GROUPS stream
      2 XINFO CONSUMERS stream group
      """),
  BITMAP(
      1,
      """
      7 SETBIT string bit-offset bit
      3 GETBIT string bit-offset
      5 BITCOUNT string [index index [BYTE | BIT]]
      4 BITPOS string bit [index [index [BYTE | BIT]]]
      3 BITCOUNT string bit-index bit-index BIT
      5 BITPOS string bit bit-index bit-index BIT
      6 BITOP (AND | OR | XOR) string string...
      2 BITOP NOT string string
      12 BITFIELD string (GET bit-type field-offset | SET bit-type field-offset field-number | \
      INCRBY bit-type field-offset field-number | OVERFLOW (WRAP | SAT | FAIL))...
      2 BITFIELD_RO string (GET bit-type field-offset)...
      1 BITFIELD_RO string GET bit-type field-offset SET bit-type field-offset field-number
      6 GET string
      2 STRLEN string
      2 SET string value
      1 SETRANGE string offset value
      1 INCR string
      1 EXISTS string
      1 TTL string
      """),
  HYPERLOGLOG(
      1,
      """
      10 PFADD sketch element...
      2 PFADD sketch
      6 PFCOUNT sketch
      3 PFCOUNT sketch...
      4 PFMERGE sketch sketch...
      1 PFMERGE sketch
      8 GET sketch
      2 PFDEBUG ENCODING sketch
      3 PFDEBUG DECODE sketch
      1 PFDEBUG TODENSE sketch
      1 PFDEBUG GETREG sketch
      1 PFDEBUG word sketch
      2 STRLEN sketch
      1 SETRANGE sketch sketch-offset value
      1 APPEND sketch value
      1 SET sketch value
      1 COPY sketch sketch REPLACE
      1 TTL sketch
      """),
  GEO(
      1,
      """
      10 GEOADD geo [NX | XX] [CH] (longitude latitude member)...
      4 GEOPOS geo member...
      4 GEOHASH geo member...
      5 GEODIST geo member member [unit]
      6 GEORADIUS geo longitude latitude radius unit [WITHCOORD] [WITHDIST] [WITHHASH] \
      [COUNT count [ANY]] [ASC | DESC]
      2 GEORADIUS geo longitude latitude radius unit [COUNT count] (STORE | STOREDIST) geo
      2 GEORADIUS_RO geo longitude latitude radius unit [WITHDIST] [COUNT count] [ASC | DESC]
      6 GEORADIUSBYMEMBER geo member radius unit [WITHCOORD] [WITHDIST] [WITHHASH] \
      [COUNT count [ANY]] [ASC | DESC]
      2 GEORADIUSBYMEMBER geo member radius unit [COUNT count] (STORE | STOREDIST) geo
      2 GEORADIUSBYMEMBER_RO geo member radius unit [WITHDIST] [COUNT count] [ASC | DESC]
      12 GEOSEARCH geo (FROMMEMBER member | FROMLONLAT longitude latitude) (BYRADIUS radius unit | \
      BYBOX radius radius unit) [WITHCOORD] [WITHDIST] [WITHHASH] [COUNT count [ANY]] [ASC | DESC]
      6 GEOSEARCHSTORE geo geo (FROMMEMBER member | FROMLONLAT longitude latitude) (BYRADIUS \
      radius unit | BYBOX radius radius unit) [COUNT count [ANY]] [ASC | DESC] [STOREDIST]
      1 GEOSEARCH geo [FROMMEMBER member] [FROMLONLAT longitude latitude] [BYRADIUS radius unit] \
      [BYBOX radius radius unit] [WITHDIST] [STOREDIST] [COUNT count]
      4 ZRANGE geo 0 -1 WITHSCORES
      1 ZREM geo member
      1 ZADD geo (geo-score member)
      1 ZCARD geo
      1 TTL geo
      """),
  BLOCKING(
      3,
      """
      5 BLPOP list... timeout
      4 BRPOP list... timeout
      3 BLMOVE list list (LEFT | RIGHT) (LEFT | RIGHT) timeout
      2 BRPOPLPUSH list list timeout
      4 BLMPOP timeout numkeys-list (LEFT | RIGHT) [COUNT count]
      4 BZPOPMIN zset... timeout
      3 BZPOPMAX zset... timeout
      4 BZMPOP timeout numkeys-zset (MIN | MAX) [COUNT count]
      5 XREAD [COUNT count] BLOCK block-time STREAMS streams-after
      5 XREADGROUP GROUP group consumer [COUNT count] BLOCK block-time STREAMS streams-new
      6 LPUSH list member...
      4 RPUSH list member...
      6 ZADD zset (score member)...
      6 XADD stream add-id field value
      3 XGROUP CREATE stream group group-start MKSTREAM
      2 DEL key...
      1 XGROUP DESTROY stream group
      1 RENAME key key
      1 COPY key key REPLACE
      1 SET key value
      2 LRANGE list 0 -1
      1 ZRANGE zset 0 -1
      1 LMOVE list list LEFT RIGHT
      1 SORT list ALPHA STORE list
      1 ZUNIONSTORE zset 2 zset zset
      1 ZRANGESTORE zset zset 0 -1
      1 LINSERT list BEFORE member member
      1 SWAPDB db db
      1 MOVE key db
      1 SELECT db
      1 MULTI
      2 EXEC
      """),
  /// Who is served in which order: commands that wait on connections of their own, commands that
  /// wake on the first. See `Generator`.
  WAKING(
      8,
      """
      6 BLPOP waking-list... 0
      5 BRPOP waking-list... 0
      6 BLMOVE waking-list waking-list waking-end waking-end 0
      3 BRPOPLPUSH waking-list waking-list 0
      5 BLMPOP 0 numkeys-waking-list waking-end [COUNT (1 | 2)]
      5 BZPOPMIN waking-zset... 0
      4 BZPOPMAX waking-zset... 0
      4 BZMPOP 0 numkeys-waking-zset (MIN | MAX) [COUNT (1 | 2)]
      3 XREAD [COUNT 1] BLOCK 0 STREAMS waking-stream $
      8 XREADGROUP GROUP 'g1 consumer [COUNT 1] [NOACK] BLOCK 0 STREAMS waking-stream >
      10 RPUSH waking-list member...
      6 LPUSH waking-list member...
      8 ZADD waking-zset (score member)...
      8 XADD waking-stream next-id field value
      5 MULTI
      7 EXEC
      3 LPOP waking-list
      3 DEL waking-key...
      3 RENAME waking-key waking-key
      3 COPY waking-key waking-key REPLACE
      2 SET waking-key value
      2 HSET waking-key field value
      2 LMOVE waking-list waking-list LEFT RIGHT
      2 SORT waking-list ALPHA STORE waking-list
      2 ZUNIONSTORE waking-zset 2 waking-zset waking-zset
      2 ZRANGESTORE waking-zset waking-zset 0 -1
      2 XGROUP CREATE waking-stream 'g1 0 MKSTREAM
      1 XGROUP DESTROY waking-stream 'g1
      1 FLUSHALL
      1 EXISTS waking-key...
      """),
  TRANSACTIONS(
      3,
      """
      12 MULTI
      12 EXEC
      3 DISCARD
      6 WATCH key...
      2 UNWATCH
      3 SELECT db
      1 SWAPDB db db
      1 FLUSHALL
      2 BLPOP list timeout
      """),
  PUB_SUB(
      3,
      """
      5 SUBSCRIBE channel...
      4 PSUBSCRIBE channel-pattern...
      3 SSUBSCRIBE channel...
      2 UNSUBSCRIBE [channel...]
      2 PUNSUBSCRIBE [channel-pattern...]
      2 SUNSUBSCRIBE [channel...]
      10 PUBLISH channel value
      5 SPUBLISH channel value
      2 PUBSUB CHANNELS [channel-pattern]
      2 PUBSUB NUMSUB [channel...]
      1 PUBSUB NUMPAT
      1 PUBSUB SHARDCHANNELS [channel-pattern]
      1 PUBSUB SHARDNUMSUB [channel...]
      1 PUBSUB word
      2 PING [word]
      2 GET string
      1 ECHO word
      1 RESET
      """),
  CONNECTION(
      2,
      """
      3 PING [word]
      2 ECHO word
      2 SELECT db
      4 HELLO [2 | 3 | 4 | 'abc | 1] [SETNAME client-name]
      1 HELLO 3 AUTH word word
      1 AUTH word [word]
      3 CLIENT SETNAME client-name
      3 CLIENT GETNAME
      1 CLIENT ID
      1 CLIENT NO-EVICT (ON | OFF)
      2 CLIENT UNBLOCK int [TIMEOUT | ERROR | 'abc]
      1 CLIENT REPLY ON
      1 CLIENT word
      1 CLIENT
      1 RESET
      1 QUIT
      1 TIME
      1 DBSIZE
      1 ROLE
      1 WAIT 0 (0 | 10 | 'abc | -1)
      3 COMMAND GETKEYS (GET key | MSET (key value)... | XREAD STREAMS key key 0 0 | ZUNIONSTORE \
      key numkeys-key | SORT key STORE key | BLPOP key... 0 | PING | word word | GET | LMPOP \
      numkeys-key LEFT | XREADGROUP GROUP group consumer STREAMS key 0 | COPY key key | OBJECT \
      FREQ key | SET)
      2 COMMAND INFO 'nosuch
      1 COMMAND GETKEYS
      1 COMMAND word
      2 CONFIG GET setting
      1 CONFIG word
      1 OBJECT word
      2 word word
      2 NOSUCHCOMMAND [word] [value...]
      1 SET string value
      1 GET string
      1 OBJECT FREQ string
      """),
  PROTOCOL(1, ""),
  MIXED(3, "");

  /// What comes between a family's own commands where it needs values of other types.
  private static final List<Usage> SEEDS =
      Usage.parseAll(
          """
          3 SET string value
          3 RPUSH list member...
          3 HSET hash (field value)...
          3 SADD set member...
          3 ZADD zset (score member)...
          3 XADD stream add-id (field value)...
          2 XGROUP CREATE stream group group-start
          1 DEL key
          1 EXPIRE key seconds
          1 RENAME key key
          1 COPY key key REPLACE
          """);

  /// What a sequence begins with, for there to be something to work on.
  private static final Map<Family, List<Usage>> FILLS =
      Map.of(
          STRINGS,
          Usage.parseAll("SET string value"),
          LISTS,
          Usage.parseAll("RPUSH list member member member..."),
          HASHES,
          Usage.parseAll("HSET hash field value field value (field value)..."),
          SETS,
          Usage.parseAll("SADD set member member member member..."),
          SORTED_SETS,
          Usage.parseAll(
              """
              3 ZADD zset score member score member score member (score member)...
              1 ZADD lex-zset 0 member 0 member 0 member 0 member
              """),
          STREAMS,
          Usage.parseAll(
              """
              6 XADD stream next-id (field value)...
              3 XGROUP CREATE 'x1 'g1 0 MKSTREAM
              1 XGROUP CREATE stream group 0 MKSTREAM
              2 XREADGROUP GROUP group consumer COUNT 2 STREAMS stream >
              """),
          HYPERLOGLOG,
          Usage.parseAll("PFADD sketch element element element..."),
          GEO,
          Usage.parseAll("GEOADD geo longitude latitude member (longitude latitude member)..."),
          BLOCKING,
          Usage.parseAll("XGROUP CREATE 'x1 'g1 0 MKSTREAM"),
          WAKING,
          Usage.parseAll("XGROUP CREATE waking-stream 'g1 $ MKSTREAM"));

  private static final List<Family> OF_VALUES =
      List.of(STRINGS, LISTS, HASHES, SETS, SORTED_SETS, KEYS, STREAMS);

  private static final Map<Family, List<Usage>> USAGES = new EnumMap<>(Family.class);

  static {
    for (Family family : values()) {
      USAGES.put(family, Usage.parseAll(family.lines));
    }
  }

  private final int connections;
  private final String lines;

  Family(int connections, String lines) {
    this.connections = connections;
    this.lines = lines;
  }

  /// How many connections a sequence may have.
  int connections() {
    return connections;
  }

  List<Usage> usages() {
    return USAGES.getOrDefault(this, List.of());
  }

  /// What a sequence of this family begins with.
  List<Usage> fills() {
    return switch (this) {
      case STRINGS, LISTS, HASHES, SETS, SORTED_SETS, STREAMS, HYPERLOGLOG, GEO, BLOCKING, WAKING ->
          FILLS.getOrDefault(this, List.of());
      case BITMAP -> STRINGS.fills();
      case KEYS, TRANSACTIONS, MIXED ->
          OF_VALUES.stream().flatMap(each -> FILLS.getOrDefault(each, List.of()).stream()).toList();
      case PUB_SUB, CONNECTION, PROTOCOL -> List.of();
    };
  }

  /// The families whose commands come between this one's own.
  List<Usage> others() {
    return switch (this) {
      case TRANSACTIONS, MIXED ->
          OF_VALUES.stream().flatMap(each -> each.usages().stream()).toList();
      case PUB_SUB, CONNECTION, WAKING -> List.of();
      case STRINGS, LISTS, HASHES, SETS, SORTED_SETS, KEYS, STREAMS -> SEEDS;
      case BITMAP, HYPERLOGLOG, GEO, BLOCKING, PROTOCOL -> SEEDS;
    };
  }
}
