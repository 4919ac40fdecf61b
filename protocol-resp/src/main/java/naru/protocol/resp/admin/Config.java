package naru.protocol.resp.admin;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import naru.bytes.Bytes;
import naru.engine.Decision;
import naru.engine.Refusal;
import naru.protocol.resp.setting.Setting;
import naru.protocol.resp.setting.Settings;
import naru.protocol.resp.verb.Call;
import naru.protocol.resp.verb.Flag;
import naru.protocol.resp.verb.Replies;
import naru.protocol.resp.verb.Verb;
import naru.structures.Glob;

/// The settings, seen and changed while the broker runs: `CONFIG`.
public final class Config {
  private static final Flag[] FLAGS = {Flag.NOSCRIPT, Flag.LOADING, Flag.STALE};

  private static final List<String> HELP =
      List.of(
          "CONFIG <subcommand> [<arg> [value] [opt] ...]. Subcommands are:",
          "GET <pattern>",
          "    Return parameters matching the glob-like <pattern> and their values.",
          "SET <directive> <value>",
          "    Set the configuration <directive> to <value>.",
          "RESETSTAT",
          "    Reset statistics reported by the INFO command.",
          "REWRITE",
          "    Rewrite the configuration file.",
          "HELP",
          "    Print this help.");

  public static final List<Verb> VERBS =
      List.of(
          Verb.of("CONFIG GET parameter [parameter ...]", Config::get)
              .since("2.0.0")
              .flags(Flag.ADMIN, FLAGS)
              .summary("Returns the effective values of configuration parameters.")
              .complexity("O(N) when N is the number of configuration parameters provided"),
          Verb.of("CONFIG SET parameter value [parameter value ...]", Config::set)
              .tips("request_policy:all_nodes", "response_policy:all_succeeded")
              .since("2.0.0")
              .flags(Flag.ADMIN, FLAGS)
              .summary("Sets configuration parameters in-flight.")
              .complexity("O(N) when N is the number of configuration parameters provided"),
          Verb.of("CONFIG RESETSTAT", Config::resetStatistics)
              .since("2.0.0")
              .flags(Flag.ADMIN, FLAGS)
              .summary("Resets the server's statistics.")
              .complexity("O(1)"),
          Verb.of("CONFIG REWRITE", Config::rewrite)
              .since("2.8.0")
              .flags(Flag.ADMIN, FLAGS)
              .summary("Persists the effective configuration to file.")
              .complexity("O(1)"),
          Verb.of("CONFIG HELP", _ -> Decision.done(Replies.lines(HELP)))
              .since("5.0.0")
              .flags(Flag.LOADING, Flag.STALE)
              .summary("Returns helpful text about the different subcommands.")
              .complexity("O(1)"));

  private Config() {}

  private static Decision get(Call call) {
    Settings settings = call.server().settings();
    Map<String, String> found = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    for (int i = 2; i < call.count(); i++) {
      String word = call.arg(i).toString();
      Setting named = settings.find(word);
      if (named != null) {
        found.putIfAbsent(word, named.text());
        continue;
      }
      Glob glob = Glob.ignoringCase(call.arg(i));
      settings.all().forEach(setting -> take(glob, setting.name(), setting, found));
      settings.aliases().forEach((name, setting) -> take(glob, name, setting, found));
    }
    return Decision.done(
        Replies.of(
            out -> {
              out.map(found.size());
              found.forEach(
                  (name, value) -> {
                    out.bulk(name);
                    out.bulk(value);
                  });
            }));
  }

  private static void take(Glob glob, String name, Setting setting, Map<String, String> found) {
    if (glob.matches(Bytes.of(name))) {
      found.putIfAbsent(name, setting.text());
    }
  }

  /// All or nothing: every value is looked at before the first is taken.
  private static Decision set(Call call) {
    if (call.count() % 2 != 0) {
      throw call.wrongArity();
    }
    Map<Setting, String> chosen = new LinkedHashMap<>();
    Set<String> names = new HashSet<>();
    for (int i = 2; i < call.count(); i += 2) {
      String name = call.arg(i).toString();
      Setting setting = call.server().settings().find(name);
      if (setting == null) {
        throw new Refusal("Unknown option or number of arguments for CONFIG SET - '" + name + "'");
      }
      if (setting.isFixed()) {
        throw refused(setting, "can't set immutable config");
      }
      if (!names.add(name.toLowerCase(Locale.ROOT))) {
        throw refused(setting, "duplicate parameter");
      }
      chosen.put(setting, call.arg(i + 1).toString());
    }
    chosen.forEach(
        (setting, value) -> {
          String refusal = setting.refusal(value);
          if (refusal != null) {
            throw refused(setting, refusal);
          }
        });
    String failure = call.server().settings().takeAll(chosen);
    if (failure != null) {
      throw refused(chosen.keySet().iterator().next(), failure);
    }
    return Decision.done(Replies.OK);
  }

  private static Refusal refused(Setting setting, String why) {
    return new Refusal(
        "CONFIG SET failed (possibly related to argument '" + setting.name() + "') - " + why);
  }

  private static Decision resetStatistics(Call call) {
    call.server().resetStatistics();
    return Decision.done(Replies.OK);
  }

  private static Decision rewrite(Call call) {
    if (!call.server().hasConfigFile()) {
      throw new Refusal("The server is running without a config file");
    }
    String failure = call.server().rewriteConfigFile();
    if (failure != null) {
      throw new Refusal("Rewriting config file: " + failure);
    }
    return Decision.done(Replies.OK);
  }
}
