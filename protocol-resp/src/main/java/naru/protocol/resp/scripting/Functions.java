package naru.protocol.resp.scripting;

import java.util.ArrayList;
import java.util.List;
import naru.bytes.Bytes;
import naru.engine.Decision;
import naru.engine.Refusal;
import naru.engine.library.LibraryOp;
import naru.protocol.resp.verb.Call;
import naru.protocol.resp.verb.Flag;
import naru.protocol.resp.verb.Replies;
import naru.protocol.resp.verb.Verb;
import naru.protocol.resp.wire.RespWriter;
import naru.structures.Glob;
import org.jspecify.annotations.Nullable;

/// Libraries of functions: loading, listing, deleting them.
public final class Functions {
  private static final String[] TO_ALL = {
    "request_policy:all_shards", "response_policy:all_succeeded"
  };

  private static final List<String> HELP =
      List.of(
          "FUNCTION <subcommand> [<arg> [value] [opt] ...]. Subcommands are:",
          "LOAD [REPLACE] <FUNCTION CODE>",
          "    Create a new library with the given library name and code.",
          "DELETE <LIBRARY NAME>",
          "    Delete the given library.",
          "LIST [LIBRARYNAME PATTERN] [WITHCODE]",
          "    Return general information on all the libraries:",
          "    * Library name",
          "    * The engine used to run the Library",
          "    * Functions list",
          "    * Library code (if WITHCODE is given)",
          "    It also possible to get only function that matches a pattern using"
              + " LIBRARYNAME argument.",
          "STATS",
          "    Return information about the current function running:",
          "    * Function name",
          "    * Command used to run the function",
          "    * Duration in MS that the function is running",
          "    If no function is running, return nil",
          "    In addition, returns a list of available engines.",
          "KILL",
          "    Kill the current running function.",
          "FLUSH [ASYNC|SYNC]",
          "    Delete all the libraries.",
          "    When called without the optional mode argument, the behavior is"
              + " determined by the",
          "    lazyfree-lazy-user-flush configuration directive. Valid modes are:",
          "    * ASYNC: Asynchronously flush the libraries.",
          "    * SYNC: Synchronously flush the libraries.",
          "DUMP",
          "    Return a serialized payload representing the current libraries, can be"
              + " restored using FUNCTION RESTORE command",
          "RESTORE <PAYLOAD> [FLUSH|APPEND|REPLACE]",
          "    Restore the libraries represented by the given payload, it is possible to"
              + " give a restore policy to",
          "    control how to handle existing libraries (default APPEND):",
          "    * FLUSH: delete all existing libraries.",
          "    * APPEND: appends the restored libraries to the existing libraries. On"
              + " collision, abort.",
          "    * REPLACE: appends the restored libraries to the existing libraries, On"
              + " collision, replace the old",
          "      libraries with the new libraries (notice that even on this option there"
              + " is a chance of failure",
          "      in case of functions name collision with another library).",
          "HELP",
          "    Prints this help.");

  public static final List<Verb> VERBS =
      List.of(
          Verb.of("FUNCTION DELETE library-name", Functions::delete)
              .since("7.0.0")
              .flags(Flag.WRITE, Flag.NOSCRIPT)
              .tips(TO_ALL)
              .summary("Deletes a library and its functions.")
              .complexity("O(1)"),
          Verb.of("FUNCTION DUMP", FunctionPayloads::dump)
              .since("7.0.0")
              .flags(Flag.NOSCRIPT)
              .summary("Dumps all libraries into a serialized binary payload.")
              .complexity("O(N) where N is the number of functions"),
          Verb.of("FUNCTION FLUSH [ASYNC | SYNC]", Functions::flush)
              .since("7.0.0")
              .flags(Flag.WRITE, Flag.NOSCRIPT)
              .tips(TO_ALL)
              .summary("Deletes all libraries and functions.")
              .complexity("O(N) where N is the number of functions deleted"),
          Verb.of("FUNCTION HELP", _ -> Decision.done(Replies.lines(HELP)))
              .since("7.0.0")
              .flags(Flag.LOADING, Flag.STALE)
              .summary("Returns helpful text about the different subcommands.")
              .complexity("O(1)"),
          Verb.of("FUNCTION KILL", Functions::kill)
              .since("7.0.0")
              .flags(Flag.NOSCRIPT, Flag.ALLOW_BUSY)
              .tips("request_policy:all_shards", "response_policy:one_succeeded")
              .summary("Terminates a function during execution.")
              .complexity("O(1)"),
          Verb.of("FUNCTION LIST [LIBRARYNAME library-name-pattern] [WITHCODE]", Functions::list)
              .since("7.0.0")
              .flags(Flag.NOSCRIPT)
              .tips("nondeterministic_output_order")
              .summary("Returns information about all libraries.")
              .complexity("O(N) where N is the number of functions"),
          Verb.of("FUNCTION LOAD [REPLACE] function-code", Functions::load)
              .since("7.0.0")
              .flags(Flag.WRITE, Flag.DENYOOM, Flag.NOSCRIPT)
              .tips(TO_ALL)
              .summary("Creates a library.")
              .complexity("O(1) (considering compilation time is redundant)"),
          Verb.of(
                  "FUNCTION RESTORE serialized-value [FLUSH | APPEND | REPLACE]",
                  FunctionPayloads::restore)
              .since("7.0.0")
              .flags(Flag.WRITE, Flag.DENYOOM, Flag.NOSCRIPT)
              .tips(TO_ALL)
              .summary("Restores all libraries from a payload.")
              .complexity("O(N) where N is the number of functions on the payload"),
          Verb.of("FUNCTION STATS", Functions::stats)
              .since("7.0.0")
              .flags(Flag.NOSCRIPT, Flag.ALLOW_BUSY)
              .tips(
                  "nondeterministic_output", "request_policy:all_shards", "response_policy:special")
              .summary("Returns information about a function during execution.")
              .complexity("O(1)"));

