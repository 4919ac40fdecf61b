package naru.simulator;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import naru.bytes.ByteReader;
import naru.engine.Op;
import naru.engine.OpCodec;
import naru.engine.State;
import naru.engine.hash.HashOp;
import naru.engine.key.KeyOp;
import naru.log.OpsLog;
import naru.simulator.check.Sent;
import naru.world.simulated.SimulatedDisk;

/// Breaks a broker as it was told; does what has to be done if it was told nothing.
final class Saboteur {
  private static final int ONE_IN = 20;
  private static final long LATE_MS = 40;

  private final Sabotage sabotage;
  private final Chance chance;
  private final Map<Long, byte[]> heldBack = new TreeMap<>();

  Saboteur(Sabotage sabotage, Chance chance) {
    this.sabotage = sabotage;
    this.chance = chance;
  }

  static void breakDisk(SimulatedDisk disk, Sabotage sabotage) {
    switch (sabotage) {
      case DISK_LIES -> disk.lieAboutSyncs();
      case DISK_FORGETS_NAMES -> disk.forgetNames();
      case SYNCS_AGAIN -> disk.hideRefusedSyncs();
      default -> {}
    }
  }

  /// What reaches the broker of a command that a client sends.
  static Sent altered(Sent sent, Sabotage sabotage) {
    List<String> words = new ArrayList<>(sent.words());
    if (sabotage == Sabotage.FORGETS_WATCHES && words.getFirst().equals("WATCH")) {
      return new Sent(List.of("WATCH", "nothing"), sent.kind());
    }
    if (sabotage == Sabotage.FIELDS_EXPIRE_LATE && words.getFirst().equals("HPEXPIRE")) {
      words.set(2, Long.toString(Long.parseLong(words.get(2)) + LATE_MS));
    }
    int at = words.getFirst().equals("PEXPIRE") ? 2 : words.indexOf("PX") + 1;
    if (sabotage == Sabotage.EXPIRES_LATE && at > 0) {
      words.set(at, Long.toString(Long.parseLong(words.get(at)) + LATE_MS));
    }
    return new Sent(words, sent.kind());
  }

  /// What a connection is sent instead of a message.
  List<byte[]> delivered(long connection, byte[] message) {
    byte[] before = heldBack.remove(connection);
    if (before != null) {
      return List.of(message, before);
    }
    if (sabotage == Sabotage.LOSES_MESSAGES && chance.oneIn(ONE_IN)) {
      return List.of();
    }
    if (sabotage == Sabotage.SWAPS_MESSAGES && chance.oneIn(ONE_IN)) {
      heldBack.put(connection, message);
      return List.of();
    }
    return List.of(message);
  }

  /// Applies a record of the log to a state.
  void replay(ByteReader payload, State state) {
    boolean always =
        sabotage == Sabotage.REPLAYS_NO_EXPIRY || sabotage == Sabotage.REPLAYS_NO_FIELD_EXPIRY;
    if (sabotage == Sabotage.NONE || !(always || chance.oneIn(ONE_IN))) {
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
      case REPLAYS_NO_EXPIRY -> ops.removeIf(op -> op instanceof KeyOp.ExpiryChanged);
      case REPLAYS_NO_FIELD_EXPIRY -> ops.removeIf(op -> op instanceof HashOp.ExpiryChanged);
      case NONE,
          ANSWERS_EARLY,
          DISK_LIES,
          DISK_FORGETS_NAMES,
          FIELDS_EXPIRE_LATE,
          IGNORES_CUT_FILES,
          IGNORES_MISSING_FILES,
          IGNORES_READ_ERRORS,
          EXPIRES_LATE,
          FORGETS_WATCHES,
          LOSES_MESSAGES,
          SWAPS_MESSAGES,
          PASSES_OVER_UNREADABLE,
          SYNCS_AGAIN,
          SYNCS_NEVER,
          IGNORES_DAMAGE,
          WRITES_NEVER_AGAIN -> {}
    }
    ops.forEach(op -> op.applyTo(state));
  }

  /// The log, or one that lies.
  OpsLog log(OpsLog log) {
    return switch (sabotage) {
      case ANSWERS_EARLY, SYNCS_NEVER, WRITES_NEVER_AGAIN -> new FalseLog(log, sabotage);
      default -> log;
    };
  }
}
