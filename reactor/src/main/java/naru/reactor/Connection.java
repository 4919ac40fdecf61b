package naru.reactor;

import java.util.Arrays;
import naru.bytes.ByteReader;
import naru.bytes.ByteWriter;
import naru.engine.Failure;
import naru.engine.Procedure;
import naru.engine.Request;
import naru.world.Socket;
import naru.world.SocketEvents;
import org.jspecify.annotations.Nullable;

/// Bytes from a socket to a session, and back once they may leave.
///
/// An idle connection holds no buffers: input is parsed where the network received it, and only the
/// part of a frame that is not yet complete is copied aside.
final class Connection implements SocketEvents, Peer {
  private static final byte[] NO_BYTES = new byte[0];

  /// A session that has this much unsent takes no further frames until it was sent.
  private static final long UNSENT_HOLD_BYTES = 64L << 20;

  /// A held connection is still read up to here, to notice that the other side has gone.
  private static final int HELD_INPUT_MAX_BYTES = 64 << 10;

  private final Reactor reactor;
  private final Socket socket;
  private final long id;
  private final Output output;
  private final ByteReader reader = new ByteReader(NO_BYTES);
  private @Nullable Session session;
  private @Nullable Waiter waiter;
  private OutputLimit limit = OutputLimit.NONE;
  private long overSoftSinceNs;
  private Timers.@Nullable Timer softTimer;
  private byte[] input = NO_BYTES;
  private int inputLength;
  private boolean readingOff;
  private boolean held;
  private boolean closing;
  private boolean closeWhenSent;
  private boolean inputEnded;
  private boolean gone;
  private boolean running;

  // As much as is counted in the reactor's memory.
  private long countedInput;
  private long countedOutput;

  /// Whether the reactor has it in its list of connections with output.
  boolean queuedForFlush;

  /// Whether the reactor has it in its list of connections to go on with.
  boolean queuedForResume;

  Connection(Reactor reactor, Socket socket, long id) {
    this.reactor = reactor;
    this.socket = socket;
    this.id = id;
    this.output = new Output(reactor.spareWriters());
  }

  void begin(Session newSession) {
    session = newSession;
  }

  @Override
  public long id() {
    return id;
  }

  @Override
  public String remoteAddress() {
    return socket.remoteAddress();
  }

  @Override
  public String localAddress() {
    return socket.localAddress();
  }

  @Override
  public @Nullable String certifiedName() {
    return socket.peerName();
  }

  @Override
  public void received(byte[] from, int offset, int count) {
    if (reactor.isClosed()) {
      return;
    }
    reactor.beginTurn();
    reactor.traffic().read(count);
    if (closing || closeWhenSent) {
      return;
    }
    if (inputLength == 0 && !isHeld()) {
      reader.reset(from, offset, offset + count);
      show();
      keep(from, reader.position(), offset + count);
    } else {
      keep(from, offset, offset + count);
      parseKept();
      if (reactor.isBusy() && isKeptWaiting()) {
        reactor.resume(this);
      }
    }
  }

  private void keep(byte[] from, int start, int end) {
    int count = end - start;
    if (count == 0) {
      return;
    }
    if (inputLength + (long) count > Integer.MAX_VALUE - 8) {
      close();
      return;
    }
    if (inputLength + count > input.length) {
      long doubled = Math.min(Integer.MAX_VALUE - 8L, 2L * input.length);
      input = Arrays.copyOf(input, (int) Math.max(inputLength + count, doubled));
    }
    System.arraycopy(from, start, input, inputLength, count);
    inputLength += count;
    if (isHeld() && inputLength > HELD_INPUT_MAX_BYTES && !readingOff) {
      readingOff = true;
      socket.reading(false);
    }
  }

  private void parseKept() {
    if (inputLength == 0 || isHeld() || gone) {
      return;
    }
    reader.reset(input, 0, inputLength);
    show();
    int rest = inputLength - reader.position();
    if (rest == 0) {
      input = NO_BYTES;
    } else if (reader.position() > 0) {
      // A new array: replies may still look at the old one until they are written.
      input = Arrays.copyOfRange(input, reader.position(), inputLength);
    }
    inputLength = rest;
    if (readingOff && !isHeld()) {
      readingOff = false;
      socket.reading(true);
    }
  }

  private void show() {
    if (session != null) {
      session.received(reader);
    }
  }

  @Override
  public void receivedAll() {
    count();
  }

  /// Has the reactor know what the buffers take now.
  private void count() {
    long outputBytes = output.bytes();
    if (input.length != countedInput || outputBytes != countedOutput) {
      reactor.memory().changed(input.length - countedInput, outputBytes - countedOutput);
      countedInput = input.length;
      countedOutput = outputBytes;
    }
  }

  @Override
  public long bufferBytes() {
    return input.length + unsentBytes();
  }

  /// Goes on with what has been received while it was held.
  void goOn() {
    if (inputEnded) {
      reactor.flushLater(this);
    }
    if (!gone && !closing) {
      parseKept();
      if (readingOff && !isHeld()) {
        readingOff = false;
        socket.reading(true);
      }
    }
  }

  @Override
  public void submit(Request request) {
    reactor.shard().submit(this, request);
  }

