package naru.engine.replication;

import naru.bytes.ByteReader;
import naru.bytes.ByteWriter;
import naru.engine.Op;
import naru.engine.OpCodec.UnknownOp;
import naru.engine.State;

/// Effects on what the state remembers of the server that it is a copy of. They have no key.
public sealed interface ReplicationOp extends Op.Keyless {
  static ReplicationOp decode(int tag, ByteReader in) {
    return switch (tag) {
      case 0x90 ->
          new Placed(
              new Lineage(
                  in.readByte() != 0,
                  in.readSized(),
                  in.readCount(),
                  in.readSized(),
                  in.readLong(),
                  in.readCount()));
      case 0x91 -> new Advanced(in.readVarLong(), in.readCount());
      default -> throw new UnknownOp(tag);
    };
  }

  @Override
  default int database() {
    return 0;
  }

  @Override
  default Audience audience() {
    return Audience.NOBODY;
  }

  /// `0x90`: the state is a copy of this kind, at this place.
  record Placed(Lineage lineage) implements ReplicationOp {
    @Override
    public int tag() {
      return 0x90;
    }

    @Override
    public void encode(ByteWriter out) {
      out.writeByte(lineage.follows() ? 1 : 0);
      out.writeSized(lineage.host());
      out.writeVarLong(lineage.port());
      out.writeSized(lineage.history());
      out.writeLong(lineage.offset());
      out.writeVarLong(lineage.database());
    }

    @Override
    public void applyTo(State state) {
      state.lineage(
          new Lineage(
              lineage.follows(),
              lineage.host().owned(),
              lineage.port(),
              lineage.history().owned(),
              lineage.offset(),
              lineage.database()));
    }
  }

  /// `0x91`: what the other did up to this offset has been done here, in the same record.
  ///
  /// @param selected the database that is selected there
  record Advanced(long offset, int selected) implements ReplicationOp {
    @Override
    public int tag() {
      return 0x91;
    }

    @Override
    public void encode(ByteWriter out) {
      out.writeVarLong(offset);
      out.writeVarLong(selected);
    }

    @Override
    public void applyTo(State state) {
      Lineage lineage = state.lineage();
      if (lineage != null) {
        state.lineage(lineage.at(offset, selected));
      }
    }
  }
}
