package naru.protocol.resp.replication;

import java.util.ArrayDeque;
import naru.protocol.resp.server.Client;
import naru.reactor.OutputLimit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One server that follows this one, or has begun to say that it will.
final class Follower {
  private static final Logger LOG = LoggerFactory.getLogger(Follower.class);

  /// How far it is.
  enum Stage {
    GREETS("greets"),
    WAITS("wait_bgsave"),
    COPIES("send_bulk"),
    /// All of its copy was written; it is loading.
    LOADS("send_bulk"),
    ONLINE("online"),
    /// It wanted a copy and nothing else, and has it.
    HAS_COPY("rdb_transmitted");

    private final String word;

    Stage(String word) {
      this.word = word;
    }
  }

  final Client client;
  Stage stage = Stage.GREETS;
  String announcedAddress = "";
  long port;
  boolean takesMark;

  /// Whether it understands that a history goes on under another name.
  boolean takesNewId;

  boolean wantsOnlyCopy;
  boolean wantsOnlyFunctions;

  /// Whether it speaks as before Redis 2.8: it says nothing once it has asked.
  boolean isSilent;

  /// Up to which offset it has done what it was told, and has it on its disk.
  long acknowledged;

  long synced;

  /// When it last said anything, or took something of its copy.
  long heardNs;

  private final ArrayDeque<byte[]> held = new ArrayDeque<>();
  private long heldBytes;
  private long overSoftSinceNs;
  private boolean overSoft;

  /// How much of its copy was written for it, and how much it had taken when that was looked at.
  private long copiedBytes;

  private long takenBytes;

  Follower(Client client) {
    this.client = client;
  }

  /// Whether it has asked for a copy, or for what it misses.
  boolean isIn() {
    return stage != Stage.GREETS;
  }

  boolean isOnline() {
    return stage == Stage.ONLINE;
  }

  String stageWord() {
    return stage.word;
  }

  /// Where it says that it is, else where it comes from.
  String address() {
    if (!announcedAddress.isEmpty()) {
      return announcedAddress;
    }
    String address = client.peer().remoteAddress();
    return address.substring(0, Math.max(0, address.lastIndexOf(':')));
  }

  long lagSeconds(long nowNs) {
    return isOnline() && !isSilent ? (nowNs - heardNs) / 1_000_000_000 : 0;
  }

  /// Sends a part of its copy.
  void sendCopy(byte[] bytes) {
    copiedBytes += bytes.length;
    client.peer().send(bytes);
  }

  /// How much of its copy was sent.
  long copiedBytes() {
    return copiedBytes;
  }

  /// What it was told behind its copy is held back until it has loaded that.
  void hold(byte[] told) {
    held.add(told);
    heldBytes += told.length;
  }

  /// Sends what was held back.
  void release() {
    held.forEach(client.peer()::send);
    drop();
  }

  private void drop() {
    held.clear();
    heldBytes = 0;
  }

  /// What is held back.
  long heldBytes() {
    return heldBytes;
  }

  /// What waits for it here.
  long waitingBytes() {
    return heldBytes + client.peer().unsentBytes();
  }

  /// Looks whether it is alive and takes what it is to have.
  void look(OutputLimit limit, long silenceMaxNs, long nowNs) {
    switch (stage) {
      case GREETS, WAITS, HAS_COPY -> {}
      case COPIES -> {
        noteProgress(nowNs);
        closeIfHeldTooMuch(limit, nowNs);
        closeIfDead(silenceMaxNs, nowNs);
      }
      case LOADS -> {
        closeIfHeldTooMuch(limit, nowNs);
        closeIfDead(silenceMaxNs, nowNs);
      }
      case ONLINE -> {
        if (!isSilent) {
          closeIfDead(silenceMaxNs, nowNs);
        }
      }
    }
  }

  private void closeIfDead(long silenceMaxNs, long nowNs) {
    if (nowNs - heardNs > silenceMaxNs) {
      close("nothing was heard of it for " + (nowNs - heardNs) / 1_000_000_000 + " s");
    }
  }

  void closeIfHeldTooMuch(OutputLimit limit, long nowNs) {
    if (isHeldTooMuch(limit, nowNs)) {
      drop();
      closeAtLimit();
    }
  }

  /// Cuts it off, because what waits for it takes too much memory.
  void closeAtLimit() {
    close(
        "so much has happened since its copy was begun that client-output-buffer-limit is passed");
  }

  private void close(String why) {
    LOG.warn("{} is cut off: {}", client.peer().remoteAddress(), why);
    client.peer().close();
  }

  /// Whether more is held back than may be, or too much for too long.
  private boolean isHeldTooMuch(OutputLimit limit, long nowNs) {
    if (limit.hardBytes() > 0 && heldBytes > limit.hardBytes()) {
      return true;
    }
    boolean over = limit.softBytes() > 0 && heldBytes > limit.softBytes();
    if (over && !overSoft) {
      overSoftSinceNs = nowNs;
    }
    overSoft = over;
    return over && nowNs - overSoftSinceNs > limit.softMs() * 1_000_000;
  }

  /// Notes whether its copy goes on: what is written to it, or nothing that it could take.
  private void noteProgress(long nowNs) {
    long unsent = client.peer().unsentBytes();
    long taken = copiedBytes - unsent;
    if (unsent == 0 || taken > takenBytes) {
      heardNs = nowNs;
    }
    takenBytes = taken;
  }
}
