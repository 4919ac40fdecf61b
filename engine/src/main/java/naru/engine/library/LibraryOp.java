package naru.engine.library;

import naru.bytes.ByteReader;
import naru.bytes.ByteWriter;
import naru.bytes.Bytes;
import naru.engine.Op;
import naru.engine.OpCodec.UnknownOp;
import naru.engine.State;

/// Effects on libraries of functions. They have no key, and nobody waits for them.
public sealed interface LibraryOp extends Op.Keyless {
  static LibraryOp decode(int tag, ByteReader in) {
    return switch (tag) {
      case 0x80 -> new Loaded(in.readSized(), in.readSized());
      case 0x81 -> new Deleted(in.readSized());
      case 0x82 -> new Cleared();
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

  /// `0x80`: a library has this text, whatever it had before.
  record Loaded(Bytes name, Bytes text) implements LibraryOp {
    @Override
    public int tag() {
      return 0x80;
    }

    @Override
    public void encode(ByteWriter out) {
      out.writeSized(name);
      out.writeSized(text);
    }

    @Override
    public void applyTo(State state) {
      state.libraries().put(name, text);
    }
  }

  /// `0x81`: a library is gone.
  record Deleted(Bytes name) implements LibraryOp {
    @Override
    public int tag() {
      return 0x81;
    }

    @Override
    public void encode(ByteWriter out) {
      out.writeSized(name);
    }

    @Override
    public void applyTo(State state) {
      state.libraries().remove(name);
    }
  }

  /// `0x82`: all libraries are gone.
  record Cleared() implements LibraryOp {
    @Override
    public int tag() {
      return 0x82;
    }

    @Override
    public void encode(ByteWriter out) {}

    @Override
    public void applyTo(State state) {
      state.libraries().clear();
    }
  }
}
