package naru.protocol.resp;

import java.util.List;
import naru.protocol.resp.acl.AclTools;
import naru.protocol.resp.acl.AclUsers;
import naru.protocol.resp.admin.Backups;
import naru.protocol.resp.admin.BrokerStatus;
import naru.protocol.resp.admin.CommandTable;
import naru.protocol.resp.admin.Config;
import naru.protocol.resp.admin.Debug;
import naru.protocol.resp.admin.Latency;
import naru.protocol.resp.admin.Memory;
import naru.protocol.resp.admin.Modules;
import naru.protocol.resp.admin.Monitoring;
import naru.protocol.resp.admin.Picture;
import naru.protocol.resp.admin.Saving;
import naru.protocol.resp.admin.ServerState;
import naru.protocol.resp.admin.SlowLogCommands;
import naru.protocol.resp.admin.Waits;
import naru.protocol.resp.bitmap.BitmapBit;
import naru.protocol.resp.bitmap.BitmapCombine;
import naru.protocol.resp.bitmap.BitmapCount;
import naru.protocol.resp.bitmap.BitmapField;
import naru.protocol.resp.cluster.ClusterClients;
import naru.protocol.resp.cluster.ClusterKeys;
import naru.protocol.resp.cluster.ClusterMembers;
import naru.protocol.resp.cluster.ClusterView;
import naru.protocol.resp.connection.ClientCaching;
import naru.protocol.resp.connection.ClientControl;
import naru.protocol.resp.connection.ClientIdentity;
import naru.protocol.resp.connection.ConnectionBasics;
import naru.protocol.resp.connection.Handshake;
import naru.protocol.resp.geo.GeoAdd;
import naru.protocol.resp.geo.GeoRead;
import naru.protocol.resp.geo.GeoSearch;
import naru.protocol.resp.hash.HashCount;
import naru.protocol.resp.hash.HashDelete;
import naru.protocol.resp.hash.HashExpire;
import naru.protocol.resp.hash.HashExpiring;
import naru.protocol.resp.hash.HashGet;
import naru.protocol.resp.hash.HashImport;
import naru.protocol.resp.hash.HashPut;
import naru.protocol.resp.hash.HashRandom;
import naru.protocol.resp.hash.HashScan;
import naru.protocol.resp.hash.HashTimes;
import naru.protocol.resp.hyperloglog.SketchAdd;
import naru.protocol.resp.hyperloglog.SketchCount;
import naru.protocol.resp.hyperloglog.SketchDebug;
import naru.protocol.resp.key.Databases;
import naru.protocol.resp.key.KeyDelete;
import naru.protocol.resp.key.KeyDump;
import naru.protocol.resp.key.KeyExpire;
import naru.protocol.resp.key.KeyObject;
import naru.protocol.resp.key.KeyRename;
import naru.protocol.resp.key.KeyScan;
import naru.protocol.resp.key.KeySort;
import naru.protocol.resp.key.KeyTimeToLive;
import naru.protocol.resp.list.ListBlockingPop;
import naru.protocol.resp.list.ListIndex;
import naru.protocol.resp.list.ListMove;
import naru.protocol.resp.list.ListMoveMany;
import naru.protocol.resp.list.ListMultiPop;
import naru.protocol.resp.list.ListPop;
import naru.protocol.resp.list.ListPosition;
import naru.protocol.resp.list.ListPush;
import naru.protocol.resp.list.ListRange;
import naru.protocol.resp.pubsub.PubSubState;
import naru.protocol.resp.pubsub.Publish;
import naru.protocol.resp.pubsub.Subscribe;
import naru.protocol.resp.replication.BeingFollowed;
import naru.protocol.resp.replication.Following;
import naru.protocol.resp.scripting.FunctionCalls;
import naru.protocol.resp.scripting.Functions;
import naru.protocol.resp.scripting.Scripts;
import naru.protocol.resp.set.SetAdd;
import naru.protocol.resp.set.SetAlgebra;
import naru.protocol.resp.set.SetCardinality;
import naru.protocol.resp.set.SetMembers;
import naru.protocol.resp.set.SetRandom;
import naru.protocol.resp.set.SetScan;
import naru.protocol.resp.sortedset.SortedSetAdd;
import naru.protocol.resp.sortedset.SortedSetCombine;
import naru.protocol.resp.sortedset.SortedSetPop;
import naru.protocol.resp.sortedset.SortedSetRandom;
import naru.protocol.resp.sortedset.SortedSetRange;
import naru.protocol.resp.sortedset.SortedSetRemove;
import naru.protocol.resp.sortedset.SortedSetScan;
import naru.protocol.resp.sortedset.SortedSetScore;
import naru.protocol.resp.stream.StreamAcknowledge;
import naru.protocol.resp.stream.StreamAdd;
import naru.protocol.resp.stream.StreamClaim;
import naru.protocol.resp.stream.StreamDelete;
import naru.protocol.resp.stream.StreamGroup;
import naru.protocol.resp.stream.StreamGroupRead;
import naru.protocol.resp.stream.StreamInspect;
import naru.protocol.resp.stream.StreamPending;
import naru.protocol.resp.stream.StreamRange;
import naru.protocol.resp.stream.StreamRead;
import naru.protocol.resp.stream.StreamRelease;
import naru.protocol.resp.stream.StreamSettings;
import naru.protocol.resp.stream.StreamTrim;
import naru.protocol.resp.string.StringCommon;
import naru.protocol.resp.string.StringCompare;
import naru.protocol.resp.string.StringCount;
import naru.protocol.resp.string.StringCountWithin;
import naru.protocol.resp.string.StringGet;
import naru.protocol.resp.string.StringGetExpiring;
import naru.protocol.resp.string.StringRange;
import naru.protocol.resp.string.StringSet;
import naru.protocol.resp.string.StringSetMany;
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
          new Group("bitmap", BitmapBit.VERBS),
          new Group("bitmap", BitmapCombine.VERBS),
          new Group("bitmap", BitmapCount.VERBS),
          new Group("bitmap", BitmapField.VERBS),
          new Group("cluster", ClusterClients.VERBS),
          new Group("cluster", ClusterKeys.VERBS),
          new Group("cluster", ClusterMembers.VERBS),
          new Group("cluster", ClusterView.VERBS),
          new Group("connection", ClientCaching.VERBS),
          new Group("connection", ClientControl.VERBS),
          new Group("connection", ClientIdentity.VERBS),
          new Group("connection", ConnectionBasics.VERBS),
          new Group("connection", Databases.CONNECTION_VERBS),
          new Group("connection", Handshake.VERBS),
          new Group("generic", KeyDelete.VERBS),
          new Group("generic", KeyDump.VERBS),
          new Group("generic", KeyExpire.VERBS),
          new Group("generic", KeyObject.VERBS),
          new Group("generic", KeyRename.VERBS),
          new Group("generic", KeyScan.VERBS),
          new Group("generic", KeySort.VERBS),
          new Group("generic", KeyTimeToLive.VERBS),
          new Group("generic", Waits.VERBS),
          new Group("geo", GeoAdd.VERBS),
          new Group("geo", GeoRead.VERBS),
          new Group("geo", GeoSearch.VERBS),
          new Group("hash", HashCount.VERBS),
          new Group("hash", HashDelete.VERBS),
          new Group("hash", HashExpire.VERBS),
          new Group("hash", HashExpiring.VERBS),
          new Group("hash", HashGet.VERBS),
          new Group("hash", HashImport.VERBS),
          new Group("hash", HashPut.VERBS),
          new Group("hash", HashRandom.VERBS),
          new Group("hash", HashScan.VERBS),
          new Group("hash", HashTimes.VERBS),
          new Group("hyperloglog", SketchAdd.VERBS),
          new Group("hyperloglog", SketchCount.VERBS),
          new Group("hyperloglog", SketchDebug.VERBS),
          new Group("list", ListBlockingPop.VERBS),
          new Group("list", ListIndex.VERBS),
          new Group("list", ListMove.VERBS),
          new Group("list", ListMoveMany.VERBS),
          new Group("list", ListMultiPop.VERBS),
          new Group("list", ListPop.VERBS),
          new Group("list", ListPosition.VERBS),
          new Group("list", ListPush.VERBS),
          new Group("list", ListRange.VERBS),
          new Group("pubsub", PubSubState.VERBS),
          new Group("pubsub", Publish.VERBS),
          new Group("pubsub", Subscribe.VERBS),
          new Group("scripting", Functions.VERBS),
          new Group("scripting", FunctionCalls.VERBS),
          new Group("scripting", Scripts.VERBS),
          new Group("server", AclTools.VERBS),
          new Group("server", AclUsers.VERBS),
          new Group("server", BrokerStatus.VERBS),
          new Group("server", CommandTable.VERBS),
          new Group("server", Config.VERBS),
          new Group("server", Databases.VERBS),
          new Group("server", Debug.VERBS),
          new Group("server", KeyDump.SERVER_VERBS),
          new Group("server", Latency.VERBS),
          new Group("server", Memory.VERBS),
          new Group("server", Modules.VERBS),
          new Group("server", Monitoring.VERBS),
          new Group("server", BeingFollowed.VERBS),
          new Group("server", Following.VERBS),
          new Group("server", Picture.VERBS),
          new Group("server", ServerState.VERBS),
          new Group("server", Saving.VERBS),
          new Group("server", Backups.VERBS),
          new Group("server", SlowLogCommands.VERBS),
          new Group("set", SetAdd.VERBS),
          new Group("set", SetAlgebra.VERBS),
          new Group("set", SetCardinality.VERBS),
          new Group("set", SetMembers.VERBS),
          new Group("set", SetRandom.VERBS),
          new Group("set", SetScan.VERBS),
          new Group("sorted-set", SortedSetAdd.VERBS),
          new Group("sorted-set", SortedSetCombine.VERBS),
          new Group("sorted-set", SortedSetPop.VERBS),
          new Group("sorted-set", SortedSetRandom.VERBS),
          new Group("sorted-set", SortedSetRange.VERBS),
          new Group("sorted-set", SortedSetRemove.VERBS),
          new Group("sorted-set", SortedSetScan.VERBS),
          new Group("sorted-set", SortedSetScore.VERBS),
          new Group("stream", StreamAcknowledge.VERBS),
          new Group("stream", StreamAdd.VERBS),
          new Group("stream", StreamClaim.VERBS),
          new Group("stream", StreamDelete.VERBS),
          new Group("stream", StreamGroup.VERBS),
          new Group("stream", StreamGroupRead.VERBS),
          new Group("stream", StreamInspect.VERBS),
          new Group("stream", StreamPending.VERBS),
          new Group("stream", StreamRange.VERBS),
          new Group("stream", StreamRead.VERBS),
          new Group("stream", StreamRelease.VERBS),
          new Group("stream", StreamSettings.VERBS),
          new Group("stream", StreamTrim.VERBS),
          new Group("string", StringCommon.VERBS),
          new Group("string", StringCompare.VERBS),
          new Group("string", StringCount.VERBS),
          new Group("string", StringCountWithin.VERBS),
          new Group("string", StringGet.VERBS),
          new Group("string", StringGetExpiring.VERBS),
          new Group("string", StringRange.VERBS),
          new Group("string", StringSet.VERBS),
          new Group("string", StringSetMany.VERBS),
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
