package naru.protocol.resp.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import naru.bytes.ByteWriter;
import naru.protocol.resp.Bench;
import naru.protocol.resp.Bench.Connection;
import naru.rdb.Crc64;
import org.junit.jupiter.api.Test;

/// Payloads that somebody has tampered with, and commands on whatever was restored from them.
///
/// Each run has a seed of its own, which a failure names; `-Dfuzz.seed=N` runs one again,
/// `-Dfuzz.payloads=N` and `-Dfuzz.commands=N` say how many, commands for each payload.
class RestoreFuzzTest {
  private static final int PAYLOADS = Integer.getInteger("fuzz.payloads", 700);
  private static final int COMMANDS = Integer.getInteger("fuzz.commands", 30);
  private static final int PAYLOADS_A_BENCH = 100;
  private static final int KEYS = 6;

  private static final String[] MAKING = {
    "SET k hello",
    "SET k 12345",
    "SET k -7",
    "APPEND k abc",
    "SETBIT k 1000 1",
    "PFADD k a b c",
    "RPUSH k a b 3 -400 70000 5000000000",
    "LPUSH k @",
    "SADD k 1 2 -70000",
    "SADD k 9999999999 1",
    "SADD k a b c 1",
    "SADD k @",
    "ZADD k 1 a 2.5 b -inf c",
    "ZADD k 1 @",
    "HSET k f v g 12",
    "HSET k f @",
    "HSETEX k PX 100000000 FIELDS 2 f v g w",
    "XADD k 5-1 f v g w"
  };

  /// Forms that are not written any more: lists, sorted sets and hashes in ziplists, a zipmap.
  private static final String[] OLD = {
    "0A150000000000000003000001610340036262620440ff",
    "0a0f0f0000000c0000000200000161030162ff",
    "0d0f0f0000000c0000000200000166030176ff",
    "0c0f0f0000000c000000020000016d03f3ff",
    "090e020166030261626300000167000000ff",
    "0b0c0200000002000000ffff0500",
    "0102016101620a",
    "030201610332.5".replace(".", "2e"),
    "16020001660176800000000301670177",
    "18e803000000000000020101660176" + "0b01670177"
  };

  private static final String[] USING = {
    "TYPE k",
    "OBJECT ENCODING k",
    "MEMORY USAGE k",
    "COPY k q REPLACE",
    "DUMP k",
    "PEXPIRE k 9999",
    "PERSIST k",
    "RENAME k q",
    "SORT k ALPHA LIMIT 0 3",
    "EXISTS k q",
    "GET k",
    "STRLEN k",
    "APPEND k x",
    "GETRANGE k 0 5",
    "SETRANGE k 3 zz",
    "INCR k",
    "BITCOUNT k",
    "PFCOUNT k",
    "PFADD k z",
    "GETBIT k 7",
    "PFMERGE q k",
    "LLEN k",
    "LRANGE k 0 -1",
    "LPUSH k n",
    "RPOP k",
    "LINDEX k -1",
    "LINSERT k BEFORE a z",
    "LREM k 0 a",
    "LSET k 0 y",
    "LTRIM k 0 20",
    "LPOS k b",
    "LMOVE k q LEFT RIGHT",
    "HGETALL k",
    "HLEN k",
    "HSET k new 1",
    "HDEL k f",
    "HRANDFIELD k 3 WITHVALUES",
    "HSCAN k 0",
    "HINCRBY k g 1",
    "HPEXPIRE k 100000 FIELDS 1 g",
    "HPTTL k FIELDS 2 f g",
    "HPERSIST k FIELDS 1 f",
    "SMEMBERS k",
    "SCARD k",
    "SADD k new",
    "SREM k a",
    "SISMEMBER k 1",
    "SPOP k",
    "SSCAN k 0",
    "SUNIONSTORE q k k",
    "SRANDMEMBER k 5",
    "SMOVE k q a",
    "ZRANGE k 0 -1 WITHSCORES",
    "ZCARD k",
    "ZADD k 3 new",
    "ZREM k a",
    "ZRANK k b",
    "ZRANGEBYSCORE k -inf +inf",
    "ZINCRBY k 1 a",
    "ZPOPMIN k",
    "ZCOUNT k 0 5",
    "ZRANGEBYLEX k - +",
    "ZSCAN k 0",
    "ZREVRANGE k 0 2",
    "ZREMRANGEBYRANK k 0 0",
    "XLEN k",
    "XRANGE k - +",
    "XREVRANGE k + - COUNT 3",
    "XADD k * f v",
    "XADD k NOMKSTREAM * a b",
    "XDEL k 5-1",
    "XTRIM k MAXLEN 3",
    "XTRIM k MAXLEN ~ 10",
    "XINFO STREAM k FULL",
    "XINFO GROUPS k",
    "XINFO CONSUMERS k g",
    "XREADGROUP GROUP g c COUNT 2 STREAMS k >",
    "XREADGROUP GROUP g c STREAMS k 0",
    "XPENDING k g",
    "XPENDING k g - + 5",
    "XAUTOCLAIM k g d 0 0",
    "XACK k g 5-1",
    "XGROUP DELCONSUMER k g c",
    "XGROUP SETID k g 0",
    "XNACK k g FAIL IDS 1 6-1",
    "XCLAIM k g e 0 6-1",
    "XADD k IDMP p m * f v"
  };

