package naru.broker.directory;

import naru.bytes.ByteReader;
import naru.engine.Op;
import naru.engine.stream.StreamOp;
import naru.log.BlockFiles;
import naru.log.Replay;
import org.jspecify.annotations.Nullable;

/// Looks at what a start would apply only for the blocks of streams that it needs: whether their
/// files are there, are the same, and are long enough.
public final class NamedBlocks implements Replay {
  private @Nullable BlockFiles files;

  @Override
  public void blocks(BlockFiles theFiles) {
    files = theFiles;
  }

  @Override
  public void record(long position, ByteReader payload) {
    BlockFiles present = files;
    if (present == null) {
      return;
    }
    for (Op op : Ops.of(payload)) {
      if (op instanceof StreamOp.RunRestored run) {
        present.named(run.file(), run.salt(), run.end(), run.bytes());
      }
    }
  }

  /// Only a snapshot names blocks.
  @Override
  public void snapshotEnded(long entries) {
    files = null;
  }
}
