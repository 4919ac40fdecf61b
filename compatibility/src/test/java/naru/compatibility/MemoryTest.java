package naru.compatibility;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.IntFunction;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What the broker reckons that it uses, beside what its heap says when all garbage is gone.
class MemoryTest {
  private static final int COMMANDS = 60_000;
  private static final int AT_ONCE = 1000;

  private static Broker broker;

  @BeforeAll
  static void start() {
    Assumptions.assumeFalse(Broker.isPeer());
    broker = Broker.start(List.of("--log", "off"));
    try (RawClient client = RawClient.to(broker)) {
      fill(client, Filling.STRINGS);
    }
  }

  @AfterAll
  static void stop() {
    if (broker != null) {
      broker.close();
    }
  }

  /// What the broker is filled with.
  enum Filling {
    STRINGS(i -> words("SET", "key:" + i, "value-" + i)),
    EXPIRING(i -> words("SET", "key:" + i, "value-" + i, "EX", "100000")),
    EDITED(i -> words("APPEND", "key:" + i % 20_000, "0123456789")),
    ONE_LIST(i -> words("RPUSH", "list", "element-" + i, "another-" + i)),
    MANY_LISTS(i -> words("LPUSH", "list:" + i % 3000, "element-" + i)),
    ONE_HASH(i -> words("HSET", "hash", "field-" + i % 50_000, "value-" + i)),
    MANY_HASHES(i -> words("HSET", "hash:" + i % 6000, "field-" + i, "value-" + i)),
    ONE_SET(i -> words("SADD", "set", "member-" + i)),
    MANY_SETS(i -> words("SADD", "set:" + i % 6000, "member-" + i)),
    NUMBERS(i -> words("SADD", "set:" + i % 500, Integer.toString(i))),
    ONE_SORTED_SET(i -> words("ZADD", "sorted", Integer.toString(i % 777), "member-" + i)),
    MANY_SORTED_SETS(i -> words("ZADD", "sorted:" + i % 6000, "1", "member-" + i)),
    ONE_STREAM(i -> words("XADD", "stream", "*", "field", "value-" + i)),
    MANY_STREAMS(i -> words("XADD", "stream:" + i % 3000, "*", "field", "value-" + i)),
    PENDING(
        i ->
            i < COMMANDS / 2
                ? words("XADD", "stream", "*", "field", "value-" + i)
                : words("XREADGROUP GROUP g c COUNT 1 STREAMS stream >".split(" ", -1))),
    LISTS_COME_AND_GO(
        i ->
            i % 4 == 3
                ? words("LPOP", "list:" + i % 999)
                : words("RPUSH", "list:" + i % 999, "e" + i));

    private final IntFunction<String[]> command;

    Filling(IntFunction<String[]> command) {
      this.command = command;
    }

    private static String[] words(String... words) {
      return words;
    }
  }

  @ParameterizedTest
  @EnumSource(Filling.class)
  void whatIsReckonedIsWhatTheHeapSays(Filling filling) {
    try (RawClient client = RawClient.to(broker)) {
      client.call("FLUSHALL");
      client.call("XGROUP", "CREATE", "stream", "g", "0", "MKSTREAM");
      long heapBefore = inUse(client, "heap_used");
      long usedBefore = inUse(client, "used_memory");
      fill(client, filling);
      double heap = inUse(client, "heap_used") - heapBefore;
      double used = inUse(client, "used_memory") - usedBefore;
      System.out.printf(
          Locale.ROOT, "%s: heap %.0f, reckoned %.0f: %.3f%n", filling, heap, used, used / heap);
      assertThat(used / heap).isBetween(0.85, 1.15);
    }
  }

  private static void fill(RawClient client, Filling filling) {
    for (int from = 0; from < COMMANDS; from += AT_ONCE) {
      List<String[]> commands = new ArrayList<>();
      for (int i = from; i < from + AT_ONCE; i++) {
        commands.add(filling.command.apply(i));
      }
      client.pipeline(commands);
    }
  }

  private static long inUse(RawClient client, String field) {
    client.call("MEMORY", "PURGE");
    String text = client.call("INFO", "memory").text();
    int from = text.indexOf("\n" + field + ":") + field.length() + 2;
    return Long.parseLong(text.substring(from, text.indexOf('\r', from)));
  }
}
