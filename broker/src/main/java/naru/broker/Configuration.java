package naru.broker;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import naru.protocol.resp.setting.ConfigFile;
import naru.protocol.resp.setting.ConfigFile.Assignment;
import naru.protocol.resp.setting.ConfigFile.Malformed;
import naru.protocol.resp.setting.RedisSyntax;
import naru.protocol.resp.setting.Setting;
import naru.protocol.resp.setting.Settings;
import org.apache.commons.cli.CommandLine;
import org.apache.commons.cli.Option;
import org.jspecify.annotations.Nullable;

/// All that a broker is told, and by whom. A file says it, the environment overrules the file, the
/// command line overrules both; each knows options of `naru server` and settings alike.
///
/// ```
/// --resp-port 7000        the command line
/// NARU_RESP_PORT=7000     the environment: capitals, _ for -
/// resp-port = 7000        a TOML file
/// port 7000               a redis.conf
/// ```
final class Configuration {
  private static final String ENVIRONMENT_PREFIX = "NARU_";

  /// Of the script that starts the broker.
  private static final Set<String> LAUNCHER_VARIABLES =
      Set.of("NARU_BUILD", "NARU_JAVA_OPTIONS", "NARU_CONFIG");

  private static final Set<String> SECRETS =
      Set.of("requirepass", "masterauth", "tls-key-file-pass", "user");

  private static final int INCLUDES_MAX = 16;

  private final Settings settings = new Settings();
  private final Set<String> optionNames;
  private final Map<String, Told> options = new TreeMap<>();
  private final Map<String, String> origins = new TreeMap<>();
  private final Map<String, Told> unknown = new LinkedHashMap<>();
  private final List<String> refused = new ArrayList<>();
  private final List<String> withoutEffect = new ArrayList<>();
  private final List<Told> users = new ArrayList<>();
  private final @Nullable ConfigFile file;

  /// Throws [BadSetting] with everything that is wrong.
  Configuration(CommandLine line, Map<String, String> environment, Set<String> optionNames) {
    this.optionNames = optionNames;
    String named = line.getOptionValue("config", environment.get("NARU_CONFIG"));
    file = named == null ? null : tellFile(path(named), 0);
    tellEnvironment(environment);
    for (Option option : line.getOptions()) {
      if (option.hasArg() && !option.getLongOpt().equals("config")) {
        tell(option.getLongOpt(), new Told(option.getValue(), "--" + option.getLongOpt()));
      }
    }
    judgeAppendonly();
    judgeUnknown();
    if (!refused.isEmpty()) {
      throw new BadSetting(String.join("; ", refused));
    }
  }

  private ConfigFile tellFile(Path path, int depth) {
    boolean isToml = path.toString().toLowerCase(Locale.ROOT).endsWith(".toml");
    ConfigFile told =
        new ConfigFile(new SettingsFile(path), isToml ? new TomlSyntax() : new RedisSyntax());
    try {
      for (Assignment assignment : told.assignments()) {
        String origin = path + ", line " + assignment.line();
        String user = ConfigFile.user(assignment);
        if (user != null) {
          users.add(new Told(user, origin));
        } else if (assignment.name().equalsIgnoreCase("include")) {
          include(path(assignment.value()), depth + 1, origin);
        } else {
          tell(assignment.name(), new Told(assignment.value(), origin));
        }
      }
    } catch (Malformed malformed) {
      throw new BadSetting(path + ", " + malformed.getMessage());
    }
    return told;
  }

  private void include(Path path, int depth, String origin) {
    if (depth > INCLUDES_MAX) {
      throw new BadSetting(origin + ": files include each other too deep");
    }
    var _ = tellFile(path, depth);
  }

  private static Path path(String name) {
    try {
      return Path.of(name);
    } catch (InvalidPathException wrong) {
      throw new BadSetting("--config is no path: " + wrong.getMessage());
    }
  }

  private void tellEnvironment(Map<String, String> environment) {
    new TreeMap<>(environment)
        .forEach(
            (name, value) -> {
              if (name.startsWith(ENVIRONMENT_PREFIX) && !LAUNCHER_VARIABLES.contains(name)) {
                String setting = name.substring(ENVIRONMENT_PREFIX.length()).replace('_', '-');
                tell(setting, new Told(value, name));
              }
            });
  }

  private void tell(String word, Told told) {
    String name = word.toLowerCase(Locale.ROOT);
    String option = RedisDirectives.option(name);
    Setting setting = settings.find(name);
    if (optionNames.contains(option)) {
      options.put(option, told);
    } else if (setting == null
        || setting == settings.appendonly
        || RedisDirectives.isWithoutEffect(name, told.value())) {
      unknown.put(name, told);
    } else {
      take(setting, told);
    }
  }

  private void take(Setting setting, Told told) {
    String refusal = setting.refusal(told.value());
    if (refusal != null) {
      refused.add(told.origin() + ": " + setting.name() + ": " + refusal);
      return;
    }
    setting.take(told.value());
    origins.put(setting.name(), told.origin());
  }

  /// A Redis without its log still keeps snapshots, unless it is told not to: only then nothing is
  /// to be kept.
  private void judgeAppendonly() {
    Told appendonly = unknown.remove("appendonly");
    if (appendonly == null) {
      return;
    }
    String refusal = settings.appendonly.refusal(appendonly.value());
    Told save = unknown.get("save");
    boolean keepsNothing = save != null && save.value().isEmpty();
    if (refusal != null) {
      refused.add(appendonly.origin() + ": appendonly: " + refusal);
    } else if (appendonly.value().equalsIgnoreCase("yes") || keepsNothing) {
      options.putIfAbsent("log", appendonly);
    } else {
      withoutEffect.add("appendonly (" + appendonly.origin() + "), for save is not empty");
    }
  }

  private void judgeUnknown() {
    unknown.forEach(
        (name, told) -> {
          if (RedisDirectives.isWithoutEffect(name, told.value())) {
            withoutEffect.add(name + " (" + told.origin() + ")");
          } else {
            refused.add(told.origin() + ": unknown setting '" + name + "'");
          }
        });
  }

  Settings settings() {
    return settings;
  }

  /// What files say of users: the name and the rules of each.
  List<Told> users() {
    return users;
  }

  /// What was said of an option, or what it is if nobody said anything.
  Told option(String name, String byDefault) {
    Told told = options.get(name);
    return told == null ? new Told(byDefault, Told.DEFAULT) : told;
  }

  /// The file that settings are written back to; null if none was named.
  @Nullable ConfigFile file() {
    return file;
  }

  /// What Redis would heed and makes no difference here, with where it was said.
  List<String> withoutEffect() {
    return withoutEffect;
  }

  /// A setting follows from an option: it has that one's origin.
  void follows(Setting setting, String value, String option) {
    setting.take(value);
    Told told = options.get(option);
    origins.put(setting.name(), told == null ? Told.DEFAULT : told.origin());
  }

  /// Everything that is in force, with who said so, a line each.
  List<String> lines() {
    List<String> lines = new ArrayList<>();
    options.forEach((name, told) -> lines.add(line(name, told.value(), told.origin())));
    for (Setting setting : settings.all()) {
      String origin = origins.getOrDefault(setting.name(), Told.DEFAULT);
      lines.add(line(setting.name(), setting.text(), origin));
    }
    return lines;
  }

  private static String line(String name, String value, String origin) {
    String shown = SECRETS.contains(name) && !value.isEmpty() ? "(not shown)" : value;
    return String.format(Locale.ROOT, "%-32s %-40s %s", name, shown, origin).stripTrailing();
  }
}
