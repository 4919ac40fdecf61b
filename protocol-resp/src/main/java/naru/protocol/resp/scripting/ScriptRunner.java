package naru.protocol.resp.scripting;

import java.util.List;
import java.util.Set;
import naru.bytes.Bytes;
import naru.engine.Failure;
import naru.engine.Procedure;
import naru.engine.Refusal;
import naru.lua.Aborted;
import naru.lua.Arguments;
import naru.lua.Builtin;
import naru.lua.LuaError;
import naru.lua.LuaFunction;
import naru.lua.LuaString;
import naru.lua.LuaTable;
import naru.lua.Machine;
import naru.lua.Names;
import naru.lua.Values;
import naru.lua.library.Libraries;
import naru.protocol.resp.cluster.SlotOfKeys;
import naru.protocol.resp.replication.Replication;
import naru.protocol.resp.server.Client;
import naru.protocol.resp.server.RespServer;
import naru.protocol.resp.verb.Call;
import naru.protocol.resp.verb.Failures;
import naru.protocol.resp.wire.RespWriter;
import org.jspecify.annotations.Nullable;

/// Runs scripts or functions, one at a time, on one machine whose globals none of them can change.
final class ScriptRunner {
  private static final LuaString KEYS = LuaString.of("KEYS");
  private static final LuaString ARGV = LuaString.of("ARGV");

  /// A run may allocate this part of the heap, in sum.
  private static final int HEAP_PART = 4;

  private static final long ALLOCATED_MIN_BYTES = 32L << 20;

  private static final Failure NEEDS_MEMORY =
      new Failure.Invalid(
          "OOM",
          "allow-oom flag is not set on the script, can not run it when used memory > 'maxmemory'");

  private static final Failure NO_CLUSTER =
      new Failure.Invalid("ERR", "Can not run script on cluster, 'no-cluster' flag is set.");

  private final RespServer server;
  private final Machine machine;
  private final ScriptPeer peer = new ScriptPeer();
  private final ScriptCommands commands;
  private final long allocatedMaxBytes =
      Math.max(ALLOCATED_MIN_BYTES, Runtime.getRuntime().maxMemory() / HEAP_PART);

  /// What is run.
  ///
  /// @param name the SHA-1 of a script, the name of a function
  /// @param takesTables whether it is a function: it is called with its keys and arguments, which
  ///     scripts find in globals
  /// @param flags what it says of itself; null for a script that says nothing
  record Program(
      String name,
      LuaFunction function,
      boolean readOnly,
      boolean takesTables,
      @Nullable Set<ScriptFlag> flags) {
    /// Whether it is not even begun when memory is short: it could have said that it may be.
    boolean needsMemory() {
      return flags != null
          && !flags.contains(ScriptFlag.NO_WRITES)
          && !flags.contains(ScriptFlag.ALLOW_OOM);
    }

    /// Whether it is not even begun when nothing may be written: it could have said that it does
    /// not.
    boolean mayWrite() {
      return flags != null && !flags.contains(ScriptFlag.NO_WRITES);
    }

    boolean takesStale() {
      return flags != null && flags.contains(ScriptFlag.ALLOW_STALE);
    }

    boolean mayCrossSlots() {
      return flags == null || flags.contains(ScriptFlag.ALLOW_CROSS_SLOT_KEYS);
    }

    String source() {
      return takesTables ? "@user_function" : "@user_script";
    }
  }

  private ScriptRunner(RespServer server, int depthMax) {
    this.server = server;
    this.machine = new Machine(depthMax);
    Libraries.open(machine);
    this.commands = new ScriptCommands(server, machine, peer);
    RedisLibrary.open(machine, server, commands);
  }

  /// For scripts, which find their keys and arguments in globals.
  static ScriptRunner forScripts(RespServer server, int depthMax) {
    ScriptRunner runner = new ScriptRunner(server, depthMax);
    RedisLibrary.openForScripts(runner.machine);
    runner.protect(runner.machine.globals());
    return runner;
  }

  /// For functions of libraries.
  static ScriptRunner forFunctions(RespServer server, int depthMax) {
    ScriptRunner runner = new ScriptRunner(server, depthMax);
    runner.protect(runner.machine.globals());
    return runner;
  }

  Machine machine() {
    return machine;
  }

  long allocatedMaxBytes() {
    return allocatedMaxBytes;
  }

