package naru.world.real;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/// Bytes written to a connection that the system has not been given yet, in chunks.
///
/// A chunk grows with what is written to it, so that a short answer takes a small buffer and a
/// turn's answers are mostly one. Beyond [#DIRECT_MAX_BYTES] chunks lie on the heap: one peer that
/// does not read cannot take all of the direct memory.
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
      int part = Math.min(rest, chunk.maxWritableBytes());
      chunk.writeBytes(from, at, part);
      bytes += part;
      at += part;
      rest -= part;
    }
  }

  private ByteBuf chunkWithRoom(int wanted) {
    ByteBuf last = chunks.size() > flushedChunks ? chunks.peekLast() : null;
    if (last != null && last.maxWritableBytes() > 0) {
      return last;
    }
    int capacity = Math.clamp(wanted, CHUNK_MIN_BYTES, CHUNK_MAX_BYTES);
    ByteBuf fresh =
        bytes < DIRECT_MAX_BYTES
            ? allocator.directBuffer(capacity, CHUNK_MAX_BYTES)
            : Unpooled.buffer(capacity, CHUNK_MAX_BYTES);
    chunks.addLast(fresh);
    return fresh;
  }

  /// All that was written may leave.
  void flush() {
    flushedChunks = chunks.size();
  }

  /// The oldest chunk that may leave; it stays here.
  @Nullable ByteBuf first() {
    return flushedChunks == 0 ? null : chunks.peekFirst();
  }

  /// The system took `count` bytes of the first chunk.
  void sent(int count) {
    ByteBuf chunk = chunks.getFirst();
    chunk.skipBytes(count);
    bytes -= count;
    if (!chunk.isReadable()) {
      flushedChunks--;
      chunks.removeFirst().release();
    }
  }

  /// The oldest chunk that may leave; it is the caller's now.
  @Nullable ByteBuf take() {
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
