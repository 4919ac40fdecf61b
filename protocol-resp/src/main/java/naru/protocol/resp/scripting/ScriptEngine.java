package naru.protocol.resp.scripting;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import naru.bytes.Bytes;
import naru.engine.Refusal;
import naru.protocol.resp.server.RespServer;
import org.jspecify.annotations.Nullable;

/// The scripts of one broker: those that are known, and the one machine that runs them.
///
/// What came by `SCRIPT LOAD` is kept; of what came by `EVAL` alone, the last few hundred.
public final class ScriptEngine {
  /// How deep scripts may nest where nothing is known of the thread's stack.
  private static final int DEPTH = 3000;

  private static final int STACK_BYTES_A_STEP = 160;
  private static final int EVALUATED_MAX = 500;

  private final MessageDigest digest = digest();
  private final Map<String, Script> loaded = new HashMap<>();
  private final LinkedHashMap<String, Script> evaluated = new LinkedHashMap<>(16, 0.75f, true);
  private int depthMax = DEPTH;
  private long sizeBytes;
  private @Nullable ScriptRunner runner;
  private @Nullable FunctionEngine functions;
  private @Nullable ScriptRun running;

  private static MessageDigest digest() {
    try {
      return MessageDigest.getInstance("SHA-1");
    } catch (NoSuchAlgorithmException missing) {
      throw new IllegalStateException("every virtual machine has SHA-1", missing);
    }
  }

  /// So much of the reactor's stack may be used by scripts. To be said before the first one runs.
  public void stackBytes(long bytes) {
    depthMax = (int) (bytes / STACK_BYTES_A_STEP);
  }

  /// How many scripts are known.
  public int count() {
    return loaded.size() + evaluated.size();
  }

  /// What they take in memory, about.
  public long sizeBytes() {
    return sizeBytes;
  }

  String sha1(Bytes text) {
    digest.update(text.array(), text.offset(), text.length());
    return HexFormat.of().formatHex(digest.digest());
  }

  ScriptRunner runner(RespServer server) {
    ScriptRunner present = runner;
    if (present == null) {
      present = ScriptRunner.forScripts(server, depthMax);
      runner = present;
    }
    return present;
  }

  /// What runs now, null if nothing does.
  @Nullable ScriptRun running() {
    return running;
  }

  void running(@Nullable ScriptRun now) {
    running = now;
  }

  /// What others are told while a script has run for long.
  public Refusal busy() {
    String kill = running != null && running.isFunction() ? "FUNCTION" : "SCRIPT";
    return new Refusal(
        "BUSY",
        "Redis is busy running a script. You can only call " + kill + " KILL or SHUTDOWN NOSAVE.");
  }

  /// Ends what runs, if it has not written.
  void kill(boolean asFunction) {
    ScriptRun run = running;
    if (run == null) {
      throw new Refusal("NOTBUSY", "No scripts in execution right now.");
    }
    if (run.hasWritten()) {
      throw new Refusal(
          "UNKILLABLE",
          "Sorry the script already executed write commands against the dataset. You can either"
              + " wait the script termination or kill the server in a hard way using the SHUTDOWN"
              + " NOSAVE command.");
    }
    if (run.isFunction() != asFunction) {
      throw busy();
    }
    run.kill();
  }

  /// The functions that the state's libraries declare.
  public FunctionEngine functions(RespServer server) {
    FunctionEngine present = functions;
    if (present == null) {
      present = new FunctionEngine(server, depthMax);
      functions = present;
    }
    return present;
  }

  /// The script with that SHA-1, forty hexadecimal digits in lower case; null if it is not known.
  @Nullable Script find(String sha1) {
    Script script = loaded.get(sha1);
    return script == null ? evaluated.get(sha1) : script;
  }

  /// The script with that text, read now if it is not known.
  Script evaluate(Bytes text) {
    String sha1 = sha1(text);
    Script known = find(sha1);
    if (known != null) {
      return known;
    }
    Script script = Script.parse(sha1, text);
    evaluated.put(sha1, script);
    sizeBytes += script.sizeBytes();
    if (evaluated.size() > EVALUATED_MAX) {
      Iterator<Script> eldest = evaluated.values().iterator();
      sizeBytes -= eldest.next().sizeBytes();
      eldest.remove();
    }
    return script;
  }

  Script load(Bytes text) {
    Script script = evaluate(text);
    evaluated.remove(script.sha1());
    loaded.put(script.sha1(), script);
    return script;
  }

  /// Forgets all scripts, and the machine with what they may have left in it.
  void flush() {
    loaded.clear();
    evaluated.clear();
    sizeBytes = 0;
    runner = null;
  }
}
