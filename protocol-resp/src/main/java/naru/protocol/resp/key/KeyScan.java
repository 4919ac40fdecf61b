package naru.protocol.resp.key;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import naru.bytes.Bytes;
import naru.engine.Decision;
import naru.engine.Draws;
import naru.engine.Entry;
import naru.engine.Refusal;
import naru.protocol.resp.verb.Call;
import naru.protocol.resp.verb.Flag;
import naru.protocol.resp.verb.Replies;
import naru.protocol.resp.verb.Verb;
import naru.structures.Glob;
import naru.structures.HashTable;
import org.jspecify.annotations.Nullable;

/// Finding keys.
public final class KeyScan {
  public static final List<Verb> VERBS =
      List.of(
          Verb.of("SCAN cursor [MATCH pattern] [COUNT count] [TYPE type]", KeyScan::scan)
              .tips("nondeterministic_output", "request_policy:special")
              .since("2.8.0")
              .flags(Flag.READONLY, Flag.TOUCHES_ARBITRARY_KEYS)
              .summary("Iterates over the key names in the database.")
              .complexity(
                  "O(1) for every call. O(N) for a complete iteration, including enough command "
                      + "calls for the cursor to return back to 0. N is the number of elements "
                      + "inside the collection."),
          Verb.of("KEYS pattern", KeyScan::matching)
              .tips("request_policy:all_shards", "nondeterministic_output_order")
              .since("1.0.0")
              .flags(Flag.READONLY, Flag.TOUCHES_ARBITRARY_KEYS)
              .categories("keyspace", "dangerous")
              .categories("keyspace", "dangerous")
              .summary("Returns all key names that match a pattern.")
              .complexity(
                  "O(N) with N being the number of keys in the database, under the assumption "
                      + "that the key names in the database and the given pattern have limited "
                      + "length."),
          Verb.of("RANDOMKEY", KeyScan::random)
              .tips("request_policy:all_shards", "nondeterministic_output")
              .since("1.0.0")
              .flags(Flag.READONLY, Flag.TOUCHES_ARBITRARY_KEYS)
              .summary("Returns a random key name from the database.")
              .complexity("O(1)"));

  private static final int COUNT = 10;

  /// Empty buckets cost too: no more than this many are looked at for each key that is wanted.
  private static final int BUCKETS_PER_KEY = 10;

  private static final int RANDOM_TRIES = 100;

  private KeyScan() {}

  private static Decision scan(Call call) {
    long cursor = cursor(call.arg(1));
    Glob glob = null;
    long count = COUNT;
    String type = null;
    for (int i = 2; i < call.count(); i += 2) {
      if (i + 1 == call.count()) {
        throw Call.syntaxError();
      }
      if (call.is(i, "MATCH")) {
        glob = new Glob(call.arg(i + 1));
      } else if (call.is(i, "COUNT")) {
        count = call.integer(i + 1);
        if (count < 1) {
          throw Call.syntaxError();
        }
      } else if (call.is(i, "TYPE")) {
        type = call.arg(i + 1).toString().toLowerCase(Locale.ROOT);
      } else {
        throw Call.syntaxError();
      }
    }
    Page page = new Page(call.nowMs(), glob, type);
    long next = page.fill(call, cursor, count);
    return Decision.done(
        Replies.of(
            out -> {
              out.array(2);
              out.bulkInteger(next);
              Replies.bulks(page.keys).writeTo(out);
            }));
  }

  private static long cursor(Bytes text) {
    long cursor = 0;
    for (int i = 0; i < text.length(); i++) {
      int digit = text.at(i) - '0';
      boolean tooMuch = Long.compareUnsigned(cursor, Long.divideUnsigned(-1L - digit, 10)) > 0;
      if (digit < 0 || digit > 9 || tooMuch) {
        throw invalidCursor();
      }
      cursor = cursor * 10 + digit;
    }
    if (text.isEmpty()) {
      throw invalidCursor();
    }
    return cursor;
  }

  private static Refusal invalidCursor() {
    return new Refusal("invalid cursor");
  }

  /// What one call of `SCAN` returns.
  private static final class Page {
    private final List<Bytes> keys = new ArrayList<>();
    private final long nowMs;
    private final @Nullable Glob glob;
    private final @Nullable String type;
    private long visited;

    Page(long nowMs, @Nullable Glob glob, @Nullable String type) {
      this.nowMs = nowMs;
      this.glob = glob;
      this.type = type;
    }

    /// Visits at least `count` keys from `cursor` on; returns where to go on, 0 at the end.
    long fill(Call call, long cursor, long count) {
      long at = Long.compareUnsigned(cursor, HashTable.END) > 0 ? HashTable.END : cursor;
      long buckets = count > Long.MAX_VALUE / BUCKETS_PER_KEY ? count : count * BUCKETS_PER_KEY;
      while (at < HashTable.END && visited < count && buckets > 0) {
        at = call.keys().scan(at, this::visit);
        buckets--;
      }
      return at == HashTable.END ? 0 : at;
    }

    private void visit(Entry entry) {
      visited++;
      Bytes key = entry.keyBytes();
      if ((glob == null || glob.matchesAll() || glob.matches(key))
          && (type == null || type.equals(KeyType.name(entry.value())))
          && !entry.isExpired(nowMs)) {
        keys.add(key);
      }
    }
  }

  private static Decision matching(Call call) {
    Glob glob = new Glob(call.arg(1));
    long nowMs = call.nowMs();
    List<Bytes> keys = new ArrayList<>();
    if (glob.isPlain()) {
      add(keys, call.keys().entry(call.arg(1)), nowMs);
    } else {
      boolean all = glob.matchesAll();
      call.keys()
          .forEach(
              entry -> {
                if (all || glob.matches(entry.keyBytes())) {
                  add(keys, entry, nowMs);
                }
              });
    }
    return Decision.done(Replies.bulks(keys));
  }

  private static void add(List<Bytes> keys, @Nullable Entry entry, long nowMs) {
    if (entry != null && !entry.isExpired(nowMs)) {
      keys.add(entry.keyBytes());
    }
  }

  private static Decision random(Call call) {
    Draws draws = call.moment().draws();
    for (int i = 0; i < RANDOM_TRIES; i++) {
      Entry entry = call.keys().random(draws.next());
      if (entry != null && !entry.isExpired(call.nowMs())) {
        return Decision.done(Replies.bulk(entry.keyBytes()));
      }
    }
    return Decision.done(Replies.NULL);
  }
}
