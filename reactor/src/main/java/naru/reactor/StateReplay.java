package naru.reactor;

import naru.bytes.ByteReader;
import naru.engine.Op;
import naru.engine.OpCodec;
import naru.engine.State;
import naru.engine.stream.StreamOp;
import naru.engine.stream.block.UnreadableBlock;
import naru.log.BlockFiles;
import naru.log.DamagedLog;
import naru.log.Replay;
import naru.world.WorldFailure;
import org.jspecify.annotations.Nullable;

/// Applies what a start finds to a state that is empty at first.
public final class StateReplay implements Replay {
  private final State state;
  private final long streamMemoryBytes;
  private @Nullable BlockFiles files;
  private @Nullable StreamStorage storage;

  /// Blocks of streams come to memory, unless a snapshot names them.
  public StateReplay(State state) {
    this(state, Long.MAX_VALUE);
  }

  /// @param streamMemoryBytes how much of full blocks of streams may be in memory
  public StateReplay(State state, long streamMemoryBytes) {
    this.state = state;
    this.streamMemoryBytes = streamMemoryBytes;
  }

  @Override
  public void blocks(BlockFiles theFiles) {
    files = theFiles;
    storage = new StreamStorage(state, theFiles);
    storage.limit(streamMemoryBytes);
  }

  @Override
  public void record(long position, ByteReader payload) {
    try {
      while (payload.remaining() > 0) {
        Op op = OpCodec.decode(payload);
        if (op instanceof StreamOp.RunRestored run && files != null) {
          files.named(run.file(), run.salt(), run.end(), run.bytes());
        }
        state.apply(op);
      }
    } catch (UnreadableBlock unreadable) {
      throw reason(unreadable);
    }
    if (storage != null) {
      storage.relieveAll();
    }
  }

  /// What a start is refused for: the disk's own words.
  private static RuntimeException reason(UnreadableBlock unreadable) {
    return switch (unreadable.getCause()) {
      case DamagedLog damaged -> damaged;
      case WorldFailure refused -> refused;
      case null, default -> unreadable;
    };
  }

  @Override
  public void snapshotEnded(long entries) {
    long keys = state.keys();
    if (keys != entries) {
      throw new ByteReader.Malformed("makes " + keys);
    }
  }
}