  private final long seed = Long.getLong("fuzz.seed", System.nanoTime());
  private final Random random = new Random(seed);
  private final List<byte[]> corpus = new ArrayList<>();
  private Bench bench = new Bench();
  private Connection client = bench.connect();
  private int restored;

  private byte[] run(Object... words) {
    ByteWriter out = new ByteWriter(64);
    out.writeAscii("*" + words.length + "\r\n");
    for (Object word : words) {
      byte[] bytes =
          word instanceof byte[] raw ? raw : word.toString().getBytes(StandardCharsets.UTF_8);
      out.writeAscii("$" + bytes.length + "\r\n");
      out.write(bytes);
      out.writeAscii("\r\n");
    }
    client.sendRaw(out.toArray());
    byte[] reply = client.receiveRaw();
    String head = text(reply, 40);
    if (head.isEmpty() || head.startsWith("-ERR internal error")) {
      fail("seed %d: %s to %s", seed, head, Arrays.toString(words));
    }
    return reply;
  }

  private static String text(byte[] reply, int most) {
    return new String(reply, 0, Math.min(most, reply.length), StandardCharsets.ISO_8859_1);
  }

  /// The bytes of a bulk reply.
  private static byte[] bulk(byte[] reply) {
    int from = text(reply, 20).indexOf('\n') + 1;
    return Arrays.copyOfRange(reply, from, Math.max(from, reply.length - 2));
  }

  private void keepDump() {
    byte[] payload = bulk(run("DUMP", "k"));
    corpus.add(Arrays.copyOf(payload, payload.length - 10));
  }

  private void gather() {
    for (String line : MAKING) {
      for (int size : line.contains("@") ? new int[] {30, 300} : new int[] {1}) {
        run("DEL", "k");
        run(line.contains("@") ? many(line, size) : (Object[]) line.split(" "));
        keepDump();
      }
    }
    for (int i = 6; i < 150; i++) {
      run("XADD", "k", i + "-1", i % 9 == 0 ? "odd" : "f", "v" + i, "g", "w".repeat(i));
    }
    run("XGROUP", "CREATE", "k", "g", "0");
    run("XREADGROUP", "GROUP", "g", "c", "COUNT", "20", "STREAMS", "k", ">");
    run("XREADGROUP", "GROUP", "g", "d", "COUNT", "5", "STREAMS", "k", ">");
    run("XDEL", "k", "9-1", "30-1", "140-1");
    keepDump();
    run("XNACK", "k", "g", "FAIL", "IDS", "2", "6-1", "7-1");
    keepDump();
    run("XADD", "k", "IDMP", "p", "m", "*", "f", "v");
    keepDump();
    for (String old : OLD) {
      corpus.add(HexFormat.of().parseHex(old.length() % 2 == 0 ? old : old + "0"));
    }
  }

