package naru.protocol.resp.transaction;

import java.util.List;
import naru.engine.Decision;
import naru.engine.Key;
import naru.engine.Procedure;
import naru.engine.Refusal;
import naru.engine.Request;
import naru.protocol.resp.acl.AccessLog.Context;
import naru.protocol.resp.acl.Denial;
import naru.protocol.resp.server.Client;
import naru.protocol.resp.verb.Call;
import naru.protocol.resp.verb.Flag;
import naru.protocol.resp.verb.Replies;
import naru.protocol.resp.verb.Verb;

/// Transactions: `MULTI` … `EXEC`, and optimistic locking with `WATCH`.
///
/// https://redis.io/docs/latest/develop/using-commands/transactions/
public final class Transactions {
  public static final List<Verb> VERBS =
      List.of(
          Verb.of("MULTI", Transactions::multi)
              .since("1.2.0")
              .flags(Flag.NOSCRIPT, Flag.LOADING, Flag.STALE, Flag.FAST, Flag.ALLOW_BUSY)
              .summary("Starts a transaction.")
              .complexity("O(1)"),
          Verb.of("EXEC", Transactions::neverDecided)
              .since("1.2.0")
              .flags(Flag.NOSCRIPT, Flag.LOADING, Flag.STALE, Flag.SKIP_SLOWLOG)
              .summary("Executes all commands in a transaction.")
              .complexity("Depends on commands in the transaction"),
          Verb.of("DISCARD", Transactions::discard)
              .since("2.0.0")
              .flags(Flag.NOSCRIPT, Flag.LOADING, Flag.STALE, Flag.FAST, Flag.ALLOW_BUSY)
              .summary("Discards a transaction.")
              .complexity("O(N), when N is the number of queued commands"),
          Verb.of("WATCH key [key ...]", Transactions::watch)
              .since("2.2.0")
              .flags(Flag.NOSCRIPT, Flag.LOADING, Flag.STALE, Flag.FAST, Flag.ALLOW_BUSY)
              .keys("RO")
              .summary("Monitors changes to keys to determine the execution of a transaction.")
              .complexity("O(1) for every key."),
          Verb.of("UNWATCH", Transactions::unwatch)
              .since("2.2.0")
              .flags(Flag.NOSCRIPT, Flag.LOADING, Flag.STALE, Flag.FAST, Flag.ALLOW_BUSY)
              .summary("Forgets about watched keys of a transaction.")
              .complexity("O(1)"));

  private Transactions() {}

  /// Whether a verb is carried out, not queued, inside a transaction.
  public static boolean runsAtOnce(Verb verb) {
    return switch (verb.name()) {
      case "exec", "discard", "multi", "watch", "quit", "reset" -> true;
      default -> false;
    };
  }

  public static boolean isExec(Verb verb) {
    return verb.name().equals("exec");
  }

  private static Decision multi(Call call) {
    if (call.client().isInTransaction()) {
      throw new Refusal("MULTI calls can not be nested");
    }
    call.client().beginTransaction();
    return Decision.done(Replies.OK);
  }

  private static Decision discard(Call call) {
    if (!call.client().isInTransaction()) {
      throw new Refusal("DISCARD without MULTI");
    }
    call.client().endTransaction();
    return Decision.done(Replies.OK);
  }

  private static Decision watch(Call call) {
    Client client = call.client();
    if (client.isInTransaction()) {
      throw new Refusal("WATCH inside MULTI is not allowed");
    }
    for (int i = 1; i < call.count(); i++) {
      client.server().shard().watches().add(client.watch(), new Key(call.database(), call.arg(i)));
    }
    return Decision.done(Replies.OK);
  }

  private static Decision unwatch(Call call) {
    call.server().shard().watches().clear(call.client().watch());
    return Decision.done(Replies.OK);
  }

  private static Decision neverDecided(Call call) {
    throw new Refusal("EXEC without MULTI");
  }

  /// All that was queued, as one. The replies are one array; a command that fails does so alone.
  public static Procedure exec(Client client) {
    return stage -> {
      if (!client.isInTransaction()) {
        client.writer().error("ERR EXEC without MULTI");
        return;
      }
      boolean broken = client.isQueueBroken();
      boolean touched = client.watch().isTouched();
      List<Request> requests = client.endTransaction();
      if (broken) {
        client.writer().error("EXECABORT Transaction discarded because of previous errors.");
      } else if (touched) {
        client.writer().nullArray();
      } else {
        client.writer().array(requests.size());
        for (Request request : requests) {
          perform(request, stage);
        }
      }
    };
  }

  /// What the user may do can have changed since the call was queued. Answers it if it may not be
  /// made any more.
  private static boolean isForbidden(Call call) {
    Client client = call.client();
    if (client.user().isUnlimited()) {
      return false;
    }
    Denial denial = call.server().access().denial(client, call.verb(), call.words(), Context.MULTI);
    if (denial == null) {
      return false;
    }
    String reason =
        switch (denial.reason()) {
          case COMMAND, AUTH -> "no permission to execute the command or subcommand";
          case KEY -> "no permission to touch the specified keys";
          case CHANNEL ->
              "no permission to access one of the channels used as arguments to the command";
        };
    client
        .writer()
        .error(
            "NOPERM ACLs rules changed between the moment the transaction was accumulated and the"
                + " EXEC call. This command is no longer allowed for the following reason: "
                + reason);
    call.server().statistics().rejected(call.verb().number());
    call.server().statistics().error("NOPERM");
    return true;
  }

  private static void perform(Request request, Procedure.Stage stage) {
    if (request instanceof Call call && isForbidden(call)) {
      return;
    }
    Procedure procedure = request instanceof Call call ? call.verb().procedure(call) : null;
    if (procedure != null) {
      procedure.run(stage);
    } else {
      stage.perform(request);
    }
  }
}
