package naru.protocol.resp.replication;

import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.function.Consumer;
import java.util.function.Supplier;
import naru.engine.Op;
import naru.engine.replication.Lineage;
import naru.protocol.resp.replication.Follower.Stage;
import naru.protocol.resp.server.RespServer;
import org.jspecify.annotations.Nullable;

/// Gives copies to those who wait for one, one at a time; none while a snapshot is taken.
final class Copies {
  private final RespServer server;
  private final History history;
  private final Supplier<String> marks;
  private final Consumer<Follower> whenWhole;
  private final Runnable whenChanged;
  private @Nullable Copying copying;

  /// @param marks for the end of a copy
  /// @param whenWhole is shown who was written all of it
  /// @param whenChanged one has begun, or is over
  Copies(
      RespServer server,
      History history,
      Supplier<String> marks,
      Consumer<Follower> whenWhole,
      Runnable whenChanged) {
    this.server = server;
    this.history = history;
    this.marks = marks;
    this.whenWhole = whenWhole;
    this.whenChanged = whenChanged;
  }

  /// Whether what changes has to be shown to [#before].
  boolean isUnderWay() {
    return copying != null;
  }

  void before(Op op) {
    if (copying != null) {
      copying.before(op);
    }
  }

  /// Begins the next, at the end of a turn, if it is time; returns whether it does.
  boolean next(Collection<Follower> followers) {
    if (copying != null) {
      return false;
    }
    for (Follower follower : followers) {
      if (follower.stage == Stage.WAITS && server.reactor().snapshots().hold()) {
        begin(follower);
        return true;
      }
    }
    return false;
  }

  private void begin(Follower follower) {
    follower.stage = Stage.COPIES;
    String mark = marks.get();
    String answer =
        follower.isSilent ? "" : "+FULLRESYNC " + history.id() + " " + history.offset() + "\r\n";
    byte[] head = (answer + "$EOF:" + mark + "\r\n").getBytes(StandardCharsets.US_ASCII);
    follower.client.peer().send(head);
    copying = new Copying(server, follower, mark, this::over);
    copying.begin(history, selected());
    whenChanged.run();
  }

  /// The database that the first command behind the copy is for: who passes on what another server
  /// says does not say it again.
  private int selected() {
    Lineage lineage = server.shard().state().lineage();
    return server.replication().isReplica() && lineage != null ? lineage.database() : 0;
  }

  /// Who was to have the copy is gone.
  void gone(Follower follower) {
    if (copying != null && copying.follower() == follower) {
      copying.giveUp();
    }
  }

  /// Nobody is to have a copy any more.
  void giveUp() {
    if (copying != null) {
      copying.giveUp();
    }
  }

  /// The state itself is another.
  void replaced() {
    if (copying != null) {
      copying.abandon();
      end();
    }
  }

  private void over() {
    Copying over = copying;
    end();
    if (over != null && over.isWhole()) {
      whenWhole.accept(over.follower());
    }
  }

  private void end() {
    copying = null;
    server.reactor().snapshots().letGo();
    whenChanged.run();
  }
}
