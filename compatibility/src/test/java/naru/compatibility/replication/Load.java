package naru.compatibility.replication;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import naru.compatibility.RawClient;

/// Clients that write all kinds of things for as long as they are let, each on keys of its own and
/// on some that all of them share.
final class Load implements AutoCloseable {
  private final List<Thread> threads = new ArrayList<>();
  private final AtomicLong acknowledged = new AtomicLong();
  private volatile boolean stopped;
  private volatile Throwable trouble;

  Load(int port, int clients, long seed) {
    for (int i = 0; i < clients; i++) {
      int number = i;
      threads.add(
          Thread.ofPlatform().daemon().start(() -> write(port, number, new Random(seed + number))));
    }
  }

  /// How many writes were acknowledged.
  long acknowledged() {
    return acknowledged.get();
  }

  /// Lets all of them end; fails if one did so by itself.
  @Override
  public void close() {
    stopped = true;
    for (Thread thread : threads) {
      try {
        thread.join();
      } catch (InterruptedException interrupted) {
        throw new AssertionError(interrupted);
      }
    }
    if (trouble != null) {
      throw new AssertionError("a client failed", trouble);
    }
  }

  private void write(int port, int number, Random random) {
    try (RawClient client = RawClient.to(port)) {
      client.call("XGROUP", "CREATE", "stream", "g" + number, "0", "MKSTREAM");
      while (!stopped) {
        String own = "own:" + number + ":" + random.nextInt(40);
        once(client, random, own, "e" + random.nextInt(200), "g" + number);
        acknowledged.addAndGet(1);
      }
    } catch (Throwable failure) {
      trouble = failure;
    }
  }

  private static void once(
      RawClient client, Random random, String own, String element, String group) {
    String number = Integer.toString(random.nextInt(1000));
    switch (random.nextInt(30)) {
      case 0 -> client.call("SET", own + ":s", element);
      case 1 -> client.call("SET", own + ":s", element, "PX", number);
      case 2 -> client.call("INCR", "counter");
      case 3 -> client.call("INCRBYFLOAT", own + ":f", "0.25");
      case 4 -> client.call("APPEND", own + ":s", element);
      case 5 -> client.call("SETRANGE", own + ":s", number, element);
      case 6 -> client.call("RPUSH", own + ":l", element, number, element);
      case 7 -> client.call("LPOP", own + ":l");
      case 8 -> client.call("LMOVE", own + ":l", "list", "LEFT", "RIGHT");
      case 9 -> client.call("LTRIM", "list", "-500", "-1");
      case 10 -> client.call("LINSERT", own + ":l", "BEFORE", element, number);
      case 11 -> client.call("HSET", own + ":h", element, number, "f", element);
      case 12 -> client.call("HINCRBY", own + ":h", "n", number);
      case 13 -> client.call("HDEL", own + ":h", element);
      case 14 -> client.call("SADD", own + ":m", element, number);
      case 15 -> client.call("SPOP", own + ":m", "2");
      case 16 -> client.call("SUNIONSTORE", "union", own + ":m", "union");
      case 17 -> client.call("ZADD", own + ":z", number, element, "-inf", "low");
      case 18 -> client.call("ZPOPMAX", own + ":z");
      case 19 -> client.call("ZREMRANGEBYRANK", own + ":z", "0", "1");
      case 20 -> client.call("XADD", "stream", "MAXLEN", "~", "2000", "*", "f", element);
      case 21 ->
          client.call(
              "XREADGROUP", "GROUP", group, "c" + number, "COUNT", "3", "STREAMS", "stream", ">");
      case 22 -> client.call("XAUTOCLAIM", "stream", group, "claimer", "0", "0", "COUNT", "2");
      case 23 -> client.call("XTRIM", "stream", "MAXLEN", "1500");
      case 24 -> client.call("EXPIRE", own + ":l", "1" + number + "000");
      case 25 -> client.call("RENAME", own + ":s", own + ":t");
      case 26 -> client.call("DEL", own + ":t", own + ":h");
      case 27 -> client.call("SETBIT", own + ":b", number, "1");
      case 28 ->
          client.call(
              "EVAL",
              "redis.call('incr', KEYS[1]) return redis.call('rpush', KEYS[2], 1)",
              "2",
              "counter",
              "list");
      default -> {
        client.call("MULTI");
        client.call("INCR", "counter");
        client.call("SELECT", "3");
        client.call("RPUSH", "third", element);
        client.call("LTRIM", "third", "-50", "-1");
        client.call("SELECT", "0");
        client.call("EXEC");
      }
    }
  }
}
