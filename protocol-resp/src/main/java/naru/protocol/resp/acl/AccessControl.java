package naru.protocol.resp.acl;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import naru.bytes.Bytes;
import naru.engine.Failure;
import naru.engine.Refusal;
import naru.protocol.resp.acl.AccessLog.Context;
import naru.protocol.resp.acl.Denial.Reason;
import naru.protocol.resp.connection.ClientLine;
import naru.protocol.resp.server.Client;
import naru.protocol.resp.server.RespServer;
import naru.protocol.resp.server.Subscriptions.Kind;
import naru.protocol.resp.verb.Commands.Command;
import naru.protocol.resp.verb.Verb;
import naru.protocol.resp.wire.Arguments;
import org.jspecify.annotations.Nullable;

/// Lets the clients of one server do what their users may, and no more; remembers what was refused.
public final class AccessControl {
  /// Where users are kept. Throws [naru.world.WorldFailure] when that fails.
  public interface UsersFile {
    String name();

    Bytes read();

    /// Afterwards it holds the lines, whole, or what it held before.
    void replace(List<Bytes> lines);
  }

  private final RespServer server;
  private final Users users;
  private final AccessLog log = new AccessLog();
  private final GuessingDelays delays = new GuessingDelays();
  private final EnumMap<Reason, Long> denied = new EnumMap<>(Reason.class);
  private @Nullable UsersFile file;

  public AccessControl(RespServer server, Users users) {
    this.server = server;
    this.users = users;
  }

  public Users users() {
    return users;
  }

  public AccessLog log() {
    return log;
  }

  /// The file of the setting `aclfile`.
  public void file(UsersFile newFile) {
    file = newFile;
  }

  public boolean hasFile() {
    return file != null;
  }

  /// How often something was refused for that reason.
  public long denied(Reason reason) {
    return denied.getOrDefault(reason, 0L);
  }

  public void resetStatistics() {
    denied.clear();
  }

  /// Refuses a call that the client's user may not make.
  public void demand(Client client, Verb verb, Arguments words, Context context) {
    Denial denial = denial(client, verb, words, context);
    if (denial != null) {
      throw new Refusal(failure(client.user(), denial, verb));
    }
  }

  /// Why the client's user may not make a call, null if it may. What it may not is remembered.
  public @Nullable Denial denial(Client client, Verb verb, Arguments words, Context context) {
    if (client.user().isUnlimited()) {
      return null;
    }
    Denial denial = client.user().denial(verb, words);
    if (denial != null) {
      Bytes object =
          denial.reason() == Reason.COMMAND ? Bytes.of(verb.name()) : words.get(denial.index());
      note(denial.reason(), context, object, client.user().name(), client);
    }
    return denial;
  }

  /// Why a client of another protocol may not do what a command of this one does, null if it may.
  ///
  /// @param command as in [Commands#findWhole]
  /// @param key empty if there is none
  /// @param client in one line, for the log of what was refused
  public @Nullable String refusal(User user, String command, Bytes key, String client) {
    Command found = users.commands().findWhole(Bytes.of(command));
    Verb verb = found == null ? null : found.verb();
    if (verb == null) {
      throw new IllegalArgumentException("no command: " + command);
    }
    Bytes name = Bytes.of(command);
    Arguments words = key.isEmpty() ? Arguments.of(name) : Arguments.of(name, key);
    Denial denial = user.denial(verb, words);
    if (denial == null) {
      return null;
    }
    Bytes object = denial.reason() == Reason.COMMAND ? name : words.get(denial.index());
    note(denial.reason(), Context.TOPLEVEL, object, user.name(), client);
    return "NOPERM " + sentence(user, denial, verb);
  }

  private void note(Reason reason, Context context, Bytes object, Bytes user, Client client) {
    note(reason, context, object, user, ClientLine.of(client, server.shard().nowMs()));
  }

  private void note(Reason reason, Context context, Bytes object, Bytes user, String client) {
    denied.merge(reason, 1L, Long::sum);
    long nowMs = server.shard().nowMs();
    long entriesMax = server.settings().acllogMaxLen.value();
    log.add(reason, context, object, user, client, nowMs, entriesMax);
  }

  /// As Redis words it.
  private static Failure failure(User user, Denial denial, Verb verb) {
    return new Failure.Invalid("NOPERM", sentence(user, denial, verb));
  }

  public static String sentence(User user, Denial denial, Verb verb) {
    return switch (denial.reason()) {
      case COMMAND ->
          "User "
              + user.name().printed()
              + " has no permissions to run the '"
              + verb.name()
              + "' command";
      case KEY -> "No permissions to access a key";
      case CHANNEL -> "No permissions to access a channel";
      case AUTH -> throw new IllegalArgumentException("not of a call");
    };
  }

