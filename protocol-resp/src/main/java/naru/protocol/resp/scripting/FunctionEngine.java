package naru.protocol.resp.scripting;

import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import naru.bytes.Bytes;
import naru.engine.Refusal;
import naru.engine.library.Libraries;
import naru.lua.Aborted;
import naru.lua.Closure;
import naru.lua.LuaError;
import naru.lua.LuaString;
import naru.lua.LuaTable;
import naru.lua.Machine;
import naru.lua.Parser;
import naru.protocol.resp.server.RespServer;
import naru.protocol.resp.verb.Failures;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The functions of one broker. The texts of their libraries are in the state; here is what was
/// made of them, made anew when they have changed.
public final class FunctionEngine {
  private static final Logger LOG = LoggerFactory.getLogger(FunctionEngine.class);
  private static final String CHUNK = "user_function";
  private static final long LOADING_MAX_NS = 500_000_000;

  private final RespServer server;
  private final ScriptRunner runner;
  private final FunctionRegistration registration = new FunctionRegistration();
  private final LuaTable loadingGlobals;
  private final Map<Bytes, FunctionLibrary> libraries = new TreeMap<>();
  private final Map<Bytes, FunctionLibrary.Function> functions = new HashMap<>();

  /// What was loaded and is not yet in the state.
  private final Map<Bytes, FunctionLibrary> loaded = new HashMap<>();

  private long seenChanges;

  FunctionEngine(RespServer server, int depthMax) {
    this.server = server;
    this.runner = ScriptRunner.forFunctions(server, depthMax);
    Machine machine = runner.machine();
    LuaTable redis = RedisLibrary.forLoading(machine, registration::register);
    loadingGlobals = machine.table();
    loadingGlobals.set(LuaString.of("redis"), redis);
    for (LuaTable table : new LuaTable[] {redis, loadingGlobals}) {
      ScriptRunner.strict(machine, table);
      table.makeReadOnly();
    }
  }

  /// The name that a library's text gives it. Throws [naru.engine.Refusal] if it gives none.
  public static Bytes declaredName(Bytes text) {
    return FunctionLibrary.declared(text).name();
  }

  ScriptRunner runner() {
    return runner;
  }

  /// How many libraries there are.
  public int count() {
    return libraries().size();
  }

  /// How many functions they have.
  public int functionCount() {
    follow();
    return functions.size();
  }

  /// What the texts of all libraries take.
  public long textBytes() {
    return libraries().stream().mapToLong(library -> library.text().length()).sum();
  }

  /// In the order of their names.
  Collection<FunctionLibrary> libraries() {
    follow();
    return Collections.unmodifiableCollection(libraries.values());
  }

  @Nullable FunctionLibrary library(Bytes name) {
    follow();
    return libraries.get(name);
  }

  FunctionLibrary.@Nullable Function function(Bytes name) {
    follow();
    return functions.get(name);
  }

  /// The library that has a function of that name, null if none has.
  @Nullable FunctionLibrary owner(Bytes function) {
    follow();
    return libraries.values().stream()
        .filter(library -> library.has(function))
        .findAny()
        .orElse(null);
  }

  private void follow() {
    Libraries texts = server.shard().state().libraries();
    if (texts.changes() == seenChanges) {
      return;
    }
    seenChanges = texts.changes();
    libraries.values().removeIf(library -> !library.text().equals(texts.text(library.name())));
    for (Map.Entry<Bytes, Bytes> each : texts.texts().entrySet()) {
      if (!libraries.containsKey(each.getKey())) {
        follow(each.getKey(), each.getValue());
      }
    }
    loaded.clear();
    functions.clear();
    for (FunctionLibrary library : libraries.values()) {
      library.functions().forEach(function -> functions.put(function.name(), function));
    }
  }

  private void follow(Bytes name, Bytes text) {
    FunctionLibrary known = loaded.get(name);
    if (known != null && known.text().equals(text)) {
      libraries.put(name, known);
      return;
    }
    try {
      FunctionLibrary library = FunctionLibrary.declared(text);
      libraries.put(name, library);
      fill(library, Long.MAX_VALUE);
    } catch (Refusal refusal) {
      // What it got of its functions stays: whoever calls another one hears that it is not there.
      LOG.error(
          "the library of functions {} cannot be loaded any more, but its text is kept: {}",
          name,
          Failures.sentence(refusal.failure()));
    }
  }

  /// Makes functions of all libraries that the state has, so that whoever started the broker is
  /// told of those that cannot be loaded.
  public void loadAll() {
    follow();
  }

  /// Makes functions of a text that is going to be the state's.
  FunctionLibrary load(Bytes text) {
    FunctionLibrary library = FunctionLibrary.declared(Bytes.of(text.copy()));
    fill(library, LOADING_MAX_NS);
    if (library.functions().isEmpty()) {
      throw new Refusal("No functions registered");
    }
    return library;
  }

  /// Notes that the text of a library is going to be the state's with the next op.
  void keep(FunctionLibrary library) {
    loaded.put(library.name(), library);
  }

  private static Closure parse(FunctionLibrary library) {
    try {
      return Parser.parse(LuaString.of(library.body().copy()), CHUNK);
    } catch (LuaError error) {
      throw new Refusal("Error compiling function: " + error.getMessage());
    }
  }

  private void fill(FunctionLibrary library, long timeMaxNs) {
    Machine machine = runner.machine();
    Closure body = parse(library);
    LuaTable globals = machine.globals();
    long startedNs = server.reactor().readNs();
    machine
        .meter()
        .begin(
            runner.allocatedMaxBytes(),
            () ->
                server.reactor().readNs() - startedNs > timeMaxNs ? "FUNCTION LOAD timeout" : null);
    registration.begin(library);
    machine.globals(loadingGlobals);
    try {
      machine.run(body);
    } catch (LuaError error) {
      throw new Refusal("Error registering functions: " + ErrorReply.of(machine, error.value()));
    } catch (Aborted aborted) {
      throw new Refusal("Error registering functions: ERR " + aborted.sentence());
    } finally {
      machine.globals(globals);
      registration.end();
      machine.meter().begin(Long.MAX_VALUE, () -> null);
    }
  }
}