  private Functions() {}

  static FunctionEngine engine(Call call) {
    return call.server().scripts().functions(call.server());
  }

  private static Decision load(Call call) {
    boolean replace = false;
    for (int i = 2; i < call.count() - 1; i++) {
      if (!call.is(i, "REPLACE")) {
        throw new Refusal("Unknown option given: " + call.arg(i).printed());
      }
      replace = true;
    }
    FunctionEngine engine = engine(call);
    Bytes text = call.arg(call.count() - 1);
    Bytes name = FunctionLibrary.declared(text).name();
    if (!replace && engine.library(name) != null) {
      throw new Refusal("Library '" + name + "' already exists");
    }
    FunctionLibrary library = engine.load(text);
    for (FunctionLibrary.Function function : library.functions()) {
      FunctionLibrary owner = engine.owner(function.name());
      if (owner != null && !owner.name().equals(name)) {
        throw new Refusal("Function " + function.name() + " already exists");
      }
    }
    engine.keep(library);
    return Decision.done(Replies.bulk(name), new LibraryOp.Loaded(name, library.text()));
  }

  private static Decision delete(Call call) {
    FunctionLibrary library = engine(call).library(call.arg(2));
    if (library == null) {
      throw new Refusal("Library not found");
    }
    return Decision.done(Replies.OK, new LibraryOp.Deleted(library.name()));
  }

  private static Decision flush(Call call) {
    if (call.count() > 3) {
      throw call.subcommandSyntax();
    }
    if (call.count() == 3 && !call.is(2, "SYNC") && !call.is(2, "ASYNC")) {
      throw new Refusal("FUNCTION FLUSH only supports SYNC|ASYNC option");
    }
    return Decision.done(Replies.OK, new LibraryOp.Cleared());
  }

  private static Decision kill(Call call) {
    call.server().scripts().kill(true);
    return Decision.done(Replies.OK);
  }

  private static Decision stats(Call call) {
    ScriptRun running = call.server().scripts().running();
    if (running != null && !running.isFunction()) {
      throw call.server().scripts().busy();
    }
    FunctionEngine engine = engine(call);
    int libraries = engine.count();
    int functions = engine.functionCount();
    return Decision.done(
        Replies.of(
            out -> {
              out.map(2);
              out.bulk("running_script");
              writeRunning(running, call.server().reactor().readNs(), out);
              out.bulk("engines");
              out.map(1);
              out.bulk("LUA");
              out.map(2);
              out.bulk("libraries_count");
              out.integer(libraries);
              out.bulk("functions_count");
              out.integer(functions);
            }));
  }

  private static void writeRunning(@Nullable ScriptRun running, long nowNs, RespWriter out) {
    if (running == null) {
      out.nullBulk();
      return;
    }
    out.map(3);
    out.bulk("name");
    out.bulk(running.name());
    out.bulk("command");
    out.array(running.words().size());
    running.words().forEach(out::bulk);
    out.bulk("duration_ms");
    out.integer((nowNs - running.startedNs()) / 1_000_000);
  }

  private static Decision list(Call call) {
    boolean withCode = false;
    Bytes pattern = null;
    for (int i = 2; i < call.count(); i++) {
      if (!withCode && call.is(i, "WITHCODE")) {
        withCode = true;
      } else if (pattern == null && call.is(i, "LIBRARYNAME")) {
        if (++i == call.count()) {
          throw new Refusal("library name argument was not given");
        }
        pattern = call.arg(i);
      } else {
        throw new Refusal("Unknown argument " + call.arg(i).printed());
      }
    }
    List<FunctionLibrary> libraries = matching(engine(call), pattern);
    boolean code = withCode;
    return Decision.done(
        Replies.of(
            out -> {
              out.array(libraries.size());
              libraries.forEach(library -> write(library, code, out));
            }));
  }

  private static List<FunctionLibrary> matching(FunctionEngine engine, @Nullable Bytes pattern) {
    List<FunctionLibrary> matching = new ArrayList<>(engine.libraries());
    if (pattern != null) {
      Glob glob = Glob.ignoringCase(pattern);
      matching.removeIf(library -> !glob.matches(library.name()));
    }
    return matching;
  }

  private static void write(FunctionLibrary library, boolean withCode, RespWriter out) {
    out.map(withCode ? 4 : 3);
    out.bulk("library_name");
    out.bulk(library.name());
    out.bulk("engine");
    out.bulk("LUA");
    out.bulk("functions");
    out.array(library.functions().size());
    for (FunctionLibrary.Function function : library.functions()) {
      out.map(3);
      out.bulk("name");
      out.bulk(function.name());
      out.bulk("description");
      out.bulkOrNull(function.description());
      out.bulk("flags");
      out.set(function.flags().size());
      function.flags().forEach(flag -> out.simple(flag.wireName()));
    }
    if (withCode) {
      out.bulk("library_code");
      out.bulk(library.text());
    }
  }
}
