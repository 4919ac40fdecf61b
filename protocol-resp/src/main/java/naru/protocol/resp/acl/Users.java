package naru.protocol.resp.acl;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.function.IntFunction;
import naru.bytes.Bytes;
import naru.engine.Refusal;
import naru.protocol.resp.verb.Commands;
import naru.protocol.resp.verb.Failures;
import org.jspecify.annotations.Nullable;

/// All users, by name. There is always one called `default`, whom new connections act for.
public final class Users {
  public static final Bytes DEFAULT = Bytes.of("default");

  private final Commands commands;
  private final BooleanSupplier allChannels;
  private final TreeMap<Bytes, User> byName = new TreeMap<>();
  private final User defaultUser;

  /// @param allChannels whether new users may listen to all channels
  public Users(Commands commands, BooleanSupplier allChannels) {
    this.commands = commands;
    this.allChannels = allChannels;
    this.defaultUser = newDefault();
    byName.put(DEFAULT, defaultUser);
  }

  private User newDefault() {
    User user = newUser(DEFAULT);
    for (String rule : List.of("on", "nopass", "~*", "&*", "+@all")) {
      rules(user).apply(Bytes.of(rule));
    }
    user.take(user);
    return user;
  }

  private User newUser(Bytes name) {
    return new User(name, commands, allChannels.getAsBoolean());
  }

  private Rules rules(User user) {
    return new Rules(user, allChannels.getAsBoolean());
  }

  Commands commands() {
    return commands;
  }

  public User defaultUser() {
    return defaultUser;
  }

  /// The user of that name, null if there is none.
  public @Nullable User find(Bytes name) {
    return byName.get(name);
  }

  /// In the order of their names.
  public Collection<User> all() {
    return Collections.unmodifiableCollection(byName.values());
  }

  /// The user of that name, if it may log in with the password; else null. It takes as long whether
  /// the user does not exist, is off, or the password is wrong.
  public @Nullable User admitted(Bytes name, Bytes password) {
    byte[] hash = Passwords.hash(password);
    User user = byName.get(name);
    if (user == null) {
      return Passwords.compareWithNone(hash) ? defaultUser : null;
    }
    return user.admits(hash) ? user : null;
  }

  /// A draft of what `name` would be with these rules, to be handed to [#take]. Refused, in Redis'
  /// words, if one of the rules is none.
  User changed(Bytes name, List<Bytes> words) {
    if (Latin.hasSpaces(name)) {
      throw new Refusal("Usernames can't contain spaces or null characters");
    }
    User present = byName.get(name);
    User draft = present == null ? newUser(name) : present.draft();
    Rules rules = rules(draft);
    for (Bytes rule : Rules.merged(words)) {
      try {
        rules.apply(rule);
      } catch (BadRule bad) {
        throw new Refusal(
            "Error in ACL SETUSER modifier '" + rule.printed() + "': " + bad.sentence());
      }
    }
    return draft;
  }

  /// Makes the user of that name what the draft is. Who acts for it goes on so.
  void take(User draft) {
    byName.computeIfAbsent(draft.name(), this::newUser).take(draft);
  }

  /// The user that is no more, null if there was none.
  @Nullable User remove(Bytes name) {
    User user = byName.remove(name);
    if (user != null) {
      user.removed();
    }
    return user;
  }

  /// Gives the default user that password and no other; an empty one: any.
  public void defaultPassword(String password) {
    User draft = defaultUser.draft();
    draft.takesAnyPassword(password.isEmpty());
    if (!password.isEmpty()) {
      draft.addPassword(Passwords.hash(Bytes.of(password)));
    }
    defaultUser.take(draft);
  }

  /// The lines of a file that makes the same users.
  public List<Bytes> lines() {
    return byName.values().stream().map(User::line).toList();
  }

  /// The rules of each user, by name.
  public Map<String, String> rules() {
    Map<String, String> rules = new LinkedHashMap<>();
    for (User user : byName.values()) {
      String prefix = "user " + user.name() + " ";
      rules.put(user.name().toString(), user.line().toString().substring(prefix.length()));
    }
    return rules;
  }

  /// Reads the lines of an ACL file: `user name rules`, and empty ones. Returns the users, with
  /// names in order, and one called `default` among them; refused if one line is wrong, saying of
  /// each what.
  List<User> read(String file, Bytes content) {
    StringBuilder wrong = new StringBuilder();
    List<User> read = read(file, content, wrong);
    if (!wrong.isEmpty()) {
      throw new Refusal(
          wrong
              + "WARNING: ACL errors detected, no change to the previously active ACL rules was"
              + " performed");
    }
    return read;
  }

