package naru.engine.stream;

import java.util.List;
import naru.bytes.ByteReader;
import naru.bytes.ByteWriter;
import naru.bytes.Bytes;
import naru.engine.KeyedOp;
import naru.engine.Op;
import naru.engine.OpCodec.UnknownOp;
import naru.engine.State;
import org.jspecify.annotations.Nullable;

/// Effects on consumer groups. All of them concern a stream that exists.
///
/// Only after [Removed] and [Released] do readers that wait have to look again.
public sealed interface GroupOp extends KeyedOp {
  static GroupOp decode(int tag, int database, Bytes key, ByteReader in) {
    if (tag == 0x79) {
      return new Dropped(database, key, IdList.decode(in));
    }
    Bytes group = in.readSized();
    return switch (tag) {
      case 0x70 -> new Created(database, key, group, StreamId.decode(in), in.readSignedVarLong());
      case 0x71 -> new Moved(database, key, group, StreamId.decode(in), in.readSignedVarLong());
      case 0x72 -> new Removed(database, key, group);
      case 0x73 ->
          new Joined(
              database, key, group, in.readSized(), in.readSignedVarLong(), in.readSignedVarLong());
      case 0x74 -> new Left(database, key, group, in.readSized());
      case 0x76 -> Assigned.decode(database, key, group, in);
      case 0x77 -> Released.decode(database, key, group, in);
      case 0x78 -> new Acknowledged(database, key, group, IdList.decode(in));
      case 0x7A -> PendingRestored.decode(database, key, group, in);
      case 0x7B ->
          new Delivered(
              database,
              key,
              group,
              in.readSized(),
              in.readSignedVarLong(),
              IdList.decode(in),
              in.readSignedVarLong());
      default -> throw new UnknownOp(tag);
    };
  }

  /// Nobody, but for the two kinds of op that say otherwise.
  @Override
  default Audience audience() {
    return Audience.NOBODY;
  }

  /// As many counts as there are ids, whose number stands before.
  private static void encodeCounts(ByteWriter out, Longs counts) {
    for (int i = 0; i < counts.size(); i++) {
      out.writeVarLong(counts.get(i));
    }
  }

  private static Longs readCounts(ByteReader in, int size) {
    long[] counts = new long[size];
    for (int i = 0; i < size; i++) {
      counts[i] = in.readVarLong();
    }
    return Longs.of(counts);
  }

  private static @Nullable StreamValue stream(State state, Op op) {
    return state.database(op.database()).value(op.key()) instanceof StreamValue stream
        ? stream
        : null;
  }

  private static @Nullable ConsumerGroup find(State state, Op op, Bytes name) {
    StreamValue stream = stream(state, op);
    return stream == null ? null : stream.group(name);
  }

  /// `0x70`: there is a new group.
  ///
  /// @param entriesRead [ConsumerGroup#UNKNOWN] if it cannot be told
  record Created(int database, Bytes key, Bytes group, StreamId lastId, long entriesRead)
      implements GroupOp {
    @Override
    public int tag() {
      return 0x70;
    }

    @Override
    public void encodeFields(ByteWriter out) {
      out.writeSized(group);
      lastId.encode(out);
      out.writeSignedVarLong(entriesRead);
    }

    @Override
    public void applyTo(State state) {
      StreamValue stream = stream(state, this);
      if (stream != null) {
        stream.createGroup(group, lastId, entriesRead);
      }
    }
  }

  /// `0x71`: the group has read up to another place.
  record Moved(int database, Bytes key, Bytes group, StreamId lastId, long entriesRead)
      implements GroupOp {
    @Override
    public int tag() {
      return 0x71;
    }

    @Override
    public void encodeFields(ByteWriter out) {
      out.writeSized(group);
      lastId.encode(out);
      out.writeSignedVarLong(entriesRead);
    }

    @Override
    public void applyTo(State state) {
      ConsumerGroup present = find(state, this, group);
      if (present != null) {
        present.moveTo(lastId, entriesRead);
      }
    }
  }

  /// `0x72`: the group is gone, with all that it had pending.
  record Removed(int database, Bytes key, Bytes group) implements GroupOp {
    @Override
    public int tag() {
      return 0x72;
    }

    @Override
    public void encodeFields(ByteWriter out) {
      out.writeSized(group);
    }

