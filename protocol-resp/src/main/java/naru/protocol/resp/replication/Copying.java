package naru.protocol.resp.replication;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import naru.engine.Entry;
import naru.engine.Op;
import naru.engine.State;
import naru.engine.StateRetelling;
import naru.protocol.resp.server.RespServer;
import naru.rdb.RdbVersion;
import naru.rdb.RdbWriter;
import naru.reactor.Peer;
import org.jspecify.annotations.Nullable;

/// A copy of the state at one moment on its way to one who follows, as an RDB file, in slices
/// between the turns.
final class Copying {
  private static final int SLICE_NS = 500_000;
  private static final int REST_NS = 1_000_000;
  private static final int UNSENT_MAX_BYTES = 2 << 20;

  private final RespServer server;
  private final Follower follower;
  private final Peer peer;
  private final byte[] mark;
  private final Runnable whenOver;
  private final RdbWriter rdb;
  private final @Nullable StateRetelling retelling;
  private int database = -1;

  /// What was told before its turn, because it was about to change, and waits to be taken.
  private long aheadBytes;

  private final long limitBytes;
  private boolean whole;
  private boolean givenUp;
  private boolean abandoned;

  /// @param mark what stands behind the file
  /// @param whenOver what is done when nothing more of it is told
  Copying(RespServer server, Follower follower, String mark, Runnable whenOver) {
    this.server = server;
    this.follower = follower;
    this.peer = follower.client.peer();
    this.mark = mark.getBytes(StandardCharsets.US_ASCII);
    this.whenOver = whenOver;
    this.limitBytes = server.replicaOutputLimit().hardBytes();
    RdbWriter writer =
        new RdbWriter(
            (from, at, count) -> follower.sendCopy(Arrays.copyOfRange(from, at, at + count)),
            RdbVersion.OLDEST_WRITTEN,
            false);
    this.rdb = writer;
    State state = server.shard().state();
    this.retelling =
        follower.wantsOnlyFunctions
            ? null
            : new StateRetelling(state, (index, entry) -> tell(state, index, entry));
  }

  private void tell(State state, int index, Entry entry) {
    if (index != database) {
      database = index;
      rdb.database(index, state.database(index).size(), state.database(index).expiring());
    }
    rdb.key(entry);
  }

  Follower follower() {
    return follower;
  }

  /// Whether all of it was written.
  boolean isWhole() {
    return whole;
  }

  /// Writes the beginning of the file; the rest is written from the next turn on.
  ///
  /// @param selected the database that the first command behind the copy is for
  void begin(History history, int selected) {
    rdb.begin();
    rdb.auxiliary("redis-ver", "7.0.15");
    rdb.auxiliary("repl-stream-db", Integer.toString(selected));
    rdb.auxiliary("repl-id", history.id());
    rdb.auxiliary("repl-offset", Long.toString(history.offset()));
    server.shard().state().libraries().texts().values().forEach(rdb::function);
    server.reactor().timers().at(server.reactor().nowNs(), this::slice);
  }

  /// What is about to change is told first.
  void before(Op op) {
    if (retelling == null) {
      return;
    }
    long before = follower.copiedBytes();
    retelling.before(op, _ -> {});
    aheadBytes += follower.copiedBytes() - before;
    if (givenUp || peer.unsentBytes() <= UNSENT_MAX_BYTES) {
      aheadBytes = 0;
    } else if (limitBytes > 0 && aheadBytes > limitBytes) {
      follower.closeAtLimit();
    }
  }

  private void slice() {
    if (abandoned) {
      return;
    }
    if (retelling != null && retelling.tell(listener())) {
      server.reactor().timers().at(server.reactor().readNs() + REST_NS, this::slice);
      return;
    }
    if (!givenUp) {
      rdb.end();
      peer.send(mark);
      whole = true;
    }
    whenOver.run();
  }

  private StateRetelling.Listener listener() {
    long endNs = server.reactor().readNs() + SLICE_NS;
    return new StateRetelling.Listener() {
      @Override
      public void accept(Op op) {}

      @Override
      public boolean hasEnough() {
        boolean isFull = !givenUp && peer.unsentBytes() > UNSENT_MAX_BYTES;
        return isFull || server.reactor().readNs() > endNs;
      }
    };
  }

  /// Nobody takes it any more. It is over when all entries have their mark back.
  void giveUp() {
    givenUp = true;
    if (retelling != null) {
      retelling.stop();
    }
  }

  /// The state itself goes: there is nothing to bring in order.
  void abandon() {
    abandoned = true;
  }
}
