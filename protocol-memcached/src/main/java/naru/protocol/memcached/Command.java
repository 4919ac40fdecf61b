package naru.protocol.memcached;

import java.util.ArrayList;
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
import naru.engine.Refusal;
import naru.engine.Reply;
import naru.engine.Request;
import naru.engine.State;
import naru.engine.UsageClock;
import naru.engine.key.KeyOp;
import naru.engine.string.Item;
import naru.engine.string.StringValue;
import org.jspecify.annotations.Nullable;

/// A command on one key, and its own reply. A session has one of each kind, used again and again:
/// what is read of a line is put into its fields, then it is submitted.
abstract class Command implements Request, Reply {
  /// The database that items are in.
  static final int DATABASE = 0;

  static final int KEY_MAX_BYTES = 250;

  final Client client;

  /// Borrowed.
  Bytes key = Bytes.EMPTY;

  private List<Op> ops = new ArrayList<>(3);

  Command(Client client) {
    this.client = client;
  }

  final void submit() {
    if (!mayRun()) {
      return;
    }
    // As for every command, whatever its protocol: what may go goes before it is decided.
    boolean hasRoom = client.server().reactor().shard().makeRoom();
    if (hasRoom || !needsMemory()) {
      client.peer().submit(this);
    } else {
      client.statistics().noMemory++;
      client.say("SERVER_ERROR out of memory storing object");
    }
  }

  /// What one has to be allowed to run it.
  abstract Permission permission();

  /// Whether the client may run it; if not, it was told so.
  boolean mayRun() {
    return client.demand(permission(), key);
  }

  /// Whether it is refused when there is no memory for it.
  boolean needsMemory() {
    return false;
  }

  @Override
  public void forEachKey(Consumer<Key> visitor) {
    visitor.accept(new Key(DATABASE, key));
  }

  @Override
  public final Decision decide(State state, Moment moment) {
    ops = new ArrayList<>(3);
    Decision.Done done = new Decision.Done(this, ops);
    decide(state, moment.wallMs(), done);
    return done;
  }

  /// Decides by [#add] and by events of `done`, and notes what is to be written.
  abstract void decide(State state, long nowMs, Decision.Done done);

  /// Writes what was decided.
  abstract void write(ByteWriter out);

  final void add(Op op) {
    ops.add(op);
  }

  @Override
  public final void answer(Reply reply) {
    write(client.output());
  }

  @Override
  public void decline(Failure failure) {
    client.say(failure);
  }

  @Override
  public Request kept() {
    throw new IllegalStateException("no command of memcached waits");
  }

  final @Nullable Entry entry(State state) {
    return state.database(DATABASE).entry(key);
  }

  /// The entry of the key if it holds a string, null if there is none.
  static @Nullable Entry readable(Keyspace keys, Bytes key) {
    Entry entry = keys.entry(key);
    if (entry == null || !(entry.value() instanceof StringValue)) {
      return null;
    }
    keys.used(entry);
    return entry;
  }

  static void used(State state, Entry entry) {
    state.database(DATABASE).used(entry);
  }

  /// For how many seconds an entry was not used; 0 where it is counted how often keys are used.
  static int idleS(State state, Entry entry, long nowMs) {
    return state.usageClock() == UsageClock.FREQUENCY ? 0 : entry.idleS(nowMs);
  }

  /// What an entry holds; refused if it is not a string.
  static StringValue string(Entry entry) {
    if (entry.value() instanceof StringValue string) {
      return string;
    }
    throw new Refusal(new Failure.WrongType());
  }

  static int flags(StringValue string) {
    return string instanceof Item item ? item.flags() : 0;
  }

  static long version(StringValue string) {
    return string instanceof Item item ? item.version() : Item.UNVERSIONED;
  }

  static int marks(StringValue string) {
    return string instanceof Item item ? item.marks() : 0;
  }

  /// The key is to expire at `atMs`, which may be now.
  final void expire(Decision.Done done, long atMs, long nowMs) {
    if (atMs <= nowMs) {
      remove(done);
    } else {
      add(new KeyOp.ExpiryChanged(DATABASE, key, atMs));
      done.event(Kind.GENERIC, atMs == Entry.NEVER ? "persist" : "expire", DATABASE, key);
    }
  }

  final void remove(Decision.Done done) {
    add(new KeyOp.Removed(DATABASE, key, KeyOp.Cause.DELETED));
    done.event(Kind.GENERIC, "del", DATABASE, key);
  }
}
