package naru.world.real;

import io.netty.buffer.ByteBuf;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Objects;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLException;
import naru.world.Network.Encryption;
import org.jspecify.annotations.Nullable;

/// TLS between a socket and the wire that carries its bytes.
///
/// ```
/// NettySocket ──▶ send ──▶ wrap ──▶ sealed ──▶ wire
///             ◀── received ◀── unwrap ◀── incoming ◀──
/// ```
///
/// Where TLS is only offered, the first byte that comes decides: 22 begins a handshake, and nothing
/// that a client says in clear text. Whatever in a handshake takes long (signatures) is done beside
/// the reactor; nothing is read meanwhile.
///
/// Source: RFC 8446; [SSLEngine].
final class TlsWire implements Wire, WireEvents {
  private static final byte HANDSHAKE = 22;
  private static final byte[] NOTHING = new byte[0];

  /// How much more of its input a connection that was refused is let send, to read why.
  private static final int REFUSED_INPUT_MAX_BYTES = 1 << 20;

  /// How often an engine throws at most before it says why.
  private static final int SAYING_TRIES = 3;

  private final NettyNetwork network;
  private final Wire wire;
  private final Outgoing sealed;
  private boolean isOptional;
  private @Nullable WireEvents events;

  /// Null before the first byte has come, and for a connection in clear text.
  private @Nullable SSLEngine engine;

  /// Input that was not understood yet: a part of a record, at most one but for what came while a
  /// task of the handshake was under way.
  private byte[] incoming = NOTHING;

  private boolean clear;
  private boolean shaken;
  private boolean delegating;
  private boolean wantsInput = true;
  private boolean sendWaits;
  private boolean inputEnded;
  private boolean endsOutput;
  private boolean refused;
  private boolean closed;
  private long refusedInputBytes;

  TlsWire(NettyNetwork network, Wire wire, Encryption encryption) {
    this.network = network;
    this.wire = wire;
    this.sealed = new Outgoing(network.allocator());
    this.isOptional = encryption == Encryption.OFFERED;
    wire.events(this);
  }

  @Override
  public void events(WireEvents listener) {
    events = listener;
  }

  private WireEvents events() {
    return Objects.requireNonNull(events, "nobody listens");
  }

  @Override
  public String remoteAddress() {
    return wire.remoteAddress();
  }

  @Override
  public String localAddress() {
    return wire.localAddress();
  }

  @Override
  public @Nullable String peerName() {
    return engine == null || !shaken ? null : Tls.peerName(engine.getSession());
  }

  // ---- input

  @Override
  public void received(byte[] from, int count) {
    if (clear) {
      events().received(from, count);
    } else if (refused || closed) {
      drop(count);
    } else if (engine == null && isOptional && from[0] != HANDSHAKE) {
      clear = true;
      events().received(from, count);
    } else {
      if (engine == null) {
        engine = network.tls().newEngine();
      }
      int kept = incoming.length;
      incoming = Arrays.copyOf(incoming, kept + count);
      System.arraycopy(from, 0, incoming, kept, count);
      advance(engine);
    }
  }

  private void drop(int count) {
    refusedInputBytes += count;
    if (refusedInputBytes > REFUSED_INPUT_MAX_BYTES) {
      wire.close();
    }
  }

  /// Goes on with the handshake, or with what it was made for, as far as the input goes.
  private void advance(SSLEngine with) {
    if (delegating) {
      return;
    }
    ByteBuffer in = ByteBuffer.wrap(incoming);
    try {
      while (!closed && step(with, in)) {
        // Each step says whether there is another one.
      }
      // The engine has nothing more to say, and nobody told it to end: it refuses the peer, or the
      // peer has left in a version where this ends both directions.
      if (with.isOutboundDone() && !endsOutput && !closed) {
        refuse(with);
        return;
      }
    } catch (SSLException wrong) {
      refuse(with);
      return;
    }
    incoming =
        in.hasRemaining() ? Arrays.copyOfRange(incoming, in.position(), in.limit()) : NOTHING;
    seal();
  }

  private boolean step(SSLEngine with, ByteBuffer in) throws SSLException {
    return switch (with.getHandshakeStatus()) {
      case NEED_TASK -> {
        delegate(with);
        yield false;
      }
      case NEED_WRAP -> wrapNothing(with) > 0;
      case NEED_UNWRAP, NEED_UNWRAP_AGAIN, NOT_HANDSHAKING, FINISHED -> {
        shakenNow(with);
        yield unwrap(with, in);
      }
    };
  }

  private void shakenNow(SSLEngine with) {
    if (!shaken
        && !with.isOutboundDone()
        && with.getHandshakeStatus() == SSLEngineResult.HandshakeStatus.NOT_HANDSHAKING) {
      shaken = !with.getSession().getProtocol().equals("NONE");
      if (shaken) {
        network.tls().shaken(with.getSession());
      }
      if (shaken && sendWaits) {
        sendWaits = false;
        network.later(this::tellSent);
      }
    }
  }

  private void tellSent() {
    if (!closed) {
      events().sent();
    }
  }

  /// Opens one record. Returns whether there may be another.
  private boolean unwrap(SSLEngine with, ByteBuffer in) throws SSLException {
    if (!in.hasRemaining() || with.isInboundDone()) {
      return false;
    }
    byte[] opened = network.opened(with.getSession().getApplicationBufferSize());
    SSLEngineResult result = with.unwrap(in, ByteBuffer.wrap(opened));
    if (result.bytesProduced() > 0) {
      events().received(opened, result.bytesProduced());
    }
    return result.getStatus() == SSLEngineResult.Status.OK
        && (result.bytesConsumed() > 0
            || result.getHandshakeStatus() != SSLEngineResult.HandshakeStatus.NEED_UNWRAP);
  }

