package naru.protocol.resp.scripting;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import naru.bytes.ByteWriter;
import naru.bytes.Bytes;
import naru.engine.Decision;
import naru.engine.Op;
import naru.engine.Refusal;
import naru.engine.library.LibraryOp;
import naru.protocol.resp.verb.Call;
import naru.protocol.resp.verb.Replies;
import naru.rdb.DumpPayload;
import naru.rdb.LibrariesPayload;
import naru.rdb.MalformedRdb;

/// All libraries as one payload, which redis-server understands too.
final class FunctionPayloads {
  private static final int PAYLOAD_BYTES = 256;

  private FunctionPayloads() {}

  /// What becomes of the libraries that there are.
  private enum Policy {
    FLUSH,
    APPEND,
    REPLACE
  }

  static Decision dump(Call call) {
    ByteWriter payload = new ByteWriter(PAYLOAD_BYTES);
    LibrariesPayload.write(call.state().libraries().texts().values(), payload);
    return Decision.done(Replies.bulk(Bytes.of(payload.array(), 0, payload.length())));
  }

  static Decision restore(Call call) {
    if (call.count() > 4) {
      throw call.subcommandSyntax();
    }
    Policy policy = call.count() == 4 ? policy(call) : Policy.APPEND;
    Bytes payload = call.arg(2);
    if (!DumpPayload.isIntact(payload)) {
      throw new Refusal("DUMP payload version or checksum are wrong");
    }
    FunctionEngine engine = Functions.engine(call);
    Map<Bytes, FunctionLibrary> restored = load(engine, texts(payload));
    if (policy != Policy.FLUSH) {
      demandRoom(engine, restored, policy == Policy.REPLACE);
    }
    List<Op> ops = new ArrayList<>();
    if (policy == Policy.FLUSH) {
      ops.add(new LibraryOp.Cleared());
    }
    for (FunctionLibrary library : restored.values()) {
      engine.keep(library);
      ops.add(new LibraryOp.Loaded(library.name(), library.text()));
    }
    return Decision.done(Replies.OK, ops);
  }

  private static Policy policy(Call call) {
    for (Policy policy : Policy.values()) {
      if (call.is(3, policy.name())) {
        return policy;
      }
    }
    throw new Refusal(
        "Wrong restore policy given, value should be either FLUSH, APPEND or REPLACE.");
  }

  private static List<Bytes> texts(Bytes payload) {
    try {
      return LibrariesPayload.texts(payload);
    } catch (LibrariesPayload.OtherPart _) {
      throw new Refusal("given type is not a function");
    } catch (MalformedRdb _) {
      throw new Refusal("Failed loading library payload");
    }
  }

  /// Makes functions of the texts; refused if two of them do not go together.
  private static Map<Bytes, FunctionLibrary> load(FunctionEngine engine, List<Bytes> texts) {
    Map<Bytes, FunctionLibrary> libraries = new LinkedHashMap<>();
    Map<Bytes, FunctionLibrary> functions = new HashMap<>();
    for (Bytes text : texts) {
      Bytes name = FunctionLibrary.declared(text).name();
      if (libraries.containsKey(name)) {
        throw new Refusal("Library '" + name + "' already exists");
      }
      FunctionLibrary library = engine.load(text);
      libraries.put(name, library);
      for (FunctionLibrary.Function function : library.functions()) {
        if (functions.put(function.name(), library) != null) {
          throw alreadyExists(function);
        }
      }
    }
    return libraries;
  }

  private static Refusal alreadyExists(FunctionLibrary.Function function) {
    return new Refusal("Function " + function.name() + " already exists");
  }

  /// Refused if there is one of these already: a library, unless it is to be replaced, or a
  /// function of a library that stays.
  private static void demandRoom(
      FunctionEngine engine, Map<Bytes, FunctionLibrary> restored, boolean replaces) {
    for (FunctionLibrary library : restored.values()) {
      if (!replaces && engine.library(library.name()) != null) {
        throw new Refusal("Library " + library.name() + " already exists");
      }
    }
    for (FunctionLibrary library : restored.values()) {
      for (FunctionLibrary.Function function : library.functions()) {
        FunctionLibrary owner = engine.owner(function.name());
        if (owner != null && !restored.containsKey(owner.name())) {
          throw alreadyExists(function);
        }
      }
    }
  }
}
