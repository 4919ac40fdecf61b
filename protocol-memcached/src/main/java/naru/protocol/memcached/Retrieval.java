package naru.protocol.memcached;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import naru.bytes.ByteWriter;
import naru.bytes.Bytes;
import naru.engine.Decision;
import naru.engine.Entry;
import naru.engine.Failure;
import naru.engine.Key;
import naru.engine.KeyEvent.Kind;
import naru.engine.Keyspace;
import naru.engine.Moment;
import naru.engine.Op;
import naru.engine.Reply;
import naru.engine.Request;
import naru.engine.State;
import naru.engine.key.KeyOp;
import naru.engine.string.Item;
import naru.engine.string.StringOp;
import naru.engine.string.StringValue;
import naru.protocol.memcached.wire.Decimal;
import org.jspecify.annotations.Nullable;

/// `get`, `gets`, `gat`, `gats`: some of the keys of a line at a time, so that a line of many keys
/// cannot fill the memory with its reply.
final class Retrieval implements Request, Reply {
  private static final int KEYS_MAX = 256;
  private static final int REPLY_FULL_BYTES = 1 << 20;
  private static final byte[] VALUE = {'V', 'A', 'L', 'U', 'E', ' '};

  private final Client client;
  private boolean withVersion;
  private boolean touches;
  private int expiry;
  private Bytes[] keys = new Bytes[4];
  private int count;
  private @Nullable Entry[] found = new Entry[4];
  private long[] versions = new long[4];
  private int decided;
  private boolean refused;

  Retrieval(Client client) {
    this.client = client;
  }

  /// Begins another command.
  ///
  /// @param newExpiry seconds as memcached counts them, if it touches
  void begin(boolean newWithVersion, boolean newTouches, int newExpiry) {
    withVersion = newWithVersion;
    touches = newTouches;
    expiry = newExpiry;
    refused = false;
  }

  /// Whether the command was refused, so that it ends with that.
  boolean isRefused() {
    return refused;
  }

  /// Gets the keys between `from` and `end`, as many as may be now; returns where to go on.
  int get(byte[] array, int from, int end) {
    count = 0;
    int at = from;
    while (at < end && count < KEYS_MAX) {
      int to = at;
      while (to < end && array[to] != ' ') {
        to++;
      }
      if (to > at) {
        add(Bytes.of(array, at, to - at));
      }
      at = to + 1;
    }
    if (count == 0) {
      return end;
    }
    if (mayGet()) {
      client.peer().submit(this);
    }
    if (refused) {
      return end;
    }
    return decided == count ? Math.min(at, end) : keys[decided].offset();
  }

  private boolean mayGet() {
    Permission permission = touches ? Permission.GET_AND_TOUCH : Permission.GET;
    for (int i = 0; i < count && !refused; i++) {
      refused = !client.demand(permission, keys[i]);
    }
    return !refused;
  }

  private void add(Bytes key) {
    if (count == keys.length) {
      keys = Arrays.copyOf(keys, 2 * count);
      found = Arrays.copyOf(found, 2 * count);
      versions = Arrays.copyOf(versions, 2 * count);
    }
    keys[count++] = key;
  }

  @Override
  public void forEachKey(Consumer<Key> visitor) {
    for (int i = 0; i < count; i++) {
      visitor.accept(new Key(Command.DATABASE, keys[i]));
    }
  }

  @Override
  public Decision decide(State state, Moment moment) {
    // If it is declined, all its keys are.
    decided = count;
    Keyspace keyspace = state.database(Command.DATABASE);
    long nowMs = moment.wallMs();
    long versionLast = state.versionLast();
    List<Op> ops = touches || withVersion ? new ArrayList<>(count) : List.of();
    Decision.Done done = new Decision.Done(this, ops);
    long bytes = 0;
    for (int i = 0; i < count; i++) {
      Entry entry = Command.readable(keyspace, keys[i]);
      found[i] = entry;
      if (entry != null && entry.value() instanceof StringValue string) {
        if (string instanceof Item item) {
          item.fetched();
        }
        if (withVersion) {
          versions[i] = Command.version(string);
          if (versions[i] == Item.UNVERSIONED) {
            versions[i] = ++versionLast;
            ops.add(marked(string, keys[i], versionLast));
          }
        }
        if (touches) {
          touch(done, ops, keys[i], nowMs);
        }
        bytes += string.length();
      }
      if (bytes > REPLY_FULL_BYTES) {
        decided = i + 1;
        break;
      }
    }
    return done;
  }

  private static Op marked(StringValue string, Bytes key, long version) {
    return new StringOp.Marked(
        Command.DATABASE, key, Command.flags(string), version, Command.marks(string));
  }

  private void touch(Decision.Done done, List<Op> ops, Bytes key, long nowMs) {
    long atMs = Client.expiryMs(expiry, nowMs);
    if (atMs <= nowMs) {
      ops.add(new KeyOp.Removed(Command.DATABASE, key, KeyOp.Cause.DELETED));
      done.event(Kind.GENERIC, "del", Command.DATABASE, key);
    } else {
      ops.add(new KeyOp.ExpiryChanged(Command.DATABASE, key, atMs));
      String name = atMs == Entry.NEVER ? "persist" : "expire";
      done.event(Kind.GENERIC, name, Command.DATABASE, key);
    }
  }

  @Override
  public void answer(Reply reply) {
    ByteWriter out = client.output();
    int hits = 0;
    for (int i = 0; i < decided; i++) {
      Entry entry = found[i];
      found[i] = null;
      if (entry != null && entry.value() instanceof StringValue string) {
        write(out, string, keys[i], versions[i]);
        hits++;
      }
    }
    Statistics statistics = client.statistics();
    if (touches) {
      statistics.touches += decided;
      statistics.touchHits += hits;
    } else {
      statistics.gets += decided;
      statistics.getHits += hits;
    }
  }

  private void write(ByteWriter out, StringValue string, Bytes key, long version) {
    Bytes value = string.bytes();
    out.write(VALUE);
    out.write(key);
    out.writeByte(' ');
    out.writeDecimal(Integer.toUnsignedLong(Command.flags(string)));
    out.writeByte(' ');
    out.writeDecimal(value.length());
    if (withVersion) {
      out.writeByte(' ');
      Decimal.write(out, version);
    }
    out.writeByte('\r');
    out.writeByte('\n');
    out.write(value);
    out.writeByte('\r');
    out.writeByte('\n');
  }

  @Override
  public void decline(Failure failure) {
    refused = true;
    client.say(failure);
  }

  @Override
  public Request kept() {
    throw new IllegalStateException("no command of memcached waits");
  }
}
