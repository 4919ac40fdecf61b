package naru.protocol.resp.key;

import java.util.List;
import naru.engine.Decision;
import naru.engine.Refusal;
import naru.engine.State;
import naru.engine.key.KeyOp;
import naru.protocol.resp.verb.Call;
import naru.protocol.resp.verb.Flag;
import naru.protocol.resp.verb.Replies;
import naru.protocol.resp.verb.Verb;

/// Whole databases.
public final class Databases {
  public static final List<Verb> VERBS =
      List.of(
          Verb.of("DBSIZE", Databases::size)
              .tips("request_policy:all_shards", "response_policy:agg_sum")
              .since("1.0.0")
              .flags(Flag.READONLY, Flag.FAST)
              .categories("keyspace")
              .categories("keyspace")
              .summary("Returns the number of keys in the database.")
              .complexity("O(1)"),
          Verb.of("FLUSHDB [ASYNC | SYNC]", call -> flush(call, call.database()))
              .tips("request_policy:all_shards", "response_policy:all_succeeded")
              .since("1.0.0")
              .flags(Flag.WRITE)
              .categories("keyspace", "dangerous")
              .categories("keyspace", "dangerous")
              .summary("Removes all keys from the current database.")
              .complexity("O(N) where N is the number of keys in the selected database"),
          Verb.of("FLUSHALL [ASYNC | SYNC]", call -> flush(call, KeyOp.ALL_DATABASES))
              .tips("request_policy:all_shards", "response_policy:all_succeeded")
              .since("1.0.0")
              .flags(Flag.WRITE)
              .categories("keyspace", "dangerous")
              .categories("keyspace", "dangerous")
              .summary("Removes all keys from all databases.")
              .complexity("O(N) where N is the total number of keys in all databases"),
          Verb.of("SWAPDB index1 index2", Databases::swap)
              .since("4.0.0")
              .flags(Flag.WRITE, Flag.FAST)
              .categories("keyspace", "dangerous")
              .categories("keyspace", "dangerous")
              .summary("Swaps two Redis databases.")
              .complexity(
                  "O(N) where N is the count of clients watching or blocking on keys from both "
                      + "databases."));

  /// `SELECT`, which belongs to the commands of connections.
  public static final List<Verb> CONNECTION_VERBS =
      List.of(
          Verb.of("SELECT index", Databases::select)
              .since("1.0.0")
              .flags(Flag.LOADING, Flag.STALE, Flag.FAST)
              .summary("Changes the selected database.")
              .complexity("O(1)"));

  private Databases() {}

  private static Decision size(Call call) {
    return Decision.done(Replies.integer(call.keys().size()));
  }

  private static Decision flush(Call call, int database) {
    boolean known = call.count() == 1 || call.is(1, "ASYNC") || call.is(1, "SYNC");
    if (!known || call.count() > 2) {
      throw Call.syntaxError();
    }
    if (!isEmpty(call.state(), database)) {
      return Decision.done(Replies.OK, new KeyOp.Flushed(database));
    }
    // Who tracks keys is told all the same.
    call.server().tracking().flushed();
    return Decision.done(Replies.OK);
  }

  private static boolean isEmpty(State state, int database) {
    for (int i = 0; i < State.DATABASES; i++) {
      if ((database == i || database == KeyOp.ALL_DATABASES) && state.database(i).size() > 0) {
        return false;
      }
    }
    return true;
  }

  private static Decision swap(Call call) {
    long one = index(call, 1, "invalid first DB index");
    long other = index(call, 2, "invalid second DB index");
    requireNoCluster(call, "SWAPDB");
    requireDatabase(one);
    requireDatabase(other);
    return one == other
        ? Decision.done(Replies.OK)
        : Decision.done(Replies.OK, new KeyOp.Swapped((int) one, (int) other));
  }

  private static Decision select(Call call) {
    int database = database(call, 1);
    if (database != 0) {
      requireNoCluster(call, "SELECT");
    }
    call.client().database(database);
    return Decision.done(Replies.OK);
  }

  /// The database that a word names.
  static int database(Call call, int word) {
    long index = call.integer(word);
    if (index < Integer.MIN_VALUE || index > Integer.MAX_VALUE) {
      throw new Refusal(
          "value is out of range, value must between "
              + Integer.MIN_VALUE
              + " and "
              + Integer.MAX_VALUE);
    }
    requireDatabase(index);
    return (int) index;
  }

  /// A cluster has one database.
  static void requireNoCluster(Call call, String name) {
    if (call.server().settings().clusterEnabled.value()) {
      throw new Refusal(name + " is not allowed in cluster mode");
    }
  }

  private static long index(Call call, int word, String refusal) {
    return call.integerBetween(word, Integer.MIN_VALUE, Integer.MAX_VALUE, refusal);
  }

  private static void requireDatabase(long index) {
    if (index < 0 || index >= State.DATABASES) {
      throw new Refusal("DB index is out of range");
    }
  }
}
