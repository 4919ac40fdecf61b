package naru.protocol.resp;

import java.util.List;
import naru.protocol.resp.admin.Config;
import naru.protocol.resp.admin.BrokerInfo;
import naru.protocol.resp.admin.ServerState;
import naru.protocol.resp.admin.SlowLogCommands;
import naru.protocol.resp.admin.Waits;
import naru.protocol.resp.connection.ClientControl;
import naru.protocol.resp.connection.ClientIdentity;
import naru.protocol.resp.connection.ConnectionBasics;
import naru.protocol.resp.connection.Handshake;
import naru.protocol.resp.list.ListPush;
import naru.protocol.resp.pubsub.PubSubState;
import naru.protocol.resp.pubsub.Publish;
import naru.protocol.resp.pubsub.Subscribe;
import naru.protocol.resp.string.StringGet;
import naru.protocol.resp.string.StringSet;
import naru.protocol.resp.transaction.Transactions;
import naru.protocol.resp.verb.Commands;
import naru.protocol.resp.verb.Verb;

/// Every command there is: the groups of verbs, one line each.
public final class Catalog {
  /// A group of verbs and the name of the group of commands that it belongs to, as in `COMMAND
  /// DOCS`.
  public record Group(String name, List<Verb> verbs) {}

  private static final List<Group> GROUPS =
      List.of(
          new Group("server", Config.VERBS),
          new Group("server", BrokerInfo.VERBS),
          new Group("server", ServerState.VERBS),
          new Group("server", SlowLogCommands.VERBS),
          new Group("generic", Waits.VERBS),
          new Group("connection", ClientControl.VERBS),
          new Group("connection", ClientIdentity.VERBS),
          new Group("connection", ConnectionBasics.VERBS),
          new Group("connection", Handshake.VERBS),
          new Group("list", ListPush.VERBS),
          new Group("pubsub", Publish.VERBS),
          new Group("pubsub", PubSubState.VERBS),
          new Group("pubsub", Subscribe.VERBS),
          new Group("string", StringGet.VERBS),
          new Group("string", StringSet.VERBS),
          new Group("transactions", Transactions.VERBS));

  private static final Commands COMMANDS = table();

  private Catalog() {}

  private static Commands table() {
    Commands commands = new Commands();
    for (Group group : GROUPS) {
      for (Verb verb : group.verbs()) {
        commands.add(verb, group.name());
      }
    }
    return commands;
  }

  /// All of Redis' commands that Naru knows.
  public static Commands commands() {
    return COMMANDS;
  }
}
