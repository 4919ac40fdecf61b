package naru.protocol.resp;

import java.util.Locale;
import naru.bytes.ByteReader;
import naru.bytes.Bytes;
import naru.engine.Failure;
import naru.engine.Keyspace;
import naru.engine.Procedure;
import naru.engine.Refusal;
import naru.engine.Request;
import naru.protocol.resp.acl.AccessLog.Context;
import naru.protocol.resp.acl.User;
import naru.protocol.resp.cluster.SlotOfKeys;
import naru.protocol.resp.cluster.Slots;
import naru.protocol.resp.replication.Replication;
import naru.protocol.resp.server.Client;
import naru.protocol.resp.server.Pause;
import naru.protocol.resp.server.RespServer;
import naru.protocol.resp.transaction.Transactions;
import naru.protocol.resp.verb.Call;
import naru.protocol.resp.verb.Commands;
import naru.protocol.resp.verb.Failures;
import naru.protocol.resp.verb.Flag;
import naru.protocol.resp.verb.Replies;
import naru.protocol.resp.verb.Verb;
import naru.protocol.resp.wire.Arguments;
import naru.protocol.resp.wire.RequestReader;
import naru.protocol.resp.wire.Violation;
import naru.reactor.Session;
import org.jspecify.annotations.Nullable;

/// A Redis connection: cuts requests, finds the verb, and has it decided now, queued for a
/// transaction, or refused. The order of the refusals is Redis' (`processCommand`).
final class RespSession implements Session {
  private static final int NAMED_ARGUMENTS_MAX_BYTES = 128;

  private final Client client;
  private final RespServer server;
  private final Commands commands = Catalog.commands();
  private final RequestReader requests = new RequestReader();
  private final boolean clustered;
  private @Nullable Call call;
  private boolean certificateSeen;

  /// Up to where in the input the keys of requests have been looked at.
  private int aheadTo;

  /// When the command before this one was done: the clock is read once a command.
  private long clockNs;

  RespSession(Client client) {
    this.client = client;
    this.server = client.server();
    this.clustered = server.settings().clusterEnabled.value();
  }

  @Override
  public void received(ByteReader input) {
    clockNs = server.reactor().readNs();
    aheadTo = 0;
    if (!certificateSeen) {
      certificateSeen = true;
      admitByCertificate();
    }
    if (client.isReplica()) {
      server.followers().heard(client);
    }
    try {
      while (!client.peer().isHeld() && readNext(input)) {
        perform(requests.arguments());
      }
      if (input.remaining() > server.settings().clientQueryBufferLimit.bytes()) {
        client.peer().close();
      }
    } catch (Violation violation) {
      input.position(input.limit());
      client.pushWriter().error("ERR Protocol error: " + violation.sentence());
      client.peer().closeAfterOutput();
    }
  }

  /// A client may be the user whom its certificate names; if there is none it has to say who it is.
  private void admitByCertificate() {
    String name = client.peer().certifiedName();
    if (name != null && server.settings().tls.authClientsUser.text().equals("cn")) {
      User user = server.access().users().find(Bytes.of(name));
      if (user != null && user.isEnabled()) {
        client.becomes(user);
      }
    }
  }

  private boolean readNext(ByteReader input) {
    if (input.position() >= aheadTo) {
      aheadTo = server.keysAhead().look(input, keys());
    }
    requests.trusted(client.isMaster() || client.maySpeak());
    requests.bulkMaxBytes(
        client.isMaster() ? Integer.MAX_VALUE : server.settings().protoMaxBulkLen.bytes());
    return requests.next(input);
  }

  private Keyspace keys() {
    return server.shard().state().database(client.database());
  }

  private void perform(Arguments words) {
    client.beginCommand();
    try {
      Verb verb = verb(words);
      client.lastCommand(verb.name());
      check(verb, words);
      if (mustPause(verb)) {
        postpone(words.kept());
      } else if (runsLong(verb) && server.reactor().isPolling()) {
        postponeToEndOfPoll(words.kept());
      } else {
        submit(verb, words);
      }
    } catch (Refusal refusal) {
      Failure failure = refusal.failure();
      refuse(words.get(0).equalsIgnoreCase("EXEC") ? execAborted(failure) : failure);
    }
    client.endCommand();
  }

  private void refuse(Failure failure) {
    if (client.isInTransaction()) {
      client.breakQueue();
    }
    Failures.write(failure, client.writer());
    server.statistics().error(Failures.code(failure));
  }