  /// Nothing that is there at the beginning can be changed, and what is not there is an error.
  private void protect(LuaTable globals) {
    strict(machine, globals);
    for (int at = globals.nextPlace(0); at >= 0; at = globals.nextPlace(at + 1)) {
      if (globals.valueAt(at) instanceof LuaTable library) {
        library.makeReadOnly();
      }
    }
    globals.makeReadOnly();
    LuaTable ofStrings = machine.metatable(LuaString.EMPTY);
    if (ofStrings != null) {
      ofStrings.makeReadOnly();
    }
  }

  /// To ask the table for what it has not is an error.
  static void strict(Machine machine, LuaTable table) {
    LuaTable metatable = machine.table();
    metatable.set(Names.INDEX, new Builtin(ScriptRunner::missing));
    metatable.makeReadOnly();
    table.metatable(metatable);
  }

  private static @Nullable Object missing(Arguments in) {
    throw in.error(
        "Script attempted to access nonexistent global variable '"
            + in.machine().toText(in.get(1))
            + "'");
  }

  /// Runs a program for a client and answers it.
  void run(Program program, Call call, int keyCount, Procedure.Stage stage) {
    Client client = call.client();
    Failure refusal = client.isMaster() ? null : refusal(program);
    if (refusal != null) {
      refuse(client, new Refusal(refusal));
      return;
    }
    if (server.isOutOfMemory() && program.needsMemory()) {
      refuse(client, new Refusal(NEEDS_MEMORY));
      return;
    }
    if (server.settings().clusterEnabled.value()) {
      if (program.flags() != null && program.flags().contains(ScriptFlag.NO_CLUSTER)) {
        refuse(client, new Refusal(NO_CLUSTER));
        return;
      }
      int slot = SlotOfKeys.of(call.verb(), call.words()).slot();
      commands.keysIn(slot, program.mayCrossSlots());
    }
    List<Bytes> words = call.words().from(0);
    List<Bytes> keys = words.subList(3, 3 + keyCount);
    List<Bytes> arguments = words.subList(3 + keyCount, words.size());
    ScriptRun run = new ScriptRun(server, program, words, commands);
    server.scripts().running(run);
    machine.meter().begin(allocatedMaxBytes, run);
    boolean refusesMemory = server.isOutOfMemory() && program.flags() == null;
    commands.begin(stage, client, program.readOnly(), refusesMemory);
    RespWriter out = client.writer();
    int mark = out.mark();
    try {
      Object result = Values.first(start(program, table(keys), table(arguments)));
      new LuaReplyWriter(machine, out, commands.speaksResp3()).write(result);
    } catch (LuaError error) {
      out.backTo(mark);
      fail(out, ErrorReply.of(machine, error.value()), error.line(), program);
    } catch (Aborted aborted) {
      int line = machine.line();
      out.backTo(mark);
      fail(out, "ERR " + aborted.sentence(), line, program);
    } finally {
      machine.meter().begin(Long.MAX_VALUE, () -> null);
      commands.end();
      server.scripts().running(null);
    }
  }

  /// Why it is not begun, as far as that hangs on who follows whom.
  private @Nullable Failure refusal(Program program) {
    if (server.replication().isStale() && !program.takesStale()) {
      return Replication.stale();
    }
    return program.mayWrite() ? server.replication().writesRefused() : null;
  }

  private @Nullable Object start(Program program, LuaTable keys, LuaTable arguments) {
    if (program.takesTables()) {
      return machine.run(program.function(), keys, arguments);
    }
    machine.globals().set(KEYS, keys);
    machine.globals().set(ARGV, arguments);
    return machine.run(program.function());
  }

  private LuaTable table(List<Bytes> words) {
    LuaTable table = machine.table(words.size(), 0);
    for (int i = 0; i < words.size(); i++) {
      table.set(i + 1, machine.string(words.get(i).copy()));
    }
    return table;
  }

  private void fail(RespWriter out, String message, int line, Program program) {
    String where =
        line == 0
            ? ""
            : " script: " + program.name() + ", on " + program.source() + ":" + line + ".";
    out.error(message + where);
    int space = message.indexOf(' ');
    server.statistics().error(space < 0 ? message : message.substring(0, space));
  }

  /// Answers a script that was not even begun.
  static void refuse(Client client, Refusal refusal) {
    Failures.write(refusal.failure(), client.writer());
    client.server().statistics().error(Failures.code(refusal.failure()));
  }
}