  private void delegate(SSLEngine with) {
    delegating = true;
    wire.reading(false);
    network.aside(
        () -> {
          for (Runnable task = with.getDelegatedTask();
              task != null;
              task = with.getDelegatedTask()) {
            task.run();
          }
        },
        () -> delegated(with));
  }

  private void delegated(SSLEngine with) {
    delegating = false;
    if (!closed) {
      wire.reading(wantsInput);
      advance(with);
      receivedAll();
    }
  }

  /// The end of the input comes behind all of it. While a task is under way the engine is that
  /// one's: what it says of itself may be half true.
  @Override
  public void receivedAll() {
    if (refused || delegating) {
      return;
    }
    events().receivedAll();
    if (!closed && engine != null && engine.isInboundDone() && !inputEnded) {
      inputEnded = true;
      events().inputEnded();
    }
  }

  /// Without a farewell of TLS: whoever cuts a connection short cuts no request in two that the
  /// protocol above would not notice.
  @Override
  public void inputEnded() {
    if (refused) {
      wire.close();
    } else if (!inputEnded) {
      inputEnded = true;
      events().inputEnded();
    }
  }

  @Override
  public void reading(boolean on) {
    wantsInput = on;
    if (!delegating) {
      wire.reading(on);
    }
  }

  @Override
  public int unreadBytes() {
    return incoming.length + events().unreadBytes();
  }

  // ---- output

  @Override
  public boolean send(Outgoing outgoing) {
    if (clear) {
      return wire.send(outgoing);
    }
    if (engine == null || !shaken || closed) {
      sendWaits = true;
      return false;
    }
    try {
      while (fill(engine, outgoing)) {
        if (!seal()) {
          return false;
        }
      }
      return sealed.bytes() == 0;
    } catch (SSLException | RuntimeException wrong) { // whatever it is, it is of one connection
      close();
      return false;
    }
  }

  /// Seals as much as may lie in direct memory; whether there was anything.
  private boolean fill(SSLEngine with, Outgoing outgoing) throws SSLException {
    boolean any = false;
    while (sealed.bytes() < Outgoing.DIRECT_MAX_BYTES) {
      ByteBuf chunk = outgoing.take();
      if (chunk == null) {
        break;
      }
      wrap(with, chunk);
      any = true;
    }
    return any;
  }

  private void wrap(SSLEngine with, ByteBuf chunk) throws SSLException {
    try {
      ByteBuffer plain = chunk.nioBuffer();
      while (plain.hasRemaining() && !with.isOutboundDone()) {
        wrap(with, plain);
      }
    } finally {
      chunk.release();
    }
  }

  /// Has the engine say what it has to say; returns how many bytes that were.
  private int wrapNothing(SSLEngine with) throws SSLException {
    return wrap(with, ByteBuffer.wrap(NOTHING));
  }

  private int wrap(SSLEngine with, ByteBuffer plain) throws SSLException {
    byte[] record = network.record(with.getSession().getPacketBufferSize());
    SSLEngineResult result = with.wrap(plain, ByteBuffer.wrap(record));
    if (result.getStatus() == SSLEngineResult.Status.BUFFER_OVERFLOW) {
      throw new SSLException("a record is longer than the longest");
    }
    sealed.write(record, 0, result.bytesProduced());
    return result.bytesProduced();
  }

  /// Gives the wire what is sealed; whether the system took it all.
  private boolean seal() {
    sealed.flush();
    return !closed && (sealed.bytes() == 0 || wire.send(sealed));
  }

  @Override
  public void sent() {
    if (clear) {
      events().sent();
    } else if (!closed && wire.send(sealed)) {
      if (endsOutput) {
        wire.endOutput();
      } else if (!refused) {
        events().sent();
      }
    }
  }

  @Override
  public long unsentBytes() {
    return sealed.bytes() + wire.unsentBytes();
  }

  // ---- the end

  @Override
  public void endOutput() {
    if (clear || engine == null) {
      wire.endOutput();
      return;
    }
    endsOutput = true;
    farewell(engine);
    if (seal()) {
      wire.endOutput();
    }
  }

  private void farewell(SSLEngine with) {
    sayAll(with);
    with.closeOutbound();
    sayAll(with);
  }

  /// What the engine has to say: why it refuses the peer, that it leaves.
  private void sayAll(SSLEngine with) {
    for (int tries = 0; tries < SAYING_TRIES; tries++) {
      try {
        while (with.getHandshakeStatus() == SSLEngineResult.HandshakeStatus.NEED_WRAP
            && wrapNothing(with) > 0) {
          // Said, and perhaps more. (That its output is done does not say that it was taken.)
        }
        return;
      } catch (SSLException | RuntimeException _) {
        // Why it refuses the peer: what it tells the peer of that comes next.
      }
    }
  }

  /// What came is no TLS, or not from whom it may come. The peer is told why, in TLS' own words.
  private void refuse(SSLEngine with) {
    refused = true;
    incoming = NOTHING;
    events().gone();
    wire.reading(true);
    endsOutput = true;
    farewell(with);
    if (seal()) {
      wire.endOutput();
    }
    network.afterLinger(wire::close);
  }

  @Override
  public void close() {
    if (engine != null && shaken && !closed && sealed.bytes() == 0 && !delegating) {
      farewell(engine);
      var _ = seal();
    }
    wire.close();
  }

  @Override
  public void gone() {
    if (!closed) {
      closed = true;
      incoming = NOTHING;
      sealed.release();
      events().gone();
    }
  }
}
