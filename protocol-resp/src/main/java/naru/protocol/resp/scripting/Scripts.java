package naru.protocol.resp.scripting;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import naru.bytes.Bytes;
import naru.engine.Decision;
import naru.engine.Refusal;
import naru.protocol.resp.verb.Call;
import naru.protocol.resp.verb.Flag;
import naru.protocol.resp.verb.KeySpec;
import naru.protocol.resp.verb.Replies;
import naru.protocol.resp.verb.Verb;

/// Running scripts: there is no Lua, so only [KnownScripts] run; any other is refused with a clear
/// word. A known script counts as loaded, always.
public final class Scripts {
  private static final KeySpec KEYS =
      new KeySpec("", 2, KeySpec.Extent.COUNTED, "RW access update");
  private static final String NO_LUA =
      "There is no Lua here yet: only a few known scripts run. See the limits in the README.";

  public static final List<Verb> VERBS =
      List.of(
          Verb.of("EVAL script numkeys [key [key ...]] [arg [arg ...]]", Scripts::eval)
              .since("2.6.0")
              .flags(Flag.NOSCRIPT, Flag.STALE, Flag.SKIP_MONITOR, Flag.NO_MANDATORY_KEYS)
              .keySpecs(KEYS)
              .summary("Executes a server-side Lua script.")
              .complexity("Depends on the script that is executed."),
          Verb.of("EVALSHA sha1 numkeys [key [key ...]] [arg [arg ...]]", Scripts::evalSha)
              .since("2.6.0")
              .flags(Flag.NOSCRIPT, Flag.STALE, Flag.SKIP_MONITOR, Flag.NO_MANDATORY_KEYS)
              .keySpecs(KEYS)
              .summary("Executes a server-side Lua script by SHA1 digest.")
              .complexity("Depends on the script that is executed."),
          Verb.of("SCRIPT LOAD script", Scripts::load)
              .tips("request_policy:all_nodes", "response_policy:all_succeeded")
              .since("2.6.0")
              .flags(Flag.NOSCRIPT, Flag.STALE)
              .summary("Loads a server-side Lua script to the script cache.")
              .complexity("O(N) with N being the length in bytes of the script body."),
          Verb.of("SCRIPT EXISTS sha1 [sha1 ...]", Scripts::exists)
              .tips("request_policy:all_shards", "response_policy:agg_logical_and")
              .since("2.6.0")
              .flags(Flag.NOSCRIPT)
              .summary("Determines whether server-side Lua scripts exist in the script cache.")
              .complexity("O(N) with N being the number of scripts to check."),
          Verb.of("SCRIPT FLUSH [ASYNC | SYNC]", _ -> Decision.done(Replies.OK))
              .tips("request_policy:all_nodes", "response_policy:all_succeeded")
              .since("2.6.0")
              .flags(Flag.NOSCRIPT)
              .summary("Removes all server-side Lua scripts from the script cache.")
              .complexity("O(1): known scripts stay."));

  private Scripts() {}

  private static Decision eval(Call call) {
    KnownScripts.Script script = KnownScripts.find(sha1(call.arg(1)));
    if (script == null) {
      throw new Refusal(NO_LUA);
    }
    return run(call, script);
  }

  private static Decision evalSha(Call call) {
    KnownScripts.Script script = KnownScripts.find(lower(call.arg(1)));
    if (script == null) {
      throw new Refusal("NOSCRIPT", "No matching script. Please use EVAL.");
    }
    return run(call, script);
  }

  private static Decision run(Call call, KnownScripts.Script script) {
    long keys = call.integer(2);
    if (keys < 0) {
      throw new Refusal("Number of keys can't be negative");
    }
    if (keys > call.count() - 3) {
      throw new Refusal("Number of keys can't be greater than number of args");
    }
    if (keys < 1) {
      throw new Refusal("This script needs a key");
    }
    return script.decide(call, call.arg(3), 3 + (int) keys);
  }

  private static Decision load(Call call) {
    String sha1 = sha1(call.arg(2));
    if (KnownScripts.find(sha1) == null) {
      throw new Refusal(NO_LUA);
    }
    return Decision.done(Replies.bulk(sha1));
  }

  private static Decision exists(Call call) {
    return Decision.done(
        Replies.of(
            out -> {
              out.array(call.count() - 2);
              for (int i = 2; i < call.count(); i++) {
                out.integer(KnownScripts.find(lower(call.arg(i))) == null ? 0 : 1);
              }
            }));
  }

  private static String lower(Bytes sha1) {
    return sha1.toString().toLowerCase(Locale.ROOT);
  }

  private static String sha1(Bytes script) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-1");
      digest.update(script.array(), script.offset(), script.length());
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException missing) {
      throw new IllegalStateException("every virtual machine has SHA-1", missing);
    }
  }
}
