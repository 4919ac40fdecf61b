package naru.world.real;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/// Bytes written to a connection that its channel has not been given yet, in chunks.
///
/// Chunks grow with what is written: a short answer takes a small buffer. Beyond
/// [#DIRECT_MAX_BYTES] they lie on the heap, so that one peer that does not read cannot take all of
/// the direct memory.
///
/// ```
/// [ flushed chunks, oldest first | chunks written since, the last one with room ]
/// ```
final class Outgoing {
  static final int DIRECT_MAX_BYTES = 512 * 1024;
  static final int CHUNK_MAX_BYTES = 64 * 1024;
  private static final int CHUNK_MIN_BYTES = 1024;

  private final ByteBufAllocator allocator;
  private final ArrayDeque<ByteBuf> chunks = new ArrayDeque<>(2);
  private int flushedChunks;
  private long bytes;

  Outgoing(ByteBufAllocator allocator) {
    this.allocator = allocator;
  }

  long bytes() {
    return bytes;
  }

  void write(byte[] from, int offset, int count) {
    int at = offset;
    int rest = count;
    while (rest > 0) {
      ByteBuf chunk = chunkWithRoom(rest);
      int part = Math.min(rest, chunk.writableBytes());
      chunk.writeBytes(from, at, part);
      bytes += part;
      at += part;
      rest -= part;
    }
  }

  private ByteBuf chunkWithRoom(int wanted) {
    ByteBuf last = chunks.size() > flushedChunks ? chunks.peekLast() : null;
    if (last != null && last.isWritable()) {
      return last;
    }
    int grown = last == null ? CHUNK_MIN_BYTES : last.capacity() * 4;
    int capacity = Math.min(CHUNK_MAX_BYTES, Math.max(wanted, grown));
    ByteBuf fresh =
        bytes < DIRECT_MAX_BYTES ? allocator.directBuffer(capacity) : Unpooled.buffer(capacity);
    chunks.addLast(fresh);
    return fresh;
  }

  /// All that was written may leave.
  void flush() {
    flushedChunks = chunks.size();
  }

  /// The next chunk that may leave; the caller owns it.
  @Nullable ByteBuf poll() {
    if (flushedChunks == 0) {
      return null;
    }
    flushedChunks--;
    ByteBuf chunk = chunks.removeFirst();
    bytes -= chunk.readableBytes();
    return chunk;
  }

  void release() {
    chunks.forEach(ByteBuf::release);
    chunks.clear();
    flushedChunks = 0;
    bytes = 0;
  }
}