  private static Object[] many(String line, int size) {
    List<Object> words = new ArrayList<>();
    String[] parts = line.replace(" @", "").split(" ");
    words.add(parts[0]);
    words.add(parts[1]);
    boolean pairs = parts[0].equals("ZADD") || parts[0].equals("HSET");
    for (int i = 0; i < size; i++) {
      if (pairs) {
        words.add(Integer.toString(i));
      }
      words.add("member-" + i);
    }
    return words.toArray();
  }

  private byte[] tampered() {
    byte[] body = corpus.get(random.nextInt(corpus.size())).clone();
    int most = random.nextInt(3) == 0 ? 4 : 1;
    for (int times = random.nextInt(most + 1); times > 0 && body.length > 1; times--) {
      int at = random.nextInt(body.length);
      switch (random.nextInt(12)) {
        case 0, 8, 9, 10 -> body[at] ^= (byte) (1 << random.nextInt(8));
        case 1 -> body[at] = (byte) random.nextInt(256);
        case 2 -> body = Arrays.copyOf(body, at + 1);
        case 3 -> body = joined(body, at, new byte[] {(byte) random.nextInt(256)}, at);
        case 4 -> body = joined(body, at, new byte[0], Math.min(body.length, at + 3));
        case 5 -> body[0] = (byte) random.nextInt(29);
        case 6 -> {
          byte[] length = {(byte) 0x80, -1, -1, -1, -1, -1, -1, -1, -1};
          length[0] += (byte) random.nextInt(2);
          body = joined(body, at, Arrays.copyOf(length, 5 + random.nextInt(5)), at);
        }
        default -> {
          byte[] other = corpus.get(random.nextInt(corpus.size()));
          int from = random.nextInt(other.length);
          body = joined(body, at, Arrays.copyOfRange(other, from, other.length), body.length);
        }
      }
    }
    return body;
  }

  private static byte[] joined(byte[] body, int to, byte[] middle, int from) {
    ByteWriter out = new ByteWriter(64);
    out.write(body, 0, to);
    out.write(middle);
    out.write(body, from, body.length - from);
    return out.toArray();
  }

  private static byte[] payload(byte[] body, boolean signed) {
    ByteWriter out = new ByteWriter(64);
    out.write(body);
    out.writeByte(14);
    out.writeByte(0);
    out.writeLong(signed ? Crc64.update(0, out.array(), 0, out.length()) : 0);
    return out.toArray();
  }

  private void tryOne() {
    String key = "k" + random.nextInt(KEYS);
    byte[] body = tampered();
    byte[] payload = payload(body, random.nextBoolean());
    if (random.nextInt(20) == 0) {
      payload[payload.length - 1] ^= 1;
    }
    String reply = text(run("RESTORE", key, "0", payload, "REPLACE"), 60).strip();
    assertThat(reply)
        .as("seed %d", seed)
        .isIn("+OK", "-ERR Bad data format", "-ERR DUMP payload version or checksum are wrong");
    if (reply.equals("+OK")) {
      restored++;
      // All fields of a hash may have expired long ago.
      byte[] dumped = bulk(run("DUMP", key));
      if (dumped.length > 0) {
        assertThat(text(run("RESTORE", "twin", "0", dumped, "REPLACE"), 60))
            .as("seed %d, %s", seed, HexFormat.of().formatHex(body))
            .isEqualTo("+OK\r\n");
        assertThat(run("TYPE", "twin")).isEqualTo(run("TYPE", key));
      }
    }
    for (int i = 0; i < COMMANDS; i++) {
      String line = USING[random.nextInt(USING.length)];
      run(
          (Object[])
              line.replace(" k", " " + key).replace(" q", " k" + random.nextInt(KEYS)).split(" "));
    }
  }

  @Test
  void noPayloadDoesHarm() {
    System.out.println("fuzz.seed=" + seed);
    gather();
    for (int i = 0; i < PAYLOADS; i++) {
      if (i % PAYLOADS_A_BENCH == 0) {
        bench.close();
        bench = new Bench();
        client = bench.connect();
      }
      tryOne();
    }
    bench.close();
    System.out.println(PAYLOADS + " payloads, of which " + restored + " were restored");
    assertThat(restored).isGreaterThan(PAYLOADS / 20);
  }
}
