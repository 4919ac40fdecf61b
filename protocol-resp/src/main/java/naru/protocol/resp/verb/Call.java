package naru.protocol.resp.verb;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import naru.bytes.Bytes;
import naru.bytes.Numbers;
import naru.engine.Awaited;
import naru.engine.Decision;
import naru.engine.Entry;
import naru.engine.Failure;
import naru.engine.Key;
import naru.engine.Keyspace;
import naru.engine.Moment;
import naru.engine.Refusal;
import naru.engine.Reply;
import naru.engine.Request;
import naru.engine.State;
import naru.engine.Value;
import naru.protocol.resp.acl.AccessLog.Context;
import naru.protocol.resp.server.Client;
import naru.protocol.resp.server.ClientTracking;
import naru.protocol.resp.server.RespServer;
import naru.protocol.resp.wire.Arguments;
import naru.protocol.resp.wire.RespWriter;
import org.jspecify.annotations.Nullable;

/// One call of a [Verb] by a client: the words, and while it is decided, the state.
///
/// A session has one, used again for each request; [#kept] makes one that lasts.
public final class Call implements Request {
  private static final int SUBCOMMAND_BYTES_MAX = 128;

  private final Client client;
  private final Commands commands;
  private Verb verb;
  private Arguments words;
  private @Nullable State state;
  private Moment moment = new Moment(0, 0);
  private boolean waits;
  private boolean waited;
  private @Nullable Bytes awakenedBy;

  public Call(Client client, Commands commands, Verb verb, Arguments words) {
    this.client = client;
    this.commands = commands;
    this.verb = verb;
    this.words = words;
  }

  /// This call is from now on another one.
  public void reset(Verb newVerb, Arguments newWords) {
    verb = newVerb;
    words = newWords;
    waits = false;
  }

  public Verb verb() {
    return verb;
  }

  /// All commands there are.
  public Commands commands() {
    return commands;
  }

  public Client client() {
    return client;
  }

  public RespServer server() {
    return client.server();
  }

  /// How many words there are, the command's name included.
  public int count() {
    return words.count();
  }

  public Arguments words() {
    return words;
  }

  /// The word at `index`, 0 being the command's name. Borrowed.
  public Bytes arg(int index) {
    return words.get(index);
  }

  /// Whether the word at `index` is `keyword`, given in upper case, in any case.
  public boolean is(int index, String keyword) {
    return words.get(index).equalsIgnoreCase(keyword);
  }

  /// The word at `index` as a number; refused as Redis refuses it.
  public long integer(int index) {
    return integer(index, "value is not an integer or out of range");
  }

  /// The word at `index` as a number; refused with a sentence of the command's own.
  public long integer(int index, String refusal) {
    Bytes text = words.get(index);
    if (!Numbers.isLong(text)) {
      throw new Refusal(refusal);
    }
    return Numbers.parseLong(text);
  }

  /// The word at `index` as a number within bounds.
  public long integerBetween(int index, long least, long most, String refusal) {
    long value = integer(index, refusal);
    if (value < least || value > most) {
      throw new Refusal(refusal);
    }
    return value;
  }

  public State state() {
    State present = state;
    if (present == null) {
      throw new IllegalStateException("only while deciding");
    }
    return present;
  }

  public Moment moment() {
    return moment;
  }

  public long nowMs() {
    return moment.wallMs();
  }

  /// The number of the database that the client has selected.
  public int database() {
    return client.database();
  }

  /// The database that the client has selected.
  public Keyspace keys() {
    return state().database(client.database());
  }

  /// The entry of a key, noting that it was used; null if it does not exist.
  public @Nullable Entry entry(Bytes key) {
    return entry(key, verb.reads());
  }

  /// As [#entry(Bytes)]; `reads` is whether this counts as a hit or a miss.
  public @Nullable Entry entry(Bytes key, boolean reads) {
    Entry entry = keys().entry(key);
    if (reads) {
      server().looked(database(), key, entry != null);
    }
    if (entry != null && client.touchesKeys()) {
      touch(entry);
    }
    return entry;
  }

  /// The entry of a key that is looked at, but not used; null if it does not exist.
  public @Nullable Entry peek(Bytes key) {
    Entry entry = keys().entry(key);
    server().looked(database(), key, entry != null);
    return entry;
  }

  /// Notes that a key was used.
  public void touch(Entry entry) {
    keys().used(entry);
  }

  /// What a key holds, null if it does not exist.
  public @Nullable Value value(Bytes key) {
    Entry entry = entry(key);
    return entry == null ? null : entry.value();
  }

