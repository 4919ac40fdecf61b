package naru.compatibility.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import naru.compatibility.OneBroker;
import naru.compatibility.RawClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Every command with words that make little sense, over keys of all types: each is answered, none
/// meets a fault of ours. `-Dnaru.batches=N` plays more, `-Dnaru.seed=S` one run again.
@DisabledIfSystemProperty(
    named = "naru.peer",
    matches = "redis",
    disabledReason = "looks for the words of a fault of ours")
final class AnyWordsTest {
  @RegisterExtension static final OneBroker shared = new OneBroker("--fsync", "no");

  private static final int BATCHES = Integer.getInteger("naru.batches", 3_000);
  private static final int BATCH = 40;
  private static final int WORDS_MAX = 9;

  /// These end the broker, hold all others up, or make it another: a follower, one with other
  /// users.
  private static final List<String> LEFT_OUT =
      List.of(
          "shutdown",
          "debug",
          "replicaof",
          "slaveof",
          "failover",
          "client|pause",
          "config|set",
          "config|rewrite",
          "acl|setuser",
          "acl|deluser",
          "acl|load",
          "acl|save");

  private static final List<String[]> KEYS =
      List.of(
          words("SET", "string", "value"),
          words("SET", "number", "10"),
          words("SETRANGE", "long", "100000", "x"),
          words("SET", "due", "soon", "PX", "50"),
          words("RPUSH", "list", "a", "b", "c", "1", "2", "3"),
          words("HSET", "hash", "field", "value", "number", "5", "other", "1.5"),
          words("HEXPIRE", "hash", "1", "FIELDS", "1", "other"),
          words("SADD", "set", "a", "b", "1", "2"),
          words("SADD", "numbers", "1", "2", "3", "-9223372036854775808"),
          words("ZADD", "sorted", "1", "a", "2", "b", "inf", "c", "-inf", "d"),
          words("GEOADD", "places", "126.9", "37.5", "here", "-179.9", "-85", "there"),
          words("PFADD", "counted", "a", "b", "c"),
          words("XADD", "stream", "5-1", "field", "value"),
          words("XADD", "stream", "6-0", "field", "value"),
          words("XGROUP", "CREATE", "stream", "group", "0"),
          words("XREADGROUP", "GROUP", "group", "one", "COUNT", "1", "STREAMS", "stream", ">"),
          words("SCRIPT", "LOAD", "return redis.call('GET', KEYS[1])"),
          words(
              "FUNCTION", "LOAD", "REPLACE", "#!lua name=l\nredis.register_function('f', print)"));

  private static final String[] WORDS =
      """
      string number long due list hash set numbers sorted places counted stream none group one two
      field other value a b c here there f l 0 1 -1 2 3 5 10 100 -0 +1 01 1.5 -1.5 1e3 inf -inf nan
      9223372036854775807 -9223372036854775808 9223372036854775808 2147483648 4294967296 -2147483649
      1e400 0x10 5-1 6-0 0-0 5-* 18446744073709551615-18446744073709551615 - + * > $ ( [ (1 [a (5-1 ?
      ~ = ! # NX XX GT LT CH INCR FX FNX FXX EX PX EXAT PXAT KEEPTTL PERSIST GET WITHSCORES
      WITHSCORE WITHVALUES LIMIT COUNT MATCH TYPE BY STORE STOREDIST ASC DESC ALPHA BEFORE AFTER
      LEFT RIGHT MIN MAX AGGREGATE SUM WEIGHTS FIELDS FVS REV BYSCORE BYLEX BYBOX BYRADIUS
      FROMMEMBER FROMLONLAT WITHCOORD WITHDIST WITHHASH ANY m km ft mi BLOCK NOACK STREAMS GROUP
      CREATE MKSTREAM ENTRIESREAD IDLE TIME RETRYCOUNT FORCE JUSTID LASTID MAXLEN MINID NOMKSTREAM
      KEEPREF DELREF ACKED IDS FULL REPLACE ABSTTL FREQ ASYNC SYNC ON OFF YES NO BCAST OPTIN OPTOUT
      PREFIX REDIRECT NOLOOP ID ADDR LADDR USER SKIPME MAXAGE ALL DEFAULT default HELP LEN IDX
      MINMATCHLEN WITHMATCHLEN BIT BYTE AND OR XOR NOT DIFF DIFF1 ANDOR ONE OVERFLOW WRAP SAT FAIL
      u8 i64 u63 u64 i65 #1 #-1 SETINFO LIB-NAME AUTH SETNAME 3 4 FUNCTIONS SLOT SLOTSRANGE 16384
      ENCODING REFCOUNT SAMPLES ~* {a} key* * [a-c] \\ % %% return
      """
          .split("\\s+");

  private static String[] words(String... words) {
    return words;
  }

  private final Random random = new Random();

  @Test
  void areAnsweredWithoutAFault() {
    long seed = Long.getLong("naru.seed", random.nextLong());
    random.setSeed(seed);
    List<String> commands;
    try (RawClient client = shared.connect()) {
      commands = new ArrayList<>(client.call("COMMAND", "LIST").texts());
    }
    commands.removeAll(LEFT_OUT);
    assertThat(commands).hasSizeGreaterThan(300);
    int answered = 0;
    for (int i = 0; i < BATCHES; i++) {
      List<String[]> batch = batch(commands);
      try (RawClient client = shared.connect()) {
        client.write(encoded(batch)).endOutput();
        String replies = client.readUntilClosed();
        answered += replies.isEmpty() ? 0 : 1;
        assertThat(replies)
            .as("seed %d, batch %d: the broker said:%n%s", seed, i, shared.broker().output())
            .doesNotContain("internal error");
      }
    }
    assertThat(answered).isGreaterThan(BATCHES * 9 / 10);
    assertThat(shared.broker().output()).as("seed %d", seed).doesNotContain("Exception");
    assertThat(shared.broker().isAlive()).isTrue();
  }

  private List<String[]> batch(List<String> commands) {
    List<String[]> batch = new ArrayList<>();
    if (random.nextInt(4) == 0) {
      batch.add(words("FLUSHALL"));
      batch.addAll(KEYS);
    }
    if (random.nextBoolean()) {
      batch.add(words("HELLO", "3"));
    }
    boolean isTransaction = random.nextInt(4) == 0;
    if (isTransaction) {
      batch.add(words("MULTI"));
    }
    for (int i = 0; i < BATCH; i++) {
      batch.add(command(commands.get(random.nextInt(commands.size()))));
    }
    if (isTransaction) {
      batch.add(words("EXEC"));
    }
    return batch;
  }

  private String[] command(String name) {
    List<String> all = new ArrayList<>(List.of(name.split("\\|")));
    for (int i = random.nextInt(WORDS_MAX); i > 0; i--) {
      all.add(word());
    }
    return all.toArray(String[]::new);
  }

  private String word() {
    return switch (random.nextInt(20)) {
      case 0 -> "";
      case 1 -> "\u0000\u00ff\r\n".repeat(random.nextInt(20));
      case 2 -> Long.toString(random.nextLong() >> random.nextInt(64));
      case 3, 4, 5, 6, 7 -> WORDS[random.nextInt(18)]; // a key
      default -> WORDS[random.nextInt(WORDS.length)];
    };
  }

  private static byte[] encoded(List<String[]> batch) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (String[] command : batch) {
      bytes.writeBytes(RawClient.encode(command));
    }
    return bytes.toByteArray();
  }
}
