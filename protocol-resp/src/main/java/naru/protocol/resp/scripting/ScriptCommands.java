package naru.protocol.resp.scripting;

import naru.bytes.Bytes;
import naru.engine.Procedure;
import naru.lua.Aborted;
import naru.lua.Arguments;
import naru.lua.LuaError;
import naru.lua.LuaNumbers;
import naru.lua.LuaString;
import naru.lua.LuaTable;
import naru.lua.Machine;
import naru.protocol.resp.Catalog;
import naru.protocol.resp.acl.AccessControl;
import naru.protocol.resp.acl.AccessLog.Context;
import naru.protocol.resp.acl.Denial;
import naru.protocol.resp.cluster.SlotOfKeys;
import naru.protocol.resp.server.Client;
import naru.protocol.resp.server.RespServer;
import naru.protocol.resp.verb.Call;
import naru.protocol.resp.verb.Commands;
import naru.protocol.resp.verb.Failures;
import naru.protocol.resp.verb.Flag;
import naru.protocol.resp.verb.Verb;
import org.jspecify.annotations.Nullable;

/// `redis.call` and `redis.pcall`: a script's commands, each decided and applied as it comes.
final class ScriptCommands {
  /// What a command takes of the stack, in the machine's steps: scripts too deep for it fail.
  private static final int STACK_STEPS = 1000;

  /// One record of the log holds what a script does, so a script may not do without end.
  private static final int RECORD_MAX_BYTES = 256 << 20;

  private final RespServer server;
  private final Machine machine;
  private final ScriptPeer peer;
  private Client client;
  private Client caller;
  private Procedure.@Nullable Stage stage;
  private boolean readOnly;
  private boolean refusesMemory;
  private boolean wrote;
  private final boolean clustered;
  private int slot;
  private boolean mayCrossSlots;

  ScriptCommands(RespServer server, Machine machine, ScriptPeer peer) {
    this.server = server;
    this.machine = machine;
    this.peer = peer;
    this.client = new Client(server, peer);
    this.caller = client;
    this.clustered = server.settings().clusterEnabled.value();
  }

  /// A script begins for a client: its commands are in the database that the client has selected.
  ///
  /// @param newRefusesMemory whether commands that need memory are refused until one has written
  void begin(
      Procedure.Stage newStage, Client newCaller, boolean newReadOnly, boolean newRefusesMemory) {
    stage = newStage;
    refusesMemory = newRefusesMemory;
    readOnly = newReadOnly;
    wrote = false;
    client = new Client(server, peer);
    caller = newCaller;
    client.becomes(caller.user());
    client.database(caller.database());
    client.touchesKeys(caller.touchesKeys());
    client.tracking(caller.tracking());
  }

  void end() {
    stage = null;
    peer.clear();
  }

  /// Whether the script has called a command that writes.
  boolean hasWritten() {
    return wrote;
  }

  boolean speaksResp3() {
    return client.protocolVersion() == 3;
  }

  /// 2 or 3, for the replies that the script sees from now on.
  void protocolVersion(int version) {
    client.protocolVersion(version);
  }

  @Nullable Object call(Arguments in, boolean raises) {
    Object reply = perform(in);
    boolean failed = reply instanceof LuaTable table && table.get(ErrorReply.ERR) != null;
    if (failed && raises) {
      throw new LuaError(reply, machine.line());
    }
    return reply;
  }

  private @Nullable Object perform(Arguments in) {
    String wrong = wrongArguments(in);
    if (wrong != null) {
      return ErrorReply.table(machine, wrong);
    }
    Procedure.Stage current = stage;
    if (current == null) {
      return ErrorReply.table(machine, "ERR no script runs");
    }
    if (!machine.hasRoom(STACK_STEPS)) {
      throw in.error("stack overflow");
    }
    if (server.reactor().log().record().length() > RECORD_MAX_BYTES) {
      throw new Aborted("Script wrote too much", machine.line());
    }
    Bytes[] words = words(in);
    Verb verb = verb(words[0], words.length > 1 ? words[1] : null);
    String refusal = refusal(verb, words.length);
    if (verb == null || refusal != null) {
      return ErrorReply.table(machine, refusal == null ? "" : refusal);
    }
    naru.protocol.resp.wire.Arguments arguments = naru.protocol.resp.wire.Arguments.of(words);
    Denial denial = server.access().denial(caller, verb, arguments, Context.LUA);
    if (denial != null) {
      return ErrorReply.table(
          machine,
          "NOPERM ACL failure in script: " + AccessControl.sentence(caller.user(), denial, verb));
    }
    String elsewhere = clustered ? elsewhere(verb, arguments) : null;
    if (elsewhere != null) {
      return ErrorReply.table(machine, elsewhere);
    }
    if (verb.is(Flag.WRITE)) {
      wrote = true;
    }
    peer.clear();
    refusesMemory &= !verb.is(Flag.WRITE);
    long startedNs = server.reactor().readNs();
    current.perform(new Call(client, Catalog.commands(), verb, arguments));
    server.statistics().ran(verb.number(), server.reactor().readNs() - startedNs);
    return new ReplyConversion(machine, peer.output()).read();
  }

