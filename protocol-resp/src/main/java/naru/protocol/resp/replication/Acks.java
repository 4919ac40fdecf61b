package naru.protocol.resp.replication;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import naru.protocol.resp.server.Client;
import naru.protocol.resp.server.RespServer;

/// How far those who follow are, and the clients that wait for that: `WAIT`, `WAITAOF`.
final class Acks {
  private final RespServer server;
  private final Collection<Follower> followers;
  private final List<Waiting> waiting = new ArrayList<>();
  private final List<Written> untold = new ArrayList<>();
  private boolean wanted;

  /// Up to where the history holds what was done, and not only signs of life.
  private long effectsEnd;

  Acks(RespServer server, Collection<Follower> followers) {
    this.server = server;
    this.followers = followers;
  }

  /// What was done so far ends at that offset.
  void effectsEnd(long offset) {
    effectsEnd = offset;
  }

  /// All that was done in this turn has an offset now.
  void told() {
    untold.forEach(written -> written.offset = effectsEnd);
    untold.clear();
  }

  /// What was written so far.
  ///
  /// @param isTold whether all of it has an offset
  Written written(boolean isTold) {
    long offset = isTold ? effectsEnd : Written.NOT_YET;
    Written written = new Written(this, server.reactor().log().position(), offset);
    if (!isTold) {
      untold.add(written);
    }
    return written;
  }

  /// Ends the wait of a client, whose command is being decided, when there is enough.
  void endWaitWhen(Client client, BooleanSupplier isEnough) {
    waiting.add(new Waiting(client, client.commands(), isEnough));
  }

  boolean isAwaited() {
    return !waiting.isEmpty();
  }

  /// Something has come that may be waited for.
  void endWaits() {
    if (!waiting.isEmpty()) {
      waiting.removeIf(Waiting::endIfEnough);
    }
  }

  /// Those who follow have to say how far they are.
  void want() {
    wanted = true;
  }

  /// Whether they have to, since this was asked last.
  boolean takeWanted() {
    boolean was = wanted;
    wanted = false;
    return was;
  }

  boolean isSynced(long position) {
    return server.settings().appendfsync.text().equals("always")
        || server.reactor().log().syncedPosition() >= position;
  }

  /// How many are online and such.
  long count(Predicate<Follower> which) {
    long count = 0;
    for (Follower follower : followers) {
      if (follower.isOnline() && which.test(follower)) {
        count++;
      }
    }
    return count;
  }
}
