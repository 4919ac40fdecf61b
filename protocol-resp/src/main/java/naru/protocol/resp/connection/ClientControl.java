package naru.protocol.resp.connection;

import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import naru.engine.Decision;
import naru.engine.Failure;
import naru.engine.Refusal;
import naru.protocol.resp.server.Client;
import naru.protocol.resp.server.Pause;
import naru.protocol.resp.verb.Call;
import naru.protocol.resp.verb.Flag;
import naru.protocol.resp.verb.Replies;
import naru.protocol.resp.verb.RespReply;
import naru.protocol.resp.verb.Verb;

/// Looking at other clients, and stopping them: `CLIENT LIST`, `CLIENT KILL` and their like.
public final class ClientControl {
  private static final Flag[] FLAGS = {Flag.NOSCRIPT, Flag.LOADING, Flag.STALE};

  private static final List<String> HELP =
      List.of(
          "CLIENT <subcommand> [<arg> [value] [opt] ...]. Subcommands are:",
          "GETNAME",
          "    Return the name of the current connection.",
          "ID",
          "    Return the ID of the current connection.",
          "INFO",
          "    Return information about the current client connection.",
          "KILL <ip:port>",
          "    Kill connection made from <ip:port>.",
          "KILL <option> <value> [<option> <value> [...]]",
          "    Kill connections. Options are:",
          "    * ADDR (<ip:port>|<unixsocket>:0)",
          "      Kill connections made from the specified address",
          "    * LADDR (<ip:port>|<unixsocket>:0)",
          "      Kill connections made to specified local address",
          "    * TYPE (NORMAL|MASTER|REPLICA|PUBSUB)",
          "      Kill connections by type.",
          "    * USER <username>",
          "      Kill connections authenticated by <username>.",
          "    * SKIPME (YES|NO)",
          "      Skip killing current connection (default: yes).",
          "    * ID <client-id>",
          "      Kill connections by client id.",
          "    * MAXAGE <maxage>",
          "      Kill connections older than the specified age.",
          "LIST [options ...]",
          "    Return information about client connections. Options:",
          "    * TYPE (NORMAL|MASTER|REPLICA|PUBSUB)",
          "      Return clients of specified type.",
          "UNPAUSE",
          "    Stop the current client pause, resuming traffic.",
          "PAUSE <timeout> [WRITE|ALL]",
          "    Suspend all, or just write, clients for <timeout> milliseconds.",
          "REPLY (ON|OFF|SKIP)",
          "    Control the replies sent to the current connection.",
          "SETNAME <name>",
          "    Assign the name <name> to the current connection.",
          "SETINFO <option> <value>",
          "    Set client meta attr. Options are:",
          "    * LIB-NAME: the client lib name.",
          "    * LIB-VER: the client lib version.",
          "UNBLOCK <clientid> [TIMEOUT|ERROR]",
          "    Unblock the specified blocked client.",
          "NO-EVICT (ON|OFF)",
          "    Protect current client connection from eviction.",
          "NO-TOUCH (ON|OFF)",
          "    Will not touch LRU/LFU stats when this mode is on.",
          "CACHING (YES|NO)",
          "    Enable/disable tracking of the keys for next command in OPTIN/OPTOUT modes.",
          "GETREDIR",
          "    Return the client ID we are redirecting to when tracking is enabled.",
          "TRACKING (ON|OFF) [REDIRECT <id>] [BCAST] [PREFIX <prefix> [...]]",
          "         [OPTIN] [OPTOUT] [NOLOOP]",
          "    Control server assisted client side caching.",
          "TRACKINGINFO",
          "    Report tracking status for the current connection.",
          "HELP",
          "    Print this help.");

