package naru.simulator;

import java.util.ArrayList;
import java.util.List;
import naru.bytes.ByteReader;
import naru.bytes.ByteWriter;
import naru.engine.Op;
import naru.engine.OpCodec;
import naru.engine.State;
import naru.log.OpsLog;

/// Breaks a broker as it was told; does what has to be done if it was told nothing.
final class Saboteur {
  private static final int ONE_IN = 20;

  private final Sabotage sabotage;
  private final Chance chance;

  Saboteur(Sabotage sabotage, Chance chance) {
    this.sabotage = sabotage;
    this.chance = chance;
  }

  /// Applies a record of the log to a state.
  void replay(ByteReader payload, State state) {
    if (sabotage == Sabotage.NONE || !chance.oneIn(ONE_IN)) {
      while (payload.remaining() > 0) {
        OpCodec.decode(payload).applyTo(state);
      }
      return;
    }
    byte[] record = payload.read(payload.remaining()).toArray();
    List<Op> ops = new ArrayList<>();
    ByteReader in = new ByteReader(record);
    while (in.remaining() > 0) {
      ops.add(OpCodec.decode(in));
    }
    switch (sabotage) {
      case REPLAYS_NOT_ALL -> ops.clear();
      case REPLAYS_IN_PART -> ops.removeLast();
      case REPLAYS_TWICE -> ops.addAll(List.copyOf(ops));
      case NONE, ANSWERS_EARLY, DISK_LIES -> {}
    }
    ops.forEach(op -> op.applyTo(state));
  }

  /// The log, or one that lies.
  OpsLog log(OpsLog log) {
    return sabotage == Sabotage.ANSWERS_EARLY ? new HastyLog(log) : log;
  }

  /// Holds everything for safe at once.
  private record HastyLog(OpsLog log) implements OpsLog {
    @Override
    public ByteWriter record() {
      return log.record();
    }

    @Override
    public long position() {
      return log.position();
    }

    @Override
    public void seal() {
      log.seal();
    }

    @Override
    public long safePosition() {
      return log.position();
    }

    @Override
    public long syncedPosition() {
      return log.syncedPosition();
    }

    @Override
    public void tick(long monotonicNs) {
      log.tick(monotonicNs);
    }

    @Override
    public void close() {
      log.close();
    }
  }
}