  /// The script's keys are in this slot of the cluster, -1 if it has none.
  void keysIn(int newSlot, boolean newMayCrossSlots) {
    slot = newSlot;
    mayCrossSlots = newMayCrossSlots;
  }

  /// Why a call's keys are not where the script's are, null if they are.
  private @Nullable String elsewhere(Verb verb, naru.protocol.resp.wire.Arguments words) {
    SlotOfKeys slots = SlotOfKeys.of(verb, words);
    if (slots.isSeveral()) {
      return "ERR Script attempted to access a non local key in a cluster node";
    }
    if (slots.slot() < 0 || mayCrossSlots) {
      return null;
    }
    slot = slot < 0 ? slots.slot() : slot;
    return slot == slots.slot()
        ? null
        : "ERR Script attempted to access keys that do not hash to the same slot";
  }

  private static @Nullable String wrongArguments(Arguments in) {
    if (in.count() == 0) {
      return "ERR Please specify at least one argument for this redis lib call";
    }
    for (int i = 0; i < in.count(); i++) {
      if (!(in.get(i) instanceof LuaString || in.get(i) instanceof Double)) {
        return "ERR Lua redis lib command arguments must be strings or integers";
      }
    }
    return null;
  }

  private static Bytes[] words(Arguments in) {
    Bytes[] words = new Bytes[in.count()];
    for (int i = 0; i < words.length; i++) {
      words[i] =
          in.get(i) instanceof Double number
              ? Bytes.of(exact(number))
              : Bytes.of(in.string(i).bytes());
    }
    return words;
  }

  private static String exact(double number) {
    long whole = (long) number;
    return whole == number
            && Math.abs(whole) < 100_000_000_000_000_000L
            && (whole != 0 || 1 / number > 0)
        ? Long.toString(whole)
        : LuaNumbers.general(number, 17, false);
  }

  private static @Nullable Verb verb(Bytes name, @Nullable Bytes second) {
    Commands.Command command = Catalog.commands().find(name);
    if (command != null && second != null && !command.subcommands().isEmpty()) {
      command = command.subcommand(second);
    }
    return command == null ? null : command.verb();
  }

  private @Nullable String refusal(@Nullable Verb verb, int words) {
    if (verb == null) {
      return "ERR Unknown Redis command called from script";
    }
    if (!verb.accepts(words)) {
      return "ERR Wrong number of args calling Redis command from script";
    }
    if (verb.is(Flag.NOSCRIPT)) {
      return "ERR This Redis command is not allowed from script";
    }
    if (readOnly && verb.is(Flag.WRITE)) {
      return "ERR Write commands are not allowed from read-only scripts.";
    }
    if (server.replication().isStale() && !verb.is(Flag.STALE)) {
      return "ERR Can not execute the command on a stale replica";
    }
    if (refusesMemory && verb.is(Flag.DENYOOM)) {
      return Failures.text(Failures.OUT_OF_MEMORY);
    }
    return null;
  }

  /// Whether the script's user may make a call, for `redis.acl_check_cmd`; null if there is no such
  /// command.
  @Nullable Boolean mayCall(Arguments in) {
    Bytes[] words = words(in);
    Commands.Command command = Catalog.commands().find(words[0]);
    if (command != null && words.length > 1 && !command.subcommands().isEmpty()) {
      command = command.subcommand(words[1]);
    }
    if (command == null) {
      return null;
    }
    Verb verb = command.verb();
    if (verb == null) {
      return caller.user().isUnlimited();
    }
    return caller.user().denial(verb, naru.protocol.resp.wire.Arguments.of(words)) == null;
  }
}