  /// As above; tells `wrong` what is wrong.
  private List<User> read(String file, Bytes content, StringBuilder wrong) {
    TreeMap<Bytes, User> read = new TreeMap<>();
    String[] lines = Latin.text(content).split("\n", -1);
    for (int i = 0; i < lines.length; i++) {
      String line = lines[i].strip();
      if (!line.isEmpty()) {
        read(line, i + 1, file, read, wrong);
      }
    }
    read.computeIfAbsent(DEFAULT, _ -> newDefault());
    return new ArrayList<>(read.values());
  }

  private void read(
      String line, int number, String file, Map<Bytes, User> read, StringBuilder wrong) {
    String where = file + ":" + number;
    String[] words = line.split(" ", -1);
    if (!words[0].equals("user") || words.length < 2) {
      wrong.append(where).append(" should start with user keyword followed by the username. ");
      return;
    }
    Bytes name = Latin.bytes(words[1]);
    if (Latin.hasSpaces(name)) {
      wrong.append("'").append(where).append(": username '").append(words[1]);
      wrong.append("' contains invalid characters. ");
      return;
    }
    User user = newUser(name);
    if (read.putIfAbsent(user.name(), user) != null) {
      wrong.append("WARNING: Duplicate user '").append(words[1]);
      wrong.append("' found on line ").append(number).append(". ");
      return;
    }
    List<Bytes> rules = new ArrayList<>();
    for (int i = 2; i < words.length; i++) {
      rules.add(Latin.bytes(words[i].strip()));
    }
    applyAll(user, rules, where, wrong);
  }

  private void applyAll(User user, List<Bytes> words, String where, StringBuilder wrong) {
    List<Bytes> merged;
    try {
      merged = Rules.merged(words);
    } catch (Refusal _) {
      wrong.append(where).append(": Unmatched parenthesis in selector definition.");
      return;
    }
    Rules rules = rules(user);
    for (Bytes rule : merged) {
      try {
        rules.apply(rule);
      } catch (BadRule bad) {
        wrong.append(where).append(": ").append(bad.sentence()).append(". ");
      }
    }
  }

  /// The users of an ACL file from now on, and no others. Returns what is wrong with it, null if
  /// nothing is.
  public @Nullable String load(String file, Bytes content) {
    StringBuilder wrong = new StringBuilder();
    List<User> read = read(file, content, wrong);
    if (!wrong.isEmpty()) {
      return wrong.toString().strip().replaceFirst("\\.$", "");
    }
    replace(read);
    return null;
  }

  /// These users and no others from now on, each who was there before the same as before.
  void replace(List<User> users) {
    for (Bytes name : List.copyOf(byName.keySet())) {
      if (users.stream().noneMatch(user -> user.name().equals(name))) {
        var _ = remove(name);
      }
    }
    users.forEach(this::take);
  }

  /// Takes the `user` lines of a settings file, without the word `user`. Returns what is wrong with
  /// one of them, null if nothing is.
  ///
  /// @param place where each of them stands, in the words of the message
  public @Nullable String configure(List<String> definitions, IntFunction<String> place) {
    Set<Bytes> seen = new HashSet<>();
    for (int i = 0; i < definitions.size(); i++) {
      String[] words = definitions.get(i).strip().split("[ \\t]+", -1);
      String wrong =
          seen.add(utf8(words[0])) ? configure(words) : "a user can only be defined once";
      if (wrong != null) {
        return place.apply(i) + ": user " + words[0] + ": " + wrong;
      }
    }
    return null;
  }

  /// A name and its rules; returns what is wrong with them, null if nothing is.
  private @Nullable String configure(String[] words) {
    Bytes name = utf8(words[0]);
    if (name.length() == 0 || Latin.hasSpaces(name)) {
      return "that is no name";
    }
    List<Bytes> rules = new ArrayList<>();
    for (int i = 1; i < words.length; i++) {
      rules.add(utf8(words[i]));
    }
    rules.addFirst(Bytes.of("reset"));
    User present = byName.get(name);
    User draft = present == null ? newUser(name) : present.draft();
    Rules applied = rules(draft);
    try {
      for (Bytes rule : Rules.merged(rules)) {
        try {
          applied.apply(rule);
        } catch (BadRule bad) {
          return "rule '" + shown(rule) + "': " + bad.sentence();
        }
      }
    } catch (Refusal refusal) {
      return Failures.sentence(refusal.failure());
    }
    take(draft);
    return null;
  }

  private static Bytes utf8(String word) {
    return Bytes.of(word.getBytes(StandardCharsets.UTF_8));
  }

  /// A rule without the password that it may hold.
  private static String shown(Bytes rule) {
    boolean isPassword = rule.length() > 0 && "<>#!".indexOf(rule.at(0)) >= 0;
    return isPassword ? (char) rule.at(0) + "…" : rule.printed();
  }
}