  @Override
  public void submit(Procedure procedure) {
    reactor.shard().submit(this, procedure);
  }

  void waitsWith(Waiter newWaiter) {
    waiter = newWaiter;
  }

  /// The waiting request was answered: the session goes on in this turn.
  void resume() {
    waiter = null;
    reactor.resume(this);
  }

  @Override
  public boolean isWaiting() {
    return waiter != null;
  }

  @Override
  public boolean isHeld() {
    return waiter != null
        || held
        || closing
        || closeWhenSent
        || running
        || reactor.isClosed()
        || (reactor.isBusy() && isKeptWaiting())
        || output.bytes() > UNSENT_HOLD_BYTES;
  }

  @Override
  public boolean isClosing() {
    return closing || gone;
  }

  private boolean isKeptWaiting() {
    return session != null && !session.servesWhileBusy();
  }

  /// Whether a procedure of this connection runs.
  boolean isRunning() {
    return running;
  }

  void running(boolean now) {
    running = now;
  }

  @Override
  public void endWait(@Nullable Failure failure) {
    if (waiter != null) {
      reactor.shard().endWait(waiter, failure);
    }
  }

  @Override
  public void hold(boolean on) {
    held = on;
    if (!on) {
      reactor.resume(this);
    }
  }

  @Override
  public ByteWriter output() {
    reactor.flushLater(this);
    return output.writer();
  }

  @Override
  public void send(byte[] frame) {
    if (gone || closing || reactor.shard().putsOff(this, frame)) {
      return;
    }
    reactor.flushLater(this);
    output.add(frame, reactor.log().position());
    count();
    checkLimit();
  }

  /// What was written so far waits for `position`.
  void stamp(long position) {
    if (gone || closing) {
      output.clear();
      return;
    }
    output.stamp(position);
    count();
    checkLimit();
  }

  @Override
  public long unsentBytes() {
    return output.bytes() + socket.unsentBytes();
  }

  @Override
  public void limitOutput(OutputLimit newLimit) {
    limit = newLimit;
  }

  /// Looked at when there is more to send, when all was sent, and when the time of the soft limit
  /// is over.
  private void checkLimit() {
    if (gone || closing || (limit.hardBytes() == 0 && limit.softBytes() == 0)) {
      forgetSoft();
      return;
    }
    long unsent = unsentBytes();
    if (limit.hardBytes() > 0 && unsent > limit.hardBytes()) {
      reactor.closedAtLimit(this);
      close();
    } else if (limit.softBytes() > 0 && unsent > limit.softBytes()) {
      if (softTimer == null) {
        overSoftSinceNs = reactor.nowNs();
        softTimer = reactor.timers().at(overSoftSinceNs + softNs() + 1, this::checkLimit);
      } else if (reactor.nowNs() - overSoftSinceNs > softNs()) {
        reactor.closedAtLimit(this);
        close();
      }
    } else {
      forgetSoft();
    }
  }

  private long softNs() {
    return limit.softMs() * 1_000_000;
  }

  private void forgetSoft() {
    if (softTimer != null) {
      softTimer.cancel();
      softTimer = null;
    }
  }

  /// Sends what may leave; returns whether something waits for the log.
  boolean flush(long safePosition) {
    if (gone) {
      return false;
    }
    if (closing) {
      count();
      socket.close();
      return false;
    }
    output.stamp(reactor.stampPosition());
    boolean wasHeld = isHeld();
    long before = output.bytes();
    boolean waits = output.flush(socket, safePosition);
    if (output.bytes() < before) {
      reactor.traffic().wrote(before - output.bytes());
    }
    count();
    if (wasHeld && !isHeld() && inputLength > 0) {
      reactor.resume(this);
    }
    if (inputEnded && !queuedForResume && output.isEmpty()) {
      closeWhenSent = true;
      stopWaiting();
    }
    if (closeWhenSent && output.isEmpty()) {
      socket.closeAfterFlush();
    }
    return waits;
  }

  @Override
  public void drained() {
    checkLimit();
    if (!output.isEmpty()) {
      reactor.flushLater(this);
    }
    if (inputLength > 0) {
      reactor.resume(this);
    }
  }

  @Override
  public void closeAfterOutput() {
    closeWhenSent = true;
    reactor.flushLater(this);
  }

  @Override
  public void close() {
    closing = true;
    stopWaiting();
    output.clear();
    reactor.flushLater(this);
  }

  /// Closes after what was asked has been answered, however long that waits for the log: `printf …
  /// |
  /// nc` ends its output at once. Who waits for something to happen has nobody left to answer.
  @Override
  public boolean peerEnded() {
    reactor.beginTurn();
    inputEnded = true;
    reactor.flushLater(this);
    return false;
  }

  /// Nothing is taken out of a queue for whom it cannot be sent to.
  private void stopWaiting() {
    if (waiter != null) {
      reactor.shard().forget(waiter);
      waiter = null;
    }
  }

  @Override
  public void closed() {
    reactor.beginTurn();
    gone = true;
    forgetSoft();
    stopWaiting();
    output.clear();
    input = NO_BYTES;
    inputLength = 0;
    count();
    if (session != null) {
      session.closed();
    }
    reactor.gone(this);
  }
}
