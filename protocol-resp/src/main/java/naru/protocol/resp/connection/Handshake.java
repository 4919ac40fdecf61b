package naru.protocol.resp.connection;

import java.util.List;
import naru.bytes.Bytes;
import naru.bytes.Numbers;
import naru.engine.Decision;
import naru.engine.Failure;
import naru.engine.Refusal;
import naru.protocol.resp.acl.Users;
import naru.protocol.resp.server.Client;
import naru.protocol.resp.verb.Call;
import naru.protocol.resp.verb.Failures;
import naru.protocol.resp.verb.Flag;
import naru.protocol.resp.verb.Replies;
import naru.protocol.resp.verb.RespReply;
import naru.protocol.resp.verb.Verb;
import org.jspecify.annotations.Nullable;

/// Coming and going: which protocol, who it is, start over, leave.
public final class Handshake {
  /// The version of Redis whose commands these are.
  public static final String REDIS_VERSION = "8.10.0";

  public static final List<Verb> VERBS =
      List.of(
          Verb.of("AUTH [username] password", Handshake::auth)
              .secret()
              .since("1.0.0")
              .flags(
                  Flag.NOSCRIPT, Flag.LOADING, Flag.STALE, Flag.FAST, Flag.NO_AUTH, Flag.ALLOW_BUSY)
              .summary("Authenticates the connection.")
              .complexity("O(N) where N is the number of passwords defined for the user"),
          Verb.of(
                  "HELLO [arguments= protover [AUTH username password] [SETNAME clientname]]",
                  Handshake::hello)
              .secret()
              .since("6.0.0")
              .flags(
                  Flag.NOSCRIPT, Flag.LOADING, Flag.STALE, Flag.FAST, Flag.NO_AUTH, Flag.ALLOW_BUSY)
              .summary("Handshakes with the Redis server.")
              .complexity("O(1)"),
          Verb.of("RESET", Handshake::reset)
              .since("6.2.0")
              .flags(
                  Flag.NOSCRIPT, Flag.LOADING, Flag.STALE, Flag.FAST, Flag.NO_AUTH, Flag.ALLOW_BUSY)
              .summary("Resets the connection.")
              .complexity("O(1)"),
          Verb.of("QUIT", Handshake::quit)
              .since("1.0.0")
              .arity(-1)
              .flags(
                  Flag.NOSCRIPT, Flag.LOADING, Flag.STALE, Flag.FAST, Flag.NO_AUTH, Flag.ALLOW_BUSY)
              .summary("Closes the connection.")
              .complexity("O(1)"));

  private static final Failure WRONG_PASSWORD =
      new Failure.Invalid("WRONGPASS", "invalid username-password pair or user is disabled.");

  private Handshake() {}

  private static Decision auth(Call call) {
    if (call.count() > 3) {
      throw Call.syntaxError();
    }
    if (call.count() == 2 && call.server().access().users().defaultUser().takesAnyPassword()) {
      throw new Refusal(
          "AUTH <password> called without any password configured for the default user. Are you"
              + " sure your configuration is correct?");
    }
    Bytes user = call.count() == 3 ? call.arg(1) : Users.DEFAULT;
    Decision refused = enter(call, user, call.arg(call.count() - 1));
    return refused == null ? Decision.done(Replies.OK) : refused;
  }

  /// Shows a password. Returns null if it opens, else what follows from that: the answer may have
  /// to wait.
  private static @Nullable Decision enter(Call call, Bytes user, Bytes password) {
    Long waitMs = call.server().access().enter(call.client(), user, password, call.arg(0));
    if (waitMs == null) {
      return null;
    }
    if (waitMs == 0) {
      return new Decision.Declined(WRONG_PASSWORD);
    }
    return new Decision.Wait(
        List.of(),
        call.nowMs() + waitMs,
        Replies.of(
            out -> {
              Failures.write(WRONG_PASSWORD, out);
              call.server().statistics().error(Failures.code(WRONG_PASSWORD));
            }));
  }

  private static Decision hello(Call call) {
    Client client = call.client();
    int version = call.count() > 1 ? version(call) : client.protocolVersion();
    Bytes user = null;
    Bytes password = Bytes.EMPTY;
    Bytes name = null;
    for (int i = 2; i < call.count(); i++) {
      int more = call.count() - 1 - i;
      if (call.is(i, "AUTH") && more >= 2) {
        user = call.arg(i + 1);
        password = call.arg(i + 2);
        i += 2;
      } else if (call.is(i, "SETNAME") && more >= 1) {
        name = call.arg(i + 1);
        ClientNames.check(name, "Client names");
        i++;
      } else {
        throw new Refusal("Syntax error in HELLO option '" + call.arg(i).printed() + "'");
      }
    }
    Decision refused = user == null ? null : enter(call, user, password);
    if (refused != null) {
      return refused;
    }
    requireEntered(client);
    if (name != null) {
      client.name(name);
    }
    client.protocolVersion(version);
    return Decision.done(greeting(client));
  }

  private static int version(Call call) {
    Bytes text = call.arg(1);
    if (!Numbers.isLong(text)) {
      throw new Refusal("Protocol version is not an integer or out of range");
    }
    long version = Numbers.parseLong(text);
    if (version < 2 || version > 3) {
      throw new Refusal("NOPROTO", "unsupported protocol version");
    }
    return (int) version;
  }

  private static void requireEntered(Client client) {
    if (!client.isAuthenticated()) {
      throw new Refusal(
          "NOAUTH",
          "HELLO must be called with the client already authenticated, otherwise the HELLO <proto>"
              + " AUTH <user> <pass> option can be used to authenticate the client and select the"
              + " RESP protocol version at the same time");
    }
  }

  private static RespReply greeting(Client client) {
    return out -> {
      out.map(7);
      out.bulk("server");
      out.bulk("redis");
      out.bulk("version");
      out.bulk(REDIS_VERSION);
      out.bulk("proto");
      out.integer(client.protocolVersion());
      out.bulk("id");
      out.integer(client.id());
      out.bulk("mode");
      out.bulk(client.server().settings().clusterEnabled.value() ? "cluster" : "standalone");
      out.bulk("role");
      out.bulk(client.server().replication().isReplica() ? "replica" : "master");
      out.bulk("modules");
      out.array(0);
    };
  }

  private static Decision reset(Call call) {
    call.client().reset();
    return Decision.done(Replies.simple("RESET"));
  }

  private static Decision quit(Call call) {
    call.client().peer().closeAfterOutput();
    return Decision.done(Replies.OK);
  }
}
