package naru.world.real;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileStore;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.function.Supplier;
import naru.world.DiskFile;
import naru.world.WorldFailure;
import org.jspecify.annotations.Nullable;

/// A file of a [RealDisk].
///
/// Bytes pass through a buffer outside the heap that is made once for all files of the disk: the
/// channel would otherwise make one for each new size it meets.
final class RealDiskFile implements DiskFile {
  private static final int BUFFER_BYTES = RealDisk.BUFFER_BYTES;

  private final Path path;
  private final FileChannel channel;
  private final FileStore store;
  private final ExecutorService syncs;

  private final Supplier<ByteBuffer> buffer;
  private @Nullable CountDownLatch syncUnderWay;
  private long sizeBytes;

  /// @param buffer the disk's, for the length of a call
  RealDiskFile(
      Path path,
      FileChannel channel,
      FileStore store,
      ExecutorService syncs,
      Supplier<ByteBuffer> buffer)
      throws IOException {
    this.buffer = buffer;
    this.path = path;
    this.channel = channel;
    this.store = store;
    this.syncs = syncs;
    sizeBytes = channel.size();
  }

  @Override
  public String name() {
    return path.getFileName().toString();
  }

  @Override
  public long sizeBytes() {
    return sizeBytes;
  }

  @Override
  public int read(long position, byte[] into, int offset, int count) {
    int done = 0;
    try {
      while (done < count) {
        ByteBuffer piece = buffer().limit(Math.min(count - done, BUFFER_BYTES));
        int got = channel.read(piece, position + done);
        if (got <= 0) {
          break;
        }
        piece.flip().get(into, offset + done, got);
        done += got;
      }
    } catch (IOException refused) {
      throw Refusal.of("cannot read " + path + " at " + position, refused);
    }
    return done;
  }

  @Override
  public void append(byte[] from, int offset, int count) {
    int done = 0;
    try {
      while (done < count) {
        int size = Math.min(count - done, BUFFER_BYTES);
        ByteBuffer piece = buffer().put(from, offset + done, size).flip();
        while (piece.hasRemaining()) {
          sizeBytes += channel.write(piece, sizeBytes);
        }
        done += size;
      }
    } catch (IOException refused) {
      throw Refusal.ofWrite("cannot write to " + path, refused, store);
    }
  }

  private ByteBuffer buffer() {
    return buffer.get().clear();
  }

  @Override
  public void truncate(long newSizeBytes) {
    try {
      channel.truncate(newSizeBytes);
      sizeBytes = newSizeBytes;
    } catch (IOException refused) {
      throw Refusal.of("cannot cut " + path + " to " + newSizeBytes + " bytes", refused);
    }
  }

  @Override
  public void writeAgain(long from) {
    long at = from;
    try {
      while (at < sizeBytes) {
        ByteBuffer piece = buffer();
        if (channel.read(piece, at) <= 0) {
          break;
        }
        piece.flip();
        while (piece.hasRemaining()) {
          at += channel.write(piece, at);
        }
      }
    } catch (IOException refused) {
      throw Refusal.ofWrite("cannot write to " + path + " at " + at, refused, store);
    }
  }

  @Override
  public void sync() {
    try {
      channel.force(false);
    } catch (IOException refused) {
      throw Refusal.of("cannot sync " + path, refused);
    }
  }

  @Override
  public void syncThen(SyncListener done) {
    CountDownLatch ended = new CountDownLatch(1);
    syncUnderWay = ended;
    syncs.execute(
        () -> {
          @Nullable WorldFailure failure = null;
          try {
            sync();
          } catch (WorldFailure refused) {
            failure = refused;
          } finally {
            ended.countDown();
          }
          done.synced(failure);
        });
  }

  /// Closes the file when no sync is under way: closing would make it fail.
  @Override
  public void close() {
    try {
      if (syncUnderWay != null) {
        syncUnderWay.await();
      }
      channel.close();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new WorldFailure("interrupted while closing " + path, interrupted);
    } catch (IOException refused) {
      throw Refusal.of("cannot close " + path, refused);
    }
  }
}