  /// A transaction that cannot even be begun is over.
  private Failure execAborted(Failure failure) {
    client.endTransaction();
    if (failure.equals(Slots.CROSSED)) {
      return failure;
    }
    String reason = Failures.text(failure).replaceFirst("^ERR ", "");
    return new Failure.Invalid("EXECABORT", "Transaction discarded because of: " + reason);
  }

  private Verb verb(Arguments words) {
    Commands.Command command = commands.find(words.get(0));
    if (command == null) {
      if (isForeign(words.get(0))) {
        server.noteAttack(client.peer().remoteAddress());
        client.peer().close();
      }
      throw unknownCommand(words);
    }
    Verb verb = command.verb();
    if (words.count() > 1 && !command.subcommands().isEmpty()) {
      Commands.Command subcommand = command.subcommand(words.get(1));
      if (subcommand == null) {
        throw unknownSubcommand(command, words.get(1));
      }
      verb = subcommand.verb();
    }
    if (verb == null || !verb.accepts(words.count())) {
      if (verb != null) {
        server.statistics().rejected(verb.number());
      }
      String name = verb == null ? command.name() : verb.name();
      throw new Refusal("wrong number of arguments for '" + name + "' command");
    }
    return verb;
  }

  private static boolean isForeign(Bytes name) {
    return name.equalsIgnoreCase("HOST:") || name.equalsIgnoreCase("POST");
  }

  private static Refusal unknownCommand(Arguments words) {
    StringBuilder arguments = new StringBuilder();
    for (int i = 1; i < words.count() && arguments.length() < NAMED_ARGUMENTS_MAX_BYTES; i++) {
      int room = NAMED_ARGUMENTS_MAX_BYTES - arguments.length();
      arguments.append('\'').append(shortened(words.get(i), room)).append("' ");
    }
    String name = shortened(words.get(0), NAMED_ARGUMENTS_MAX_BYTES);
    return new Refusal("unknown command '" + name + "', with args beginning with: " + arguments);
  }

  private static Refusal unknownSubcommand(Commands.Command command, Bytes name) {
    String shortened = shortened(name, NAMED_ARGUMENTS_MAX_BYTES);
    String container = command.name().toUpperCase(Locale.ROOT);
    return new Refusal("unknown subcommand '" + shortened + "'. Try " + container + " HELP.");
  }

  private static String shortened(Bytes word, int length) {
    String printed = word.printed();
    return printed.substring(0, Math.min(printed.length(), length));
  }

  private void check(Verb verb, Arguments words) {
    if (client.isMaster()) {
      return;
    }
    if (!client.maySpeak() && !verb.is(Flag.NO_AUTH)) {
      server.statistics().rejected(verb.number());
      throw new Refusal("NOAUTH", "Authentication required.");
    }
    if (client.isInTransaction() && verb.is(Flag.NO_MULTI)) {
      throw new Refusal("Command not allowed inside a transaction");
    }
    if (!client.user().isUnlimited()) {
      demandPermission(verb, words);
    }
    if (clustered) {
      demandOneSlot(verb, words);
    }
    server.makeRoom();
    if (server.isOutOfMemory() && needsMemory(verb)) {
      server.statistics().rejected(verb.number());
      throw new Refusal(Failures.OUT_OF_MEMORY);
    }
    if (changesKeys(verb)) {
      server.replication().checkWrite();
    }
    if (client.isRestrictedToPubSub() && !isPubSub(verb)) {
      throw new Refusal(
          "Can't execute '"
              + verb.name()
              + "': only (P|S)SUBSCRIBE / (P|S)UNSUBSCRIBE / PING / QUIT / RESET are allowed in"
              + " this context");
    }
    if (server.replication().isStale()) {
      demandFresh(verb);
    }
    if (server.monitors().has(client) && (writes(verb) || verb.is(Flag.READONLY))) {
      throw new Refusal("Replica can't interact with the keyspace");
    }
    checkBusy(verb);
  }

  /// The keys of a command, or of all that is queued for a transaction.
  private void demandOneSlot(Verb verb, Arguments words) {
    boolean several =
        Transactions.isExec(verb)
            ? SlotOfKeys.isSeveral(client.queued())
            : SlotOfKeys.of(verb, words).isSeveral();
    if (several) {
      server.statistics().rejected(verb.number());
      throw new Refusal(Slots.CROSSED);
    }
  }

  /// While the server that is followed is away, only what does not look at keys is done.
  private void demandFresh(Verb verb) {
    boolean isFresh = verb.is(Flag.STALE);
    if (Transactions.isExec(verb)) {
      for (Request queued : client.queued()) {
        isFresh &= !(queued instanceof Call about) || about.verb().is(Flag.STALE);
      }
    }
    if (!isFresh) {
      server.statistics().rejected(verb.number());
      throw new Refusal(Replication.stale());
    }
  }

