package naru.reactor;

import java.util.List;
import naru.bytes.Bytes;
import naru.engine.stream.block.BlockStore;
import naru.engine.stream.block.UnreadableBlock;
import naru.log.BlockFiles;
import naru.log.DamagedLog;
import naru.world.WorldFailure;

/// Blocks of streams in the files beside the log.
record FiledBlocks(BlockFiles files) implements BlockStore {
  FiledBlocks {
    if (BlockStore.FRAME_BYTES != BlockFiles.FRAME_BYTES) {
      throw new IllegalStateException("a frame has two lengths");
    }
  }

  @Override
  public Place append(List<Bytes> blocks) {
    BlockFiles.Place place = files.append(blocks);
    return new Place(place.file(), place.offset());
  }

  @Override
  public byte[] read(long file, long offset, int bytes) {
    try {
      return files.read(file, offset, bytes);
    } catch (DamagedLog | WorldFailure trouble) {
      throw new UnreadableBlock("" + trouble.getMessage(), trouble);
    }
  }

  @Override
  public long salt(long file) {
    return files.salt(file);
  }

  @Override
  public boolean isToBeLeft(long file) {
    return files.isToBeLeft(file);
  }

  @Override
  public boolean hasFilesToBeLeft() {
    return files.hasFilesToBeLeft();
  }
}
