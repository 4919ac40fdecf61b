package naru.world.real;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
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
  private final RealDisk disk;
  private @Nullable CountDownLatch syncUnderWay;

  /// The last append beside the caller, which ends behind all others.
  private @Nullable Future<?> lastAppend;

  private volatile @Nullable WorldFailure appendFailure;
  private long sizeBytes;

  RealDiskFile(Path path, FileChannel channel, RealDisk disk) throws IOException {
    this.path = path;
    this.channel = channel;
    this.disk = disk;
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
        ByteBuffer piece = disk.buffer().limit(Math.min(count - done, BUFFER_BYTES));
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
        ByteBuffer piece = disk.buffer().put(from, offset + done, size).flip();
        while (piece.hasRemaining()) {
          sizeBytes += channel.write(piece, sizeBytes);
        }
        done += size;
      }
    } catch (IOException refused) {
      throw Refusal.ofWrite("cannot write to " + path, refused, disk.store());
    }
  }

  @Override
  public void appendThen(byte[] from, int offset, int count, SyncListener done) {
    long at = sizeBytes;
    sizeBytes += count;
    lastAppend =
        disk.writes()
            .submit(
                () -> {
                  @Nullable WorldFailure failure = write(from, offset, count, at);
                  if (failure != null) {
                    appendFailure = failure;
                  }
                  done.synced(failure);
                });
  }

  private @Nullable WorldFailure write(byte[] from, int offset, int count, long at) {
    int done = 0;
    try {
      while (done < count) {
        ByteBuffer piece = disk.writesBuffer();
        piece.put(from, offset + done, Math.min(count - done, piece.capacity())).flip();
        while (piece.hasRemaining()) {
          done += channel.write(piece, at + done);
        }
      }
      return null;
    } catch (IOException refused) {
      return Refusal.ofWrite("cannot write to " + path, refused, disk.store());
    }
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
        ByteBuffer piece = disk.buffer();
        if (channel.read(piece, at) <= 0) {
          break;
        }
        piece.flip();
        while (piece.hasRemaining()) {
          at += channel.write(piece, at);
        }
      }
    } catch (IOException refused) {
      throw Refusal.ofWrite("cannot write to " + path + " at " + at, refused, disk.store());
    }
  }

  @Override
  public void sync() {
    sync(lastAppend);
  }

  private void sync(@Nullable Future<?> append) {
    await(append);
    WorldFailure failure = appendFailure;
    if (failure != null) {
      throw failure;
    }
    try {
      channel.force(false);
    } catch (IOException refused) {
      throw Refusal.of("cannot sync " + path, refused);
    }
  }

  private void await(@Nullable Future<?> append) {
    try {
      if (append != null) {
        append.get();
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new WorldFailure("interrupted while writing " + path, interrupted);
    } catch (ExecutionException bug) {
      throw new WorldFailure("cannot write to " + path, bug);
    }
  }

  @Override
  public void syncThen(SyncListener done) {
    CountDownLatch ended = new CountDownLatch(1);
    syncUnderWay = ended;
    Future<?> append = lastAppend;
    disk.syncs()
        .execute(
            () -> {
              @Nullable WorldFailure failure = null;
              try {
                sync(append);
              } catch (WorldFailure refused) {
                failure = refused;
              } finally {
                ended.countDown();
              }
              done.synced(failure);
            });
  }

  /// Closes the file when nothing is under way: closing would make it fail.
  @Override
  public void close() {
    try {
      await(lastAppend);
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