  /// What a key holds, null if it does not exist; refused if it is of another type.
  public <V extends Value> @Nullable V find(Bytes key, Class<V> type) {
    Value value = value(key);
    if (value == null) {
      return null;
    }
    if (!type.isInstance(value)) {
      throw wrongType();
    }
    return type.cast(value);
  }

  /// The key of the selected database, owning its bytes: for [Decision.Wait].
  public Key key(Bytes bytes) {
    return new Key(database(), bytes.owned());
  }

  /// A wait for values of a type at the keys from index `from` to `to`.
  public Decision.Wait await(
      Class<? extends Value> type, int from, int to, long untilMs, RespReply timedOut) {
    List<Awaited> awaited = new ArrayList<>(to - from);
    for (int i = from; i < to; i++) {
      awaited.add(new Awaited.Some(key(arg(i)), type));
    }
    return new Decision.Wait(awaited, untilMs, timedOut);
  }

  /// What a key holds for a call that waits for a value of this type: as [#find] at first. Once it
  /// has waited it is given the one value that has come, and does not mind what else comes by.
  public <V extends Value> @Nullable V findAwaited(Bytes key, Class<V> type) {
    if (!waited) {
      return find(key, type);
    }
    Value value = key.equals(awakenedBy) ? value(key) : null;
    return type.isInstance(value) ? type.cast(value) : null;
  }

  public static Refusal wrongType() {
    return new Refusal(new Failure.WrongType());
  }

  public static Refusal syntaxError() {
    return new Refusal("syntax error");
  }

  /// As Redis words it when the number of words does not fit.
  public Refusal wrongArity() {
    return new Refusal("wrong number of arguments for '" + verb.name() + "' command");
  }

  /// As Redis refuses a subcommand that looks at its words itself and does not like them.
  public Refusal subcommandSyntax() {
    String name = arg(1).printed();
    int bar = verb.name().indexOf('|');
    String container = bar < 0 ? verb.name() : verb.name().substring(0, bar);
    return new Refusal(
        "unknown subcommand or wrong number of arguments for '"
            + name.substring(0, Math.min(name.length(), SUBCOMMAND_BYTES_MAX))
            + "'. Try "
            + container.toUpperCase(Locale.ROOT)
            + " HELP.");
  }

  @Override
  public void forEachKey(Consumer<Key> visitor) {
    for (KeySpec spec : verb.keys()) {
      spec.forEachIndex(words, i -> visitor.accept(new Key(client.database(), words.get(i))));
    }
  }

  @Override
  public Decision decide(State newState, Moment newMoment) {
    state = newState;
    moment = newMoment;
    if (waited) {
      mayStill();
    }
    Decision decision =
        server().monitors().isAny() && !waited ? decideInSight() : verb.handler().decide(this);
    waits = decision instanceof Decision.Wait;
    return decision;
  }

  /// What the user may do can have changed while the call waited.
  private void mayStill() {
    if (!client.user().isUnlimited()) {
      server().access().demand(client, verb, words, Context.TOPLEVEL);
    }
  }

  @Override
  public Decision decideAgain(State newState, Moment newMoment, Key key) {
    awakenedBy = key.bytes();
    try {
      return decide(newState, newMoment);
    } finally {
      awakenedBy = null;
    }
  }

  /// Whether it has waited already: what it found wrong before it would not find now.
  public boolean hasWaited() {
    return waited;
  }

  @Override
  public void answer(Reply reply) {
    RespReply written = (RespReply) reply;
    if (written instanceof Unserved unserved && !waited) {
      written = unserved.atOnce();
    }
    rememberKeys();
    RespWriter out = client.writer();
    int mark = out.mark();
    try {
      written.writeTo(out);
    } catch (RuntimeException bug) {
      out.backTo(mark);
      throw bug;
    }
  }

  /// Decides, and shows this call to those who monitor, unless it is not for their eyes.
  private Decision decideInSight() {
    try {
      return verb.handler().decide(this);
    } finally {
      if (!verb.is(Flag.ADMIN) && !verb.is(Flag.SKIP_MONITOR)) {
        server().monitors().show(client, words, moment.wallUs());
      }
    }
  }

  private void rememberKeys() {
    ClientTracking tracking = client.tracking();
    if (tracking != null && verb.is(Flag.READONLY)) {
      forEachKey(key -> server().tracking().remember(tracking, key.bytes()));
    }
  }

  @Override
  public void decline(Failure failure) {
    rememberKeys();
    Failures.write(failure, client.writer());
    server().statistics().failed(verb.number());
    server().statistics().error(Failures.code(failure));
  }

  @Override
  public Call kept() {
    Call kept = new Call(client, commands, verb, words.kept());
    kept.waited = waits;
    return kept;
  }
}
