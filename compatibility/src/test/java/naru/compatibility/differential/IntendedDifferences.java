package naru.compatibility.differential;

import static naru.compatibility.differential.Tolerance.CLOCK_DRIFT_MS;
import static naru.compatibility.differential.Tolerance.anyOrder;
import static naru.compatibility.differential.Tolerance.anyOrderOfPairs;
import static naru.compatibility.differential.Tolerance.anyValue;
import static naru.compatibility.differential.Tolerance.clockIds;
import static naru.compatibility.differential.Tolerance.fields;
import static naru.compatibility.differential.Tolerance.inEach;
import static naru.compatibility.differential.Tolerance.items;
import static naru.compatibility.differential.Tolerance.nearby;
import static naru.compatibility.differential.Tolerance.refusedSooner;
import static naru.compatibility.differential.Tolerance.reworded;
import static naru.compatibility.differential.Tolerance.roundedDoubles;
import static naru.compatibility.differential.Tolerance.shortestDoubles;
import static naru.compatibility.differential.Tolerance.without;

import java.util.List;
import java.util.Set;
import java.util.function.BiPredicate;

/// Everything in which Naru's replies may differ from those of Redis 7.0, a row each, with the
/// reason. Texts of errors and the form of numbers are never among them.
final class IntendedDifferences {
  /// @param commands names in lower case
  /// @param when what else must hold for the row to count
  record Row(
      Set<String> commands,
      BiPredicate<Sequence, Command> when,
      Tolerance tolerance,
      String reason) {
    boolean covers(Sequence sequence, Command command) {
      return command.isOneOf(commands) && when.test(sequence, command);
    }
  }

  private static final Set<String> SCORED =
      Set.of(
          "zadd",
          "zincrby",
          "zscore",
          "zmscore",
          "zrange",
          "zrangebyscore",
          "zrevrange",
          "zrevrangebyscore",
          "zpopmin",
          "zpopmax",
          "zmpop",
          "bzpopmin",
          "bzpopmax",
          "bzmpop",
          "zunion",
          "zinter",
          "zdiff",
          "zscan");

