package naru.protocol.memcached;

import naru.bytes.ByteWriter;
import naru.engine.Decision;
import naru.engine.Entry;
import naru.engine.State;
import naru.engine.key.KeyOp;
import naru.engine.string.Item;
import naru.engine.string.StringOp;
import naru.engine.string.StringValue;
import org.jspecify.annotations.Nullable;

/// `delete`, and `md`, which may also mark an item as out of date.
final class Deletion extends Command {
  /// The flags of `md`, null for `delete`.
  @Nullable MetaFlags meta;

  /// Whether nobody is told: an item that could not be replaced is taken away.
  boolean isSilent;

  private String code = "";

  Deletion(Client client) {
    super(client);
  }

  @Override
  Permission permission() {
    return Permission.DELETE;
  }

  @Override
  boolean mayRun() {
    return isSilent ? client.refusal(permission(), key) == null : super.mayRun();
  }

  @Override
  void decide(State state, long nowMs, Decision.Done done) {
    Entry entry = entry(state);
    MetaFlags asked = meta;
    if (entry == null) {
      code = "NF";
    } else if (asked != null && asked.has('C') && !isWanted(entry, asked)) {
      code = "EX";
    } else {
      code = "HD";
      if (asked != null && asked.has('I')) {
        markStale(state, string(entry), asked, nowMs, done);
      } else {
        remove(done);
      }
    }
  }

  private static boolean isWanted(Entry entry, MetaFlags asked) {
    return version(string(entry)) == asked.wantedVersion;
  }

  private void markStale(
      State state, StringValue string, MetaFlags asked, long nowMs, Decision.Done done) {
    long atMs = asked.has('T') ? Client.expiryMs(asked.expiry, nowMs) : Entry.NEVER;
    if (atMs <= nowMs) {
      remove(done);
      return;
    }
    if (asked.has('T')) {
      add(new KeyOp.ExpiryChanged(DATABASE, key, atMs));
    }
    boolean chosen = asked.has('E');
    long version = chosen ? asked.chosenVersion : state.versionLast() + 1;
    int marks = chosen ? Item.STALE | Item.CHOSEN : Item.STALE;
    add(new StringOp.Marked(DATABASE, key, flags(string), version, marks));
  }

  @Override
  void write(ByteWriter out) {
    if (isSilent) {
      return;
    }
    boolean hit = code.equals("HD");
    if (hit) {
      client.statistics().deleteHits++;
    } else {
      client.statistics().deleteMisses++;
    }
    MetaFlags asked = meta;
    if (asked == null) {
      client.say(hit ? "DELETED" : "NOT_FOUND");
    } else if (!hit || !asked.has('q')) {
      asked.writeCode(code, out);
    }
  }
}