    @Override
    public void applyTo(State state) {
      StreamValue stream = stream(state, this);
      if (stream != null) {
        stream.removeGroup(group);
      }
    }

    @Override
    public Audience audience() {
      return Audience.WAITING;
    }
  }

  /// `0x73`: a consumer joined the group.
  ///
  /// @param activeAtMs [Consumer#NEVER] unless it is restored
  record Joined(
      int database, Bytes key, Bytes group, Bytes consumer, long seenAtMs, long activeAtMs)
      implements GroupOp {
    @Override
    public int tag() {
      return 0x73;
    }

    @Override
    public void encodeFields(ByteWriter out) {
      out.writeSized(group);
      out.writeSized(consumer);
      out.writeSignedVarLong(seenAtMs);
      out.writeSignedVarLong(activeAtMs);
    }

    @Override
    public void applyTo(State state) {
      ConsumerGroup present = find(state, this, group);
      if (present != null) {
        present.join(consumer, seenAtMs).activeAtMs = activeAtMs;
      }
    }
  }

  /// `0x74`: a consumer left the group; what it had pending is forgotten.
  record Left(int database, Bytes key, Bytes group, Bytes consumer) implements GroupOp {
    @Override
    public int tag() {
      return 0x74;
    }

    @Override
    public void encodeFields(ByteWriter out) {
      out.writeSized(group);
      out.writeSized(consumer);
    }

    @Override
    public void applyTo(State state) {
      ConsumerGroup present = find(state, this, group);
      if (present != null) {
        present.leave(consumer);
      }
    }
  }

  /// `0x76`: these entries are pending with a consumer.
  ///
  /// @param active whether the consumer counts as active by it
  /// @param counts how often each entry was delivered
  record Assigned(
      int database,
      Bytes key,
      Bytes group,
      Bytes consumer,
      long atMs,
      boolean active,
      long deliveredAtMs,
      IdList ids,
      Longs counts)
      implements GroupOp {
    static Assigned decode(int database, Bytes key, Bytes group, ByteReader in) {
      Bytes consumer = in.readSized();
      long atMs = in.readSignedVarLong();
      boolean active = in.readByte() != 0;
      long deliveredAtMs = in.readSignedVarLong();
      IdList ids = IdList.decode(in);
      Longs counts = readCounts(in, ids.size());
      return new Assigned(database, key, group, consumer, atMs, active, deliveredAtMs, ids, counts);
    }

    @Override
    public int tag() {
      return 0x76;
    }

    @Override
    public void encodeFields(ByteWriter out) {
      out.writeSized(group);
      out.writeSized(consumer);
      out.writeSignedVarLong(atMs);
      out.writeByte(active ? 1 : 0);
      out.writeSignedVarLong(deliveredAtMs);
      ids.encode(out);
      encodeCounts(out, counts);
    }

    @Override
    public void applyTo(State state) {
      ConsumerGroup present = find(state, this, group);
      if (present == null) {
        return;
      }
      Consumer owner = present.join(consumer, atMs);
      owner.seen(atMs);
      owner.activeAtMs = active ? atMs : owner.activeAtMs;
      for (int i = 0; i < ids.size(); i++) {
        present.assign(ids.ms(i), ids.seq(i), owner, deliveredAtMs, counts.get(i));
      }
    }
  }

  /// `0x77`: these entries are pending with nobody, first in line for whoever claims some.
  record Released(int database, Bytes key, Bytes group, IdList ids, Longs counts)
      implements GroupOp {
    static Released decode(int database, Bytes key, Bytes group, ByteReader in) {
      IdList ids = IdList.decode(in);
      return new Released(database, key, group, ids, readCounts(in, ids.size()));
    }

    @Override
    public int tag() {
      return 0x77;
    }

    @Override
    public void encodeFields(ByteWriter out) {
      out.writeSized(group);
      ids.encode(out);
      encodeCounts(out, counts);
    }

    @Override
    public void applyTo(State state) {
      ConsumerGroup present = find(state, this, group);
      for (int i = 0; present != null && i < ids.size(); i++) {
        present.release(ids.ms(i), ids.seq(i), counts.get(i));
      }
    }

    @Override
    public Audience audience() {
      return Audience.WAITING;
    }
  }

  /// `0x78`: these entries are not pending any more.
  record Acknowledged(int database, Bytes key, Bytes group, IdList ids) implements GroupOp {
    @Override
    public int tag() {
      return 0x78;
    }