  static final List<Row> ROWS =
      List.of(
          row(
              Set.of("smembers", "sinter", "sunion", "sdiff", "keys"),
              anyOrder(),
              "a set has no order, and Redis' hash seed differs from start to start"),
          row(
              Set.of("scan", "sscan"),
              items(anyOrder()),
              "a scan is compared when it has come to its end, as a set"),
          row(
              Set.of("hscan", "zscan"),
              items(anyOrderOfPairs()),
              "a scan is compared when it has come to its end, as a set of pairs"),
          row(
              Set.of("scan", "sscan", "hscan", "zscan"),
              (_, command) -> command.cursorPosition() < 0,
              anyValue(),
              "what a cursor other than 0 means is each server's own affair"),
          row(
              Set.of("sort", "sort_ro"),
              (_, command) -> has(command, "by"),
              anyOrder(),
              "SORT BY nosort leaves the order of a set as it is"),
          row(
              Set.of("sort", "sort_ro"),
              (_, command) -> has(command, "by") && has(command, "limit"),
              anyValue(),
              "and a LIMIT then takes any part of it"),
          row(
              Set.of("hkeys", "hvals"),
              (sequence, _) -> sequence.mayHashFields(),
              anyOrder(),
              "fields of a large hash have no order in Redis"),
          row(
              Set.of("hgetall"),
              (sequence, _) -> sequence.mayHashFields(),
              anyOrderOfPairs(),
              "fields of a large hash have no order in Redis"),
          row(
              Set.of("config"),
              anyOrderOfPairs(),
              "the order of settings that match a pattern is that of a hash table in Redis"),
          row(
              Set.of("pubsub"),
              anyOrder(),
              "the order of channels is that of a hash table in Redis"),
          row(
              Set.of("spop", "srandmember", "hrandfield", "zrandmember", "randomkey"),
              anyValue(),
              "chosen at random; types and counts must agree"),
          row(
              SCORED,
              shortestDoubles(),
              "since Redis 7.2 a score is written in the fewest digits that read back as the same"),
          row(
              SCORED,
              (sequence, _) ->
                  sequence.commands().stream().anyMatch(command -> has(command, "storedist")),
              roundedDoubles(),
              "the sine is rounded in another way by each library"),
          row(
              Set.of("ttl", "expiretime"),
              nearby(2),
              "seconds from a clock that goes on between the two servers' turns"),
          row(
              Set.of("pttl", "pexpiretime"),
              nearby(CLOCK_DRIFT_MS),
              "milliseconds from a clock that goes on between the two servers' turns"),
          row(
              Set.of("object"),
              (_, command) -> command.word(1).equals("idletime"),
              nearby(2),
              "clock"),
          row(Set.of("time", "lastsave"), anyValue(), "the clock itself"),
          row(
              Set.of("xinfo"),
              without(List.of("active-time", "inactive")),
              "since Redis 7.2 a consumer also has active-time and inactive"),
          row(
              Set.of("xinfo"),
              without(
                  List.of(
                      "idmp-duration",
                      "idmp-maxsize",
                      "pids-tracked",
                      "iids-tracked",
                      "iids-added",
                      "iids-duplicates")),
              "since Redis 8.6 a stream also remembers who added what"),
          row(
              Set.of("xinfo"),
              without(List.of("nacked-count")),
              "since Redis 8.8 a group also counts what was given back"),
          row(
              Set.of(
                  "xadd",
                  "xrange",
                  "xrevrange",
                  "xread",
                  "xreadgroup",
                  "xclaim",
                  "xautoclaim",
                  "xpending",
                  "xinfo"),
              clockIds(),
              "ids that XADD * takes from the clock"),
          row(
              Set.of("xpending"),
              inEach(2, nearby(CLOCK_DRIFT_MS)),
              "idle time of a pending entry"),
          row(
              Set.of("xread", "xreadgroup"),
              reworded(
                  "ERR Unbalanced XREAD list .*",
                  "ERR Unbalanced '(xread|xreadgroup)' list of streams: for each stream key an"
                      + " (ID, '\\+', or '\\$'|ID or '>') must be specified\\."),
              "since Redis 7.2 it names the command, and since 7.4 XREAD's +"),
          row(
              Set.of("xreadgroup"),
              reworded(
                  "UNBLOCKED the stream key no longer exists"
                      + "|NOGROUP the consumer group this client was blocked on no longer exists",
                  "NOGROUP No such key .*|WRONGTYPE Operation against .*"),
              "since Redis 7.2 a waiting command whose key changes is simply run again"),
          row(
              Set.of("xinfo"),
              fields(List.of("idle"), nearby(CLOCK_DRIFT_MS)),
              "idle time of a consumer"),
          row(
              Set.of("xinfo"),
              fields(List.of("radix-tree-keys", "radix-tree-nodes"), anyValue()),
              "how the entries are laid out is each server's own affair"),
          row(
              Set.of("xinfo"),
              (sequence, _) -> sequence.maySkipEntries(),
              fields(List.of("lag", "entries-read"), (redis, _) -> redis),
              "Redis 7.4 knows how far a group has come in more cases, and counts what was trimmed"
                  + " before the group read it"),
          row(
              Set.of("bitcount", "bitpos"),
              refusedSooner(),
              "since Redis 7.2 all words are read before the key is looked for"),
          row(
              Set.of("hello"),
              fields(List.of("version", "id"), anyValue()),
              "the version is our own, and ids count connections"),
          row(
              Set.of("role"),
              nearby(Long.MAX_VALUE),
              "the offset counts the bytes of each server's own log"),
          row(
              Set.of("client"),
              (_, command) -> command.word(1).equals("id"),
              anyValue(),
              "ids count connections"));

  private IntendedDifferences() {}

  /// Naru's reply with everything that may differ made equal to Redis' reply.
  static Reply forgive(Sequence sequence, Command command, Reply redis, Reply naru) {
    Reply forgiven = naru;
    for (Row row : ROWS) {
      if (!redis.equals(forgiven) && row.covers(sequence, command)) {
        forgiven = row.tolerance().forgive(redis, forgiven);
      }
    }
    return forgiven;
  }

  private static boolean has(Command command, String option) {
    return command.words().stream().anyMatch(option::equalsIgnoreCase);
  }

  private static Row row(Set<String> commands, Tolerance tolerance, String reason) {
    return new Row(commands, (_, _) -> true, tolerance, reason);
  }

  private static Row row(
      Set<String> commands,
      BiPredicate<Sequence, Command> when,
      Tolerance tolerance,
      String reason) {
    return new Row(commands, when, tolerance, reason);
  }
}
