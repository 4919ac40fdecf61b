package naru.protocol.resp.setting;

import org.jspecify.annotations.Nullable;

/// The settings of following and of being followed, under their Redis names.
public final class ReplicationSettings {
  public final TextSetting replicaof;
  public final TextSetting masterauth;
  public final TextSetting masteruser;
  public final BoolSetting readOnly;
  public final BoolSetting serveStaleData;
  public final NumberSetting timeout;
  public final NumberSetting pingPeriod;
  public final MemorySetting backlogSize;
  public final NumberSetting backlogTtl;
  public final NumberSetting minReplicasToWrite;
  public final NumberSetting minReplicasMaxLag;

  ReplicationSettings(Settings all) {
    replicaof =
        all.fixed(
                new TextSetting(
                    "replicaof",
                    "",
                    "host port",
                    "The server that is followed from the start on. After REPLICAOF NO ONE it is"
                        + " not followed again, whatever this says."))
            .checkedBy(ReplicationSettings::refusalOfServer);
    masterauth =
        all.text(
            "masterauth", "", "any text", "The password that the server that is followed wants.");
    masteruser =
        all.text("masteruser", "", "a name", "The user to be for the server that is followed.");
    readOnly =
        all.add(
            new BoolSetting(
                "replica-read-only",
                true,
                "Whether clients may only read while another server is followed."));
    serveStaleData =
        all.add(
            new BoolSetting(
                "replica-serve-stale-data",
                true,
                "Whether clients may read while another server is followed and the link to it is"
                    + " down."));
    timeout =
        all.number(
            "repl-timeout",
            60,
            1,
            Integer.MAX_VALUE / 1000,
            "Seconds of silence after which the link to the server that is followed, or to one"
                + " that follows, counts as broken.");
    pingPeriod =
        all.number(
            "repl-ping-replica-period",
            10,
            1,
            Integer.MAX_VALUE,
            "Every so many seconds those who follow are sent a PING.");
    backlogSize =
        all.memory(
            "repl-backlog-size",
            1L << 20,
            1,
            1L << 40,
            "How much of what those who follow were told is kept for one that was cut off, so that"
                + " it can go on; 16 KB at least. Kept once somebody follows.");
    backlogTtl =
        all.number(
            "repl-backlog-ttl",
            3600,
            0,
            Integer.MAX_VALUE,
            "Seconds after which it is not kept any longer when nobody follows; 0: it stays.");
    minReplicasToWrite =
        all.number(
            "min-replicas-to-write",
            0,
            0,
            Integer.MAX_VALUE,
            "With fewer that follow closely enough, commands that write are refused; 0: never.");
    minReplicasMaxLag =
        all.number(
            "min-replicas-max-lag",
            10,
            0,
            Integer.MAX_VALUE,
            "Closely enough is to have said so within so many seconds; 0: they are not counted.");
    all.alias("slaveof", replicaof);
    all.alias("slave-read-only", readOnly);
    all.alias("slave-serve-stale-data", serveStaleData);
    all.alias("repl-ping-slave-period", pingPeriod);
    all.alias("min-slaves-to-write", minReplicasToWrite);
    all.alias("min-slaves-max-lag", minReplicasMaxLag);
  }

  private static @Nullable String refusalOfServer(String text) {
    String[] words = text.trim().split("\\s+", -1);
    boolean fits =
        text.isBlank()
            || text.trim().equalsIgnoreCase("no one")
            || (words.length == 2 && words[1].matches("[0-9]{1,5}"));
    return fits ? null : "it is a host and a port";
  }
}