  public static final List<Verb> VERBS =
      List.of(
          Verb.of("CLIENT INFO", ClientControl::info)
              .tips("nondeterministic_output")
              .since("6.2.0")
              .flags(Flag.NOSCRIPT, Flag.LOADING, Flag.STALE)
              .summary("Returns information about the connection.")
              .complexity("O(1)"),
          Verb.of(
                  "CLIENT LIST [TYPE <NORMAL | MASTER | REPLICA | PUBSUB>] [ID client-id"
                      + " [client-id ...]] [USER username] [ADDR ip:port] [LADDR ip:port] [SKIPME"
                      + " <skipme= YES | NO>] [MAXAGE maxage]",
                  ClientControl::list)
              .tips("nondeterministic_output")
              .since("2.4.0")
              .flags(Flag.ADMIN, FLAGS)
              .summary("Lists open connections.")
              .complexity("O(N) where N is the number of client connections"),
          Verb.of(
                  "CLIENT KILL <filter= ip:port | {new-format= [ID client-id [client-id ...]] [TYPE"
                      + " <NORMAL | MASTER | REPLICA | PUBSUB>] [USER username] [ADDR ip:port]"
                      + " [LADDR ip:port] [SKIPME <skipme= YES | NO>] [MAXAGE maxage]}>",
                  ClientControl::kill)
              .since("2.4.0")
              .arity(-3)
              .flags(Flag.ADMIN, FLAGS)
              .summary("Terminates open connections.")
              .complexity("O(N) where N is the number of client connections"),
          Verb.of("CLIENT PAUSE timeout [WRITE | ALL]", ClientControl::pause)
              .since("2.9.50")
              .flags(Flag.ADMIN, FLAGS)
              .summary("Suspends commands processing.")
              .complexity("O(1)"),
          Verb.of("CLIENT UNPAUSE", ClientControl::unpause)
              .since("6.2.0")
              .flags(Flag.ADMIN, FLAGS)
              .summary("Resumes processing commands from paused clients.")
              .complexity("O(N) Where N is the number of paused clients"),
          Verb.of("CLIENT UNBLOCK client-id [TIMEOUT | ERROR]", ClientControl::unblock)
              .since("5.0.0")
              .flags(Flag.ADMIN, FLAGS)
              .summary(
                  "Unblocks a client blocked by a blocking command from a different connection.")
              .complexity("O(log N) where N is the number of client connections"),
          Verb.of("CLIENT HELP", _ -> Decision.done(Replies.lines(HELP)))
              .since("5.0.0")
              .flags(Flag.LOADING, Flag.STALE)
              .summary("Returns helpful text about the different subcommands.")
              .complexity("O(1)"));

  private ClientControl() {}

  private static RespReply text(String text) {
    return out -> out.verbatim("txt", text);
  }

  private static Decision info(Call call) {
    return Decision.done(text(ClientLine.of(call.client(), call.nowMs()) + "\n"));
  }

  private static Decision list(Call call) {
    ClientFilter filter = ClientFilter.of(call, 2);
    String lines =
        call.server().clients().stream()
            .filter(filter::matches)
            .map(client -> ClientLine.of(client, call.nowMs()) + "\n")
            .collect(Collectors.joining());
    return Decision.done(text(lines));
  }

  private static Decision kill(Call call) {
    if (call.count() == 3) {
      String address = call.arg(2).toString();
      List<Client> meant = matching(call, client -> client.peer().remoteAddress().equals(address));
      if (meant.isEmpty()) {
        throw new Refusal("No such client");
      }
      meant.forEach(client -> close(client, call));
      return Decision.done(Replies.OK);
    }
    ClientFilter filter = ClientFilter.of(call, 2);
    List<Client> meant =
        matching(
            call,
            client -> filter.matches(client) && !(filter.skipsSelf() && client == call.client()));
    meant.forEach(client -> close(client, call));
    return Decision.done(Replies.integer(meant.size()));
  }

  private static List<Client> matching(Call call, Predicate<Client> filter) {
    return call.server().clients().stream().filter(filter).toList();
  }

  /// Who kills itself is told so before it is closed.
  private static void close(Client client, Call call) {
    if (client == call.client()) {
      client.peer().closeAfterOutput();
    } else {
      client.peer().close();
    }
  }

  private static Decision pause(Call call) {
    if (call.count() > 4) {
      throw call.subcommandSyntax();
    }
    Pause.Extent extent = Pause.Extent.ALL;
    if (call.count() == 4 && call.is(3, "WRITE")) {
      extent = Pause.Extent.WRITES;
    } else if (call.count() == 4 && !call.is(3, "ALL")) {
      throw new Refusal("CLIENT PAUSE mode must be WRITE or ALL");
    }
    long forMs = call.integer(2, "timeout is not an integer or out of range");
    if (forMs < 0) {
      throw new Refusal("timeout is negative");
    }
    call.server().pause().begin(extent, forMs);
    return Decision.done(Replies.OK);
  }

  private static Decision unpause(Call call) {
    call.server().pause().end();
    return Decision.done(Replies.OK);
  }

  private static Decision unblock(Call call) {
    boolean asError = false;
    if (call.count() == 4) {
      asError = call.is(3, "ERROR");
      if (!asError && !call.is(3, "TIMEOUT")) {
        throw new Refusal("CLIENT UNBLOCK reason should be TIMEOUT or ERROR");
      }
    } else if (call.count() > 4) {
      throw call.subcommandSyntax();
    }
    Client client = call.server().client(call.integer(2));
    if (client == null || !client.peer().isWaiting()) {
      return Decision.done(Replies.ZERO);
    }
    Failure unblocked = new Failure.Invalid("UNBLOCKED", "client unblocked via CLIENT UNBLOCK");
    client.peer().endWait(asError ? unblocked : null);
    return Decision.done(Replies.ONE);
  }
}
