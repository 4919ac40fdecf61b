package naru.protocol.resp.scripting;

import java.util.List;
import naru.bytes.Bytes;
import naru.lua.Meter;
import naru.protocol.resp.server.RespServer;
import naru.reactor.Reactor;
import org.jspecify.annotations.Nullable;

/// A script or a function while it runs: when it began, and why it is to end before its time.
///
/// Once it has run for longer than `busy-reply-threshold` the reactor serves others in between, who
/// are told that it is busy.
final class ScriptRun implements Meter.Watcher {
  private static final long SERVED_EACH_NS = 5_000_000;

  private final RespServer server;
  private final ScriptRunner.Program program;
  private final List<Bytes> words;
  private final ScriptCommands commands;
  private final long startedNs;
  private final long thresholdNs;
  private final long limitNs;
  private long servedNs;
  private boolean killed;

  ScriptRun(
      RespServer server, ScriptRunner.Program program, List<Bytes> words, ScriptCommands commands) {
    this.server = server;
    this.program = program;
    this.words = words;
    this.commands = commands;
    this.startedNs = server.reactor().readNs();
    this.thresholdNs = server.settings().busyReplyThreshold.value() * 1_000_000;
    this.limitNs = server.settings().scriptLimitMs.value() * 1_000_000;
  }

  String name() {
    return program.name();
  }

  boolean isFunction() {
    return program.takesTables();
  }

  /// The command that called it.
  List<Bytes> words() {
    return words;
  }

  long startedNs() {
    return startedNs;
  }

  boolean hasWritten() {
    return commands.hasWritten();
  }

  void kill() {
    killed = true;
  }

  @Override
  public @Nullable String look() {
    Reactor reactor = server.reactor();
    long nowNs = reactor.readNs();
    long tookNs = nowNs - startedNs;
    if (limitNs > 0 && tookNs > limitNs) {
      return "Script ran for longer than script-limit-ms and was ended.";
    }
    if (tookNs > thresholdNs && nowNs - servedNs > SERVED_EACH_NS) {
      servedNs = nowNs;
      reactor.turnWhileBusy();
    }
    if (reactor.isStopped()) {
      server.shard().abandonProcedure();
      return "Script ended: the broker is shutting down.";
    }
    // Redis says so of functions too.
    return killed ? "Script killed by user with SCRIPT KILL..." : null;
  }
}
