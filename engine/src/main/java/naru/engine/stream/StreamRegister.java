package naru.engine.stream;

import naru.engine.stream.block.Slots;
import org.jspecify.annotations.Nullable;

/// The streams of a database that have blocks which can be moved out of memory, or have been, in a
/// ring; and what these take, together.
///
/// A stream enters when its key comes to the database, and leaves with it. So what is counted is
/// right at any time, and nothing has to be looked for.
public final class StreamRegister {
  private @Nullable StreamValue next;

  /// A second place in the ring.
  private @Nullable StreamValue nextToLay;

  private int size;
  private long memoryBytes;
  private long filedBytes;

  /// Bytes of memory that moving blocks out would give back.
  public long memoryBytes() {
    return memoryBytes;
  }

  /// What the streams have in files.
  public long filedBytes() {
    return filedBytes;
  }

  public int size() {
    return size;
  }

  /// The streams one after the other, round and round; null if there are none.
  public @Nullable StreamValue next() {
    StreamValue stream = next;
    next = stream == null ? null : stream.nextInRegister;
    return stream;
  }

  /// As [#next], for somebody else who goes round at the same time.
  public @Nullable StreamValue nextToLay() {
    StreamValue stream = nextToLay == null ? next : nextToLay;
    nextToLay = stream == null ? null : stream.nextInRegister;
    return stream;
  }

  /// Whether a stream is in this database.
  public boolean has(StreamValue stream) {
    return stream.register == this;
  }

  public void enter(StreamValue stream) {
    stream.register = this;
    changed(stream);
  }

  public void leave(StreamValue stream) {
    if (stream.register == this) {
      stream.register = null;
      memoryBytes -= stream.countedMemoryBytes;
      filedBytes -= stream.countedFiledBytes;
      stream.countedMemoryBytes = 0;
      stream.countedFiledBytes = 0;
      unlink(stream);
    }
  }

  void changed(StreamValue stream) {
    Slots slots = stream.slots();
    memoryBytes += slots.memoryBytes() - stream.countedMemoryBytes;
    filedBytes += slots.filedBytes() - stream.countedFiledBytes;
    stream.countedMemoryBytes = slots.memoryBytes();
    stream.countedFiledBytes = slots.filedBytes();
    if (slots.memoryBytes() == 0 && slots.filedBytes() == 0) {
      unlink(stream);
    } else {
      link(stream);
    }
  }

  private void link(StreamValue stream) {
    if (stream.nextInRegister != null) {
      return;
    }
    StreamValue first = next;
    if (first == null) {
      next = stream;
      first = stream;
      stream.previousInRegister = stream;
    }
    StreamValue last = first.previousInRegister == null ? first : first.previousInRegister;
    stream.previousInRegister = last;
    stream.nextInRegister = first;
    last.nextInRegister = stream;
    first.previousInRegister = stream;
    size++;
  }

  private void unlink(StreamValue stream) {
    StreamValue after = stream.nextInRegister;
    StreamValue before = stream.previousInRegister;
    if (after == null || before == null) {
      return;
    }
    before.nextInRegister = after;
    after.previousInRegister = before;
    stream.nextInRegister = null;
    stream.previousInRegister = null;
    size--;
    if (size == 0) {
      next = null;
      nextToLay = null;
      return;
    }
    next = next == stream ? after : next;
    nextToLay = nextToLay == stream ? after : nextToLay;
  }
}
