package naru.reactor;

import naru.bytes.ByteWriter;
import naru.engine.Failure;
import naru.engine.Procedure;
import naru.engine.Request;
import org.jspecify.annotations.Nullable;

/// All that a session can reach of its connection.
///
/// Everything written here leaves only when the log position current at that time is safe.
public interface Peer {
  /// Unique for the life of the process, rising from 1.
  long id();

  /// `127.0.0.1:50123`
  String remoteAddress();

  /// `127.0.0.1:6379`
  String localAddress();

  /// The common name in the certificate that the other side has proven to hold; null if there is
  /// none. Known once the first input has come.
  default @Nullable String certifiedName() {
    return null;
  }

  /// Has a request decided. It is answered before this returns, unless it waits: then [#isWaiting]
  /// holds until it is answered, and the rest of the input is shown to the session after that.
  void submit(Request request);

  /// Runs several requests as one. They are answered before this returns.
  void submit(Procedure procedure);

  /// Whether a request waits for something to happen.
  boolean isWaiting();

  /// Whether the session must not take another frame now: a request waits, the connection is held
  /// back or closing, or too much is unsent.
  boolean isHeld();

  /// Whether it is being closed: nothing more is sent.
  default boolean isClosing() {
    return false;
  }

  /// Ends the wait of a request: it is answered as if its time were up or, with a failure,
  /// declined.
  void endWait(@Nullable Failure failure);

  /// Holds the session back, or lets it go on with what has been received.
  void hold(boolean on);

  /// Where replies and pushes of this connection are written.
  ByteWriter output();

  /// Sends a frame that others are sent too: it is kept once, however many are sent it. Never
  /// written again by the caller.
  void send(byte[] frame);

  /// Bytes written and not yet taken by the system.
  long unsentBytes();

  /// Bytes of the buffers that this connection has, in both directions.
  default long bufferBytes() {
    return unsentBytes();
  }

  /// The limit on [#unsentBytes]; who passes it is closed at the end of the turn.
  void limitOutput(OutputLimit limit);

  /// Closes when all that was written has been sent.
  void closeAfterOutput();

  /// Closes at the end of this turn. What was not sent is dropped.
  void close();
}
