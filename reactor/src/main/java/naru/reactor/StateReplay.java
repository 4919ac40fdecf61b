package naru.reactor;

import naru.bytes.ByteReader;
import naru.engine.OpCodec;
import naru.engine.State;
import naru.log.Replay;

/// Applies what a start finds to a state that is empty at first.
public final class StateReplay implements Replay {
  private final State state;

  public StateReplay(State state) {
    this.state = state;
  }

  @Override
  public void record(long position, ByteReader payload) {
    while (payload.remaining() > 0) {
      state.apply(OpCodec.decode(payload));
    }
  }

  @Override
  public void snapshotEnded(long entries) {
    long keys = state.keys();
    if (keys != entries) {
      throw new ByteReader.Malformed("makes " + keys);
    }
  }
}