  /// As a script runs for long, most is refused.
  private void checkBusy(Verb verb) {
    if (server.reactor().isBusy() && !verb.is(Flag.ALLOW_BUSY)) {
      server.statistics().rejected(verb.number());
      throw server.scripts().busy();
    }
  }

  /// What is queued takes memory too, whatever it will do.
  private boolean needsMemory(Verb verb) {
    if (Transactions.isExec(verb)) {
      return client.isMemoryNeeded();
    }
    return verb.is(Flag.DENYOOM) || (client.isInTransaction() && !Transactions.runsAtOnce(verb));
  }

  private void demandPermission(Verb verb, Arguments words) {
    Context context = client.isInTransaction() ? Context.MULTI : Context.TOPLEVEL;
    try {
      server.access().demand(client, verb, words, context);
    } catch (Refusal refusal) {
      server.statistics().rejected(verb.number());
      throw refusal;
    }
  }

  private static boolean isPubSub(Verb verb) {
    return switch (verb.name()) {
      case "subscribe",
          "psubscribe",
          "ssubscribe",
          "unsubscribe",
          "punsubscribe",
          "sunsubscribe",
          "ping",
          "quit",
          "reset" ->
          true;
      default -> false;
    };
  }

  private boolean changesKeys(Verb verb) {
    return verb.is(Flag.WRITE) || (Transactions.isExec(verb) && client.isWriteQueued());
  }

  private boolean mustPause(Verb verb) {
    if (client.isMaster() || client.isReplica()) {
      return false;
    }
    Pause.Extent extent = server.pause().extent();
    return extent == Pause.Extent.ALL
        || (extent == Pause.Extent.WRITES
            && (writes(verb) || (Transactions.isExec(verb) && client.isWriteQueued())));
  }

  private static boolean writes(Verb verb) {
    return verb.is(Flag.WRITE) || verb.is(Flag.MAY_REPLICATE);
  }

  /// Keeps a command, and all that follow it, until the pause is over.
  private void postpone(Arguments words) {
    client.postponeCommand();
    client.peer().hold(true);
    server.pause().whenEnded(() -> goOn(words));
  }

  /// A script that takes its time lets the network be polled meanwhile, and so cannot be run by it.
  private void postponeToEndOfPoll(Arguments words) {
    client.postponeCommand();
    client.peer().hold(true);
    server.reactor().afterPoll(() -> goOn(words));
  }

  private void goOn(Arguments words) {
    client.peer().hold(false);
    clockNs = server.reactor().readNs();
    if (server.client(client.id()) == client) {
      perform(words);
    }
  }

  private boolean runsLong(Verb verb) {
    return client.isInTransaction()
        ? Transactions.isExec(verb) && client.isLongQueued()
        : verb.isProcedure();
  }

  private void submit(Verb verb, Arguments words) {
    Call present = call;
    if (present == null) {
      present = new Call(client, commands, verb, words);
      call = present;
    } else {
      present.reset(verb, words);
    }
    if (client.isInTransaction() && !Transactions.runsAtOnce(verb)) {
      client.enqueue(
          present.kept(),
          words.keptBytes(),
          writes(verb),
          verb.is(Flag.DENYOOM),
          verb.isProcedure());
      Replies.QUEUED.writeTo(client.writer());
      clockNs = server.reactor().readNs();
      return;
    }
    Procedure procedure =
        Transactions.isExec(verb) ? Transactions.exec(client) : verb.procedure(present);
    if (procedure != null) {
      client.peer().submit(procedure);
      if (server.monitors().isAny() && Transactions.isExec(verb)) {
        server.monitors().show(client, words, server.shard().nowMs() * 1000);
      }
    } else {
      client.peer().submit(present);
    }
    long nowNs = server.reactor().readNs();
    long tookNs = nowNs - clockNs;
    clockNs = nowNs;
    server.statistics().ran(verb.number(), tookNs);
    if (client.isMaster()) {
      return;
    }
    server
        .latency()
        .note(verb.is(Flag.FAST) ? "fast-command" : "command", tookNs, server.shard().nowMs());
    if (!verb.is(Flag.SKIP_SLOWLOG) && !verb.isSecret()) {
      server.slowLog().note(client, words, tookNs, server.shard().nowMs());
    }
  }

  @Override
  public boolean servesWhileBusy() {
    return true;
  }

  @Override
  public void closed() {
    server.remove(client);
  }
}