    @Override
    public void encodeFields(ByteWriter out) {
      out.writeSized(group);
      ids.encode(out);
    }

    @Override
    public void applyTo(State state) {
      ConsumerGroup present = find(state, this, group);
      for (int i = 0; present != null && i < ids.size(); i++) {
        present.forget(ids.ms(i), ids.seq(i));
      }
    }
  }

  /// `0x79`: these entries are not pending any more in any group.
  record Dropped(int database, Bytes key, IdList ids) implements GroupOp {
    @Override
    public int tag() {
      return 0x79;
    }

    @Override
    public void encodeFields(ByteWriter out) {
      ids.encode(out);
    }

    @Override
    public void applyTo(State state) {
      StreamValue stream = stream(state, this);
      if (stream == null) {
        return;
      }
      for (ConsumerGroup group : stream.groups()) {
        for (int i = 0; i < ids.size(); i++) {
          group.forget(ids.ms(i), ids.seq(i));
        }
      }
    }
  }

  /// `0x7A`: these entries are pending as they were: for snapshots.
  ///
  /// @param owners for each entry the place of its consumer among all of the group, by name;
  ///     [PendingEntries#NOBODY] if it was given back
  /// @param times of delivery, wall clock; of those given back, their place in line
  /// @param counts how often each entry was delivered
  record PendingRestored(
      int database, Bytes key, Bytes group, IdList ids, Longs owners, Longs times, Longs counts)
      implements GroupOp {
    static PendingRestored decode(int database, Bytes key, Bytes group, ByteReader in) {
      IdList ids = IdList.decode(in);
      long[] owners = new long[ids.size()];
      long[] times = new long[ids.size()];
      long before = 0;
      for (int i = 0; i < ids.size(); i++) {
        owners[i] = in.readSignedVarLong();
        before += in.readSignedVarLong();
        times[i] = before;
      }
      Longs counts = readCounts(in, ids.size());
      return new PendingRestored(
          database, key, group, ids, Longs.of(owners), Longs.of(times), counts);
    }

    @Override
    public int tag() {
      return 0x7A;
    }

    @Override
    public void encodeFields(ByteWriter out) {
      out.writeSized(group);
      ids.encode(out);
      long before = 0;
      for (int i = 0; i < ids.size(); i++) {
        out.writeSignedVarLong(owners.get(i));
        out.writeSignedVarLong(times.get(i) - before);
        before = times.get(i);
      }
      encodeCounts(out, counts);
    }

    @Override
    public void applyTo(State state) {
      ConsumerGroup present = find(state, this, group);
      if (present == null) {
        return;
      }
      List<Consumer> byName = List.copyOf(present.consumers());
      for (int i = 0; i < ids.size(); i++) {
        int place = (int) owners.get(i);
        if (place < 0) {
          present.restoreReleased(ids.ms(i), ids.seq(i), times.get(i), counts.get(i));
        } else if (place < byName.size()) {
          present.assign(ids.ms(i), ids.seq(i), byName.get(place), times.get(i), counts.get(i));
        }
      }
    }
  }

  /// `0x7B`: the next entries behind the group's last id were delivered to a consumer and are
  /// pending, delivered once.
  ///
  /// It names each, so that a replay does not have to read the entries, which may lie in files.
  ///
  /// @param ids at least one
  record Delivered(
      int database, Bytes key, Bytes group, Bytes consumer, long atMs, IdList ids, long entriesRead)
      implements GroupOp {
    @Override
    public int tag() {
      return 0x7B;
    }

    @Override
    public void encodeFields(ByteWriter out) {
      out.writeSized(group);
      out.writeSized(consumer);
      out.writeSignedVarLong(atMs);
      ids.encode(out);
      out.writeSignedVarLong(entriesRead);
    }

    @Override
    public void applyTo(State state) {
      ConsumerGroup present = find(state, this, group);
      if (present == null) {
        return;
      }
      Consumer owner = present.join(consumer, atMs);
      owner.seen(atMs);
      owner.activeAtMs = atMs;
      for (int i = 0; i < ids.size(); i++) {
        present.assign(ids.ms(i), ids.seq(i), owner, atMs, 1);
      }
      present.moveTo(ids.last(), entriesRead);
    }
  }
}