  /// As [#sentence], saying which key or channel.
  static String longSentence(User user, Denial denial, Verb verb, Arguments words) {
    if (denial.reason() == Reason.COMMAND) {
      return sentence(user, denial, verb);
    }
    return "User "
        + user.name().printed()
        + " has no permissions to access the '"
        + words.get(denial.index()).printed()
        + "' "
        + denial.reason().word();
  }

  /// A password is shown at the door: who it opens to becomes the client's user. Returns null then,
  /// else how long the client is to wait for being told that it is wrong.
  public @Nullable Long enter(Client client, Bytes name, Bytes password, Bytes command) {
    String address = client.peer().remoteAddress();
    User user = client.guessedWrongInThisCommand() ? null : admitted(address, name, password);
    if (user != null) {
      client.becomes(user);
      return null;
    }
    client.guessedWrong();
    Context context = client.lastCommand().equals("exec") ? Context.MULTI : Context.TOPLEVEL;
    note(Reason.AUTH, context, command, name, client);
    return wrong(address);
  }

  /// Whom a password shown in another protocol opens to; else null, and the client is to wait for
  /// [#wrong] before it is told.
  ///
  /// @param client in one line, for the log of what was refused
  public @Nullable User enter(String address, Bytes name, Bytes password, String client) {
    User user = admitted(address, name, password);
    if (user == null) {
      note(Reason.AUTH, Context.TOPLEVEL, Bytes.of("AUTH"), name, client);
    }
    return user;
  }

  /// A wrong password came from an address: for how long that is not told, milliseconds.
  public long wrong(String address) {
    long nowMs = server.shard().nowMs();
    return delays.wrong(
        GuessingDelays.origin(address), nowMs, server.settings().authFailureDelayMs.value());
  }

  private @Nullable User admitted(String address, Bytes name, Bytes password) {
    boolean mayTry =
        server.settings().authFailureDelayMs.value() == 0
            || delays.mayTry(GuessingDelays.origin(address), server.shard().nowMs());
    return mayTry ? users.admitted(name, password) : null;
  }

  /// What `ACL SETUSER` asks for. Who listens to what the user may no longer is disconnected.
  void change(Bytes name, List<Bytes> rules, Client asking) {
    User draft = users.changed(name, rules);
    User present = users.find(name);
    boolean mayLess = present != null && draft.listensToLessThan(present);
    users.take(draft);
    if (mayLess) {
      closeListeners(users.find(name), asking);
    }
  }

  private void closeListeners(@Nullable User user, @Nullable Client asking) {
    for (Client client : List.copyOf(server.clients())) {
      if (user != null && client.user() == user && listensToForbidden(client)) {
        close(client, asking);
      }
    }
  }

  private static boolean listensToForbidden(Client client) {
    for (Kind kind : Kind.values()) {
      for (Bytes channel : client.listening(kind)) {
        if (!client.user().mayListen(channel, kind == Kind.PATTERN)) {
          return true;
        }
      }
    }
    return false;
  }

  /// Who closes itself is answered first.
  private static void close(Client client, @Nullable Client asking) {
    if (client == asking) {
      client.peer().closeAfterOutput();
    } else {
      client.peer().close();
    }
  }

  /// Whether there was such a user. All who acted for it are disconnected.
  boolean remove(Bytes name, Client asking) {
    User user = users.remove(name);
    if (user == null) {
      return false;
    }
    disconnect(user, asking);
    return true;
  }

  private void disconnect(User user, @Nullable Client asking) {
    for (Client client : List.copyOf(server.clients())) {
      if (client.user() == user) {
        client.becomesStranger();
        close(client, asking);
      }
    }
  }

  /// The users of the file from now on, and no others; refused, and then nothing is changed, if
  /// something is wrong with it.
  public void load(@Nullable Client asking) {
    UsersFile from = file;
    if (from == null) {
      return;
    }
    List<User> read = users.read(from.name(), from.read());
    List<User> before = new ArrayList<>(users.all());
    List<User> mayLess = new ArrayList<>();
    for (User user : before) {
      read.stream()
          .filter(each -> each.name().equals(user.name()) && each.listensToLessThan(user))
          .forEach(_ -> mayLess.add(user));
    }
    users.replace(read);
    for (User user : before) {
      if (users.find(user.name()) == null) {
        disconnect(user, asking);
      }
    }
    mayLess.forEach(user -> closeListeners(user, asking));
  }

  public void save() {
    if (file != null) {
      file.replace(users.lines());
    }
  }
}
