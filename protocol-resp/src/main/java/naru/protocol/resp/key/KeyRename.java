package naru.protocol.resp.key;

import java.util.List;
import naru.bytes.Bytes;
import naru.engine.Decision;
import naru.engine.Entry;
import naru.engine.KeyEvent.Kind;
import naru.engine.Refusal;
import naru.engine.key.KeyOp;
import naru.protocol.resp.verb.Call;
import naru.protocol.resp.verb.Flag;
import naru.protocol.resp.verb.Replies;
import naru.protocol.resp.verb.RespReply;
import naru.protocol.resp.verb.Verb;
import org.jspecify.annotations.Nullable;

/// Giving values other keys.
public final class KeyRename {
  public static final List<Verb> VERBS =
      List.of(
          Verb.of("RENAME key newkey", KeyRename::rename)
              .since("1.0.0")
              .flags(Flag.WRITE)
              .keys("RW access delete", "OW update")
              .summary("Renames a key and overwrites the destination.")
              .complexity("O(1)"),
          Verb.of("RENAMENX key newkey", KeyRename::renameIfFree)
              .since("1.0.0")
              .flags(Flag.WRITE, Flag.FAST)
              .keys("RW access delete", "OW insert")
              .summary("Renames a key only when the target key name doesn't exist.")
              .complexity("O(1)"),
          Verb.of("MOVE key db", KeyRename::move)
              .since("1.0.0")
              .flags(Flag.WRITE, Flag.FAST)
              .keys("RW access update")
              .summary("Moves a key to another database.")
              .complexity("O(1)"),
          Verb.of("COPY source destination [DB destination-db] [REPLACE]", KeyRename::copy)
              .since("6.2.0")
              .flags(Flag.WRITE, Flag.DENYOOM)
              .reading()
              .keys("RO access", "OW update")
              .summary("Copies the value of a key to a new key.")
              .complexity(
                  "O(N) worst case for collections, where N is the number of nested items. O(1) "
                      + "for string values."));

  private KeyRename() {}

  private static Decision rename(Call call) {
    requireKey(call);
    return call.arg(1).equals(call.arg(2)) ? Decision.done(Replies.OK) : renamed(call, Replies.OK);
  }

  private static Decision renameIfFree(Call call) {
    requireKey(call);
    return call.entry(call.arg(2)) != null
        ? Decision.done(Replies.ZERO)
        : renamed(call, Replies.ONE);
  }

  private static void requireKey(Call call) {
    if (call.entry(call.arg(1)) == null) {
      throw new Refusal("no such key");
    }
  }

  private static Decision renamed(Call call, RespReply reply) {
    int database = call.database();
    Bytes key = call.arg(1);
    Bytes newKey = call.arg(2);
    return Decision.done(reply, new KeyOp.Moved(database, key, database, newKey))
        .event(Kind.GENERIC, "rename_from", database, key)
        .event(Kind.GENERIC, "rename_to", database, newKey);
  }

  private static Decision move(Call call) {
    Databases.requireNoCluster(call, "MOVE");
    int from = call.database();
    int to = Databases.database(call, 2);
    if (from == to) {
      throw sameObjects();
    }
    Bytes key = call.arg(1);
    if (call.entry(key) == null || present(call, to, key) != null) {
      return Decision.done(Replies.ZERO);
    }
    return Decision.done(Replies.ONE, new KeyOp.Moved(from, key, to, key))
        .event(Kind.GENERIC, "move_from", from, key)
        .event(Kind.GENERIC, "move_to", to, key);
  }

  private static Decision copy(Call call) {
    int from = call.database();
    int to = from;
    boolean replaces = false;
    for (int i = 3; i < call.count(); i++) {
      if (call.is(i, "REPLACE")) {
        replaces = true;
      } else if (call.is(i, "DB") && i + 1 < call.count()) {
        to = Databases.database(call, ++i);
      } else {
        throw Call.syntaxError();
      }
    }
    if (from != to && call.server().settings().clusterEnabled.value()) {
      throw new Refusal("Copying to another database is not allowed in cluster mode");
    }
    Bytes source = call.arg(1);
    Bytes destination = call.arg(2);
    if (from == to && source.equals(destination)) {
      throw sameObjects();
    }
    if (call.entry(source) == null || (!replaces && present(call, to, destination) != null)) {
      return Decision.done(Replies.ZERO);
    }
    return Decision.done(Replies.ONE, new KeyOp.Copied(from, source, to, destination))
        .event(Kind.GENERIC, "copy_to", to, destination);
  }

  /// The entry of a key in a database that may not be the selected one, unless it has expired.
  private static @Nullable Entry present(Call call, int database, Bytes key) {
    Entry entry = call.state().database(database).entry(key);
    return entry == null || entry.isExpired(call.nowMs()) ? null : entry;
  }

  private static Refusal sameObjects() {
    return new Refusal("source and destination objects are the same");
  }
}
