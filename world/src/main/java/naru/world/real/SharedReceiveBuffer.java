package naru.world.real;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.ChannelConfig;
import io.netty.channel.RecvByteBufAllocator;
import io.netty.util.UncheckedBooleanSupplier;
import org.jspecify.annotations.Nullable;

/// Lends the same direct buffer to every read of every connection.
///
/// Possible where a read is over when the call returns, and the bytes are taken out before the next
/// one: an idle connection then owns no buffer at all, and no read allocates.
final class SharedReceiveBuffer
    implements RecvByteBufAllocator, RecvByteBufAllocator.ExtendedHandle {
  private final ByteBuf buffer;
  private final int readsPerTurnMax;
  private @Nullable ChannelConfig config;
  private int reads;
  private int lastBytes;
  private int attemptedBytes;

  SharedReceiveBuffer(ByteBuf buffer, int readsPerTurnMax) {
    this.buffer = buffer;
    this.readsPerTurnMax = readsPerTurnMax;
  }

  @Override
  public ExtendedHandle newHandle() {
    return this;
  }

  @Override
  public ByteBuf allocate(ByteBufAllocator allocator) {
    return buffer.clear().retain();
  }

  @Override
  public int guess() {
    return buffer.capacity();
  }

  @Override
  public void reset(ChannelConfig newConfig) {
    config = newConfig;
    reads = 0;
  }

  @Override
  public void incMessagesRead(int count) {
    reads += count;
  }

  @Override
  public void lastBytesRead(int bytes) {
    lastBytes = bytes;
  }

  @Override
  public int lastBytesRead() {
    return lastBytes;
  }

  @Override
  public void attemptedBytesRead(int bytes) {
    attemptedBytes = bytes;
  }

  @Override
  public int attemptedBytesRead() {
    return attemptedBytes;
  }

  @Override
  public boolean continueReading() {
    return mayGoOn() && lastBytes == attemptedBytes;
  }

  @Override
  public boolean continueReading(UncheckedBooleanSupplier maybeMore) {
    return mayGoOn() && maybeMore.get();
  }

  private boolean mayGoOn() {
    return reads < readsPerTurnMax && config != null && config.isAutoRead();
  }

  @Override
  public void readComplete() {}
}
